"""When things happened: referral, entry, assessment and outcome, with the published lengths of support."""

from __future__ import annotations

import math
from datetime import date, timedelta

from domain.periods import month_end, month_start
from sample_data.draw import Draw
from sample_data.mentoring import totals
from sample_data.mentoring.case import Case
from sample_data.mentoring.settings import LAST_DAY

LONGEST = 290
"""Days of the longest support in the examples, well under the nineteen months the service had run."""


def date_cases(cases: list[Case]) -> None:
    """Give every case its dates, in order and none after the end of October 2018."""
    _referrals(cases)
    _support(cases)
    _entries(cases)
    _contacts_and_hearings(cases)


def _referrals(cases: list[Case]) -> None:
    draw = Draw("referrals")
    for case in cases:
        first, last = (
            (month_start(case.month), month_end(case.month))
            if case.month
            else (date(2017, 6, 1), date(2018, 2, 28))
        )
        case.arrival = first + timedelta(draw.below((last - first).days + 1))
        if case.arrival.weekday() >= 5:  # moved to a working day of the same month
            case.arrival += timedelta(-2 if case.arrival.day > 2 else 2)
        if case.month:
            case.values["referral_date"] = case.arrival


def _support(cases: list[Case]) -> None:
    """Close the closed cases; 389 of 471 have an assessment date, from which days of support are counted."""
    draw = Draw("support")
    closed = [case for case in cases if case.closed]
    lengths = {**_prevented_and_unsuccessful(), "WITHDRAWN": _withdrawn()}
    for status, days in lengths.items():
        cases_left = draw.shuffled(case for case in closed if case.status == status)
        # The longest first: whoever has room for it has room for all that follow, so none is left over.
        for length in sorted(days, reverse=True):
            case = next((c for c in cases_left if (LAST_DAY - c.arrival).days >= length), None)
            if case is None:
                raise ValueError(f"no {status} case began {length} days before the end of October 2018")
            cases_left.remove(case)
            wait = draw.between(0, min(14, (LAST_DAY - case.arrival).days - length))
            assessed = case.arrival + timedelta(wait)
            case.values["assessment_date"] = assessed
            _close(case, assessed + timedelta(length))
        for case in cases_left:
            room = (LAST_DAY - case.arrival).days
            _close(case, case.arrival + timedelta(draw.between(min(3, room), min(120, room))))
    for case in cases:
        if not case.closed:
            assessed = case.arrival + timedelta(draw.between(0, 14))
            if assessed <= LAST_DAY and draw.share() < 0.9:
                case.values["assessment_date"] = assessed
            case.values["outcome"] = "LIVE"
    for case in draw.some((c for c in cases if not c.closed), 9):
        del case.values["outcome"]  # the report counts 'ongoing' and blank alike as live


def _close(case: Case, day: date) -> None:
    case.values["outcome"] = case.status
    case.values["outcome_date"] = day


def _prevented_and_unsuccessful() -> dict[str, list[int]]:
    """Whole days in the bands of Table 4, with the published means of both outcomes."""
    edges = (0, *totals.DURATION_BANDS, LONGEST)
    limits: list[tuple[int, int]] = []
    days: list[int] = []
    for low, high, number in zip(edges, edges[1:], totals.DURATION_COUNTS, strict=False):
        width = high - low
        days += [low + 1 + at * width // number for at in range(number)]
        limits += [(low + 1, high)] * number
    number = totals.WITH_DURATION["UNSUCCESSFUL"]
    unsuccessful = {len(days) * (2 * at + 1) // (2 * number) for at in range(number)}
    found: dict[str, list[int]] = {}
    for status, chosen in (
        ("UNSUCCESSFUL", sorted(unsuccessful)),
        ("PREVENTED", [at for at in range(len(days)) if at not in unsuccessful]),
    ):
        found[status] = _moved_to_mean(
            [days[at] for at in chosen], [limits[at] for at in chosen], totals.MEAN_DAYS[status]
        )
    return found


def _withdrawn() -> list[int]:
    number = totals.WITH_DURATION["WITHDRAWN"]
    mean = totals.MEAN_DAYS["WITHDRAWN"]
    days = [max(1, round(-mean * math.log(1 - (at + 0.5) / number))) for at in range(number)]
    return _moved_to_mean(days, [(1, LONGEST)] * number, mean)


def _moved_to_mean(days: list[int], limits: list[tuple[int, int]], mean: int) -> list[int]:
    """Move lengths a day at a time, each within its band, until their mean is the wanted one exactly."""
    missing = mean * len(days) - sum(days)
    step = 1 if missing > 0 else -1
    found = list(days)
    while missing:
        before = missing
        for at, (low, high) in enumerate(limits):
            if missing and low <= found[at] + step <= high:
                found[at] += step
                missing -= step
        if missing == before:
            raise ValueError(f"no lengths within the bands have a mean of {mean} days")
    return found


def _entries(cases: list[Case]) -> None:
    """Enter most cases within a week, some up to three months late: the report notes backfilled cases."""
    draw = Draw("entries")
    for case in cases:
        chance = draw.share()
        if chance < 0.58:
            delay = draw.between(0, 7)
        elif chance < 0.83:
            delay = draw.between(8, 30)
        else:
            delay = draw.between(31, 60) if chance < 0.96 else draw.between(61, 90)
        case.values["entered_date"] = min(case.arrival + timedelta(delay), LAST_DAY)


def _contacts_and_hearings(cases: list[Case]) -> None:
    draw = Draw("contacts")
    for case in cases:
        last = min(case.day("assessment_date") or LAST_DAY, case.day("outcome_date") or LAST_DAY)
        contact = case.arrival + timedelta(draw.between(0, 6))
        if case.month and contact <= last and draw.share() < 0.93:
            case.values["first_contact_date"] = contact
        hearing = case.arrival + timedelta(draw.between(7, 28))
        if case.values.get("risk_at_assessment") == "D28" and hearing <= LAST_DAY and draw.share() < 0.5:
            case.values["hearing_date"] = hearing

"""What was done for the households: the activities, in exactly the published numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sample_data.draw import Draw, spread
from sample_data.mentoring import totals
from sample_data.mentoring.case import Case
from sample_data.mentoring.settings import LAST_DAY

_MINUTES = (10, 15, 15, 20, 30, 30, 45, 60, 90)
_USUAL = ("INFO", "INFO", "MEDIATION", "MEDIATION", "PARTNER", "PROBLEM", "REFERRAL")


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing done for one case."""

    case: Case
    day: date
    kind: str
    is_admin: bool
    minutes: int | None


def all_activities(cases: list[Case]) -> list[Activity]:
    """Give the activities of all cases.

    Returns
    -------
    list of Activity
        1,303 prevention activities of 274 prevented cases, those of other cases, relief activities of 33
        completed cases, and administrative rows that no measure counts.
    """
    draw = Draw("activities")
    prevented = draw.some((c for c in cases if c.status == "PREVENTED"), totals.CASES_WITH_ACTIVITIES)
    found = _prevention(draw, prevented)
    helped: list[Case] = []
    for status, number, most in (("UNSUCCESSFUL", 18, 6), ("WITHDRAWN", 30, 3), ("LIVE", 45, 4)):
        chosen = draw.some((c for c in cases if c.status == status), number)
        helped += chosen
        found += [_activity(draw, c, draw.pick(_USUAL)) for c in chosen for _ in range(draw.between(1, most))]
    # A prevented case with relief activity has prevention activities too, so that 113 of 387 have no data.
    relieved = prevented[:18] + helped[:9] + helped[18:24]
    if len(relieved) != totals.CASES_WITH_RELIEF:
        raise ValueError(f"{len(relieved)} cases with relief activity")
    found += [_activity(draw, c, "RELIEF") for c in relieved for _ in range(draw.between(1, 2))]
    for case in draw.some(cases, 110):
        kind = "ADMIN" if draw.share() < 0.8 else "INFO"
        found.append(_activity(draw, case, kind, is_admin=True))
    return found


def _prevention(draw: Draw, cases: list[Case]) -> list[Activity]:
    numbers = sorted(_numbers_per_case(), reverse=True)
    # Longer support has more activities, roughly.
    by_length = sorted(cases, key=lambda c: -(_last_day(c) - c.arrival).days * (0.5 + draw.share()))
    kinds = iter(draw.shuffled(spread(totals.ACTIVITIES)))
    return [
        _activity(draw, case, next(kinds))
        for case, number in zip(by_length, numbers, strict=True)
        for _ in range(number)
    ]


def _numbers_per_case() -> list[int]:
    """Give the number of activities of each of the 274 cases: 63 one, 178 two to eight, 33 nine to 28."""
    middle = [2 + at * 7 // totals.TWO_TO_EIGHT for at in range(totals.TWO_TO_EIGHT)]
    many = [9 + at * 10 // totals.OVER_EIGHT for at in range(totals.OVER_EIGHT)]
    many[-1] = totals.MOST_ACTIVITIES
    wanted = sum(totals.ACTIVITIES.values()) - totals.ONE_ACTIVITY
    at = 0
    while (gap := wanted - sum(middle) - sum(many)) != 0:
        step = 1 if gap > 0 else -1
        if 2 <= middle[at] + step <= 8:
            middle[at] += step
        at = (at + 1) % len(middle)
    return [1] * totals.ONE_ACTIVITY + middle + many


def _activity(draw: Draw, case: Case, kind: str, *, is_admin: bool = False) -> Activity:
    day = case.arrival + timedelta(draw.between(0, (_last_day(case) - case.arrival).days))
    minutes = draw.pick(_MINUTES) if draw.share() < 0.85 else None
    return Activity(case, day, kind, is_admin, 5 if is_admin else minutes)


def _last_day(case: Case) -> date:
    return case.day("outcome_date") or LAST_DAY

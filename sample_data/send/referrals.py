"""How many referrals each month has, how they end, what they are about and where: in exactly the published numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from domain.clocks import is_working_day
from domain.periods import month_end, month_start, next_month
from sample_data.draw import Draw, spread
from sample_data.send import totals
from sample_data.send.case import Case
from sample_data.send.settings import DISTRICTS

T = TypeVar("T")

NONE_LATE_FROM, NONE_LATE_TO = date(2024, 2, 25), date(2024, 5, 31)
"""Requests of these days fall due in April to June 2024, the one quarter in which nothing is late."""
_NO_CERTIFICATE = ("CHANGED", "RESOLVED_PRE", "SUPPORT_ONLY")


def all_referrals() -> list[Case]:
    """Give the 2,129 referrals by day, with outcome, reasons and district."""
    draw = Draw("send referrals")
    cases = [
        Case(day, "")
        for month, number in by_month().items()
        for day in sorted(draw.pick(_working_days(month)) for _ in range(number))
    ]
    for group in _groups(cases):
        _outcomes(group)
        _reasons(group)
    shares = dict(zip((key for key, _ in DISTRICTS), totals.DISTRICT_SHARES, strict=True))
    areas = Draw("send areas").shuffled(spread(divided(len(cases), shares)))
    for case, area in zip(cases, areas, strict=True):
        case.values["area"] = area
    return cases


def by_month() -> dict[int, int]:
    """Give the number of referrals of each month, such as 202004: 13."""
    found: dict[int, int] = {}
    for first, last, number in totals.BLOCKS:
        months = [first]
        while months[-1] != last:
            months.append(next_month(months[-1]))
        found |= divided(
            number,
            {
                month: totals.SEASON[month % 100 - 1] * totals.MONTHLY_GROWTH**at
                for at, month in enumerate(months)
            },
        )
    return found


def divided(number: int, shares: Mapping[T, float]) -> dict[T, int]:
    """Divide a whole number in proportion, by the largest remainders; the parts add up to it exactly."""
    whole = sum(shares.values())
    exact = {key: number * share / whole for key, share in shares.items()}
    found = {key: int(value) for key, value in exact.items()}
    nearest = sorted(exact, key=lambda key: found[key] - exact[key])
    for key in nearest[: number - sum(found.values())]:
        found[key] += 1
    return found


def none_late(request: date) -> bool:
    """Whether a request falls due in the quarter in which nothing is late."""
    return NONE_LATE_FROM <= request <= NONE_LATE_TO


def _working_days(month: int) -> list[date]:
    first, last = month_start(month), month_end(month)
    days = [first + timedelta(at) for at in range((last - first).days + 1)]
    return [day for day in days if is_working_day(day)]


def _groups(cases: Sequence[Case]) -> list[list[Case]]:
    """The referrals by calendar year: outcomes and reasons are published so."""
    years = sorted({case.referred.year for case in cases})
    return [[case for case in cases if case.referred.year == year] for year in years]


def _outcomes(group: list[Case]) -> None:
    """Deal out how they end: as published for 2023 and 2024, in the nearer year's proportions for the others."""
    year = group[0].referred.year
    published = totals.OUTCOMES.get(year) or divided(
        len(group), totals.OUTCOMES[2023 if year < 2023 else 2024]
    )
    draw = Draw(f"send outcomes {year}")
    for case, outcome in zip(group, draw.shuffled(spread(published)), strict=True):
        case.outcome = outcome
    near = [case for case in group if date(2024, 2, 1) <= case.referred <= NONE_LATE_TO]
    far = [case for case in group if case.outcome == "CHANGED" and case not in near]
    for case in near:
        if case.outcome == "LA_DECLINED":
            other = far.pop(draw.below(len(far)))
            case.outcome, other.outcome = other.outcome, case.outcome


def _reasons(group: list[Case]) -> None:
    """Deal out what they are about: as published for 2024, in its proportions for the other years.

    No certificate is needed to appeal about the named school alone, so those end without one. Disagreement
    resolution counts as 'Other', because the published five have no category of its own.
    """
    year = group[0].referred.year
    draw = Draw(f"send reasons {year}")
    wanted = dict(totals.REASON_SETS)
    if year != 2024:
        wanted = divided(len(group), wanted)
    without = draw.shuffled(case for case in group if case.outcome in _NO_CERTIFICATE)
    resolution = [case for case in group if case.outcome == "DR_HELD"]
    first = list(zip(without, [("SECI",)] * wanted.pop(("SECI",)), strict=False))
    first += [(case, ("OTH",)) for case in resolution]
    wanted[("OTH",)] -= len(resolution)
    taken = {id(case) for case, _ in first}
    others = [case for case in group if id(case) not in taken]
    for case, reasons in [*first, *zip(others, draw.shuffled(spread(wanted)), strict=True)]:
        case.values["reason"] = reasons

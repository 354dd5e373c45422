"""What DfE publishes of SEND mediation and appeals, by calendar year, for England and for councils with SEND duties.

Two tables give mediations. The older one gives one number, the mediation cases held; the 2025 release gives three parts, mediations about
a decision not to assess, about a decision not to issue a plan, and about anything else, which are added here. Until the 2022 publication
councils sent one number each; from 2023 on they send single records. DfE neither rounds nor hides these numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.benchmarks import ENGLAND, Edition, Value, areas_of, series

PARTS: Final = {
    "mediation_related_request": "about a decision not to assess",
    "number_assess_mediation": "about a decision not to issue a plan",
    "number_other_mediation": "about anything else",
}
_FOLLOWED: Final = (
    "tribunal_after_mediation_request",
    # The publisher's own spelling.
    "number_asssess_mediation_tribunal",
    "number_other_mediation_tribunal",
)
_TOTAL, _TOTAL_FOLLOWED = "total_mediation", "total_tribunal_followed_mediation"
SINGLE_RECORDS_SINCE: Final = 2022
"""The first calendar year of which councils sent single records."""


@dataclass(frozen=True, slots=True)
class MediationYear:
    """The mediations of one area in one calendar year.

    Parameters
    ----------
    held : how many; None where no edition gives them.
    followed : how many of these were followed by an appeal; None where it is not given.
    parts : what the number is the sum of, in the order of `PARTS`; empty where one number is given.
    """

    area: str
    year: int
    held: int | None
    followed: int | None
    parts: tuple[Value, ...]
    edition: Edition


@dataclass(frozen=True, slots=True)
class AppealYear:
    """Appeals of one area in one calendar year, out of the decisions that could be appealed. `rate` is as it was printed."""

    area: str
    year: int
    appeals: int
    decisions: int
    rate: str
    edition: Edition


def mediation_areas() -> dict[str, str]:
    """The councils of which mediations are held: code and name."""
    return areas_of("mediation_related_request")


def mediations_of(area: str = ENGLAND) -> tuple[MediationYear, ...]:
    """Every calendar year of one area, by time; the 2025 release where it gives all three parts, else the older table.

    A year of which neither gives a total stands without one.
    """
    older = {one.period.start.year: one for one in series(_TOTAL, area)}
    older_followed = _by_year(_TOTAL_FOLLOWED, area)
    parts = [_by_year(key, area) for key in PARTS]
    followed = [_by_year(key, area) for key in _FOLLOWED]
    found = []
    for year in sorted({*older, *(year for part in parts for year in part)}):
        given = tuple(part[year] for part in parts if year in part)
        held = _added(given) if len(given) == len(PARTS) else None
        if held is None and year in older:
            after = older_followed.get(year)
            one = older[year]
            found.append(
                MediationYear(area, year, one.count, after.count if after else None, (), one.edition)
            )
        else:
            found.append(
                MediationYear(
                    area, year, held, _added(tuple(f[year] for f in followed)), given, given[0].edition
                )
            )
    return tuple(found)


def appeals_of(area: str) -> tuple[AppealYear, ...]:
    """Every calendar year of appeals of one area, by time; empty where none are held, as of England."""
    decisions, rates = (_by_year(key, area) for key in ("appealable_decisions", "appeal_rate"))
    return tuple(
        AppealYear(area, year, appeals, out_of, rates[year].printed, one.edition)
        for one in series("appeals_registered", area)
        if (year := one.period.start.year)
        and (appeals := one.count) is not None
        and (out_of := decisions[year].count) is not None
    )


def _by_year(measure: str, area: str) -> dict[int, Value]:
    return {one.period.start.year: one for one in series(measure, area)}


def _added(values: tuple[Value, ...]) -> int | None:
    """The sum; None where one of them has no number, so that a part is never taken for the whole."""
    counts = [one.count for one in values]
    return None if any(count is None for count in counts) else sum(count or 0 for count in counts)

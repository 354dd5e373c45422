"""What MHCLG publishes of the prevention duty: how many were owed it, how it ended, and how often by mediation.

Tables P3, P1 and A1 of the detailed local authority tables, from July to September 2020 on (P1 and A1 from April to June 2024), for
England and for the districts of Essex and Norfolk. England is published rounded to tens; a council that did not report has no number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from domain.benchmarks import ENGLAND, LICENCE, Edition, areas_of, labels, series
from domain.periods import Period

RETURN_HOME, PREVENT_EVICTION = "P3_05", "P3_06"
MEDIATED: Final = (RETURN_HOME, PREVENT_EVICTION)
"""The two ways of preventing homelessness that are mediation or negotiation, as the national return lists them."""
PREVENTION_SOURCE: Final = (
    f"MHCLG, Statutory homelessness, detailed local authority tables, table P3 ({LICENCE})"
)

_SECURED: Final = "secured_total"
_WAYS: Final = {RETURN_HOME: "mediation_return_family_friend", PREVENT_EVICTION: "mediation_prevent_eviction"}
_ENDED, _SIX_MONTHS, _OWED = "prevention_duty_ended", "secured_6_months", "prevention_duty_owed"


@dataclass(frozen=True, slots=True)
class OfficialPreventions:
    """Preventions of one area in one quarter: how many ended with accommodation secured, and how many of these by each way of mediation.

    A number is None where the council did not report.
    """

    area: str
    label: str
    period: Period
    secured: int | None
    by_way: Mapping[str, int | None]
    edition: Edition


@dataclass(frozen=True, slots=True)
class OfficialDuties:
    """The prevention duty of one area in one quarter: owed, ended, ended with a home for six months or more. None where not reported."""

    area: str
    label: str
    period: Period
    owed: int | None
    ended: int | None
    six_months: int | None
    edition: Edition


@lru_cache
def official_preventions() -> tuple[OfficialPreventions, ...]:
    """Every quarter of England and of the districts, by time; England first."""
    areas = {ENGLAND: labels()[ENGLAND], **official_districts()}
    found = [one for area in areas for one in preventions_of(area)]
    places = {area: place for place, area in enumerate(areas)}
    return tuple(sorted(found, key=lambda one: (one.period.start, places[one.area])))


@lru_cache
def preventions_of(area: str) -> tuple[OfficialPreventions, ...]:
    """Every quarter of one area, by time; empty where nothing is held of it."""
    ways = {way: {one.period: one.count for one in series(key, area)} for way, key in _WAYS.items()}
    return tuple(
        OfficialPreventions(
            area,
            labels()[area],
            one.period,
            one.count,
            {way: counts.get(one.period) for way, counts in ways.items()},
            one.edition,
        )
        for one in series(_SECURED, area)
    )


def official_of(area: str, period: Period | None = None) -> OfficialPreventions:
    """One area in one quarter; in the latest where none is named.

    Raises
    ------
    KeyError
        Where nothing is held of it.
    """
    found = [one for one in preventions_of(area) if period in (None, one.period)]
    if not found:
        raise KeyError(f"no official figure of '{area}' in {period.label if period else 'any quarter'}")
    return found[-1]


def duties_of(area: str) -> tuple[OfficialDuties, ...]:
    """Every quarter of the prevention duty of one area, by time; empty where nothing is held of it."""
    six, owed = ({one.period: one.count for one in series(key, area)} for key in (_SIX_MONTHS, _OWED))
    return tuple(
        OfficialDuties(
            area,
            labels()[area],
            one.period,
            owed.get(one.period),
            one.count,
            six.get(one.period),
            one.edition,
        )
        for one in series(_ENDED, area)
    )


def official_districts() -> dict[str, str]:
    """The districts that are held: code and name, in the order of the alphabet."""
    return areas_of(_SECURED)

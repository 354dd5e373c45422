"""The measures: what is counted, out of what, by which date, and where the definition comes from. Each is declared once.

They stand by service, in `domain.mentoring_measures` and so on, and in `domain.shared_measures` for all;
the kinds they may be are those of `domain.measure_kinds`, `rate_kinds`, `completeness_kind` and `given_kinds`.
"""

from __future__ import annotations

from functools import cache

from domain.completeness_kind import Completeness
from domain.given_kinds import GivenShare, GivenSplit
from domain.homelessness_measures import HOMELESSNESS_MEASURES
from domain.housing_measures import HOUSING_MEASURES
from domain.measure_kinds import (
    SHEET_OF,
    Average,
    Better,
    Count,
    Measure,
    Share,
    Split,
    Spread,
    Statistic,
    Stock,
    Table,
)
from domain.mentoring_measures import MENTORING_MEASURES
from domain.rate_kinds import OpenCases, Posts, Rate
from domain.record_measures import RECORD_MEASURES
from domain.send_measures import SEND_MEASURES
from domain.send_meeting_measures import SEND_MEETING_MEASURES
from domain.shared_measures import SHARED_MEASURES

__all__ = [
    "MEASURES",
    "SHEET_OF",
    "Average",
    "Better",
    "Completeness",
    "Count",
    "GivenShare",
    "GivenSplit",
    "Measure",
    "OpenCases",
    "Posts",
    "Rate",
    "Share",
    "Split",
    "Spread",
    "Statistic",
    "Stock",
    "Table",
    "about_posts",
    "measure",
    "measures_of",
    "services_with",
]

MEASURES: tuple[Measure, ...] = (
    *SHARED_MEASURES,
    *RECORD_MEASURES,
    *MENTORING_MEASURES,
    *SEND_MEASURES,
    *SEND_MEETING_MEASURES,
    *HOUSING_MEASURES,
    *HOMELESSNESS_MEASURES,
)


@cache
def measure(key: str, service: str = "") -> Measure:
    """The measure with this key, as a service counts it where several do; the first declared when no service is named.

    Raises
    ------
    KeyError
        When there is none, or the service has none; the message says which services have it, or how to list the measures.
    """
    declared = [m for m in MEASURES if m.key == key]
    if not declared:
        raise KeyError(f"'{key}' is not a measure; `python -m data_access measures` lists those there are")
    for found in declared:
        if not service or service in found.services:
            return found
    theirs = ", ".join(dict.fromkeys(s for m in declared for s in m.services))
    raise KeyError(f"'{key}' is not counted for the service '{service}'; it is for {theirs}")


def about_posts(measure: Measure) -> bool:
    """Whether a measure rests on the posts, which are of a provider and of no area."""
    return Table.STAFF in (measure.table, measure.of.table if isinstance(measure, Rate) else None)


def measures_of(service: str) -> tuple[Measure, ...]:
    """Every measure of a service, in the order of the declarations."""
    return tuple(m for m in MEASURES if service in m.services)


def services_with(key: str) -> tuple[str, ...]:
    """The services that count a measure, in the order of the declarations. Raises KeyError when nothing is called so."""
    measure(key)
    return tuple(dict.fromkeys(s for m in MEASURES if m.key == key for s in m.services))

"""Measures of what stands beside the cases: complaints for each 100 open cases, posts, and how completely records are kept."""

from __future__ import annotations

from dataclasses import replace

from domain.completeness_kind import Completeness
from domain.measure_kinds import Better, Count, Measure, Share, Stock, Table
from domain.rate_kinds import OpenCases, Posts, Rate, in_post
from domain.services import SERVICES
from domain.shared_measures import SHARED_MEASURES

_ALL = tuple(service.key for service in SERVICES)
_HOUSING = "Housing mediation services specification"
_ESSEX = "Essex Trailblazers second deep dive report (June 2019)"


def _count(key: str) -> Count:
    return next(m for m in SHARED_MEASURES if isinstance(m, Count) and m.key == key)


def _stock(key: str) -> Stock:
    return next(m for m in SHARED_MEASURES if isinstance(m, Stock) and m.key == key)


_OPEN = OpenCases(
    key="open_cases", label="Cases open in the period", services=_ALL, source=f"{_HOUSING}, 10.4"
)
_MENTORS = Posts(
    key="mentors_in_post",
    label="Mentors in post",
    table=Table.STAFF,
    unit="posts",
    counted=lambda c: in_post(c) & (c.role == "MENTOR") & c.fte.is_not(None),
    unclear=lambda c: in_post(c) & (c.role.is_(None) | ((c.role == "MENTOR") & c.fte.is_(None))),
    services=("mentoring",),
    source=f"{_ESSEX}, s4.2",
)

RECORD_MEASURES: tuple[Measure, ...] = (
    Rate(
        key="complaints_rate",
        label="Complaints per 100 open cases",
        over=_count("complaints"),
        of=_OPEN,
        times=100,
        per="100 cases open in the period",
        unit="complaints",
        table=Table.COMPLAINTS,
        when="received_date",
        better=Better.LOWER,
        services=_ALL,
        source=f"{_HOUSING}, 8.6, 10.4",
        note="Read it beside the share of complaints upheld: a service that invites complaints has more of them. A complaint that "
        "names no case is in no area.",
    ),
    Rate(
        key="caseload_per_mentor",
        label="Live cases per mentor",
        over=replace(_stock("live_cases"), services=("mentoring",)),
        of=_MENTORS,
        per="full-time mentor in post",
        unit="cases",
        services=("mentoring",),
        source=f"{_ESSEX}, s4.2",
        note="The report gives 10 to 12 as the norm, while its own numbers, 69 live cases and 10 mentors, come to 6.9.",
    ),
    Share(
        key="living_wage",
        label="Posts paid at least the London Living Wage",
        table=Table.STAFF,
        unit="posts",
        standing=True,
        met=lambda c: c.hourly_rate_meets_llw == "Y",
        base=lambda c: in_post(c) & (c.llw_relevant == "Y"),
        among=lambda c: in_post(c) & (c.llw_relevant == "Y"),
        asks="hourly_rate_meets_llw",
        better=Better.HIGHER,
        services=_ALL,
        source=f"{_HOUSING}, 10.4, 11.1",
        note="Posts to which the London Living Wage applies. What is paid is never asked for.",
    ),
    Completeness(
        key="completeness",
        label="Records filled in",
        unit="cells",
        better=Better.HIGHER,
        services=_ALL,
        source=f"{_ESSEX}, s1.3.1, fn6-fn22",
        note="By date of referral: a case without one is in no quarter or year, so that of some months that date is always filled in. "
        "Activities are matched with their cases by date of activity; a return with an activity of an unknown "
        "case is refused, so that less than all of them come from a return withdrawn since.",
    ),
)

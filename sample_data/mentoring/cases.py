"""The 540 example cases, complete, with their providers and references."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sample_data.draw import Draw
from sample_data.mentoring import totals
from sample_data.mentoring.case import Case
from sample_data.mentoring.contacts import Activity, all_activities
from sample_data.mentoring.households import describe
from sample_data.mentoring.plan import read_plan
from sample_data.mentoring.settings import DISTRICTS_OF
from sample_data.mentoring.timeline import date_cases

MENTORS = {"provider-a": 3, "provider-b": 4, "provider-c": 3}
"""Ten posts, as published; how they are shared between providers is invented."""
PREFIX = {"provider-a": "TA", "provider-b": "TB", "provider-c": "TC"}


@lru_cache(maxsize=1)
def example_cases() -> tuple[tuple[Case, ...], tuple[Activity, ...]]:
    """Give all cases and activities, as they stand at the end of October 2018; the same ones every time.

    Raises
    ------
    ValueError
        When the plan or a total leaves no way to fit everything together.
    """
    cases = [
        Case(month, area, status)
        for (month, area, status), number in sorted(read_plan().items())
        for _ in range(number)
    ]
    describe(cases)
    date_cases(cases)
    _references(cases)
    _repeats(cases)
    return tuple(cases), tuple(all_activities(cases))


def provider_of(case: Case) -> str:
    """The key of the provider that works in the case's district."""
    return next(provider for provider, areas in DISTRICTS_OF.items() if case.area in areas)


def _references(cases: list[Case]) -> None:
    """Number each provider's cases in the order in which they were entered, and give each a mentor's post."""
    draw = Draw("references")
    numbers = dict.fromkeys(PREFIX, 0)
    for case in sorted(cases, key=lambda c: (c.entered, c.arrival, c.area)):
        provider = provider_of(case)
        numbers[provider] += 1
        case.values["case_ref"] = f"{PREFIX[provider]}-{numbers[provider]:04d}"
        case.values["area"] = case.area
        case.values["mentor_ref"] = f"{PREFIX[provider]}-M{draw.between(1, MENTORS[provider]):02d}"


def _repeats(cases: list[Case]) -> None:
    """Mark 31 cases as repeats; where it can be, each names an earlier closed case of the same district."""
    draw = Draw("repeats")
    for case in cases:
        case.values["repeat_case"] = "N"
    used: set[str] = set()
    for case in draw.some((c for c in cases if c.month >= 201710), totals.REPEATS):
        case.values["repeat_case"] = "Y"
        earlier = [str(c.values["case_ref"]) for c in cases if _came_before(c, case)]
        free = [ref for ref in earlier if ref not in used]
        if free:
            previous = draw.pick(free)
            used.add(previous)
            case.values["previous_case_ref"] = previous


def _came_before(one: Case, other: Case) -> bool:
    closed: date | None = one.day("outcome_date")
    return (
        one.area == other.area
        and closed is not None
        and closed < other.arrival
        and one.entered <= other.entered
    )

"""Which cases and activities a provider sends for which period, and what it knew by then."""

from __future__ import annotations

from datetime import date

from domain.fields import Sheet
from domain.periods import Period
from domain.returns import Value
from sample_data.aside import Post, post_stories
from sample_data.mentoring.case import Case
from sample_data.mentoring.cases import MENTORS, PREFIX, example_cases, provider_of
from sample_data.mentoring.contacts import Activity
from sample_data.mentoring.settings import (
    CONTRACTS,
    COUNCIL,
    LAST_DAY,
    PROVIDER_LABELS,
    SERVICE,
    SERVICE_START,
)
from sample_data.sending import Sending, all_sheets, cover_of, file_name_of
from sample_data.story import rows_of

CODES_AS_WRITTEN = frozenset({"provider-b"})
"""Providers that type codes; the others type what a person reads. Both are accepted."""
SPELLINGS = {"provider-a": {"Southend-on-Sea": "Southend"}}
"""Other accepted spellings that a provider uses."""

_KNOWN_FROM_ASSESSMENT = ("risk_at_assessment", "vulnerabilities", "primary_vulnerability", "assessment_date")
_KNOWN_FROM_OUTCOME = ("outcome_date", "tenancy_outcome")


def sendings() -> tuple[Sending, ...]:
    """Give the 21 example returns, by provider and then by period."""
    cases, activities = example_cases()
    found: list[Sending] = []
    for contract in CONTRACTS:
        periods = contract.expected_periods(LAST_DAY)
        own = sorted((c for c in cases if provider_of(c) == contract.provider), key=_reference)
        done = [a for a in activities if provider_of(a.case) == contract.provider]
        references = _numbered(done, periods, PREFIX[contract.provider])
        for period in periods:
            sent = [a for a in references if _reported_in(a[1], periods) == period]
            found.append(_sending(contract.provider, period, own, sent))
    return tuple(found)


def _sending(
    provider: str, period: Period, cases: list[Case], activities: list[tuple[str, Activity]]
) -> Sending:
    rows = tuple(as_known(case, period.end) for case in cases if belongs(case, period))
    done = tuple(_activity_row(reference, activity) for reference, activity in activities)
    posts = rows_of(post_stories(_mentors(provider)), period)
    cover = cover_of(SERVICE, PROVIDER_LABELS[provider], COUNCIL, period)
    cover |= {"cases_n": len(rows), "activities_n": len(done)}
    sheets = all_sheets(SERVICE, {Sheet.CASES: rows, Sheet.ACTIVITIES: done, Sheet.STAFF: posts})
    return Sending(
        provider,
        SERVICE,
        period,
        file_name_of(provider, period),
        cover,
        sheets,
        as_codes=provider in CODES_AS_WRITTEN,
        spellings=SPELLINGS.get(provider, {}),
    )


def _mentors(provider: str) -> tuple[Post, ...]:
    """Give the posts that the cases name; that each was full time and there from the first day is invented."""
    return tuple(
        Post(f"{PREFIX[provider]}-M{number:02d}", "MENTOR", 1.0, SERVICE_START)
        for number in range(1, MENTORS[provider] + 1)
    )


def belongs(case: Case, period: Period) -> bool:
    """Whether a return holds the case: entered in its period, or before and open at any time in it."""
    closed = case.day("outcome_date")
    return case.entered <= period.end and (
        case.entered >= period.start or closed is None or closed >= period.start
    )


def as_known(case: Case, day: date) -> dict[str, Value]:
    """Give the case's fields as its provider knew them on a day; nothing that had not happened yet."""
    known = {
        key: value for key, value in case.values.items() if not (isinstance(value, date) and value > day)
    }
    assessed, closed = case.day("assessment_date"), case.day("outcome_date")
    if assessed is not None and assessed > day:
        for key in _KNOWN_FROM_ASSESSMENT:
            known.pop(key, None)
    if closed is not None and closed > day:
        for key in _KNOWN_FROM_OUTCOME:
            known.pop(key, None)
        known["outcome"] = "LIVE"
    return known


def _reported_in(activity: Activity, periods: tuple[Period, ...]) -> Period:
    """The return that holds an activity: its date's, or its case's first one if entered later."""
    day = max(activity.day, activity.case.entered)
    return next(period for period in periods if period.start <= day <= period.end)


def _numbered(done: list[Activity], periods: tuple[Period, ...], prefix: str) -> list[tuple[str, Activity]]:
    in_order = sorted(done, key=lambda a: (_reported_in(a, periods), a.day, _reference(a.case), a.kind))
    return [(f"{prefix}-A{number:04d}", activity) for number, activity in enumerate(in_order, start=1)]


def _activity_row(reference: str, activity: Activity) -> dict[str, Value]:
    return {
        "activity_ref": reference,
        "case_ref": activity.case.values["case_ref"],
        "activity_date": activity.day,
        "activity_type": activity.kind,
        "is_admin": "Y" if activity.is_admin else "N",
        "minutes": activity.minutes,
    }


def _reference(case: Case) -> str:
    return str(case.values["case_ref"])

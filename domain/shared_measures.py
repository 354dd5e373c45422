"""The measures that every service has; where their words or answers depend on the service, each service has its own of the same key."""

from __future__ import annotations

from collections.abc import Iterable

from domain.measure_kinds import (
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
from domain.services import SERVICES

POSITIVE = ("A5", "A4", "U5", "U4")
"""The two best answers of either scale (codelists/survey_answer.csv)."""
_ALL = tuple(service.key for service in SERVICES)
WHO = {
    "send": "child or young person",
    "housing": "resident",
    "mentoring": "main applicant",
    "homelessness": "main applicant",
}
"""Whom sex, age and ethnic group are known of: one person of a case, never everybody in the household."""
ABOUT_ONE_PERSON = ("sex", "age_band", "ethnicity")
"""The measures about that person; the others about people are of the household or the case."""
_RETURN = "Quarterly return, sheet {}"

_ENTRY_DELAY = Spread(
    key="entry_delay",
    label="Days until entered",
    value="entry_delay_days",
    services=_ALL,
    source="Essex Trailblazers second deep dive report (June 2019), s1.3.1",
)
_DAYS_TO_OUTCOME = Spread(
    key="days_to_outcome",
    label="Days from referral to outcome",
    value="days_to_outcome",
    among=lambda c: c.ended == "Y",
    when="outcome_date",
    services=("send", "housing", "homelessness"),
    source=_RETURN.format("Cases"),
)

_FOR_ALL: tuple[Measure, ...] = (
    Count(key="referrals", label="Referrals", services=_ALL, source=_RETURN.format("Cases")),
    Count(
        key="closed_cases",
        label="Referred cases that have ended",
        among=lambda c: c.ended == "Y",
        services=_ALL,
        source=_RETURN.format("Cases"),
    ),
    Stock(
        key="live_cases",
        label="Live cases",
        counted=lambda c, at: (
            ((c.referral_date <= at) | (c.referral_date.is_(None) & (c.entered_date <= at)))
            & (c.outcome_date.is_(None) | ~(c.outcome_date <= at))
            & (c.vanished_on.is_(None) | ~(c.vanished_on <= at))
        ),
        services=_ALL,
        source="Essex Trailblazers second deep dive report (June 2019), s2.1",
    ),
    _ENTRY_DELAY,
    Average(
        key="median_entry_delay",
        label="Median days until entered",
        spread=_ENTRY_DELAY,
        statistic=Statistic.MEDIAN,
        unit="days",
        better=Better.LOWER,
        services=_ALL,
        source="Essex Trailblazers second deep dive report (June 2019), s1.3.1, fn4, fn17",
    ),
    Share(
        key="entered_late",
        label="Entered after the month of referral",
        met=lambda c: ~(c.entered_month <= c.referral_month),
        base=lambda c: c.entered_month.is_not(None) & c.referral_month.is_not(None),
        better=Better.LOWER,
        services=_ALL,
        source="Essex Trailblazers second deep dive report (June 2019), s1.3.1(2), fn4, fn17",
        note="So many cases are not there yet when their month is first reported. A case without both dates is left out.",
    ),
    _DAYS_TO_OUTCOME,
    Average(
        key="median_days_to_outcome",
        label="Median days from referral to outcome",
        spread=_DAYS_TO_OUTCOME,
        statistic=Statistic.MEDIAN,
        unit="days",
        when="outcome_date",
        services=_DAYS_TO_OUTCOME.services,
        source=_RETURN.format("Cases"),
    ),
    Share(
        key="satisfaction_positive",
        label="Positive answers",
        table=Table.ANSWERS,
        met=lambda c: c.answer_code.in_(POSITIVE),
        base=lambda c: c.answer_code.is_not(None),
        asks="answer_code",
        unknown=("NA", "REF", "LC"),
        unit="answers",
        when="date_received",
        better=Better.HIGHER,
        services=_ALL,
        source="Norfolk MDR needs assessment 2025-2028, satisfaction table; housing mediation specification 10.4",
        note="The two best answers of five. Who chose to answer is not known, so the limits say nothing of those who did not.",
    ),
    Count(
        key="complaints",
        label="Complaints",
        table=Table.COMPLAINTS,
        unit="complaints",
        when="received_date",
        better=Better.LOWER,
        services=_ALL,
        source="Housing mediation services specification, 8.6, 10.4",
    ),
    Share(
        key="complaints_upheld",
        label="Complaints upheld, wholly or partly",
        table=Table.COMPLAINTS,
        met=lambda c: c.complaint_outcome.in_(("UPHELD", "PART")),
        base=lambda c: c.complaint_outcome.in_(("UPHELD", "PART", "NOT")),
        unit="complaints",
        when="received_date",
        better=Better.LOWER,
        services=_ALL,
        source="Housing mediation services specification, 8.6, 10.4",
    ),
)


def _each(service: str) -> Iterable[Measure]:
    who, source, only = WHO[service], _RETURN.format("Cases"), (service,)
    yield Split(
        key="outcomes",
        label="How cases ended",
        field="outcome",
        among=lambda c: c.ended == "Y",
        leave_out=next(s.open for s in SERVICES if s.key == service),
        services=only,
        source=source,
    )
    yield Split(key="sex", label=f"Sex of the {who}", field="sex", services=only, source=source)
    yield Split(key="age_band", label=f"Age of the {who}", field="age_band", services=only, source=source)
    yield Split(
        key="ethnicity", label=f"Ethnic group of the {who}", field="ethnicity", services=only, source=source
    )


SHARED_MEASURES: tuple[Measure, ...] = (
    *_FOR_ALL,
    *(measure for service in SERVICES for measure in _each(service.key)),
)

"""The measures of homelessness-prevention mentoring, as the Essex Trailblazers evaluation counted them."""

from __future__ import annotations

from functools import partial
from typing import Any

from domain import measure_kinds as kinds
from domain.measure_kinds import Better, Measure, Statistic, Table
from domain.services import MENTORING

ESSEX = "Essex Trailblazers second deep dive report (June 2019)"
FINAL, GOOD = MENTORING.final, MENTORING.good
_NOT_DIRECT_HELP = ("ADMIN", "RELIEF")

Count = partial(kinds.Count, services=("mentoring",))
Share = partial(kinds.Share, services=("mentoring",))
Split = partial(kinds.Split, services=("mentoring",))
Spread = partial(kinds.Spread, services=("mentoring",))
Average = partial(kinds.Average, services=("mentoring",))


def _direct_help(c: Any) -> Any:
    return (
        c.outcome.in_(GOOD)
        & ~c.activity_type.in_(_NOT_DIRECT_HELP)
        & (c.is_admin.is_(None) | (c.is_admin != "Y"))
    )


_NUMBER_OF_VULNERABILITIES = Spread(
    key="number_of_vulnerabilities",
    label="Number of vulnerabilities",
    value="vulnerabilities_n",
    asks="vulnerabilities",
    unit="households",
    source=f"{ESSEX}, s2.2.3",
)
_DAYS_OF_SUPPORT = Spread(
    key="days_of_support",
    label="Days of support",
    value="days_of_support",
    among=lambda c: c.outcome.in_(FINAL),
    when="outcome_date",
    source=f"{ESSEX}, Table 4",
)
_ACTIVITIES_PER_CASE = Spread(
    key="activities_per_case",
    label="Activities per case",
    table=Table.ACTIVITIES,
    value="case_ref",
    per_case=True,
    unit="activities",
    among=_direct_help,
    when="outcome_date",
    source=f"{ESSEX}, s3.1",
)

MENTORING_MEASURES: tuple[Measure, ...] = (
    Count(
        key="completed_cases",
        label="Completed cases",
        among=lambda c: c.outcome.in_(FINAL),
        source=f"{ESSEX}, s4.1",
    ),
    Count(
        key="prevented_of_referred",
        label="Referred cases in which homelessness was prevented",
        among=lambda c: c.outcome.in_(GOOD),
        source=f"{ESSEX}, s4.1",
    ),
    Count(
        key="preventions",
        label="Preventions",
        among=lambda c: c.outcome.in_(GOOD),
        when="outcome_date",
        better=Better.HIGHER,
        source=f"{ESSEX}, s4 fn20",
    ),
    Share(
        key="prevention_rate",
        label="Homelessness prevented",
        met=lambda c: c.outcome.in_(GOOD),
        base=lambda c: c.outcome.in_(FINAL),
        when="outcome_date",
        better=Better.HIGHER,
        source=f"{ESSEX}, s4.1",
    ),
    Share(
        key="prevention_rate_excluding_withdrawn",
        label="Homelessness prevented, leaving out those who withdrew",
        met=lambda c: c.outcome.in_(GOOD),
        base=lambda c: c.outcome.in_(FINAL) & (c.outcome != "WITHDRAWN"),
        when="outcome_date",
        better=Better.HIGHER,
        source=f"{ESSEX}, s4.1 (387 of 413)",
        note="Withdrawn and unsuccessful overlap in practice, so neither base is the right one alone.",
    ),
    Split(key="reasons", label="Risk at assessment", field="risk_at_assessment", source=f"{ESSEX}, Table 3"),
    Share(
        key="identified_early",
        label="Identified more than 56 days ahead",
        met=lambda c: c.risk_at_assessment == "FUTURE",
        base=lambda c: c.risk_at_assessment.is_not(None),
        asks="risk_at_assessment",
        better=Better.HIGHER,
        source=f"{ESSEX}, s1.1, Table 3",
    ),
    Split(
        key="routes",
        label="How households came to the service",
        field="referral_route",
        source=f"{ESSEX}, s2.3, s6.2",
    ),
    Split(
        key="housing_status",
        label="Where households lived when referred",
        field="housing_status",
        source=f"{ESSEX}, Table 2",
    ),
    Split(
        key="vulnerabilities",
        label="Vulnerabilities",
        field="vulnerabilities",
        source=f"{ESSEX}, s2.2.3, Figure 3",
        note="Share of households; one household may have several, so the shares add up to more than 100%.",
    ),
    Split(
        key="primary_vulnerability",
        label="Main vulnerability",
        field="primary_vulnerability",
        source=f"{ESSEX}, s2.2.3 fn15",
        note="An artefact of recording: dependent children were always recorded as the main one where several existed. "
        "Prefer all vulnerabilities.",
    ),
    Share(
        key="multiple_vulnerabilities",
        label="More than one kind of vulnerability",
        met=lambda c: ~(c.vulnerabilities_n <= 1),
        base=lambda c: c.vulnerabilities_n.is_not(None),
        asks="vulnerabilities",
        source=f"{ESSEX}, s2.2.3 fn13",
    ),
    _NUMBER_OF_VULNERABILITIES,
    Average(
        key="mean_vulnerabilities",
        label="Mean number of vulnerabilities",
        spread=_NUMBER_OF_VULNERABILITIES,
        statistic=Statistic.MEAN,
        unit="kinds",
        source=f"{ESSEX}, s2.2.3",
    ),
    Spread(
        key="adults",
        label="Number of adults",
        value="adults_n",
        unit="households",
        source=f"{ESSEX}, Table 1",
    ),
    Spread(
        key="dependent_children",
        label="Number of dependent children",
        value="dependent_children_n",
        unit="households",
        source=f"{ESSEX}, Table 1",
    ),
    Share(
        key="repeat_rate",
        label="Helped by the service before",
        met=lambda c: c.repeat_case == "Y",
        base=lambda c: c.repeat_case.is_not(None),
        asks="repeat_case",
        better=Better.LOWER,
        source=f"{ESSEX}, s2",
    ),
    Split(
        key="tenancy_outcomes",
        label="Where households lived afterwards",
        field="tenancy_outcome",
        among=lambda c: c.outcome.in_(GOOD),
        unknown=("UNKNOWN", "LC"),
        when="outcome_date",
        source=f"{ESSEX}, s4.1.1 fn22-23",
    ),
    Share(
        key="stayed_in_own_home",
        label="Stayed in their own home",
        met=lambda c: c.outcome.in_(GOOD) & (c.tenancy_outcome == "OWN_HOME"),
        base=lambda c: c.outcome.in_(GOOD) & c.tenancy_outcome.is_not(None),
        among=lambda c: c.outcome.in_(GOOD),
        asks="tenancy_outcome",
        unknown=("UNKNOWN", "LC"),
        when="outcome_date",
        better=Better.HIGHER,
        source=f"{ESSEX}, s4.1.1",
    ),
    _DAYS_OF_SUPPORT,
    Average(
        key="mean_days_of_support",
        label="Mean days of support",
        spread=_DAYS_OF_SUPPORT,
        statistic=Statistic.MEAN,
        unit="days",
        when="outcome_date",
        source=f"{ESSEX}, s3.1.1",
    ),
    Average(
        key="median_days_of_support",
        label="Median days of support",
        spread=_DAYS_OF_SUPPORT,
        statistic=Statistic.MEDIAN,
        unit="days",
        when="outcome_date",
        source="Same base as the mean",
    ),
    Split(
        key="activity_mix",
        label="Help given to prevent homelessness",
        table=Table.ACTIVITIES,
        field="activity_type",
        leave_out=_NOT_DIRECT_HELP,
        unit="activities",
        among=_direct_help,
        when="activity_date",
        source=f"{ESSEX}, s3.1",
        note="Share of activities, not of cases; how contacts were logged differs between mentors.",
    ),
    Split(
        key="activity_mix_with_administrative",
        label="Help given to prevent homelessness, with administrative entries",
        table=Table.ACTIVITIES,
        field="activity_type",
        leave_out=("RELIEF",),
        unit="activities",
        among=lambda c: c.outcome.in_(GOOD) & (c.activity_type != "RELIEF"),
        when="activity_date",
        source=f"{ESSEX}, s3.1",
        note="The same cases as without them: administrative contacts, and other kinds that are marked as administrative, are counted too.",
    ),
    _ACTIVITIES_PER_CASE,
    Average(
        key="mean_activities_per_case",
        label="Mean activities per case",
        spread=_ACTIVITIES_PER_CASE,
        statistic=Statistic.MEAN,
        unit="activities",
        when="outcome_date",
        source=f"{ESSEX}, s3.1",
    ),
    Spread(
        key="relief_activities_per_case",
        label="Relief activities per completed case",
        table=Table.ACTIVITIES,
        value="case_ref",
        per_case=True,
        unit="activities",
        among=lambda c: c.outcome.in_(FINAL) & (c.activity_type == "RELIEF"),
        when="outcome_date",
        source=f"{ESSEX}, s3.1",
    ),
)

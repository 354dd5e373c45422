"""The measures: what is counted, out of what, by which date, and where the definition comes from. Each is declared once.

Kinds: `Count`; `Share` (X of Y); `Split` (a share for each answer of a field); `Spread` (one row for each whole value);
`Average` (mean or median of a spread); `Stock` (how many at a date, never summed over time).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.columns import Condition, column_codes, column_label, in_words
from domain.services import MENTORING
from domain.vocabulary import rolled_up

ESSEX = "Essex Trailblazers second deep dive report (June 2019)"


class Better(StrEnum):
    """Which direction is better; volumes and lengths are neither."""

    HIGHER = "higher is better"
    LOWER = "lower is better"
    NEITHER = "neither direction is better"


class Table(StrEnum):
    """The rows a measure looks at. Activities are read with the case they were for."""

    CASES = "cases"
    ACTIVITIES = "activities"


class Statistic(StrEnum):
    """What an average takes from a spread."""

    MEAN = "mean"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What every measure says of itself.

    `when` is the date it goes by: 'referral_date' makes it a figure about cases referred in a period, 'outcome_date' about cases
    that ended in it. `among` limits the rows; None takes all.
    """

    key: str
    label: str
    source: str
    unit: str = "cases"
    better: Better = Better.NEITHER
    when: str = "referral_date"
    among: Condition | None = None
    table: Table = Table.CASES
    services: tuple[str, ...] = ("mentoring",)
    note: str = ""

    @property
    def definition(self) -> str:
        """What is counted, in plain English, written from the formula itself."""
        return (
            f"{self.unit.capitalize()} where {in_words(self.among)}." if self.among else f"All {self.unit}."
        )

    @property
    def dated_by(self) -> str:
        """Which date decides the period, in words."""
        return {
            "referral_date": "by date of referral",
            "outcome_date": "by date of outcome",
            "activity_date": "by date of activity",
        }[self.when]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Measure):
    """How many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Measure):
    """How many of `base` are `met`. `asks` is the field asked about: blank there is missing, 'don't know' unsure, both outside the base."""

    met: Condition
    base: Condition
    asks: str = ""

    @property
    def definition(self) -> str:
        """The two halves of the share, in words."""
        return (
            f"{self.unit.capitalize()} where {in_words(self.met)}, out of those where {in_words(self.base)}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Measure):
    """The share of each answer of a field. `leave_out` are answers that are neither counted nor in the base."""

    field: str
    leave_out: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers shown even when nobody gave them: the groups of the list where it has groups, else its entries."""
        codes = column_codes(self.field)
        return tuple(
            c.key for c in codes.entries if rolled_up(codes, c.key) == c.key and c.key not in self.leave_out
        )

    @property
    def definition(self) -> str:
        """What is split by what, in words."""
        among = f" where {in_words(self.among)}" if self.among else ""
        return f"{self.unit.capitalize()}{among}, by '{column_label(self.field)}'; blank and don't know are left out of the base and counted beside it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread(Measure):
    """One row for each whole value of a column; or, `per_case`, for each number of rows that a case has."""

    value: str
    per_case: bool = False

    @property
    def definition(self) -> str:
        """Whose values are spread, in words."""
        among = f" where {in_words(self.among)}" if self.among else ""
        return (
            f"How many {self.unit} each case has, counting those{among}."
            if self.per_case
            else f"'{column_label(self.value)}' of {self.unit}{among}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Average(Measure):
    """The mean or median of a spread, in the unit of its value."""

    spread: str
    statistic: Statistic

    @property
    def definition(self) -> str:
        """Which statistic of which spread, in words."""
        return f"The {self.statistic} of: {measure(self.spread).definition}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock(Measure):
    """How many at the end of a month. `counted` takes the columns and that day."""

    counted: Any

    @property
    def definition(self) -> str:
        """Who is counted at the date, in words."""
        return f"{self.unit.capitalize()} where {in_words(lambda c: self.counted(c, date.max))}."


FINAL, GOOD = MENTORING.final, MENTORING.good
_NOT_DIRECT_HELP = ("ADMIN", "RELIEF")

MEASURES: tuple[Measure, ...] = (
    Count(key="referrals", label="Referrals", source=f"{ESSEX}, s2"),
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
    Split(
        key="outcomes",
        label="How cases ended",
        field="outcome",
        leave_out=MENTORING.open,
        among=lambda c: c.outcome.in_(FINAL),
        source=f"{ESSEX}, s6.3",
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
        note="Dependent children were always recorded as the main one where several existed: prefer all vulnerabilities.",
    ),
    Share(
        key="multiple_vulnerabilities",
        label="More than one kind of vulnerability",
        met=lambda c: ~(c.vulnerabilities_n <= 1),
        base=lambda c: c.vulnerabilities_n.is_not(None),
        asks="vulnerabilities",
        source=f"{ESSEX}, s2.2.3 fn13",
    ),
    Spread(
        key="number_of_vulnerabilities",
        label="Number of vulnerabilities",
        value="vulnerabilities_n",
        unit="households",
        source=f"{ESSEX}, s2.2.3",
    ),
    Average(
        key="mean_vulnerabilities",
        label="Mean number of vulnerabilities",
        spread="number_of_vulnerabilities",
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
    Split(key="sex", label="Sex of the main applicant", field="sex", source=f"{ESSEX}, s2.2 fn6"),
    Split(key="age_band", label="Age of the main applicant", field="age_band", source=f"{ESSEX}, Figure 2"),
    Split(
        key="ethnicity", label="Ethnic group of the main applicant", field="ethnicity", source=f"{ESSEX}, fn9"
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
        leave_out=("UNKNOWN", "LC"),
        when="outcome_date",
        source=f"{ESSEX}, s4.1.1 fn22-23",
    ),
    Share(
        key="stayed_in_own_home",
        label="Stayed in their own home",
        met=lambda c: c.outcome.in_(GOOD) & (c.tenancy_outcome == "OWN_HOME"),
        base=lambda c: (
            c.outcome.in_(GOOD) & c.tenancy_outcome.is_not(None) & ~c.tenancy_outcome.in_(("UNKNOWN", "LC"))
        ),
        among=lambda c: c.outcome.in_(GOOD),
        asks="tenancy_outcome",
        when="outcome_date",
        better=Better.HIGHER,
        source=f"{ESSEX}, s4.1.1",
    ),
    Stock(
        key="live_cases",
        label="Live cases",
        counted=lambda c, at: (
            ((c.referral_date <= at) | (c.referral_date.is_(None) & (c.entered_date <= at)))
            & (c.outcome_date.is_(None) | ~(c.outcome_date <= at))
            & (c.vanished_on.is_(None) | ~(c.vanished_on <= at))
        ),
        source=f"{ESSEX}, s2.1",
    ),
    Spread(
        key="days_of_support",
        label="Days of support",
        value="days_of_support",
        among=lambda c: c.outcome.in_(FINAL),
        when="outcome_date",
        source=f"{ESSEX}, Table 4",
    ),
    Average(
        key="mean_days_of_support",
        label="Mean days of support",
        spread="days_of_support",
        statistic=Statistic.MEAN,
        unit="days",
        when="outcome_date",
        source=f"{ESSEX}, s3.1.1",
    ),
    Average(
        key="median_days_of_support",
        label="Median days of support",
        spread="days_of_support",
        statistic=Statistic.MEDIAN,
        unit="days",
        when="outcome_date",
        source="Same base as the mean",
    ),
    Spread(
        key="entry_delay", label="Days until entered", value="entry_delay_days", source=f"{ESSEX}, s1.3.1"
    ),
    Average(
        key="median_entry_delay",
        label="Median days until entered",
        spread="entry_delay",
        statistic=Statistic.MEDIAN,
        unit="days",
        better=Better.LOWER,
        source=f"{ESSEX}, s1.3.1, fn4, fn17",
    ),
    Split(
        key="activity_mix",
        label="Help given to prevent homelessness",
        table=Table.ACTIVITIES,
        field="activity_type",
        leave_out=_NOT_DIRECT_HELP,
        unit="activities",
        among=lambda c: (
            c.outcome.in_(GOOD)
            & ~c.activity_type.in_(_NOT_DIRECT_HELP)
            & (c.is_admin.is_(None) | (c.is_admin != "Y"))
        ),
        when="activity_date",
        source=f"{ESSEX}, s3.1",
        note="Share of activities, not of cases; how contacts were logged differs between mentors.",
    ),
    Spread(
        key="activities_per_case",
        label="Activities per case",
        table=Table.ACTIVITIES,
        value="case_ref",
        per_case=True,
        unit="activities",
        among=lambda c: (
            c.outcome.in_(GOOD)
            & ~c.activity_type.in_(_NOT_DIRECT_HELP)
            & (c.is_admin.is_(None) | (c.is_admin != "Y"))
        ),
        when="outcome_date",
        source=f"{ESSEX}, s3.1",
    ),
    Average(
        key="mean_activities_per_case",
        label="Mean activities per case",
        spread="activities_per_case",
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


def measure(key: str) -> Measure:
    """The measure with this key.

    Raises
    ------
    KeyError
        When there is none; the message names how to list those there are.
    """
    for declared in MEASURES:
        if declared.key == key:
            return declared
    raise KeyError(f"'{key}' is not a measure; `python -m data_access measures` lists those there are")

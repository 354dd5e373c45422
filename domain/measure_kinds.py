"""The kinds of measure, and what every measure says of itself.

`Count`; `Share` (X of Y); `Split` (a share for each answer of a field); `Spread` (one row for each whole value); `Average` (mean or
median of a spread); `Stock` (how many at a date, never summed over time). Rates stand in `domain.rate_kinds`, how completely columns are
filled in `domain.completeness_kind`, what only an aggregate return gives in `domain.given_kinds`; the measures in `domain.measures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.columns import Condition, column_codes, column_label, in_words
from domain.field_kinds import Sheet
from domain.vocabulary import rolled_up


def _beside(field: str, unknown: tuple[str, ...]) -> str:
    """Which answers to a field are counted beside the base and not in it, in words."""
    names = ["blank", "don't know", *(f"'{column_codes(field).label(code)}'" for code in unknown)]
    return f"{', '.join(names[:-1])} and {names[-1]} are left out of the base and counted beside it"


class Better(StrEnum):
    """Which direction is better; volumes and lengths are neither."""

    HIGHER = "higher is better"
    LOWER = "lower is better"
    NEITHER = "neither direction is better"


class Table(StrEnum):
    """The rows a measure looks at.

    Activities and agreements are read with the case they were for; answers and complaints with theirs where they name one.
    """

    CASES = "cases"
    ACTIVITIES = "activities"
    AGREEMENTS = "agreements"
    ANSWERS = "answers"
    COMPLAINTS = "complaints"
    STAFF = "staff"


SHEET_OF = {
    Table.CASES: Sheet.CASES,
    Table.ACTIVITIES: Sheet.ACTIVITIES,
    Table.AGREEMENTS: Sheet.AGREEMENTS,
    Table.ANSWERS: Sheet.SATISFACTION,
    Table.COMPLAINTS: Sheet.COMPLAINTS,
    Table.STAFF: Sheet.STAFF,
}
"""The sheet of a return that each table is filled from."""

_WHEN: dict[str, tuple[str, str]] = {
    "referral_date": ("referral_month", "by date of referral"),
    "outcome_date": ("outcome_month", "by date of outcome"),
    "escalated_on": ("escalated_month", "by date of escalation"),
    "activity_date": ("activity_month", "by date of activity"),
    "action_due": ("action_due_month", "by the day the action was due"),
    "date_received": ("received_month", "by date received"),
    "received_date": ("received_month", "by date received"),
}
"""The dates a measure may go by: the column with its month, and its words. `due.<clock>` goes by a due date."""


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
    services: tuple[str, ...]
    note: str = ""

    @property
    def definition(self) -> str:
        """What is counted, in plain English, written from the formula itself."""
        return (
            f"{self.unit.capitalize()} where {in_words(self.among)}." if self.among else f"All {self.unit}."
        )

    @property
    def at_a_date(self) -> bool:
        """Whether it says how things stand at the end of a month, so that it is never summed over time."""
        return False

    @property
    def in_totals_only(self) -> bool:
        """Whether no case says it, and only an aggregate return gives it."""
        return False

    @property
    def by_deadline(self) -> bool:
        """Whether it goes by a due date, so that nothing can be said of a row before its day."""
        return self.when not in _WHEN

    @property
    def dated_by(self) -> str:
        """Which date decides the period, in words."""
        if self.at_a_date:
            return "at the end of the month"
        return "by the day it was due" if self.by_deadline else _WHEN[self.when][1]

    @property
    def month(self) -> str:
        """The column that holds the month of that date; for a due date that the contract chooses, the name of the choice."""
        if self.when in _WHEN:
            return _WHEN[self.when][0]
        return f"due_{self.when.removeprefix('due.')}_month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Measure):
    """How many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Measure):
    """How many of `base` are `met`.

    `asks` is the field asked about: blank there is missing, 'don't know' and the answers in `unknown` are unsure, all outside the base.
    `standing` is one of what stands at the end of a month, which its conditions call `c.day`.
    """

    met: Condition
    base: Condition
    asks: str = ""
    unknown: tuple[str, ...] = ()
    standing: bool = False

    @property
    def at_a_date(self) -> bool:
        """Whether it says how things stand at the end of a month."""
        return self.standing

    @property
    def definition(self) -> str:
        """The two halves of the share, in words."""
        beside = f"; {_beside(self.asks, self.unknown)}" if self.asks else ""
        only = f" Only {self.unit} where {in_words(self.among)}." if self.among else ""
        return f"{self.unit.capitalize()} where {in_words(self.met)}, out of those where {in_words(self.base)}{beside}.{only}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Measure):
    """The share of each answer of a field.

    `leave_out` are answers about something else: neither counted nor in the base. `unknown` are answers that say nobody knows: unsure,
    as 'don't know' is.
    """

    field: str
    leave_out: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def exhaustive(self) -> bool:
        """Whether its answers come to all of its base, where a case has one answer."""
        return True

    @property
    def service(self) -> str:
        """The service whose answers are meant; blank where the measure is for several and their lists are one."""
        return self.services[0] if len(self.services) == 1 else ""

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers shown even when nobody gave them: the groups of the list where it has groups, else its entries."""
        codes = column_codes(self.field, self.service)
        apart = (*self.leave_out, *self.unknown)
        return tuple(c.key for c in codes.entries if rolled_up(codes, c.key) == c.key and c.key not in apart)

    @property
    def definition(self) -> str:
        """What is split by what, in words."""
        among = f" where {in_words(self.among)}" if self.among else ""
        answers = column_codes(self.field, self.service)
        without = " or ".join(answers.label(code) for code in self.leave_out)
        left_out = f", leaving out {without}" if without else ""
        return f"{self.unit.capitalize()}{among}, by '{column_label(self.field)}'{left_out}; {_beside(self.field, self.unknown)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread(Measure):
    """One row for each whole value of a column; or, `per_case`, for each number of rows that a case has.

    `asks` is the coded field that the value comes from: 'don't know' there is unsure and no other answer is missing. Without it, no
    value is missing.
    """

    value: str
    per_case: bool = False
    asks: str = ""

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

    spread: Spread
    statistic: Statistic

    @property
    def definition(self) -> str:
        """Which statistic of which spread, in words."""
        return f"The {self.statistic} of: {self.spread.definition}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock(Measure):
    """How many at the end of a month. `counted` takes the columns and that day."""

    counted: Any

    @property
    def at_a_date(self) -> bool:
        """It says how things stand at the end of a month."""
        return True

    @property
    def definition(self) -> str:
        """Who is counted at the date, in words."""
        return f"{self.unit.capitalize()} where {in_words(lambda c: self.counted(c, date.max))}."

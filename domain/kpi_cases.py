"""The cases behind a status of a KPI: each with whether it counted, and why or why not. What is counted is decided by the measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.columns import Condition
from domain.exceptions import Cause
from domain.kpis import Kpi
from domain.measures import Average, Better, Count, Measure, Share, Split, Table, measure
from domain.periods import Period


class Counting(StrEnum):
    """How a case stands in a status."""

    MET = "met"
    MISSED = "missed"
    EXCEPTED = "excepted"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True, slots=True)
class KpiCase:
    """One case behind a status.

    Parameters
    ----------
    why : why it counted so, in words made from the formula. dates : the days that the formula looks at, by their labels.
    start, due, done : of the deadline that it goes by; `days` from start to done, in working days where the deadline counts those.
    cause : who caused that it was late, where somebody said so; whether that takes it out of the adjusted figure is the contract's.
    """

    service: str
    provider: str
    area: str
    ref: str
    counting: Counting
    why: str
    dates: tuple[tuple[str, date | None], ...] = ()
    due: date | None = None
    done: date | None = None
    cause: Cause | None = None
    start: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class KpiCases:
    """The cases behind one status, those that missed first.

    `period` is the one counted. `by_deadline` says whether start, due and done mean anything. `without` are the providers, by their
    labels, that send totals and no cases: the status counts theirs too. `none_why` says why there is no list; then `cases` is empty.
    """

    kpi: Kpi
    period: Period
    cases: tuple[KpiCase, ...] = ()
    by_deadline: bool = False
    without: tuple[str, ...] = ()
    none_why: str = ""

    def of(self, *counting: Counting) -> tuple[KpiCase, ...]:
        """Those that stand in a status in one of these ways."""
        return tuple(case for case in self.cases if case.counting in counting)

    @property
    def met(self) -> int:
        """How many met it: the numerator."""
        return len(self.of(*_NUMERATOR[bad_when_met(self)]))

    @property
    def base(self) -> int:
        """How many were counted: the denominator of the raw figure."""
        return len(self.of(Counting.MET, Counting.MISSED, Counting.EXCEPTED))


_NUMERATOR = {
    False: (Counting.MET,),
    # Where the share counts what went wrong, those that missed are its numerator, excepted or not.
    True: (Counting.MISSED, Counting.EXCEPTED),
}


def bad_when_met(found: KpiCases) -> bool:
    """Whether the share counts what went wrong, as 'reopened' does: its numerator then is what missed the KPI."""
    return counts_what_went_wrong(measure(found.kpi.measure, found.kpi.service))


def counts_what_went_wrong(counted: Measure) -> bool:
    """Whether lower is better for a share, so that a case in its numerator is one that missed."""
    return isinstance(counted, Share) and counted.better is Better.LOWER


def among_of(counted: Measure) -> Condition | None:
    """Which rows a measure is about; those of its spread for an average."""
    return counted.spread.among if isinstance(counted, Average) else counted.among


def not_listed(counted: Measure, category: str) -> str:
    """Why there is no list of single cases for a measure, in words; blank where there is one."""
    if counted.table is Table.ANSWERS:
        return "Answers to a survey are shown together only, never one by one."
    if counted.table is Table.STAFF:
        return "It is counted from posts, not from cases."
    if getattr(counted, "in_totals_only", False):
        return "It comes in totals that somebody else counted, so no case of it is known here."
    if isinstance(counted, Split) and not category:
        return "It is several figures; each has its own list."
    # What is made from these kinds may count something else than cases: rates, posts, filled cells.
    if type(counted) not in (Share, Split, Count, Average):
        return "It is not made of cases that each count once, so there is no list of them."
    return ""


def counting_words(counting: Counting, counted: Measure) -> str:
    """What a person reads for how a case stands in the status of a measure."""
    if counting is Counting.NOT_COUNTED:
        return "Not counted"
    timed = counted.by_deadline and not counts_what_went_wrong(counted)
    if counting is Counting.EXCEPTED:
        return "Late, but excepted" if timed else "Missed, but excepted"
    if isinstance(counted, Count | Average):
        return "Counted"
    if isinstance(counted, Split):
        return "This answer" if counting is Counting.MET else "Another answer"
    if timed:
        return "In time" if counting is Counting.MET else "Late"
    return "Met" if counting is Counting.MET else "Missed"

"""How long it took until something with a time limit was done: which KPIs have one, from what to what, and in which bands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from domain.clocks import CLOCKS, is_working_day, working_days_between
from domain.columns import Condition
from domain.kpis import Kpi, kpis_of
from domain.statistics import median_of_spread

Done = tuple[str, Condition | None]
"""A column that holds the day on which it was done, and the cases in which that day counts; None for all."""


class Unit(StrEnum):
    """In what a length is counted."""

    DAYS = "days"
    WORKING_DAYS = "working days"
    FROM_DUE = "days from the last day in time"


class State(StrEnum):
    """How a case stands whose day has come."""

    ON_TIME = "on_time"
    LATE = "late"
    NOT_DONE = "not_done"

    @property
    def label(self) -> str:
        """What a person reads."""
        return {
            State.ON_TIME: "In time",
            State.LATE: "Late",
            State.NOT_DONE: "Not done",
        }[self]


@dataclass(frozen=True, slots=True)
class Timed:
    """A KPI with a time limit, and how its length is told.

    Parameters
    ----------
    clock : its due date is `due.<clock>`; blank where `due` names a column, and both where the contract says how long it may take.
    start : the column from which days are counted; blank where they follow from the day it was due.
    done : the days on which it was done; the earliest counts.
    limit : the last length in time; None where it differs from case to case and no line can be drawn.
    bands : the highest length of each band; longer ones come last.
    begins : what a case lacks that has no start, so that it has no deadline; blank where a blank start says that nothing began.
    """

    kpi: str
    done: tuple[Done, ...]
    bands: tuple[int, ...]
    unit: Unit = Unit.DAYS
    clock: str = ""
    due: str = ""
    start: str = ""
    limit: int | None = None
    begins: str = ""

    def length(self, start: date | None, due: date | None, done: date) -> int | None:
        """How long it took, in the unit; None where that cannot be counted.

        Of working days, what was done on a day off counts as done on the next working day: the length is then over the limit
        exactly where the day lies after the last one in time.
        """
        if self.unit is Unit.WORKING_DAYS:
            return _working_days(start, done) if start else None
        if self.unit is Unit.FROM_DUE:
            return (done - due).days if due else None
        if start:
            return (done - start).days
        return self.limit + (done - due).days if due and self.limit is not None else None

    def band(self, length: int) -> int:
        """The place of the band of a length."""
        return sum(length > edge for edge in self.bands)

    @property
    def band_labels(self) -> tuple[str, ...]:
        """The bands in words, from the shortest."""
        if self.unit is Unit.FROM_DUE:
            return _around_the_day(self.bands)
        edges = [(low + 1, high) for low, high in pairwise(self.bands)]
        first = f"Up to {self.bands[0]}" if self.bands[0] else "On the day or before"
        between = [f"{low}" if low == high else f"{low} to {high}" for low, high in edges]
        return (first, *between, f"More than {self.bands[-1]}")

    @property
    def limit_band(self) -> int | None:
        """The place of the last band in time; None where no line can be drawn."""
        return self.bands.index(self.limit) if self.limit is not None else None


def _working_days(start: date, done: date) -> int | None:
    if done <= start:
        return 0
    try:
        while not is_working_day(done):
            done += timedelta(days=1)
        return working_days_between(start, done)
    except ValueError:
        return None  # a year whose bank holidays nobody has announced yet


def _around_the_day(bands: tuple[int, ...]) -> tuple[str, ...]:
    """Bands that are counted in days from the last day in time, in words: below nought is early."""
    found = [f"{-bands[0]} or more early"]
    for low, high in pairwise(bands):
        if high < 0:
            found.append(f"{-high} to {-(low + 1)} early")
        else:
            found.append("Last day" if high == 0 else f"{low + 1} to {high} late")
    return (*found, f"More than {bands[-1]} late")


_MEDIATION = (7, 14, 21, 30, 45, 60, 90)
_FORTNIGHT = (3, 7, 14, 21, 28, 56)
_THREE_DAYS = (0, 1, 2, 3, 5, 10, 20)
_MEETING: Final[Done] = ("meeting_date", lambda c: c.outcome == "MED_HELD")


def _certificate(kpi: str, clock: str) -> Timed:
    done: tuple[Done, ...] = (("certificate_date", None),)
    return Timed(
        kpi,
        done,
        _THREE_DAYS,
        Unit.WORKING_DAYS,
        clock=clock,
        start=CLOCKS[clock].start,
        limit=CLOCKS[clock].days,
    )


TIMED: Final[Mapping[str, Timed]] = MappingProxyType(
    {
        one.kpi: one
        for one in (
            Timed("HM1", (("first_contact_date", None),), _FORTNIGHT, clock="initial_contact", limit=14,
                  begins="a date of referral"),
            Timed("HM2", (("initial_visit_date", None),), _FORTNIGHT, clock="initial_visit", limit=14,
                  begins="a date of referral"),
            Timed("HM6", (("case_report_date", None),), (0, 7, 14, 28, 56), start="outcome_date"),
            Timed("SM1a", (("meeting_date", lambda c: c.meeting_arranged_date.is_not(None)),), _MEDIATION,
                  clock="mediation", limit=30, begins="the day from which the 30 days count"),
            Timed("SM1b", (_MEETING, ("mediation_started_date", None)), _MEDIATION, clock="mediation", limit=30,
                  begins="the day from which the 30 days count"),
            _certificate("SM2", "certificate_after_mediation"),
            _certificate("SM3", "certificate_without_mediation"),
            _certificate("SM4", "certificate_not_arranged"),
            Timed("SM7", (("action_done", None),), (-15, -8, -1, 0, 7, 28, 56), Unit.FROM_DUE, due="due_action"),
        )
    }
)  # fmt: skip
"""The KPIs with a time limit whose length can be told, by their ids. A KPI that only asks how a case stands on a day is not here."""


def timed_kpis(service: str) -> tuple[Kpi, ...]:
    """The KPIs of a service with a time limit, in the order of the catalogue."""
    return tuple(one for one in kpis_of(service) if one.id in TIMED)


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long it took in the cases that one KPI counts.

    Parameters
    ----------
    taken : how many of each length and state; the length is None where nothing was done, or where it cannot be counted.
    excepted : how many of those that missed an agreed exception takes out of the adjusted figure.
    without_start : cases of which it is not known when it began, so that they have no deadline.
    """

    timed: Timed
    taken: Mapping[tuple[int | None, State], int]
    excepted: int = 0
    without_start: int = 0

    def count(self, *states: State) -> int:
        """How many stand so; of any state where none is named."""
        return sum(n for (_, state), n in self.taken.items() if not states or state in states)

    @property
    def base(self) -> int:
        """The cases whose day has come."""
        return self.count()

    @property
    def not_known(self) -> int:
        """What was done, without a length that can be counted."""
        return sum(
            n for (length, state), n in self.taken.items() if length is None and state is not State.NOT_DONE
        )

    @property
    def median(self) -> float | None:
        """The middle length of what was done; None where nothing was."""
        spread: Counter[int] = Counter()
        for (length, _), n in self.taken.items():
            if length is not None:
                spread[length] += n
        return float(median_of_spread(spread)) if spread else None

    def banded(self, state: State) -> tuple[int, ...]:
        """How many of a state fall in each band."""
        found = [0] * (len(self.timed.bands) + 1)
        for (length, held), n in self.taken.items():
            if held is state and length is not None:
                found[self.timed.band(length)] += n
        return tuple(found)


def state_of(*, met: bool, done: date | None, due: date | None) -> State:
    """How a case stands that the KPI counts. The KPI itself says what met it."""
    if met:
        return State.ON_TIME
    return State.LATE if done is not None and (due is None or done > due) else State.NOT_DONE


def first_day(days: Iterable[Any]) -> date | None:
    """The earliest of several days, of which each may be blank."""
    return min((one for one in days if one is not None), default=None)

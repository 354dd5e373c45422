"""What a provider knew of one case, complaint or post, and from which day on: the rows of its returns follow from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.clocks import is_working_day
from domain.periods import Period, month_end, month_start
from domain.returns import Record, Value
from sample_data.draw import Draw


@dataclass(slots=True)
class Story:
    """One row of a sheet through time.

    Parameters
    ----------
    began : the day from which it stood on the provider's system.
    ended : the day after which nothing is open in it; None while something is.
    facts : field key to what was known, each from a day on.
    """

    began: date
    ended: date | None = None
    facts: dict[str, list[tuple[date, Value]]] = field(default_factory=dict)

    def tell(self, key: str, value: Value, since: date | None = None) -> None:
        """Add a fact.

        Without a day a date is known from its own day, anything else from the beginning; a blank is nothing.
        """
        if value is not None:
            known = since or (value if isinstance(value, date) else self.began)
            self.facts.setdefault(key, []).append((max(known, self.began), value))

    def as_known(self, day: date) -> dict[str, Value]:
        """Give the row as it stood on a day: of each field the newest fact, and of two as new the one told last."""
        found: dict[str, Value] = {}
        for key, told in self.facts.items():
            known = [fact for fact in told if fact[0] <= day]
            if known:
                found[key] = sorted(known, key=lambda fact: fact[0])[-1][1]
        return found

    def belongs(self, period: Period) -> bool:
        """Whether a return holds the row: open at any time in the period, or changed since the period before."""
        if self.began > period.end:
            return False
        if self.ended is None or self.ended >= period.start:
            return True
        return self.as_known(period.end) != self.as_known(period.start - timedelta(1))


def rows_of(stories: Iterable[Story], period: Period) -> tuple[Record, ...]:
    """Give the rows that a return of the period holds, as they stood on its last day."""
    return tuple(story.as_known(period.end) for story in stories if story.belongs(period))


def working_day(day: date) -> date:
    """The day itself when it is a working day, else the last one before it."""
    while not is_working_day(day):
        day -= timedelta(1)
    return day


def some_working_day(month: int, draw: Draw) -> date:
    """A working day of a month, each day of the month being as likely to lead to one."""
    first = month_start(month)
    day = working_day(first + timedelta(draw.below(month_end(month).day)))
    while day < first or not is_working_day(day):
        day += timedelta(1)
    return day

"""Late entry: how many months after their referral cases become known to us, and what the newest months are thought to come to.

Taken from the dates of entry, or else from the returns kept: in which one each case stood first. `data_access.late_entry` reads it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from typing import Final

from domain.nowcast import FEWEST_ROWS, Range, completeness, predicted, too_early
from domain.periods import next_month

MAX_DELAY: Final = 6
"""Months after the referral by which every case is taken to be in."""
HISTORY: Final = 24
"""Months that the delays are learnt from: older ones may have been entered in another way."""
FILLED: Final = 0.9
"""The share of cases that must have a date of entry for it to be used."""
FEWEST_RETURNS: Final = 4
"""Returns of a provider, one after the other, that must be there to learn from them."""
STILL_FILLS: Final = 0.98
"""A month of which less than this share is thought to be known, and at least half a case is wanting, is still filling."""
_HALF_A_CASE: Final = 0.5
_SETTLED: Final = 0.98
"""A look back compares with a month of which so much is known by now."""


def months_apart(first: int, last: int) -> int:
    """How many months lie from one to another; below 0 where the other is earlier.

    >>> months_apart(201711, 201802)
    3
    """
    return (last // 100 - first // 100) * 12 + last % 100 - first % 100


class LearntFrom(StrEnum):
    """Where the delays come from."""

    ENTRY_DATES = "entry_dates"
    RETURNS = "returns"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Arrival:
    """So many cases of a provider, referred in a month, known first so many months after it; None where that is not recorded."""

    provider: str
    month: int
    after: int | None
    cases: int


@dataclass(frozen=True, slots=True)
class Reporting:
    """How far a provider has reported.

    `over` says that its contract has ended and its last return has come, so that nothing more comes in.
    """

    provider: str
    months: frozenset[int]
    over: bool = False

    @property
    def end(self) -> int:
        """The last month reported."""
        return max(self.months)


@dataclass(frozen=True, slots=True)
class Expected:
    """A month that still fills: what is reported, and what it is thought to come to; None where it is too early to say."""

    month: int
    reported: int
    range: Range | None


@dataclass(frozen=True, slots=True)
class LookBack:
    """Earlier months as they were known then: how many, and in how many the range held what they have come to since."""

    months: int
    held: int


@dataclass(frozen=True, slots=True)
class LateEntry:
    """How late cases become known, of one service and of the providers and areas chosen.

    Parameters
    ----------
    why : in words, why nothing can be said; blank where something can. returns_every : months from one return to the next, where the
        delays come from the returns; 1 where they come from the dates of entry.
    """

    learnt_from: LearntFrom
    arrivals: tuple[Arrival, ...] = ()
    reporting: tuple[Reporting, ...] = ()
    returns_every: int = 1
    why: str = ""

    @property
    def history(self) -> int:
        """How many months the delays are learnt from."""
        newest = max((one.end for one in self.reporting), default=0)
        known = {a.month for a in self.arrivals if a.after is not None and a.cases}
        return len(
            {
                m
                for one in self.reporting
                for m in one.months
                if m in known and months_apart(m, newest) < HISTORY
            }
        )

    def expected(self, reported: Mapping[int, int]) -> tuple[Expected, ...]:
        """The months that still fill, in order; of the others nothing is said.

        Parameters
        ----------
        reported : cases shown for each month that is in from every provider. A month whose cases are not the ones counted here is left
            out: something else is in it, such as a provider's totals.
        """
        if self.learnt_from is LearntFrom.NOTHING:
            return ()
        known = _Known(self)
        found = (known.expected(month, reported[month]) for month in sorted(reported))
        return tuple(one for one in found if one is not None)

    def look_back(self) -> LookBack:
        """Try the method on each earlier month as it was known when it was the newest, against what it has come to since."""
        if self.learnt_from is LearntFrom.NOTHING:
            return LookBack(0, 0)
        return _looked_back(self)


@lru_cache(maxsize=64)
def _looked_back(late: LateEntry) -> LookBack:
    return _Known(late).look_back()


class _Known:
    """What was known when: the cases by provider, month and column, a column being a return after the month's own.

    The months at one place in their return (`turn`) make a triangle of their own; with dates of entry there is one for all.
    """

    def __init__(self, late: LateEntry) -> None:
        self._reporting, self._every = late.reporting, late.returns_every
        self._ends = {one.provider: one.end for one in late.reporting}
        self._end = max(self._ends.values())
        self._came: dict[tuple[str, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self._cases: dict[tuple[str, int], int] = defaultdict(int)
        for a in late.arrivals:
            self._cases[a.provider, a.month] += a.cases
            if a.after is not None:
                column = max(0, -((self._turn(a.month) - a.after) // self._every))
                self._came[a.provider, a.month][column] += a.cases

    def expected(self, month: int, reported: int) -> Expected | None:
        """What a month is thought to come to; nothing where it is full, or is not what is counted here."""
        counted = {p: n for (p, referred), n in self._cases.items() if referred == month and n}
        if sum(counted.values()) != reported or any(month > self._ends.get(p, 0) for p in counted):
            return None
        turn = self._turn(month)
        if month > self._end or self._column(self._end, month) >= self._last_column(turn):
            return None
        known: dict[int, int] = defaultdict(int)
        for one in self._reporting:
            known[self._reached(one, month, self._end)] += counted.get(one.provider, 0)
        rows = self._rows(turn, self._end)
        if len(self._row_months(turn, self._end)) < FEWEST_ROWS:
            return None
        shares = completeness(rows)
        if all(shares[min(max(column, 0), len(shares) - 1)] >= STILL_FILLS for column in known):
            return None
        if too_early(known, rows):
            return Expected(month, reported, None)
        found = predicted(known, rows)
        fills = found.expected - reported >= _HALF_A_CASE and reported < STILL_FILLS * found.expected
        return Expected(month, reported, found) if fills else None

    def look_back(self) -> LookBack:
        """How often the range held that would have been given for the newest month, at the end of each earlier return."""
        held = months = 0
        shares = completeness(self._rows(0, self._end))
        for back in range(1, HISTORY):
            month = next_month(self._end, -back * self._every)
            if not shares or shares[min(back, len(shares) - 1)] < _SETTLED:
                continue
            rows = self._rows(0, month)
            then = self._known_of(month, month)
            if len(self._row_months(0, month)) < FEWEST_ROWS or too_early(then, rows):
                continue
            found = predicted(then, rows)
            months += 1
            held += found.low <= sum(self._known_of(month, self._end).values()) <= found.high
        return LookBack(months, held)

    def _turn(self, month: int) -> int:
        """The place of a month in its return, counted from the return's end."""
        return months_apart(month, self._end) % self._every

    def _last_column(self, turn: int) -> int:
        """The column by which every case is taken to be in."""
        return -((turn - MAX_DELAY) // self._every)

    def _column(self, at: int, month: int) -> int:
        """How many returns after its own a month had been told of at another month's end; below 0 before its own."""
        return months_apart(month, at) // self._every

    def _reached(self, one: Reporting, month: int, at: int) -> int:
        """The column of a month that a provider had reached at another month's end."""
        last = self._last_column(self._turn(month))
        return last if one.over and at >= one.end else min(self._column(min(at, one.end), month), last)

    def _cells(self, turn: int, at: int) -> Iterator[tuple[str, int, int]]:
        """The provider and month of each row of a triangle as it stood at a month's end, and its last column then."""
        oldest, last = next_month(at, 1 - HISTORY), self._last_column(turn)
        for one in self._reporting:
            end = min(at, one.end)
            for month in one.months:
                if oldest <= month <= end and self._turn(month) == turn:
                    yield one.provider, month, min(self._column(end, month), last)

    def _rows(self, turn: int, at: int) -> list[list[int]]:
        came = ((self._came[provider, month], last) for provider, month, last in self._cells(turn, at))
        return [list(accumulate(row[column] for column in range(last + 1))) for row, last in came]

    def _row_months(self, turn: int, at: int) -> frozenset[int]:
        return frozenset(month for provider, month, _ in self._cells(turn, at) if self._came[provider, month])

    def _known_of(self, month: int, at: int) -> dict[int, int]:
        """Cases of a month known at another month's end, by the column that their provider had reached."""
        found: dict[int, int] = defaultdict(int)
        for one in self._reporting:
            reached = self._reached(one, month, at)
            came = self._came[one.provider, month].items()
            found[reached] += sum(cases for column, cases in came if column <= reached)
        return found

"""Cubes: every count that an audience can be shown, and how the counts add up. What may be shown is decided over all of them at once.

A cube crosses places (everywhere, each provider, each area), spans of time and answers. Providers and areas are never crossed for others
than the commissioning team, so that the two hang together by what is counted everywhere alone. What is counted is named by its formula:
two measures that count the same cases share their cells.

What may not live here: which cells are hidden (domain.suppression), and where the counts come from (data_access).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from domain.suppression import Line

Place = tuple[str, str]
EVERYWHERE: Place = ("", "")
ALL_TIME = ""


class Cell(NamedTuple):
    """One count: of what, where, when, and with which answers.

    `place` is ('provider', key), ('area', key) or everywhere; `span` blank for all time, else the key of a month, a quarter, or of the
    first and last quarter of several.
    """

    what: str
    place: Place
    span: str
    codes: tuple[str, ...]


class Counted(NamedTuple):
    """How many of one provider, in one area, with some answers, in a quarter or month (blank for all time)."""

    provider: str
    area: str
    codes: tuple[str, ...]
    time: str
    number: int


@dataclass(slots=True)
class Cube:
    """The cells with their values, and the lines by which they add up.

    Attributes
    ----------
    kind : 'provider' or 'area' where each of them is counted beside everywhere; blank where none is.
    windows : the spans of several quarters that may be asked for, by their key, with the quarters in each.
    unseen : cells that no view shows, as how many were not met. harmless : cells that point at nobody, as how many have no date.
    guards : an unseen cell, and the one that is hidden where the unseen one is small. dear : cells that are hidden last.
    made : names of the sums of answers that were added.
    """

    kind: str = ""
    windows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    values: dict[Cell, int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    unseen: set[Cell] = field(default_factory=set)
    harmless: set[Cell] = field(default_factory=set)
    guards: dict[Cell, Cell] = field(default_factory=dict)
    dear: set[Cell] = field(default_factory=set)
    made: set[str] = field(default_factory=set)

    def count(
        self, what: str, counted: Iterable[Counted], *, unseen: bool = False, about: bool = True
    ) -> None:
        """Add all cells of what is counted, and the lines by which places, times and answers add up.

        Parameters
        ----------
        what : its name. unseen : whether no view shows it.
        about : whether it says something of the people counted; how many there are without a date or an answer is else harmless.
        """
        sums: dict[tuple[Place, str, tuple[str, ...]], int] = defaultdict(int)
        for one in counted:
            spans = [
                one.time,
                *(key for key, times in self.windows.items() if one.time and one.time in times),
            ]
            places = [EVERYWHERE, *([(self.kind, getattr(one, self.kind))] if self.kind else [])]
            for place in places:
                for span in spans:
                    sums[place, span, one.codes] += one.number
        mine = {Cell(what, *at): number for at, number in sums.items()}
        self.values |= mine
        if unseen:
            self.unseen |= set(mine)
        self._by_place(mine)
        self._by_time(mine, about=about)

    def _by_place(self, mine: Mapping[Cell, int]) -> None:
        parts: dict[tuple[Cell, str], list[Cell]] = defaultdict(list)
        for cell in sorted(mine):
            if cell.place != EVERYWHERE:
                parts[cell._replace(place=EVERYWHERE), cell.place[0]].append(cell)
        for (total, _), found in parts.items():
            self.lines.append(Line(total, tuple(found)))

    def _by_time(self, mine: Mapping[Cell, int], *, about: bool) -> None:
        quarters: dict[Cell, list[Cell]] = defaultdict(list)
        for cell in sorted(mine):
            if cell.span and cell.span not in self.windows:
                quarters[cell._replace(span=ALL_TIME)].append(cell)
        for whole, found in quarters.items():
            if whole in mine:
                self.add(whole, found, "without a date", harmless=not about)
            for key, times in self.windows.items():
                inside = [cell for cell in found if cell.span in times]
                if inside:
                    self.lines.append(Line(whole._replace(span=key), tuple(inside)))

    def add(self, total: Cell, parts: Sequence[Cell], rest: str, *, harmless: bool = False) -> bool:
        """A sum; what is in the total and in none of its parts, as cases without an answer, becomes a cell of its own.

        Returns
        -------
        bool
            Whether it adds up. Where the parts come to more than the total, one case stands in several of them.
        """
        over = self.values[total] - sum(self.values[part] for part in parts)
        if over < 0 or not parts:
            return False
        found = tuple(parts)
        if over:
            left = total._replace(what=f"{total.what} {rest}", codes=(*total.codes, rest))
            self.values[left] = over
            self.unseen.add(left)
            if harmless:
                self.harmless.add(left)
            found = (*found, left)
        self.lines.append(Line(total, found))
        return True

    def answers(self, whole: str, each: str, *, drop: int | None = None) -> None:
        """Say that the answers of what is counted add up to the whole, where they do.

        `drop` is the place of the answer that the whole does not have; without it, the whole has none.
        """
        parts: dict[Cell, list[Cell]] = defaultdict(list)
        for cell in sorted(self.values):
            if cell.what == each and cell.codes:
                left = () if drop is None else cell.codes[:drop] + cell.codes[drop + 1 :]
                total = cell._replace(what=whole, codes=left)
                if total in self.values:
                    parts[total].append(cell)
        for total, found in parts.items():
            self.add(total, found, f"without an answer of {each}", harmless=True)

    def halves(self, whole: str, met: str, rest: str, *, split: int | None = None) -> None:
        """Say of every share that what is met and what is not come to its base; how many are not is in no view, and protected.

        `split` is the place of the answer whose share it is, which the base does not have.
        """
        for cell in [one for one in self.values if one.what == rest]:
            codes = cell.codes if split is None else cell.codes[:split] + cell.codes[split + 1 :]
            self.split(cell._replace(what=whole, codes=codes), cell._replace(what=met), cell)

    def split(self, whole: Cell, shown: Cell, rest: Cell) -> None:
        """Say that a cell is one that is shown and a rest that is in no view; where the rest is small the other is hidden."""
        self.lines.append(Line(whole, (shown, rest)))
        self.guards[rest] = shown

    def unite(self, whole: Cell, each: str, parts: Iterable[tuple[str, ...]]) -> None:
        """Say that a cell is the sum of some answers of another count: `parts` are their codes."""
        found = [same for codes in parts if (same := whole._replace(what=each, codes=codes)) in self.values]
        if found and self.values[whole] == sum(self.values[one] for one in found):
            self.lines.append(Line(whole, tuple(found)))


_LATE = 3
"""Twelve months may end with one of so many last quarters: the newest are not always in from everybody."""


def windows_of(quarters: Sequence[str], *, few: bool = False) -> dict[str, tuple[str, ...]]:
    """The spans of several quarters that may be asked for: to the end of each from twelve months before, or from the start of a year.

    The years are its financial and its calendar year; the first quarter of all is a start too.

    Parameters
    ----------
    quarters : keys of the quarters with figures, in order.
    few : only whole financial and calendar years, the year so far, and twelve months to one of the last quarters: for each provider and
        area and for answers, where every span more hides more.

    Returns
    -------
    dict
        The quarters of each span, by its key 'first to last'.

    Examples
    --------
    >>> list(windows_of(["2018-01..2018-03", "2018-04..2018-06"]))
    ['2018-01..2018-03 to 2018-04..2018-06']
    """
    found: dict[str, tuple[str, ...]] = {}
    for last, key in enumerate(quarters):
        month = int(key[5:7])
        financial, calendar = last - (month - 4) % 12 // 3, last - (month - 1) // 3
        starts = {last - 3, 0, financial, calendar}
        if few:
            late = last >= len(quarters) - _LATE
            starts = {
                *([financial] if late or month == 1 else []),
                *([calendar] if month == 10 else []),
                *([last - 3] if late else []),
            }
        for first in sorted({max(0, start) for start in starts}):
            if first < last:
                found[f"{quarters[first]} to {key}"] = tuple(quarters[first : last + 1])
    return found

"""What was issued: files that left the dashboard for others than the commissioning team. They cannot be taken back.

Whoever holds an earlier file puts it beside a later one: what changed between them, as a late case, is a number too. So the cells of the
earlier file stand in one system with those of now, with how much each changed, and all of it is protected together.

What may not live here: which cells are hidden (domain.suppression), and where the files are kept (data_access.issued).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from domain.access import Audience, Circle
from domain.cubes import Cell, Cube
from domain.suppression import Line, recoverable

Shown = tuple[tuple[Cell, int], ...]
"""Cells that somebody can see, with their numbers."""


class Outdated(Exception):
    """A file would be given out of older data than one that went out meanwhile, beside which nobody has held it."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What one file shows.

    Parameters
    ----------
    version : of the data that it was made of. reached : the last day of those data.
    cells : what it shows, what its figures add up to, and what could be shown beside them of the same places and times; with the numbers.
    """

    audience: Audience
    service: str
    version: int
    reached: date | None
    cells: Shown


class Earlier(NamedTuple):
    """A cube as it was when files were made of it, and what they show of it.

    `shown` are numbers where they can be held against those of the cube, and None where they cannot.
    """

    cube: Cube
    shown: Mapping[Cell, int | None]


def together(issues: Sequence[Issue | None]) -> Issue | None:
    """What a file made of several figures shows; None where that is nothing of anybody.

    Raises
    ------
    ValueError
        When they are for different audiences or services: a file is for one.
    """
    found = list({id(one): one for one in issues if one is not None}.values())
    if not found:
        return None
    if len({(one.audience, one.service) for one in found}) > 1:
        raise ValueError("a file is for one audience and about one service")
    cells = dict(cell for one in found for cell in one.cells)
    first = min(found, key=lambda one: one.version)
    return Issue(first.audience, first.service, first.version, first.reached, tuple(cells.items()))


def reached_by(audience: Audience) -> tuple[str, ...]:
    """The keys of the audiences whose files an audience has too: what everybody has, and what all providers have.

    >>> reached_by(Audience.with_provider("provider-a"))
    ('provider:provider-a', 'providers', 'public')
    """
    wider = {Circle.PROVIDER: (Audience.PROVIDERS, Audience.PUBLIC), Circle.PROVIDERS: (Audience.PUBLIC,)}
    return (audience.key, *(one.key for one in wider.get(audience.circle, ())))


def put_before(cube: Cube, earlier: Sequence[Earlier]) -> frozenset[Cell]:
    """Add to a cube what was issued of it before, the first file first; what is out and cannot be hidden any more.

    A cell that had the number it has now is the same cell: that it did not change is taken as known. One that had another number
    stands beside it under a name of its own, with the sums of its time, and with how much it changed since. What was not issued of
    that time stays unseen, and is protected as the numbers of now are.
    """
    joined = _Joined(cube)
    for one in earlier:
        if not one.shown.keys() & one.cube.values.keys():
            continue
        joined.put(one)
    joined.link()
    cube.unseen -= joined.forced
    return frozenset(joined.forced)


def known_already(cube: Cube, issued: Collection[Cell], threshold: int) -> frozenset[Cell]:
    """The small numbers that anybody can work out from what was issued alone, as when the threshold was lower then."""
    suspects = [
        cell
        for cell, number in cube.values.items()
        if 0 < number < threshold and cell not in cube.harmless and cell not in issued
    ]
    return recoverable(cube.values, cube.lines, set(cube.values) - set(issued), suspects)


class _Joined:
    """One cube with what it was before."""

    def __init__(self, cube: Cube) -> None:
        self._cube, self._now = cube, dict(cube.values)
        self._lines = {(line.total, frozenset(line.parts)) for line in cube.lines}
        self._never = set(cube.unseen)
        self._states: dict[Cell, dict[Cell, int]] = {}
        self.forced: set[Cell] = set()

    def put(self, earlier: Earlier) -> None:
        """Add the cells of one moment that were other numbers, and its sums."""
        cube, before = self._cube, earlier.cube
        if before is cube:
            # Files of the data as they are now: nothing has changed since.
            self._show(earlier, {cell: cell for cell in self._now}, self._never)
            return
        named = {cell: self._at(cell, number) for cell, number in before.values.items()}
        cube.harmless |= {state for cell, state in named.items() if cell in before.harmless and state != cell}
        for line in before.lines:
            mine = Line(named[line.total], tuple(named[part] for part in line.parts))
            if (mine.total, frozenset(mine.parts)) not in self._lines:
                self._lines.add((mine.total, frozenset(mine.parts)))
                cube.lines.append(mine)
        self._show(earlier, named, before.unseen)

    def _show(self, earlier: Earlier, named: Mapping[Cell, Cell], unseen: Collection[Cell]) -> None:
        for cell, number in earlier.shown.items():
            if cell in named and cell not in unseen:
                # What stands in the file is what people have, whatever is made of the same data now.
                self.forced.add(named[cell] if number is None else self._at(cell, number))

    def _at(self, cell: Cell, number: int) -> Cell:
        """The name of a cell when it was a number: its own where it is that now."""
        if self._now.get(cell, 0) == number:
            self._cube.values.setdefault(cell, number)
            return cell
        state = cell._replace(what=f"{cell.what} when it was {number}")
        self._states.setdefault(cell, {})[state] = number
        self._cube.values[state] = number
        self._cube.unseen.add(state)
        return state

    def link(self) -> None:
        """Say how much each cell changed, from each moment to the next, and since each that was shown."""
        for cell, states in self._states.items():
            order = list(states.items())
            for one, other in pairwise(order):
                self._change(cell, one, other)
            if cell in self._now:
                now = (cell, self._now[cell])
                for place, then in enumerate(order, start=1):
                    if place == len(order) or then[0] in self.forced:
                        self._change(cell, then, now)

    def _change(self, cell: Cell, one: tuple[Cell, int], other: tuple[Cell, int]) -> None:
        cube = self._cube
        if one[0] in self.forced and other[0] in self.forced:
            return  # Both are out, and so is what lies between them.
        (less, low), (more, high) = sorted((one, other), key=lambda each: each[1])
        change = cell._replace(what=f"{cell.what} from {one[1]} to {other[1]}")
        cube.values[change] = high - low
        cube.unseen.add(change)
        cube.lines.append(Line(more, (less, change)))
        if cell in cube.harmless:
            cube.harmless.add(change)
        guard = cube.guards.get(cell, cell)
        if other[0] == cell and guard not in self._never:
            cube.guards[change] = guard

"""Which numbers may not be shown so that nobody can work out a small one: primary and secondary suppression of counts that add up.

Pure arithmetic over cells and lines: what a cell means, and for whom it is hidden, is decided in `domain.disclosure`.
What is promised is that no small number can be worked out *exactly* by adding, subtracting, and knowing that nothing is negative and that
all are whole. No more than that: a range may be narrow (two cells that share 3 people hold 0 to 3 each), a guess may be good, and
whoever knows one of the hidden numbers from elsewhere may work out another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeAlias

from domain.suppression_audit import Move, Sums, moves

CellId: TypeAlias = Any
"""Whatever names a cell; it must be hashable."""

NO_GUARDS: Mapping[CellId, CellId] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Line:
    """One sum: ``values[total] == sum(values[part] for part in parts)``, always true of the data."""

    total: CellId
    parts: tuple[CellId, ...]


class CannotProtect(Exception):
    """Small numbers that stay plain whatever else is hidden, because all around them was shown before.

    `cells` names them, in the order of the lines.
    """

    def __init__(self, cells: Sequence[CellId]) -> None:
        super().__init__(f"{len(cells)} small numbers can be worked out from what was shown before")
        self.cells = tuple(cells)


def hide(
    values: Mapping[CellId, int],
    lines: Sequence[Line],
    *,
    threshold: int = 5,
    unseen: Collection[CellId] = (),
    forced: Collection[CellId] = (),
    harmless: Collection[CellId] = (),
    already: Collection[CellId] = (),
    guards: Mapping[CellId, CellId] = NO_GUARDS,
    dear: Collection[CellId] = (),
    thin: bool = False,
) -> frozenset[CellId]:
    """The cells that may not be shown, the unseen ones among them.

    Parameters
    ----------
    values : whole numbers, none negative.
    lines : the sums among them. Their order, and the order of their parts, decides ties; the order of `values` decides nothing.
    threshold : 1 up to this less one is small.
    unseen : cells that no view ever shows (the rest of a share: base less met). Protected where small.
    forced : cells shown already elsewhere (in an issued file), which cannot be hidden any more. A small one is known and is left.
    harmless : cells that point at nobody (counts of blanks); they need no protection, but may be hidden to protect others.
    already : cells hidden by an earlier decision. They stay hidden; what hid them is held only as far as its lines are given again.
    guards : an unseen cell, and the cell to hide where the unseen one is small and would be plain (the met of that rest).
    dear : cells that readers need most; another one is hidden for the sake of a small one wherever there is another.
    thin : show again what the audit proves not to be needed, the largest first. Takes longer.

    Raises
    ------
    CannotProtect
        Where a small number can be worked out from `forced` cells alone, whatever else is hidden.
    ValueError
        If a number is negative, a line does not add up or names a cell without a number, or the threshold is under 1.

    Notes
    -----
    Small cells are hidden first, then the guards of small unseen cells. Then, over and over in the order of the lines: where exactly
    one cell of a line (its total counts) is hidden, the smallest shown part is hidden too: zeros as well, the first of equals,
    the total only where no part is left. Last the audit: for each small cell that linear programming still works out, the smallest
    shown cell that shares a line with it is hidden (or that shares one with a cell hidden beside it), until none is worked out.

    Examples
    --------
    >>> row = Line("all", ("prevented", "unsuccessful", "withdrawn"))
    >>> numbers = {"all": 37, "prevented": 29, "unsuccessful": 3, "withdrawn": 5}
    >>> sorted(hide(numbers, [row]))
    ['unsuccessful', 'withdrawn']
    """
    if threshold < 1:
        raise ValueError(f"A threshold is 1 or more, not {threshold}.")
    cells, sums = _sums(values, lines)
    place = {cell: number for number, cell in enumerate(cells)}

    def places(of: Iterable[CellId]) -> set[int]:
        return {place[cell] for cell in of if cell in place}

    shown_before = places(forced)
    small = {number for number, value in enumerate(sums.values) if 0 < value < threshold}
    small -= places(harmless) | shown_before
    ruling = _Ruling(
        sums=sums,
        parts=[(place[line.total], tuple(place[part] for part in line.parts)) for line in lines],
        small=small,
        unseen=places(unseen) - shown_before,
        forced=shown_before,
        guards={place[cell]: place[guard] for cell, guard in guards.items() if cell in place},
        hidden=(small | places(unseen) | places(already)) - shown_before,
        dear=places(dear),
    )
    fixed = set(ruling.hidden)
    ruling.hide_guards()
    ruling.close_lines()
    unprotected = ruling.close_audit()
    if unprotected:
        raise CannotProtect([cells[number] for number in unprotected])
    if thin:
        ruling.thin(keep=fixed)
    return frozenset(cells[number] for number in ruling.hidden)


def recoverable(
    values: Mapping[CellId, int],
    lines: Sequence[Line],
    hidden: Collection[CellId],
    suspects: Collection[CellId],
) -> frozenset[CellId]:
    """The suspects whose number anybody can work out exactly from what is shown.

    Linear programming: the smallest and the largest whole number that a cell can be are the same, where what is not `hidden` is
    known, every line adds up and nothing is negative. A suspect that is not hidden is plain. Where the search for whole numbers
    is given up (only tables of three dimensions and more ever come there) the cell counts as worked out.
    """
    cells, sums = _sums(values, lines)
    place = {cell: number for number, cell in enumerate(cells)}
    safe = moves(sums, {place[cell] for cell in hidden}, {place[cell] for cell in suspects})
    return frozenset(cell for cell in suspects if place[cell] not in safe)


def _sums(values: Mapping[CellId, int], lines: Sequence[Line]) -> tuple[list[CellId], Sums]:
    """The cells in the order of the lines, then those in no line, and their sums by place."""
    cells = list(dict.fromkeys(chain.from_iterable((line.total, *line.parts) for line in lines)))
    missing = [cell for cell in cells if cell not in values]
    if missing:
        raise ValueError(f"A line names {missing[0]!r}, which has no number.")
    standing = set(cells)
    cells += [cell for cell in values if cell not in standing]
    place = {cell: number for number, cell in enumerate(cells)}
    numbers = [values[cell] for cell in cells]
    if any(number < 0 for number in numbers):
        raise ValueError("Numbers of people are not negative.")
    rows: list[dict[int, int]] = []
    lines_of: list[list[int]] = [[] for _ in cells]
    for line in lines:
        row = {place[line.total]: -1}
        for part in line.parts:
            row[place[part]] = row.get(place[part], 0) + 1
        if sum(numbers[cell] * by for cell, by in row.items()):
            raise ValueError(f"The parts of {line.total!r} do not add up to it.")
        row = {cell: by for cell, by in row.items() if by}
        for cell in row:
            lines_of[cell].append(len(rows))
        rows.append(row)
    return cells, Sums(numbers, rows, lines_of)


@dataclass(slots=True)
class _Ruling:
    """What is hidden so far, and why."""

    sums: Sums
    parts: Sequence[tuple[int, tuple[int, ...]]]
    small: set[int]
    unseen: set[int]
    forced: set[int]
    guards: Mapping[int, int]
    hidden: set[int]
    dear: set[int]
    moves: dict[int, Move] = field(default_factory=dict)

    def hide_guards(self) -> None:
        """Hide the guard of each small unseen cell that would be plain: the only hidden one of a line, or in no line at all."""
        plain = []
        for cell, guard in sorted(self.guards.items()):
            lines = self.sums.lines_of[cell]
            alone = any(not any(o in self.hidden for o in self.sums.lines[n] if o != cell) for n in lines)
            if cell in self.small and guard not in self.forced and (alone or not lines):
                plain.append(guard)
        self.hidden.update(plain)

    def close_lines(self) -> None:
        """Hide a second cell wherever exactly one of a line is hidden, until no line has only one."""
        changed = True
        while changed:
            changed = False
            for total, parts in self.parts:
                alone = [cell for cell in dict.fromkeys((*parts, total)) if cell in self.hidden]
                # An unseen number that is not small tells of nobody: a rest of 20 may be worked out.
                if len(alone) != 1 or (alone[0] in self.unseen and alone[0] not in self.small):
                    continue
                others = [cell for cell in parts if cell not in self.dear]
                tried = (others, (total,) if total not in self.dear else (), parts, (total,))
                partner = next((one for group in tried if (one := self._smallest(group)) is not None), None)
                if partner is not None:
                    self.hidden.add(partner)
                    changed = True

    def close_audit(self) -> list[int]:
        """Hide more until no small cell can be worked out; what cannot be protected."""
        while True:
            self.moves |= moves(self.sums, self.hidden, self.small - self.moves.keys())
            exposed = sorted(self.small - self.moves.keys())
            partners = {cell: self._partner(cell) for cell in exposed}
            lost = [cell for cell, partner in partners.items() if partner is None]
            if lost or not exposed:
                return lost
            self.hidden.update(partner for partner in partners.values() if partner is not None)
            self.close_lines()

    def thin(self, keep: Collection[int]) -> None:
        """Show again each cell that no small one needs, the largest first."""
        for cell in sorted(self.hidden.difference(keep), key=lambda cell: (-self.sums.values[cell], cell)):
            touched = {suspect for suspect, move in self.moves.items() if cell in move}
            again = moves(self.sums, self.hidden - {cell}, touched)
            if len(again) == len(touched):
                self.hidden.discard(cell)
                self.moves |= again

    def _smallest(self, cells: Iterable[int]) -> int | None:
        """The smallest cell that is shown and can be hidden, the first of equals."""
        shown = (cell for cell in cells if cell not in self.hidden and cell not in self.forced)
        return min(shown, key=lambda cell: (cell in self.dear, self.sums.values[cell]), default=None)

    def _partner(self, cell: int) -> int | None:
        """The smallest shown cell in a line with this one; where there is none, in a line with a cell that is hidden beside it."""
        reached, ring = {cell}, [cell]
        while ring:
            near = sorted(
                {o for c in ring for number in self.sums.lines_of[c] for o in self.sums.lines[number]}
            )
            partner = self._smallest(near)
            if partner is not None:
                return partner
            ring = [other for other in near if other in self.hidden and other not in reached]
            reached.update(ring)
        return None

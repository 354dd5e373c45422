"""Whether a hidden number can be worked out from the numbers that are shown: the audit behind `domain.suppression`.

Here cells are places in a list and know nothing of areas, measures or audiences. A hidden cell is safe when a *move* exists: whole numbers
added to hidden cells, not all of them zero, that leave every sum as shown and nothing negative. Every move is checked exactly, in whole
numbers, before it counts; a cell for which none is found counts as worked out. So an error of rounding hides too much, never too little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Move = dict[int, int]
"""What is added to which cell; cells that stay are not in it."""

NEAR = 1
"""How far a cell may move while real numbers are searched: enough wherever tables have two dimensions (they are totally unimodular)."""

WIDE = 2
"""How far a cell may move while whole numbers are searched, which only tables of more dimensions need."""

ANY_GAIN = {"node_limit": 100, "mip_rel_gap": 100}
"""The search for whole numbers stops at the first good step, and gives up by steps, not by seconds, so that the same table always gives the
same answer."""

FEW = 30
"""How many cells are left when each is searched on its own."""

ZERO = 1e-6


@dataclass(frozen=True, slots=True)
class Sums:
    """Whole numbers, and the lines that bind them: in each line the numbers, times what stands beside their place, add up to nothing."""

    values: Sequence[int]
    lines: Sequence[dict[int, int]]
    lines_of: Sequence[Sequence[int]]


def settled(sums: Sums, hidden: Collection[int]) -> set[int]:
    """The hidden cells that one line after another gives away: the last one left of a line, or all that are left and add up to 0."""
    left = [{cell for cell in line if cell in hidden} for line in sums.lines]
    known: set[int] = set()
    to_do = list(range(len(left)))
    while to_do:
        number = to_do.pop()
        line, cells = sums.lines[number], left[number]
        one_sign = len({line[cell] > 0 for cell in cells}) == 1
        if len(cells) == 1 or (one_sign and not any(sums.values[cell] for cell in cells)):
            for cell in tuple(cells):
                known.add(cell)
                for other in sums.lines_of[cell]:
                    left[other].discard(cell)
                    to_do.append(other)
    return known


def moves(sums: Sums, hidden: Collection[int], suspects: Collection[int]) -> dict[int, Move]:
    """One move for each suspect that can be another number than it is; a suspect left out is worked out by anybody who can add up.

    The same sums give the same moves, whatever the order of `hidden` and `suspects`.
    """
    free = set(hidden) - settled(sums, hidden)
    wanted = sorted(free.intersection(suspects))
    found: dict[int, Move] = {}
    twins = _twins(sums, free)
    for cell in wanted:
        if not sums.lines_of[cell]:
            found[cell] = {cell: 1}
            continue
        alike = twins[_lines(sums, cell)]
        if len(alike) > 1 and sums.values[alike[0]]:
            found[cell] = {alike[0]: -1, cell: 1} if cell != alike[0] else {cell: -1, alike[1]: 1}
    # Of cells that stand in the same lines the largest moves for all of them, which makes the search smaller.
    first = {cell: alike[0] for alike in twins.values() for cell in alike}
    unproven = {first[cell] for cell in wanted if cell not in found}
    for block in _blocks(sums, sorted(set(first.values()))):
        if unproven.intersection(block):
            found |= _search(sums, block, sorted(unproven.intersection(block)))
    for cell in wanted:
        if cell not in found and first[cell] in found:
            found[cell] = {
                cell if place == first[cell] else place: by for place, by in found[first[cell]].items()
            }
    return {cell: found[cell] for cell in wanted if cell in found}


def _lines(sums: Sums, cell: int) -> tuple[tuple[int, int], ...]:
    return tuple((number, sums.lines[number][cell]) for number in sums.lines_of[cell])


def _twins(sums: Sums, free: Iterable[int]) -> dict[tuple[tuple[int, int], ...], list[int]]:
    """Cells that stand in the same lines on the same side, the largest first: one of them can give to another and nothing shown changes."""
    alike: dict[tuple[tuple[int, int], ...], list[int]] = defaultdict(list)
    for cell in sorted(free, key=lambda cell: (-sums.values[cell], cell)):
        alike[_lines(sums, cell)].append(cell)
    return alike


def _blocks(sums: Sums, cells: Iterable[int]) -> Iterator[list[int]]:
    """Cells parted into those that share lines, directly or through others."""
    in_line: dict[int, list[int]] = defaultdict(list)
    left = dict.fromkeys(cells)
    for cell in left:
        for number in sums.lines_of[cell]:
            in_line[number].append(cell)
    while left:
        start = next(iter(left))
        del left[start]
        block, reached = [start], 0
        while reached < len(block):
            for number in sums.lines_of[block[reached]]:
                for other in in_line.pop(number, ()):
                    if other in left:
                        del left[other]
                        block.append(other)
            reached += 1
        yield sorted(block)


def _search(sums: Sums, block: Sequence[int], wanted: Sequence[int]) -> dict[int, Move]:
    """Moves for the wanted cells of one block: first over real numbers, then in whole numbers for what only broke into fractions.

    Many are searched together. The last few take longest that way, so that each first has its own shortest move searched.
    """
    program = _Program(sums, block)
    found, fractions = program.explore(wanted, whole=False)
    if not fractions:
        return found
    together, few = program.explore(sorted(fractions), whole=True, until=FEW)
    found |= together
    for cell in sorted(few):
        if cell not in found:
            move = program.shortest(cell)
            found |= {other: move for other in few if other in move and other not in found}
    return found | program.explore(sorted(few - found.keys()), whole=True)[0]


class _Program:
    """The lines of one block as a linear program: what can be added to its cells while every line stays as it is."""

    def __init__(self, sums: Sums, block: Sequence[int]) -> None:
        # Loaded here because it takes a third of a second, and only figures for others than us need it.
        import numpy as np
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csc_array

        self.sums, self.block = sums, block
        self.place = {cell: place for place, cell in enumerate(block)}
        rows = sorted({number for cell in block for number in sums.lines_of[cell]})
        entries = [
            (row, self.place[cell], by)
            for row, number in enumerate(rows)
            for cell, by in sums.lines[number].items()
            if cell in self.place
        ]
        row, column, by = zip(*entries, strict=True)
        lines = csc_array((np.array(by, float), (row, column)), shape=(len(rows), len(block)))
        self.unchanged = LinearConstraint(lines, np.zeros(len(rows)), np.zeros(len(rows)))
        self.values = np.array([sums.values[cell] for cell in block], float)

    def explore(
        self, wanted: Sequence[int], *, whole: bool, until: int = 0
    ) -> tuple[dict[int, Move], set[int]]:
        """Moves for the wanted cells, and those still open: that moved by fractions only, or were the last few to be left.

        Each round pulls all cells that are still open in directions drawn by chance (from a fixed seed). Where neither the pull
        nor the pull against it gains anything, none of them can move at all: a direction that misses a move has no chance.
        """
        import numpy as np

        found: dict[int, Move] = {}
        fractions: set[int] = set()
        pull = np.random.default_rng(7)
        left = list(wanted)
        while len(left) > until:
            weights = np.zeros(len(self.block))
            for cell in left:
                weights[self.place[cell]] = pull.uniform(1, 2) * pull.choice((-1, 1))
            for direction in (weights, -weights):
                step = self._furthest(direction, whole)
                if step is not None and float(direction @ step) > ZERO:
                    break
            else:
                left = []
                break
            move = self._in_whole_numbers(step)
            if move is None:
                fractions |= {cell for cell in left if abs(step[self.place[cell]]) > ZERO}
            else:
                found |= {cell: move for cell in wanted if cell in move and cell not in found}
            left = [cell for cell in left if cell not in found and cell not in fractions]
        return found, fractions.union(left) - found.keys()

    def shortest(self, cell: int) -> Move:
        """A move of one cell that touches few others, which seldom breaks into fractions; empty where none was found."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import hstack

        size, place = len(self.block), self.place[cell]
        lines = hstack([self.unchanged.A, -self.unchanged.A])
        # A little chance in the prices leaves one shortest move of several, not a mixture of them.
        price = np.random.default_rng(7).uniform(1, 1.1, 2 * size)
        upper = np.concatenate([np.full(size, NEAR), np.minimum(self.values, NEAR)])
        for up, down in ((1, 0), (0, 1)):
            lower = np.zeros(2 * size)
            lower[place], lower[size + place] = up, down
            if np.any(lower > upper):
                continue
            unchanged = LinearConstraint(lines, self.unchanged.lb, self.unchanged.ub)
            answer = milp(price, bounds=Bounds(lower, upper), constraints=unchanged)
            move = None if answer.x is None else self._in_whole_numbers(answer.x[:size] - answer.x[size:])
            if move and cell in move:
                return move
        return {}

    def _furthest(self, direction: NDArray[np.float64], whole: bool) -> NDArray[np.float64] | None:
        """The step that goes furthest in a direction; None where the search was given up."""
        import numpy as np
        from scipy.optimize import Bounds, milp

        reach = WIDE if whole else NEAR
        answer = milp(
            -direction,
            integrality=np.full(len(self.block), int(whole)),
            bounds=Bounds(-np.minimum(self.values, reach), np.full(len(self.block), reach)),
            constraints=self.unchanged,
            options=ANY_GAIN if whole else {},
        )
        step: NDArray[np.float64] | None = answer.x
        return step

    def _in_whole_numbers(self, step: NDArray[np.float64]) -> Move | None:
        """The step, or a few times the step, as a move that was checked exactly; None where fractions stay or a number turns negative."""
        import numpy as np

        for times in range(1, WIDE + 1):
            near = np.rint(step * times)
            if np.abs(near - step * times).max() < ZERO * times:
                move = {cell: int(by) for cell, by in zip(self.block, near, strict=True) if by}
                if move and stands(self.sums, move):
                    return move
        return None


def stands(sums: Sums, move: Move) -> bool:
    """Whether a move leaves every line as it is and nothing negative."""
    if any(sums.values[cell] + by < 0 for cell, by in move.items()):
        return False
    lines = {number for cell in move for number in sums.lines_of[cell]}
    return all(
        sum(sums.lines[number][cell] * by for cell, by in move.items() if cell in sums.lines[number]) == 0
        for number in lines
    )

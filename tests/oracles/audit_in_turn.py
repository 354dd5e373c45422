"""An audit of what was given out at several moments: what stands in all of it together, beside what was counted at each moment.

It shares no code with what decides. Whoever has every file knows how counts add up by place, by quarter and by answer, that cases are only
added and that those that ended stay ended; a provider knows its own cases too. Linear programming says what follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import ceil, floor
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from domain.cubes import Cell
from tests.oracles.audit_cells import NEAR
from tests.oracles.audit_subjects import Kind, Parts, Subject, within

MOST = 80
"""More cases than this beyond the true number nobody reckons with."""
SMALL = 5


class Unknown(NamedTuple):
    """How many of a kind there are at a moment, or by how many more there were at the next."""

    moment: int
    added: bool
    kind: Kind


Group = frozenset[Unknown]


@dataclass
class InTurn:
    """What one who looks has of one subject after several moments.

    Parameters
    ----------
    knowing : the provider who looks and knows their own cases; blank for nobody. small : under which numbers are hidden.
    """

    subject: Subject
    knowing: str = ""
    small: int = SMALL
    truth: list[dict[Kind, int]] = field(default_factory=list)
    own: list[dict[Kind, int]] = field(default_factory=list)
    facts: list[tuple[Group, int, str]] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def add(self, truth: Mapping[Kind, int], own: Mapping[Kind, int], shown: Mapping[Cell, int]) -> None:
        """Take in one moment: what is true of it, what of that is the knowing provider's, and what was given out."""
        self.truth.append(dict(truth))
        self.own.append(dict(own) if self.knowing else {})
        self._given.append(dict(shown))

    def __post_init__(self) -> None:
        """Nothing is known yet."""
        self._given: list[dict[Cell, int]] = []

    @cached_property
    def codes(self) -> Parts:
        """All answers that there are."""
        return frozenset(kind.code for truth in self.truth for kind in truth)

    @cached_property
    def kinds(self) -> list[Kind]:
        """Every place, quarter and answer: who looks does not know which of them are empty."""
        every = [kind for truth in self.truth for kind in truth]
        places, quarters = {kind.place for kind in every}, {kind.quarter for kind in every}
        return [Kind(*one) for one in sorted(product(places, quarters, self.codes))]

    def read(self) -> None:
        """Make an equation of every number that was given out."""
        for moment, shown in enumerate(self._given):
            for cell, number in shown.items():
                codes = self.subject.counted_in(cell, self.codes)
                inside = within(cell.span, self.subject.date)
                if codes is None or inside is None:
                    self.left_out.add(cell.what)
                    continue
                group = self._group(moment, cell.place, inside, codes)
                self.facts.append((group, number, f"{moment}: {cell}"))

    def _group(
        self,
        moment: int,
        place: tuple[str, str],
        inside: Callable[[str], bool],
        codes: Parts,
        *,
        added: bool = False,
    ) -> Group:
        wanted = (lambda one: one == place) if place[1] else (lambda one: one[0] == "area")
        return frozenset(
            Unknown(moment, added, kind)
            for kind in self.kinds
            if wanted(kind.place) and inside(kind.quarter) and kind.code in codes
        )

    def true(self, group: Group) -> int:
        """How many there truly are."""
        return sum(self._of(self.truth, one) for one in group)

    def owned(self, group: Group) -> int:
        """How many of them are the knowing provider's."""
        return sum(self._of(self.own, one) for one in group)

    def _of(self, counted: Sequence[Mapping[Kind, int]], one: Unknown) -> int:
        if not self.knowing and counted is self.own:
            return 0
        now = counted[one.moment].get(one.kind, 0)
        return counted[one.moment + 1].get(one.kind, 0) - now if one.added else now

    def wrong(self) -> list[str]:
        """Facts that are not what the cases say: the audit itself would be mistaken."""
        return [
            f"{said}: {number} shown, {self.true(group)} counted"
            for group, number, said in self.facts
            if self.true(group) != number
        ]

    def secrets(self) -> dict[Group, str]:
        """Every small number, and every small change from one moment to the next, by place and quarter, without what is one's own."""
        found: dict[Group, str] = {}
        places = {("", ""), *(kind.place for kind in self.kinds)}
        quarters = {kind.quarter for kind in self.kinds}
        spans: dict[str, Callable[[str], bool]] = {"": lambda _: True}
        spans |= {one: lambda quarter, one=one: quarter == one for one in quarters if one}
        for (name, codes), place, (span, inside) in product(
            self.subject.groups(self.codes), places, spans.items()
        ):
            if codes <= self.subject.opened:
                continue
            for moment, added in product(range(len(self.truth)), (False, True)):
                if added and moment + 1 == len(self.truth):
                    continue
                group = self._group(moment, place, inside, codes, added=added)
                number = self.true(group) - self.owned(group)
                if 0 < number < self.small:
                    what = "added after" if added else "at"
                    found.setdefault(group, f"{name} {place[1]} {span} {what} {moment} = {number}")
        return found

    def worked_out(self) -> list[str]:
        """The small numbers and small changes that follow from all that was given out."""
        every = [Unknown(moment, False, kind) for moment in range(len(self.truth)) for kind in self.kinds]
        every += [Unknown(moment, True, kind) for moment in range(len(self.truth) - 1) for kind in self.kinds]
        place = {one: number for number, one in enumerate(every)}
        rows: list[tuple[dict[int, int], int]] = [
            ({place[one]: 1 for one in group}, number) for group, number, _ in self.facts
        ]
        rows += self._links(place)
        matrix = csr_matrix(
            (
                [by for row, _ in rows for by in row.values()],
                ([n for n, (row, _) in enumerate(rows) for _ in row], [at for row, _ in rows for at in row]),
            ),
            shape=(len(rows), len(every)),
        )
        program = (
            matrix,
            np.array([number for _, number in rows], float),
            [self._bounds(one) for one in every],
        )
        return list(self._follow(program, place))

    def _links(self, place: Mapping[Unknown, int]) -> Iterator[tuple[dict[int, int], int]]:
        """The same cases by provider and by area; and how many there are later are those of before and those that were added."""
        sums: dict[tuple[object, ...], dict[int, int]] = defaultdict(dict)
        for one, at in place.items():
            if not one.added:
                sign = 1 if one.kind.place[0] == "area" else -1
                sums[one.moment, one.kind.quarter, one.kind.code][at] = sign
                continue
            before = place[Unknown(one.moment, False, one.kind)]
            after = place[Unknown(one.moment + 1, False, one.kind)]
            yield {before: 1, at: 1, after: -1}, 0
        yield from ((row, 0) for row in sums.values())

    def _bounds(self, one: Unknown) -> tuple[float, float]:
        mine, true = self._of(self.own, one), self._of(self.truth, one)
        if self.knowing and one.kind.place[0] == "provider" and one.kind.place[1] == self.knowing:
            return mine, mine
        moves = one.added and (one.kind.code in self.subject.opened or not one.kind.quarter)
        lowest = -MOST if moves else mine
        return lowest, max(true, lowest) + MOST

    def _follow(
        self,
        program: tuple[csr_matrix, np.ndarray, list[tuple[float, float]]],
        place: Mapping[Unknown, int],
    ) -> Iterator[str]:
        matrix, wanted, bounds = program
        left = self.secrets()
        index = {group: [place[one] for one in group] for group in left}
        seen: dict[Group, tuple[float, float]] = {}
        chance = np.random.default_rng(3)

        def solve(goal: np.ndarray) -> None:
            answer = linprog(goal, A_eq=matrix, b_eq=wanted, bounds=bounds, method="highs")
            assert answer.x is not None, f"what is known contradicts itself: {answer.message}"
            for group, at in index.items():
                value = float(answer.x[at].sum())
                low, high = seen.get(group, (value, value))
                seen[group] = (min(low, value), max(high, value))

        def safe(group: Group) -> bool:
            low, high = seen[group]
            return ceil(low - NEAR) < floor(high + NEAR)

        for _ in range(4):
            pulls = chance.uniform(-1, 1, matrix.shape[1])
            solve(pulls)
            solve(-pulls)
        for group, said in left.items():
            for sign in (1, -1):
                if not safe(group):
                    goal = np.zeros(matrix.shape[1])
                    goal[index[group]] = sign
                    solve(goal)
            if not safe(group):
                yield said

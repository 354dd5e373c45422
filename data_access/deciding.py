"""What may be shown to an audience, decided over every view that it can ask for, from the whole to its parts.

First what is counted everywhere, then in each provider or area; first for all time, then by quarter, then for spans of quarters and by
month; first all cases, then what a measure is out of, then all of it. What an earlier step shows or hides a later one keeps, and a step
is decided alike whoever asks first, so that no order of asking shows more than another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import IntEnum

from sqlalchemy import Connection

from data_access.cube_counts import fill_cube
from data_access.cube_names import Family, by_answers, family_asked, names_in
from data_access.cube_rows import Counter, Stage
from data_access.issued import Issued, issued_in
from data_access.memory import Memory
from data_access.questions import Question
from data_access.stores import Store
from domain.access import Audience, Circle, Viewer
from domain.cubes import Cell, Cube, windows_of
from domain.issued import Earlier, known_already, put_before
from domain.measures import Table, measure
from domain.periods import month_keys
from domain.settings import Settings
from domain.suppression import CannotProtect, hide

Decided = dict[Cell, bool]
"""For each cell whether it is hidden."""
Numbers = dict[Cell, int]
"""For each cell its number, as it stands when somebody who knows nothing else looks, or the one provider in the room."""

_memory: Memory[tuple[Decided, Numbers]] = Memory(1_000)
"""What was decided, by database, moment, viewer, audience and step."""


class Level(IntEnum):
    """How fine the time is: all of it; quarters; spans of several quarters; months."""

    ALL = 0
    QUARTERS = 1
    SPANS = 2
    MONTHS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One decision.

    Parameters
    ----------
    measure, adjusted_for : what is asked; blank for what several measures share. what : the name of what is shared.
    stage : how much of the measure. dims : the groupings by answers.
    kind : 'provider' or 'area'; blank for what is counted everywhere. family : the field whose answers all of it are sums of.
    """

    measure: str
    stage: Stage
    level: Level
    kind: str = ""
    dims: tuple[str, ...] = ()
    family: Family | None = None
    adjusted_for: str = ""

    @property
    def times(self) -> tuple[str, ...]:
        """The groupings by time that stand in it together; blank is all time."""
        return (
            ("",) if self.level is Level.ALL else ("", "month" if self.level is Level.MONTHS else "quarter")
        )


class Deciding:
    """Decides about one question at one moment.

    Parameters
    ----------
    version : of the data. quarters : those with figures, in order.
    """

    def __init__(
        self,
        connection: Connection,
        store: Store,
        viewer: Viewer,
        audience: Audience,
        question: Question,
        settings: Settings,
        version: int,
    ) -> None:
        self._connection, self._store, self._viewer = connection, store, viewer
        self._audience, self._question, self._settings = audience, question, settings
        self._version, self._service = version, question.selection.service
        # What was issued says something of all of a service: somebody who sees less of it has other numbers.
        whole = viewer.whole(self._service)
        self._issued = issued_in(connection, audience, self._service) if whole else Issued()
        self.numbers: Numbers = {}

    def decided(self, kind: str, dims: tuple[str, ...], level: Level, quarters: Sequence[str]) -> Decided:
        """Every cell of every step that a view stands on: of one kind of place, by some answers, as fine as `level` in time.

        Raises
        ------
        CannotProtect
            Where what was issued before gives a small number away, whatever is hidden now.
        """
        levels = [one for one in Level if one <= level]
        steps = [
            step
            for one in levels
            for place in dict.fromkeys(("", kind))
            for answers in dict.fromkeys(((), *((key,) for key in dims), dims))
            for step in self._steps(self._question, answers, one, place)
        ]
        found: Decided = {}
        for step in dict.fromkeys(steps):
            found |= self._step(step, tuple(quarters) if step.level else (), found)
        return found

    def _steps(self, asked: Question, dims: tuple[str, ...], level: Level, kind: str) -> Iterator[Step]:
        """All cases first, then what the measure is out of, then all of it; by answers only what is new."""
        declared, own = measure(asked.measure, self._service), asked.adjusted_for
        by_referral = declared.month == "referral_month" or level is Level.ALL
        if by_referral and declared.table is Table.CASES and not declared.at_a_date:
            yield Step("referrals", Stage.CASES, level, kind)
        if own:
            yield from self._steps(replace(asked, adjusted_for=""), (), level, kind)
        of_cases = replace(asked, measure="referrals", adjusted_for="", at=None)
        if family := family_asked(asked, self._service, dims):
            alone = Family(family.field)
            yield Step(asked.measure, Stage.BASE, level, kind, family=alone)
            yield Step(asked.measure, Stage.WHOLE, level, kind, family=alone)
            if family.across:
                pair = family
                if by_referral:
                    yield from self._steps(of_cases, (family.across,), level, kind)
                    pair = family.either()
                yield Step(asked.measure, Stage.WHOLE, level, kind, family=pair)
            return
        if not dims:
            yield Step(asked.measure, Stage.BASE, level, kind, adjusted_for=own)
        elif by_answers(names_in(asked, self._service).base, dims) in dims:
            yield from self._steps(of_cases, dims, level, kind)
        yield Step(asked.measure, Stage.WHOLE, level, kind, dims, adjusted_for=own)

    def _step(self, step: Step, quarters: tuple[str, ...], given: Decided) -> Decided:
        key = (
            self._store.url, self._version, self._viewer.scope, self._audience, self._service,
            self._what(step), self._question.at, self._question.as_of, self._axis(step), quarters, self._issued.last,
        )  # fmt: skip
        held = _memory.get(key)
        if held is None:
            held = self._decide(step, quarters, given)
            _memory.put(key, held)
        decided, numbers = held
        self.numbers |= numbers
        return decided

    def _axis(self, step: Step) -> str:
        return measure(step.measure, self._service).month if step.level else ""

    def _asked(self, step: Step) -> Question:
        return replace(self._question, measure=step.measure, adjusted_for=step.adjusted_for)

    def _what(self, step: Step) -> object:
        """What a step is about: measures that count the same share it."""
        if step.family:
            return replace(step, measure="")
        if step.stage is Stage.BASE:
            named = names_in(self._asked(step), self._service)
            return replace(step, measure="", adjusted_for=""), named.base
        return step

    def _decide(self, step: Step, quarters: tuple[str, ...], given: Decided) -> tuple[Decided, Numbers]:
        """Hide what must be hidden from each who looks and knows their own figures, until nobody can work anything out."""
        cubes = {provider: self._cube(step, quarters, provider) for provider in self._knowing()}
        numbers = dict(next(iter(cubes.values())).values)
        hidden = {cell for cube in cubes.values() for cell in cube.values if given.get(cell, False)}
        out = {
            provider: put_before(cube, self._earlier(cube, step, quarters, provider))
            for provider, cube in cubes.items()
        }
        before = -1
        while before != len(hidden):
            before = len(hidden)
            for provider, cube in cubes.items():
                forced = {cell for cell in cube.values if not given.get(cell, True)} | out[provider]
                try:
                    hidden |= self._hidden(cube, hidden, forced)
                except CannotProtect:
                    known = known_already(cube, out[provider], self._settings.small_number)
                    if not known:
                        raise
                    hidden |= self._hidden(cube, hidden, forced, known)
        return {cell: cell in hidden for cube in cubes.values() for cell in cube.values}, numbers

    def _hidden(
        self, cube: Cube, hidden: Set[Cell], forced: Set[Cell], known: Set[Cell] = frozenset()
    ) -> frozenset[Cell]:
        """What must be hidden of one cube; what is `known` from what was issued alone stays hidden, and can be protected no more."""
        mine = set(cube.values)
        return hide(
            cube.values,
            cube.lines,
            threshold=self._settings.small_number,
            unseen=cube.unseen | self._other_providers(mine),
            forced=forced - cube.unseen,
            harmless=cube.harmless | known,
            already=((hidden & mine) - forced) | known,
            guards=cube.guards,
            dear=cube.dear,
        )

    def _earlier(self, cube: Cube, step: Step, quarters: tuple[str, ...], without: str) -> list[Earlier]:
        """The same cube at each moment of which something of it was issued."""
        named, found = {cell.what for cell in cube.values}, []
        for version, cells in self._issued.versions():
            if not any(cell.what in named for cell in cells):
                continue
            then = cube
            if version != (self._question.as_of or self._version):
                then = self._cube(step, quarters, without, as_of=version)
            # Without one provider the numbers are others than those that stand in a file.
            found.append(Earlier(then, {cell: None if without else number for cell, number in cells.items()}))
        return found

    def _knowing(self) -> tuple[str, ...]:
        """Whose figures are known to somebody who looks; blank for one who knows none."""
        if self._audience.circle is Circle.PROVIDER:
            return (self._audience.provider,)
        if self._audience.circle is Circle.PROVIDERS:
            return ("", *(one.key for one in self._settings.providers_of(self._service)))
        return ("",)

    def _other_providers(self, cells: set[Cell]) -> set[Cell]:
        """Of several other providers nobody but the commissioning team sees each: the one in the room sees the rest together."""
        if self._audience.circle is not Circle.PROVIDER:
            return set()
        return {cell for cell in cells if cell.place[0] == "provider"}

    def _cube(self, step: Step, quarters: tuple[str, ...], without: str, as_of: int | None = None) -> Cube:
        inside: dict[str, tuple[str, ...]] = {}
        if step.level >= Level.SPANS:
            inside = windows_of(quarters, few=bool(step.kind or step.dims))
        if step.level is Level.MONTHS:
            inside = {
                key: tuple(m for one in times for m in month_keys(one)) for key, times in inside.items()
            }
            inside |= {key: month_keys(key) for key in quarters}
        axis = self._axis(step)
        cube = Cube(
            step.kind,
            {f"{axis} {key}": tuple(f"{axis} {one}" for one in times) for key, times in inside.items()},
        )
        counter = Counter(self._connection, self._store, self._viewer, self._service, without)
        asked = self._asked(step)
        if as_of is not None:
            asked = replace(asked, as_of=as_of)
        fill_cube(cube, counter, asked, step.dims, step.times, stage=step.stage, family=step.family)
        return cube

"""The cells that a figure shows, and whether any of them is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from sqlalchemy import Connection

from data_access.cube_names import cells_of
from data_access.deciding import Decided, Deciding, Level, Numbers
from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import tallies_in
from domain.access import Audience, Viewer
from domain.cubes import ALL_TIME, EVERYWHERE, Cell, Place
from domain.measures import Count, Share, Split, measure, measures_of
from domain.periods import month_keys
from domain.selection import Selection
from domain.settings import Settings
from domain.tally import Tally, TallyRow
from domain.views import Shape, quarters_in, span_of


@dataclass(frozen=True, slots=True)
class Part:
    """One count or share that a figure is made of, with everything that was decided about it.

    Parameters
    ----------
    span : the time that is asked about. quarters : those with figures. own : the key of the provider in the room; blank for none.
    numbered : which numbers of the figure's row are of it, 'met', 'base' or both.
    """

    question: Question
    shape: Shape
    decided: Decided
    numbers: Numbers
    span: str
    quarters: Sequence[str]
    own: str
    numbered: tuple[str, ...]

    def hides(self, by: Sequence[str], row: TallyRow) -> bool:
        """Whether a group is hidden because of it."""
        if self.shape.by_time and not row.keys[by.index(self.shape.by_time)]:
            return True  # all less what has a date is what has none
        at = self._at(by, row)
        if at is None:
            return False
        # A group that nobody counted is nought; what was never decided about is not shown.
        counted = any(getattr(row, number) > 0 for number in self.numbered)
        return any(self.decided.get(cell, counted) for cell in self.cells(*at))

    def shown(self, tally: Tally, hidden: frozenset[tuple[str, ...]], *, total: bool) -> dict[Cell, int]:
        """What the view shows, what its groups add up to, and what may be shown of the same places and times.

        Whoever has all groups has their sum, and files stand beside each other: what one shows may follow from two others.
        """
        shape, out = self.shape, dict[Cell, bool]()
        for row in tally.rows:
            if shape.by_time and not row.keys[tally.by.index(shape.by_time)]:
                continue
            at = self._at(tally.by, row)
            if at is None:
                continue
            place, when, codes = at
            whole = [q for q in self.quarters if shape.by_time == "month" and when in month_keys(q)]
            for where, then, which in product((place, shape.place), (when, *whole, self.span), (codes, ())):
                for cell in self.cells(where, then, which):
                    out[cell] = out.get(cell, True) and row.keys not in hidden
        out |= dict.fromkeys(self.cells(shape.place, self.span, ()), not total)
        kept = {cell for cell, shown in out.items() if shown and not self.decided.get(cell, True)}
        same = {(cell.place, cell.span) for cell in kept}
        return {
            cell: self.numbers[cell]
            for cell, closed in self.decided.items()
            if not closed and (cell.place, cell.span) in same and cell in self.numbers
        }

    def _at(self, by: Sequence[str], row: TallyRow) -> tuple[Place, str, tuple[str, ...]] | None:
        """Where, when and with which answers a group is counted; None for what the provider in the room knows."""
        named = dict(zip(by, row.keys, strict=True))
        shape, span = self.shape, self.span
        place: Place = (shape.by_place, named[shape.by_place]) if shape.by_place else shape.place
        if self.own and place[0] == "provider":
            if place[1] == self.own:
                return None
            place = EVERYWHERE
        if shape.by_time:
            span = self._span_of_key(named[shape.by_time])
        return place, span, tuple(named[key] for key in shape.dims)

    def hides_total(self) -> bool:
        """Whether what all groups come to is hidden because of it."""
        return any(self.decided.get(cell, True) for cell in self.cells(self.shape.place, self.span, ()))

    def cells(self, place: Place, span: str, codes: tuple[str, ...]) -> list[Cell]:
        """The cells of one figure: what is shown in it, with the answers that it is of."""
        service = self.question.selection.service
        month = measure(self.question.measure, service).month
        when = f"{month} {span}" if span else ALL_TIME
        dims = self.shape.dims if codes else ()
        return [Cell(what, place, when, kept) for what, kept in cells_of(self.question, service, dims, codes)]

    def _span_of_key(self, key: str) -> str:
        if self.shape.by_time in ("month", "quarter"):
            return key
        inside = quarters_in(self.shape.by_time, key, self.quarters)
        if self.span:
            first, _, last = self.span.partition(" to ")
            if first not in self.quarters:
                return "nothing"
            among = self.quarters[self.quarters.index(first) : self.quarters.index(last or first) + 1]
            inside = [one for one in inside if one in among]
        if not inside:
            return "nothing"
        return inside[0] if len(inside) == 1 else f"{inside[0]} to {inside[-1]}"


class Parts:
    """Makes the parts of one figure."""

    def __init__(
        self,
        connection: Connection,
        store: Store,
        viewer: Viewer,
        audience: Audience,
        settings: Settings,
        tally: Tally,
        shape: Shape,
        reach: tuple[int, int] | None,
    ) -> None:
        self._connection, self._store, self._viewer = connection, store, viewer
        self._audience, self._settings, self._tally = audience, settings, tally
        self._shape, self._reach = shape, reach

    def part(self, question: Question, *, timed: bool, numbered: tuple[str, ...]) -> Part:
        """One of them, by the time asked about or of all time; `numbered` are the numbers of a row that are of it."""
        declared = measure(question.measure, question.selection.service)
        shape = self._shape if timed else replace(self._shape, by_time="")
        chosen, span, quarters = self._tally.selection, ALL_TIME, list[str]()
        if timed and not declared.at_a_date and (shape.by_time or chosen.timed):
            quarters = self._quarters(question)
            if chosen.timed:
                span = span_of(chosen.first, chosen.last, quarters, self._reach)
        deciding = Deciding(
            self._connection,
            self._store,
            self._viewer,
            self._audience,
            question,
            self._settings,
            self._tally.version,
        )
        level = Level.QUARTERS if quarters else Level.ALL
        if shape.by_time == "month":
            level = Level.MONTHS
        elif " to " in span or shape.by_time not in ("", "quarter"):
            level = Level.SPANS
        kind = shape.by_place or shape.place[0]
        if self._audience.provider and kind == "provider":
            kind = ""  # of which the one in the room knows its own part: what is left is the rest
        decided = deciding.decided(kind, shape.dims, level, quarters)
        return Part(
            question, shape, decided, deciding.numbers, span, quarters, self._audience.provider, numbered
        )

    def _quarters(self, question: Question) -> list[str]:
        """The quarters with figures of anything that goes by the same date, so that all of it is cut alike."""
        service = question.selection.service
        month = measure(question.measure, service).month
        alike = [
            replace(
                question,
                measure=one.key,
                by=("quarter",),
                selection=Selection(service),
                adjusted_for="",
                at=None,
            )
            for one in measures_of(service)
            if one.month == month
            and isinstance(one, Count | Share | Split)
            and not one.at_a_date
            and not one.in_totals_only
        ]
        own = replace(question, by=("quarter",), selection=Selection(service))
        tallies = tallies_in(self._connection, self._store, [*alike, own], self._viewer)
        return sorted({key for tally in tallies for row in tally.rows if (key := row.keys[0])})

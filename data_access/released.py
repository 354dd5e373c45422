"""Figures as an audience may see them: the one place where a tally that was read is released for a screen, a file or a pack.

For the commissioning team that is all of it. For anybody else `data_access.deciding` says what is hidden, over every view at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

from sqlalchemy import Connection

from data_access.coverage import coverage_in
from data_access.cube_counts import family_asked, names_in
from data_access.deciding import Decided, Deciding, Level
from data_access.questions import Question
from data_access.rest_of_contract import fold_rest
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tallies import read_tallies, tallies_in
from domain.access import Audience, Viewer
from domain.columns_used import measure_columns
from domain.cubes import ALL_TIME, EVERYWHERE, Cell, Place
from domain.disclosure import Guard, Released, release
from domain.fields import CASE_FIELDS
from domain.footnotes import Footnote
from domain.issued import Shown
from domain.measures import Split
from domain.periods import TIME_KEYS, month_keys
from domain.suppression import CannotProtect
from domain.tally import Tally, TallyRow
from domain.views import Shape, Withheld, quarters_in, shape_of, span_of

_PERSONAL = frozenset(field.key for field in CASE_FIELDS if field.characteristic)
Notes = Callable[[Question], Sequence[Footnote]]


def read_released(
    store: Store,
    questions: Sequence[Question],
    viewer: Viewer,
    audience: Audience,
    notes: Notes = lambda question: (),
) -> tuple[Released, ...]:
    """The answers to several questions from one moment, as an audience may see them.

    Parameters
    ----------
    notes : what was accepted in the returns that a question rests on.

    Raises
    ------
    OutOfReach, KeyError, ValueError
        As `read_tallies`.
    """
    tallies = read_tallies(store, questions, viewer)
    if not any(
        _gated(question, tally, viewer, audience) for question, tally in zip(questions, tallies, strict=True)
    ):
        return tuple(
            release(tally, audience, notes(question))
            for question, tally in zip(questions, tallies, strict=True)
        )
    with reading(store, viewer) as connection:
        return release_in(connection, store, questions, tallies, viewer, audience, notes)


def release_in(
    connection: Connection,
    store: Store,
    questions: Sequence[Question],
    tallies: Sequence[Tally],
    viewer: Viewer,
    audience: Audience,
    notes: Notes = lambda question: (),
) -> tuple[Released, ...]:
    """The same for tallies that were read already, inside a transaction that only reads."""
    found = []
    for question, tally in zip(questions, tallies, strict=True):
        if _gated(question, tally, viewer, audience):
            gate = Gate(connection, store, viewer, audience, question, tally)
            whole, guard = gate.guarded()
            found.append(release(whole, audience, notes(question), guard))
        else:
            found.append(release(tally, audience, notes(question)))
    return tuple(found)


def _gated(question: Question, tally: Tally, viewer: Viewer, audience: Audience) -> bool:
    """Whether small numbers are hidden: from others, and of personal characteristics from who may not see single cases either."""
    if audience.gated:
        return True
    chosen = question.selection
    named = (*tally.by, *chosen.wanted(), *measure_columns(tally.measure))
    return any(key in _PERSONAL for key in named) and not viewer.sees_cases(chosen.service, chosen.providers)


class Gate:
    """What one audience may see of one tally."""

    def __init__(
        self,
        connection: Connection,
        store: Store,
        viewer: Viewer,
        audience: Audience,
        question: Question,
        tally: Tally,
    ) -> None:
        self._connection, self._store, self._viewer = connection, store, viewer
        self._audience, self._question, self._tally = audience, question, tally
        self._service = question.selection.service
        self._measure = tally.measure
        self._settings = settings_in(connection, as_of=question.as_of)

    def guarded(self) -> tuple[Tally, Guard]:
        """The tally, with everybody but the one provider in the room put together, and what is hidden of it."""
        tally = self._tally
        guard = Guard(
            self._audience,
            tally.measure.key,
            tally.by,
            tally.selection,
            tally.version,
            rounding=self._settings.rounding,
        )
        if self._own():
            return tally, replace(guard, open=True)
        try:
            shape = shape_of(tally.measure, tally.by, tally.selection)
            quarters = self._quarters() if shape.by_time or tally.selection.timed else []
            span = self._span(quarters)
            decided = self._decided(shape, span, quarters)
        except Withheld as why:
            return tally, replace(guard, withheld=str(why))
        except CannotProtect:
            return tally, replace(
                guard, withheld="What was issued before would give small numbers of it away."
            )
        hidden = frozenset(
            row.keys for row in tally.rows if self._is_hidden(decided, shape, row, span, quarters)
        )
        total = any(decided.get(cell, True) for cell in self._cells(shape.place, span, ()))
        # What all dates come to is the total less what has no date: with one group hidden it would give that away.
        total = total or (bool(shape.by_time) and bool(hidden))
        guard = replace(guard, cells=self._shown_cells(decided, shape, span, quarters, hidden, total))
        if self._audience.provider and shape.by_place == "provider":
            tally, hidden = fold_rest(tally, self._audience.provider, hidden)
        return tally, replace(guard, hidden=hidden, total=total)

    def _own(self) -> bool:
        """Whether all of it is of the one provider in the room, who knows it."""
        room, chosen = self._audience.provider, self._tally.selection
        named = {*chosen.providers, *chosen.wanted().get("provider", ())}
        seen = {one.provider for one in self._viewer.reach if one.service in ("", self._service)}
        return bool(room) and (named == {room} or seen == {room})

    def _quarters(self) -> list[str]:
        """The quarters with figures of a measure that goes by a date."""
        if self._measure.at_a_date:
            return []
        whole = replace(self._question.selection, providers=(), areas=(), first=None, last=None, where=())
        asked = replace(self._question, by=("quarter",), selection=whole)
        (tally,) = tallies_in(self._connection, self._store, [asked], self._viewer)
        place = tally.by.index("quarter")
        return sorted({row.keys[place] for row in tally.rows if row.keys[place]})

    def _span(self, quarters: Sequence[str]) -> str:
        chosen = self._tally.selection
        if self._measure.at_a_date or not chosen.timed:
            return ALL_TIME
        covered = coverage_in(
            self._connection, self._viewer, self._settings, self._service, as_of=self._question.as_of
        )
        first, last = covered.first_month, covered.last_month
        return span_of(chosen.first, chosen.last, quarters, (first, last) if first and last else None)

    def _decided(self, shape: Shape, span: str, quarters: Sequence[str]) -> Decided:
        deciding = Deciding(
            self._connection,
            self._store,
            self._viewer,
            # Who sees figures but no single case sees of personal characteristics what everybody may.
            self._audience if self._audience.gated else Audience.PUBLIC,
            self._question,
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
        if level is Level.MONTHS and " to " in span:
            decided |= deciding.decided(kind, shape.dims, Level.SPANS, quarters)
        self._numbers = deciding.numbers
        return decided

    def _shown_cells(
        self,
        decided: Decided,
        shape: Shape,
        span: str,
        quarters: Sequence[str],
        hidden: frozenset[tuple[str, ...]],
        total: bool,
    ) -> Shown:
        """What the view shows, and what its groups add up to: whoever has all of them has the sum."""
        out: dict[Cell, bool] = {}
        for row in self._tally.rows:
            at = self._at(shape, row, span, quarters)
            if at is None:
                continue
            place, when, codes = at
            whole = [q for q in quarters if shape.by_time == "month" and when in month_keys(q)]
            for where, then, which in product((place, shape.place), (when, *whole, span), (codes, ())):
                for cell in self._cells(where, then, which):
                    out[cell] = out.get(cell, True) and row.keys not in hidden
        out |= dict.fromkeys(self._cells(shape.place, span, ()), not total)
        kept = (cell for cell, shown in out.items() if shown and not decided.get(cell, True))
        return tuple((cell, self._numbers[cell]) for cell in kept if cell in self._numbers)

    def _is_hidden(
        self, decided: Decided, shape: Shape, row: TallyRow, span: str, quarters: Sequence[str]
    ) -> bool:
        at = self._at(shape, row, span, quarters)
        if at is None:
            return False
        # A group that nobody counted is nought; what was never decided about is not shown.
        return any(decided.get(cell, row.met > 0 or row.base > 0) for cell in self._cells(*at))

    def _at(
        self, shape: Shape, row: TallyRow, span: str, quarters: Sequence[str]
    ) -> tuple[Place, str, tuple[str, ...]] | None:
        """Where, when and with which answers a group is counted; None for what needs no hiding."""
        named = dict(zip(self._tally.by, row.keys, strict=True))
        place: Place = (shape.by_place, named[shape.by_place]) if shape.by_place else shape.place
        if self._audience.provider and place[0] == "provider":
            if place[1] == self._audience.provider:
                return None  # the one in the room knows it
            place = EVERYWHERE
        if shape.by_time:
            key = named[shape.by_time]
            if not key:
                return None  # what has no date is in no figure by time
            span = self._span_of_key(shape.by_time, key, span, quarters)
        return place, span, tuple(named[key] for key in shape.dims)

    def _span_of_key(self, grouping: str, key: str, chosen: str, quarters: Sequence[str]) -> str:
        if grouping in ("month", "quarter"):
            return key
        inside = quarters_in(grouping, key, quarters)
        if chosen:
            first, _, last = chosen.partition(" to ")
            among = list(quarters[quarters.index(first) : quarters.index(last or first) + 1])
            inside = [one for one in inside if one in among]
        if not inside:
            return "nothing"
        return inside[0] if len(inside) == 1 else f"{inside[0]} to {inside[-1]}"

    def _cells(self, place: Place, span: str, codes: tuple[str, ...]) -> list[Cell]:
        """The cells of one figure: what is shown in it, with the answers that it is of."""
        when = f"{self._measure.month} {span}" if span else ALL_TIME
        return [Cell(what, place, when, kept) for what, kept in self._shown(codes)]

    def _shown(self, codes: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        named = names_in(self._question, self._service)
        if not codes:
            return named.cells
        dims = [key for key in self._tally.by if key not in ("provider", "area", *TIME_KEYS)]
        label, family = ", ".join(dims), family_asked(self._question, self._service, dims)
        declared = self._measure
        if isinstance(declared, Split) and declared.field in dims:
            at = dims.index(declared.field)
            others, left = dims[:at] + dims[at + 1 :], codes[:at] + codes[at + 1 :]
            each = family or f"{named.base} by {label}"
            return [(each, codes), (f"{named.base} by {', '.join(others)}" if others else named.base, left)]
        if family:
            return [(family, codes)]
        return [(f"{what} by {label}", codes) for what in named.shown]

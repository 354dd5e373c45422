"""What one audience may see of one figure: whether it can be shown at all, and which of its groups are hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from data_access.coverage import coverage_in
from data_access.cube_names import family_asked
from data_access.flows import months_shown
from data_access.gate_parts import Part, Parts
from data_access.questions import Question
from data_access.rest_of_contract import fold_rest
from data_access.settings import settings_in
from data_access.stores import Store
from domain.access import Audience, Viewer
from domain.disclosure import Guard
from domain.fields import case_field
from domain.figure import FEW
from domain.measures import Average, Count, OpenCases, Rate, Share, Split, Stock, Table, measures_of
from domain.one_field import answers_where, only_field
from domain.periods import next_month
from domain.quantities import quantities
from domain.services import service as service_of
from domain.suppression import CannotProtect
from domain.tally import Tally, TallyRow
from domain.views import Shape, Withheld, shape_of

WHO_AND_WHAT = ("respondent_type", "question_code")
"""Who answered a survey is never left out of what was answered: parents and councils are asked about different things."""


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
        covered = coverage_in(connection, viewer, self._settings, self._service, as_of=question.as_of)
        first, last = covered.first_month, covered.last_month
        self._reach = (first, last) if first and last else None

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
            self._check(shape)
            parts = self._parts(shape)
        except Withheld as why:
            return tally, replace(guard, withheld=str(why))
        except CannotProtect:
            return tally, replace(
                guard,
                withheld="Small numbers in it could be worked out from other figures that are shown, or were issued before.",
            )
        hidden = frozenset(
            row.keys
            for row in tally.rows
            if (isinstance(self._measure, Average) and 0 < row.base < FEW)
            or self._is_unknown(row, shape)
            or any(part.hides(tally.by, row) for part in parts)
        )
        # What all groups come to is not all there is: less what has no date or no answer. With one of them hidden it would give that away.
        total = any(part.hides_total() for part in parts) or bool(hidden and (shape.by_time or shape.dims))
        cells = [
            cell for part in parts if part.numbered for cell in part.shown(tally, hidden, total=total).items()
        ]
        guard = replace(guard, cells=tuple(cells))
        if self._audience.provider and shape.by_place == "provider":
            tally, hidden = fold_rest(tally, self._audience.provider, hidden)
        return tally, replace(guard, hidden=hidden, total=total)

    def _is_unknown(self, row: TallyRow, shape: Shape) -> bool:
        """Whether it is a share of those of whom the answer that is grouped by was not written down."""
        named = dict(zip(self._tally.by, row.keys, strict=True))
        return not isinstance(self._measure, Count) and any(not named[key] for key in shape.dims)

    def _own(self) -> bool:
        """Whether all of it is of the one provider in the room, who knows it."""
        room, chosen = self._audience.provider, self._tally.selection
        named = {*chosen.providers, *chosen.wanted().get("provider", ())}
        seen = {one.provider for one in self._viewer.reach if one.service in ("", self._service)}
        return bool(room) and (named == {room} or seen == {room})

    def _check(self, shape: Shape) -> None:
        """Refuse what cuts across the cubes, or would tell what changed between two moments."""
        if self._question.as_of is not None and self._audience.gated:
            raise Withheld("Earlier versions of the figures are for the commissioning team only.")
        if self._audience.provider and shape.place[0] == "provider":
            raise Withheld("Other providers are shown together only, as the rest of the contract.")
        self._check_answers(shape)
        declared = self._measure
        if isinstance(declared, Stock | Rate) and shape.dims:
            raise Withheld("It can be shown by area or provider only.")
        somewhere = bool(shape.by_place or shape.place[0])
        if declared.at_a_date and self._reach:
            at = self._tally.at if self._tally.at is not None else self._reach[1]
            if at != self._reach[1] and (somewhere or at not in self._shown_months(declared)):
                raise Withheld(
                    "How things stood earlier, beside how they stand now, would tell small numbers apart."
                )
        timed = bool(shape.by_time) or self._tally.selection.timed
        if isinstance(declared, Rate) and isinstance(declared.of, OpenCases) and timed:
            self._check_open(shape, somewhere)

    def _check_answers(self, shape: Shape) -> None:
        """One grouping by answers beside the answers that a figure is of; never what another view shows the other way round."""
        named = quantities(self._measure, self._service)
        own = self._measure.field if isinstance(self._measure, Split) else named.family
        others = [key for key in shape.dims if key != own]
        family = family_asked(self._question, self._service, shape.dims)
        headline = service_of(self._service).headline
        of_survey = self._measure.table is Table.ANSWERS and tuple(others) == WHO_AND_WHAT
        if (len(others) > 1 and not of_survey) or (
            others and isinstance(self._measure, Split) and not family
        ):
            raise Withheld("By two answers at once figures are for the commissioning team only.")
        if others and "outcome" in others and (family is None or family.across):
            raise Withheld(
                f"By outcome only all cases can be shown; ask for '{headline}' by the other grouping."
            )

    def _check_open(self, shape: Shape, somewhere: bool) -> None:
        """Refuse how many were open in single periods where it tells how many ended in one."""
        why = "How many were open in single periods would tell small numbers apart."
        if somewhere or self._reach is None:
            raise Withheld(why)
        first = self._tally.selection.first
        starts = {first} if first and not shape.by_time else set()
        if shape.by_time:
            starts = {int(key[:7].replace("-", "")) for key in self._times(shape) if len(key) > 7}
            if not starts and self._tally.rows:
                raise Withheld(why)
        shown = self._shown_months(self._measure)
        if any(one > self._reach[0] and next_month(one, -1) not in shown for one in starts):
            raise Withheld(why)

    def _times(self, shape: Shape) -> Sequence[str]:
        place = self._tally.by.index(shape.by_time)
        return [row.keys[place] for row in self._tally.rows if row.keys[place]]

    def _shown_months(self, declared: object) -> frozenset[int]:
        """The months at whose end how many were open can be told; of posts, which nobody ends, all."""
        at = self._tally.at
        if self._reach is None or not isinstance(declared, Stock | Rate):
            return frozenset([at] if at is not None else [])
        return months_shown(
            self._connection,
            self._store,
            self._viewer,
            self._question,
            self._reach,
            self._settings.small_number,
        )

    def _parts(self, shape: Shape) -> list[Part]:
        parts = Parts(
            self._connection,
            self._store,
            self._viewer,
            # Who sees figures but no single case sees of personal characteristics what everybody may.
            self._audience if self._audience.gated else Audience.PUBLIC,
            self._settings,
            self._tally,
            shape,
            self._reach,
        )
        return [parts.part(asked, timed=timed, numbered=numbers) for asked, timed, numbers in self._behind()]

    def _behind(self) -> list[tuple[Question, bool, tuple[str, ...]]]:
        """The figures of which each must be shown for this one to be, whether they go by the time asked for, and their numbers.

        How many are open is all less those that ended; a rate is of two counts.
        """
        declared, asked = self._measure, replace(self._question, adjusted_for="")
        standing = [
            (replace(asked, measure="referrals", at=None), False, ("met",)),
            (replace(asked, measure="closed_cases", at=None), False, ()),
        ]
        if isinstance(declared, Stock):
            return list(standing)
        if isinstance(declared, Rate):
            over = (replace(asked, measure=declared.over.key), True, ("met",))
            below = standing[0] if isinstance(declared.of, OpenCases) else (asked, False, ("base",))
            return [*(standing if isinstance(declared.over, Stock) else [over]), below]
        return [(self._question, True, ("met", "base")), *self._counted_alike(asked)]

    def _counted_alike(self, asked: Question) -> list[tuple[Question, bool, tuple[str, ...]]]:
        """The counts of ended cases beside a share of those with a date of outcome: who ended has one, so that they are the same."""
        declared = self._measure
        if not isinstance(declared, Share) or only_field(declared.base) != "outcome_date":
            return []
        codes = [code.key for code in case_field("outcome").code_list_for(self._service).entries]
        met = answers_where(declared.met, "outcome", codes)
        alike = [
            one.key
            for one in measures_of(self._service)
            if isinstance(one, Count)
            and (named := quantities(one, self._service)).family == "outcome"
            and (one.key == "closed_cases" or named.base_codes == met)
        ]
        return [(replace(asked, measure=key, at=None), False, ()) for key in alike]

"""Reading what past referrals say of the work that they make: how they ended, when they came, how long they took, why they came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from data_access.coverage import Coverage, coverage_in
from data_access.footnotes import footnotes_of
from data_access.procurement.history import read_history
from data_access.questions import Question
from data_access.released import read_released
from data_access.settings import settings_in
from data_access.stores import Store, reading
from domain.access import Audience, Viewer
from domain.disclosure import Released
from domain.footnotes import Footnote
from domain.hidden_words import partly
from domain.periods import (
    Period,
    month_end,
    month_of,
    month_start,
    months_between,
    next_month,
    quarter_of,
    time_key,
)
from domain.procurement.lines import lines_of
from domain.procurement.scenario import Scenario
from domain.procurement.work import WorkFigures
from domain.selection import Selection
from domain.services import service as service_of

OLD_ENOUGH: Final = (3, 6, 9, 12)
"""So many months must have passed since a referral: the fewest that leave few of them open."""
FEW_OPEN: Final = 0.05
"""At most this share of the referrals may still be open: what is open longest ends in other ways than what ends soon."""
_YEAR: Final = 12


def read_work(
    store: Store,
    viewer: Viewer,
    audience: Audience,
    selection: Selection,
    scenario: Scenario,
    *,
    as_of: int | None = None,
) -> WorkFigures:
    """What past referrals say of the work, as an audience may see it.

    The months of the mix are the latest that are in from every provider and so old that few referrals of them are still open; without
    others chosen they end with a quarter. Of them as many are taken as the scenario asks for. Where an audience may not see how these
    ended it is shown how the referrals of all dates did, if it may see that, with a sentence that says so.

    Parameters
    ----------
    selection : whose referrals, and of which months at most. as_of : an earlier moment; None for now.

    Raises
    ------
    OutOfReach
        For a service or provider of whom the viewer may see nothing.
    """
    return _Reading(store, viewer, audience, selection, scenario, as_of).figures()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading."""

    store: Store
    viewer: Viewer
    audience: Audience
    selection: Selection
    scenario: Scenario
    as_of: int | None

    def figures(self) -> WorkFigures:
        """All of it."""
        lines = lines_of(service_of(self.selection.service))
        coverage = self._coverage()
        complete = self._complete(coverage)
        if not complete:
            return WorkFigures(self.selection.service, lines, why="No month is in from every provider yet.")
        months = self._months(complete, coverage)
        by = self._by(coverage)
        history = read_history(self.store, self.viewer, self.audience, self.selection, by, as_of=self.as_of)
        found = replace(self._of(months, complete), lines=lines, history=history)
        endings = found.endings
        if endings is None or not partly(endings) or not self.audience.gated or self.selection.timed:
            return found
        whole = self._of(None, complete)
        if partly(whole.endings):
            return found
        said = f"How the referrals of {months.label} ended may not all be shown, so that this is about all dates."
        return replace(whole, lines=lines, history=history, instead=said)

    def _coverage(self) -> Coverage:
        chosen = self.selection
        self.viewer.check_asked(chosen.service, chosen.providers)
        with reading(self.store, self.viewer) as connection:
            settings = settings_in(connection, as_of=self.as_of)
            return coverage_in(
                connection, self.viewer, settings, chosen.service, chosen.providers, as_of=self.as_of
            )

    def _by(self, coverage: Coverage) -> str:
        """By what referrals are counted: others than us see no months, and who sends totals sends them of quarters."""
        return "quarter" if self.audience.gated or coverage.totals else "month"

    def _complete(self, coverage: Coverage) -> tuple[int, ...]:
        """The months that are in from every provider."""
        if coverage.first_month is None or coverage.last_month is None:
            return ()
        every = months_between(coverage.first_month, coverage.last_month)
        return tuple(one for one in every if coverage.has("", Period(month_start(one), month_end(one))))

    def _months(self, complete: Sequence[int], coverage: Coverage) -> Period:
        """The months of the mix: the first of the candidates that leaves few open, else the one that leaves fewest."""
        candidates = list(dict.fromkeys(self._candidates(complete[-1], complete[0])))
        by = self._by(coverage)
        chosen = self.selection.during(None)
        referred, closed = self._ask(
            Question("referrals", (by,), chosen, as_of=self.as_of),
            Question("closed_cases", (by,), chosen, as_of=self.as_of),
        )
        if partly(referred, closed):
            return candidates[0]
        came, ended = _by_key(referred), _by_key(closed)
        open_shares = []
        for one in candidates:
            keys = dict.fromkeys(time_key(by, month) for month in one.months)
            base = sum(came.get(key, 0) for key in keys)
            left = base - sum(ended.get(key, 0) for key in keys)
            open_shares.append(left / base if base else 1.0)
        few = next((place for place, share in enumerate(open_shares) if share <= FEW_OPEN), None)
        return candidates[open_shares.index(min(open_shares)) if few is None else few]

    def _candidates(self, last: int, first: int) -> Iterator[Period]:
        """The months that the mix may be learnt from, the newest first."""
        chosen, asked = self.selection, max(self.scenario.mix_months, 1)
        for old in OLD_ENOUGH:
            end = next_month(last, -old)
            if chosen.last is not None and chosen.last <= end:
                end = chosen.last
                end = _quarter_end(end) if self.audience.gated else end
            else:
                end = _quarter_end(end)
            start = max(next_month(end, 1 - asked), first, chosen.first or 0)
            # Of a short history the newest months are taken, even if many are open: how many is said.
            if start <= end:
                yield Period(month_start(start), month_end(end))
        end = min(last, chosen.last or last)
        start = max(next_month(end, 1 - asked), first, chosen.first or 0)
        yield Period(month_start(min(start, end)), month_end(end))

    def _of(self, months: Period | None, complete: Sequence[int]) -> WorkFigures:
        """The figures of the referrals of some months; of all dates for None."""
        service = service_of(self.selection.service)
        chosen, ours = self.selection.during(months), not self.audience.gated
        length = service.lengths[0]
        questions = {
            "endings": Question("outcomes", ("outcome",), chosen, as_of=self.as_of),
            "referred": Question("referrals", (), chosen, as_of=self.as_of),
            "closed": Question("closed_cases", (), chosen, as_of=self.as_of),
            "reasons": Question("reasons", (service.reason_field,), chosen, as_of=self.as_of),
            "median": Question(length.median, (), chosen, as_of=self.as_of),
        }
        year = Period(month_start(next_month(complete[-1], 1 - _YEAR)), month_end(complete[-1]))
        if ours:
            last = complete[-1]
            always = self.selection.during(None)
            questions |= {
                "days": Question(length.spread, (length.spread,), chosen, as_of=self.as_of),
                "live": Question("live_cases", (), always, at=last, as_of=self.as_of),
                "recent": Question("referrals", (), always.during(year), as_of=self.as_of),
            }
        found = dict(zip(questions, self._ask(*questions.values()), strict=True))
        a_year = _total(found.get("recent")) if set(year.months) <= set(complete) else None
        return WorkFigures(
            service.key,
            (),
            months,
            found["endings"],
            _total(found["referred"]),
            _total(found["closed"]),
            found["reasons"],
            days=found.get("days"),
            median=found["median"],
            live=found.get("live"),
            recent=None if a_year is None else a_year / _YEAR,
            lacking=tuple(one for one in months.months if one not in complete) if months else (),
        )

    def _ask(self, *questions: Question) -> tuple[Released, ...]:
        return read_released(self.store, questions, self.viewer, self.audience, self._footnotes)

    def _footnotes(self, question: Question) -> tuple[Footnote, ...]:
        """What was accepted in the returns that a figure rests on."""
        return footnotes_of(self.store, self.viewer, question, as_of=self.as_of)


def _quarter_end(month: int) -> int:
    """The last month of the latest quarter that has ended by then."""
    end = month_of(quarter_of(month).end)
    return end if end == month else next_month(end, -3)


def _by_key(released: Released) -> Mapping[str, int]:
    return {one.keys[0]: one.met for one in released.figures}


def _total(released: Released | None) -> int | None:
    """How many a figure without a grouping counts; None where that may not be shown, or where somebody's totals do not give it."""
    if released is None or partly(released) or released.not_given or released.total is None:
        return None
    return released.total.met

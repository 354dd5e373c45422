"""How the figures of one provider stand at one moment, in all its periods at once: each measure is scanned once, by month.

A share or a count of a period is the sum of its months, and gives the very numbers that asking for the period alone would give; a test
holds that. What cannot be added up (a stock, an average) is asked for each period.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from data_access.coverage import Coverage, coverage_in
from data_access.folding import finish
from data_access.kpis import counted_over, verdict_on
from data_access.questions import Moment, Question
from data_access.tallies import answer
from domain.access import Audience
from domain.disclosure import Figure, release
from domain.kpis import Kpi, target_for
from domain.measures import Count, Share, measure
from domain.periods import Period, parse_month
from domain.selection import Selection
from domain.status import Verdict
from domain.tally import Tally


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of one provider, or of all for the council's supplement, as they stood at one moment.

    Parameters
    ----------
    whole : by measure, over all months. months : by measure, grouped by month. single : by measure and period, what cannot be added up.
    """

    moment: Moment
    coverage: Coverage
    selection: Selection
    whole: dict[str, Tally]
    months: dict[str, Tally]
    single: dict[tuple[str, Period], Tally]

    @property
    def whose(self) -> str:
        """The provider's key; blank for all."""
        return next(iter(self.selection.providers), "")

    def tally(self, key: str, period: Period) -> Tally:
        """One measure in one period."""
        held = self.single.get((key, period))
        return held if held is not None else self._added_up(self.months[key], period)

    def _added_up(self, months: Tally, period: Period) -> Tally:
        counts = [0, 0, 0, 0]
        for row in months.rows:
            month = row.keys[0]
            # Rows without a date are missing in every period.
            if not month or period.first_month <= parse_month(month) <= period.last_month:
                numbers = (row.met, row.base, row.missing, row.unsure)
                counts = [held + number for held, number in zip(counts, numbers, strict=True)]
        rows = finish(months.measure, (), {(): counts}, self.moment.settings, self.selection.service)
        return replace(months, by=(), rows=rows, selection=self.selection.during(period))

    def in_months(self, key: str) -> dict[int, tuple[int, int]]:
        """Met and base of each month that has any, of a measure that can be added up."""
        return {parse_month(row.keys[0]): (row.met, row.base) for row in self.months[key].rows if row.keys[0]}

    def verdict(self, kpi: Kpi, period: Period, audience: Audience) -> tuple[Verdict, Figure | None]:
        """The status of a KPI in a period and its figure, as the KPIs page would show them; no figure while the return is outstanding."""
        targets = self.moment.settings.targets
        # What is counted goes by the programme's target, what is waited for by the provider's own, as on the KPIs page.
        asked = counted_over(target_for(targets, kpi, "", period.end), period)
        target = target_for(targets, kpi, self.whose, period.end)
        counted = counted_over(target, period)
        released = release(self.tally(kpi.measure, asked), audience)
        # Of all together there is one figure; a mean, a median or a rate has no total.
        figure, returned = released.figure() or released.total, self.coverage.has(self.whose, counted)
        verdict, _ = verdict_on(
            kpi, figure, target, period, counted, returned=returned, not_given=released.not_given
        )
        return verdict, figure if returned else None


def is_added_up(key: str, service: str) -> bool:
    """Whether a measure's months add up to a period."""
    declared = measure(key, service)
    return isinstance(declared, Count | Share) and not declared.at_a_date and not declared.in_totals_only


def read_standing(
    moment: Moment, selection: Selection, whole: Iterable[str], keys: Sequence[str], periods: Iterable[Period]
) -> Standing:
    """Ask everything that is needed to tell how the figures stand.

    Parameters
    ----------
    selection : the service, and the provider where it is one. whole : measures asked over all months. keys : measures asked by period.
    periods : those of which a measure that cannot be added up is asked.
    """
    service = selection.service
    added = [key for key in dict.fromkeys(keys) if is_added_up(key, service)]
    others = [key for key in dict.fromkeys(keys) if not is_added_up(key, service)]
    coverage = coverage_in(moment.connection, moment.viewer, moment.settings, service, selection.providers)
    # The totals of a quarter are in none of its months.
    others += added if coverage.totals else []
    return Standing(
        moment,
        coverage,
        selection,
        {key: answer(moment, Question(key, (), selection)) for key in whole},
        {key: answer(moment, Question(key, ("month",), selection)) for key in added},
        {
            (key, period): answer(moment, _alone(key, period, selection))
            for key in others
            for period in periods
        },
    )


def _alone(key: str, period: Period, selection: Selection) -> Question:
    if measure(key, selection.service).at_a_date:
        return Question(key, (), selection, at=period.last_month)
    return Question(key, (), selection.during(period))

"""What a checked return would change: rows, its provider's figures and KPI statuses. Nothing is saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from data_access.coverage import coverage_in
from data_access.kept import KeptReturn, current, read_kept
from data_access.questions import Moment
from data_access.return_rows import NOTHING_BESIDE, WithReturn
from data_access.returns import Saved, previewed
from data_access.row_changes import Sides, read_row_changes
from data_access.settings import settings_in
from data_access.standing import Standing, read_standing
from data_access.stores import Store
from domain.access import THE_DASHBOARD, Audience, Duty, Viewer
from domain.disclosure import release
from domain.effects import Change, Effect, Elsewhere, KpiChange
from domain.kpis import Kpi, kpis_of, target_for
from domain.measures import measure
from domain.periods import Period, quarter_of
from domain.reach import reach_in_words
from domain.returns import COUNCIL, Return
from domain.row_changes import RowChanges
from domain.selection import Selection
from domain.services import service


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the figures of one return's provider.

    The council's supplement is about the cases of all providers, and moves what the council itself answers for.
    """

    new: Return
    audience: Audience
    viewer: Viewer

    @property
    def whose(self) -> str:
        return "" if self.new.provider == COUNCIL else self.new.provider

    @property
    def selection(self) -> Selection:
        return Selection(self.new.service, providers=(self.whose,) if self.whose else ())

    @property
    def whole(self) -> tuple[str, ...]:
        """The figures shown over all months."""
        return ("referrals", service(self.new.service).headline)

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures shown for a period."""
        return (*self.whole, "live_cases")

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        return tuple(
            k
            for k in kpis_of(self.new.service)
            if not k.programme_only
            and (k.accountable == "council") is (self.new.provider == COUNCIL)
            # One of several figures, of a contract year or of another return than this kind has none that a return would move.
            and not (k.by or k.contract_year or measure(k.measure, k.service).in_totals_only)
        )

    def standing(self, moment: Moment, periods: Iterable[Period]) -> Standing:
        keys = (*self.figures, *(k.measure for k in self.kpis))
        return read_standing(moment, self.selection, self.whole, keys, periods)


def read_effect(
    store: Store, new: Return, viewer: Viewer, audience: Audience, *, with_it: WithReturn = NOTHING_BESIDE
) -> Effect:
    """Work out what saving a return would change. The database stays as it was.

    Parameters
    ----------
    with_it : what would be kept beside the return; the same file matched in the same way changes nothing.

    Raises
    ------
    Refused
        When the return could not be saved either; the message says why.
    """
    asked = _Asked(new, audience, viewer)
    kept: list[tuple[KeptReturn, ...]] = []

    def moment_of(connection: Connection, version: int) -> Moment:
        return Moment(connection, store.source, version, settings_in(connection), viewer)

    def before(connection: Connection, version: int) -> Standing:
        kept.append(_current(connection, new))
        moment = moment_of(connection, version)
        return asked.standing(moment, _periods(moment, asked))

    def after(connection: Connection, version: int, saved: Saved) -> tuple[Standing, RowChanges]:
        now = _current(connection, new)
        moment = moment_of(connection, version)
        rows = RowChanges()
        if _may_see_rows(viewer, new):
            own = next(k for k in now if k.id == saved.id)
            rows = read_row_changes(connection, Sides(kept[0], now, own), moment.settings)
        return asked.standing(moment, _periods(moment, asked)), rows

    version, earlier, (later, rows) = previewed(store, new, viewer, before, after, with_it=with_it)
    return Effect(
        version=version,
        in_period=tuple(_change(key, new.period, earlier, later, audience) for key in asked.figures),
        in_all=tuple(
            Change(release(earlier.whole[key], audience), release(later.whole[key], audience))
            for key in asked.whole
        ),
        kpis=tuple(_kpi_change(kpi, new.period, earlier, later, audience) for kpi in asked.kpis),
        first=not any(k.period.overlaps(new.period) for k in kept[0]),
        rows=rows,
        moved_elsewhere=tuple(_moved_elsewhere(asked, earlier, later)),
    )


def _current(connection: Connection, new: Return) -> tuple[KeptReturn, ...]:
    return current(read_kept(connection, THE_DASHBOARD, service=new.service, provider=new.provider))


def _periods(moment: Moment, asked: _Asked) -> tuple[Period, ...]:
    """The periods of the returns that count, and the return's own."""
    covered = coverage_in(
        moment.connection, moment.viewer, moment.settings, asked.new.service, asked.selection.providers
    )
    return tuple(sorted({*covered.periods, asked.new.period}))


def _may_see_rows(viewer: Viewer, new: Return) -> bool:
    return viewer.may(Duty.CASES, new.service, new.provider)


def _change(key: str, period: Period, before: Standing, after: Standing, audience: Audience) -> Change:
    return Change(release(before.tally(key, period), audience), release(after.tally(key, period), audience))


def _kpi_change(kpi: Kpi, period: Period, before: Standing, after: Standing, audience: Audience) -> KpiChange:
    old, new = before.verdict(kpi, period, audience), after.verdict(kpi, period, audience)
    target = target_for(after.moment.settings.targets, kpi, after.whose, period.end)
    return KpiChange(kpi, old[0], new[0], old[1], new[1], reach_in_words(kpi, new[1], target, period, new[0]))


def _moved_elsewhere(asked: _Asked, before: Standing, after: Standing) -> Iterable[Elsewhere]:
    """The other periods in which anything moves: those of returns that count, and earlier quarters that none covers."""
    own = asked.new.period
    covered = [period for period in after.coverage.periods if period != own]
    reported = {month for period in (*covered, own) for month in period.months}
    earlier = {
        quarter_of(month)
        for key in asked.whole
        for month in _moved_months(before.in_months(key), after.in_months(key))
        if month < own.first_month and month not in reported
    }
    for period in sorted({*covered, *earlier}):
        keys = asked.whole if period in earlier else asked.figures
        changes = (_change(key, period, before, after, asked.audience) for key in keys)
        judged = asked.kpis if period in covered else ()
        kpis = (_kpi_change(kpi, period, before, after, asked.audience) for kpi in judged)
        moved = tuple(c for c in changes if c.changed), tuple(k for k in kpis if k.changed)
        if any(moved):
            yield Elsewhere(period, *moved)


def _moved_months(before: dict[int, tuple[int, int]], after: dict[int, tuple[int, int]]) -> set[int]:
    nobody = (0, 0)
    return {m for m in before.keys() | after.keys() if before.get(m, nobody) != after.get(m, nobody)}

"""The statuses of a meeting: of whoever it is about, of the KPIs that actions were born on, and the agreed exceptions beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from data_access.exception_effects import causes_in
from data_access.kpis import read_kpis
from data_access.packs.frame import Frame
from data_access.stores import Store
from domain.actions import Action
from domain.exceptions_kept import Causes, together
from domain.kpi_words import councils_own
from domain.kpis import Kpi, KpiStatus, kpis_of
from domain.periods import Period


def statuses_of(store: Store, frame: Frame, period: Period) -> tuple[KpiStatus, ...]:
    """Every KPI of whoever the meeting is about, and what the council itself answers for."""
    if not frame.by:
        return _kpis(store, frame, period)
    own = [one.id for one in kpis_of(frame.service.key) if councils_own(one)]
    found = _kpis(store, frame, period, by=frame.by)
    theirs = tuple(one for one in found if not councils_own(one.kpi) and _is_meant(one, frame))
    return (*theirs, *(_kpis(store, frame, period, only=own) if own else ()))


def _is_meant(one: KpiStatus, frame: Frame) -> bool:
    about = frame.about
    return (not about.provider or one.provider == about.provider) and one.area == about.area


def statuses_of_actions(
    store: Store, frame: Frame, actions: Iterable[Action]
) -> tuple[tuple[KpiStatus, ...], tuple[KpiStatus, ...]]:
    """The statuses that actions were born on, and the same KPIs in the period of the meeting."""
    born = [one for one in actions if one.kpi]
    then, now = list[KpiStatus](), list[KpiStatus]()
    for by in dict.fromkeys(_by(one) for one in born):
        alike = [one for one in born if _by(one) == by]
        only = list(dict.fromkeys(one.kpi for one in alike))
        now += _kpis(store, frame, frame.period, by=by, only=only)
        for key in dict.fromkeys(one.kpi_period for one in alike if one.kpi_period):
            then += _kpis(store, frame, Period.parse(key), by=by, only=only)
    return tuple(then), tuple(now)


def _by(action: Action) -> tuple[str, ...]:
    named = (("provider", action.provider), ("area", action.area))
    return tuple(key for key, value in named if value)


def _kpis(
    store: Store, frame: Frame, period: Period, *, by: Sequence[str] = (), only: Sequence[str] = ()
) -> tuple[KpiStatus, ...]:
    return read_kpis(
        store,
        period,
        frame.viewer,
        frame.about.audience,
        by=by,
        service=frame.service.key,
        as_of=frame.as_of,
        only=only,
    )


def causes_of(store: Store, frame: Frame) -> Mapping[Kpi, Causes]:
    """Agreed exceptions of the period, by KPI; counted case by case, so for the commissioning team alone."""
    chosen = frame.selection
    found = {}
    for kpi in kpis_of(frame.service.key):
        if kpi.exceptions:
            causes = causes_in(
                store,
                frame.viewer,
                kpi,
                frame.period,
                providers=chosen.providers,
                areas=chosen.areas,
                as_of=frame.as_of,
            )
            found[kpi] = together(causes)
    return found

"""What a database starts with: its tables, and the targets that the KPIs are declared with."""

from __future__ import annotations

from dataclasses import replace

from data_access.schema import upgrade
from data_access.settings import change_settings, read_settings
from data_access.stores import Store
from domain.kpis import kpis
from domain.settings import Settings, Target

Place = tuple[str, str, str, object]


def _place(target: Target) -> Place:
    return target.kpi, target.service, target.provider, target.since


def start(store: Store) -> tuple[str, ...]:
    """Make or upgrade the tables and bring in each declared target once per KPI and date.

    Returns
    -------
    tuple of str
        One sentence for each declared target that differs from the one kept; the kept one stays.
    """
    upgrade(store)
    declared = [target for kpi in kpis() for target in kpi.starting_targets]

    def with_targets(settings: Settings) -> Settings:
        held = {_place(target) for target in settings.targets}
        return replace(settings, targets=(*settings.targets, *(t for t in declared if _place(t) not in held)))

    change_settings(store, with_targets, user="init", subject="targets")
    held = {_place(target): target for target in read_settings(store).targets}
    return tuple(
        f"{t.kpi} from {t.since:%-d %B %Y}: the target kept is {held[_place(t)].operator} {held[_place(t)].value}, "
        f"the one declared is {t.operator} {t.value}; the kept one stays."
        for t in declared
        if (held[_place(t)].operator, held[_place(t)].value, held[_place(t)].tolerance)
        != (t.operator, t.value, t.tolerance)
    )

"""What a database starts with: its tables, and the targets that the KPIs are declared with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from data_access.schema import upgrade
from data_access.settings import change_settings, read_settings
from data_access.stores import Store, reading
from data_access.tables import targets
from domain.access import THE_DASHBOARD
from domain.kpis import kpis
from domain.settings import Settings, Target

_INIT = THE_DASHBOARD.signing("init")

Place = tuple[str, str, str, date]


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
    before = _ever_held(store)

    def with_targets(settings: Settings) -> Settings:
        return replace(
            settings, targets=(*settings.targets, *(t for t in declared if _place(t) not in before))
        )

    change_settings(store, with_targets, by=_INIT, subject="targets")
    held = {_place(target): target for target in read_settings(store, THE_DASHBOARD).targets}
    return tuple(said for target in declared if (said := _difference(target, held.get(_place(target)))))


def _ever_held(store: Store) -> set[Place]:
    """Where a target ever stood, so that one that was taken out is not brought in again."""
    with reading(store, THE_DASHBOARD) as connection:
        columns = (targets.c.kpi, targets.c.service, targets.c.provider, targets.c.since)
        return {
            (kpi, service, provider, since)
            for kpi, service, provider, since in connection.execute(select(*columns))
        }


def _difference(declared: Target, kept: Target | None) -> str:
    """What a person should know where the kept target is not the declared one; blank where it is."""
    first = f"{declared.kpi} from {declared.since:%-d %B %Y}: the target"
    if kept is None:
        return f"{first} declared is {declared.operator} {declared.value}; it was taken out of the settings and stays out."
    if (kept.operator, kept.value, kept.tolerance) == (declared.operator, declared.value, declared.tolerance):
        return ""
    return (
        f"{first} kept is {kept.operator} {kept.value}, the one declared is {declared.operator} {declared.value}; "
        "the kept one stays."
    )

"""The command that prints the status of every KPI."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from data_access.commands.as_of import audience_named, open_as_of
from data_access.commands.printing import print_rows
from data_access.commands.who import who
from data_access.kpis import read_kpis
from data_access.settings import read_settings
from domain.dimensions import dimension
from domain.kpis import KpiStatus, catalogue
from domain.measures import Average, measure
from domain.periods import Period
from domain.services import SERVICES, Service

KPI_COLUMNS = (
    "kpi", "measure", "service", "provider", "district", "period", "met", "base", "value", "operator", "target", "status", "why",
    "adjusted_met", "adjusted_base", "adjusted_value", "adjusted_status", "clear_of_target",
    "category",
)  # fmt: skip


def _not_bought(service: Service, period: Period) -> list[dict[str, object]]:
    """The KPIs of a service that no contract buys in a period, with that as the reason why there is no figure."""
    why = f"No contract for {service.label} runs in {period.label}."
    return [
        {
            "kpi": k.id,
            "measure": k.measure,
            "service": k.service,
            "period": period.key,
            "status": "not_due",
            "why": k.display or why,
        }
        for k in catalogue()
        if k.service == service.key
    ]


def _in_order(displayed: list[dict[str, object]], statuses: Iterable[KpiStatus]) -> list[dict[str, object]]:
    """All rows of a service in the order of the catalogue."""
    place = {k.id: number for number, k in enumerate(catalogue())}
    rows = [*displayed, *map(_kpi_row, statuses)]
    return sorted(rows, key=lambda row: place[str(row["kpi"])])


def _kpi_row(status: KpiStatus) -> dict[str, object]:
    target = status.target
    average = isinstance(measure(status.kpi.measure, status.kpi.service), Average)
    wanted = None if target is None else float(target.value)
    return {
        "kpi": status.kpi.id,
        "measure": status.kpi.measure,
        "service": status.kpi.service,
        "provider": status.provider,
        "district": status.area,
        "period": status.period.key,
        "met": None if average else status.met,
        "base": status.base if status.divisor is None else f"{status.divisor:g}",
        "value": status.value,
        "operator": target.operator if target else None,
        "target": wanted if status.target_to_date is None else status.target_to_date,
        "status": str(status.status),
        "why": f"{status.category_label.rstrip('.')}: {status.why}" if status.category else status.why,
        **_adjusted_cells(status),
        "clear_of_target": None
        if status.clear_of_target is None
        else "yes"
        if status.clear_of_target
        else "no",
        "category": status.category,
    }


def _adjusted_cells(status: KpiStatus) -> dict[str, object]:
    other = status.adjusted
    if other is None:
        return {}
    return {
        "adjusted_met": other.met,
        "adjusted_base": other.base,
        "adjusted_value": other.value,
        "adjusted_status": str(other.status),
    }


def _displayed(service: str, period: Period) -> list[dict[str, object]]:
    """The KPIs that are a date of each case and no figure, with the reason why there is none."""
    return [
        {"kpi": k.id, "service": k.service, "period": period.key, "status": "no_target", "why": k.display}
        for k in catalogue()
        if k.display and k.service == service
    ]


def kpis(arguments: argparse.Namespace) -> int:
    """The status of every KPI over a period."""
    by = [dimension(key).key for key in arguments.by.split(",") if key]
    if set(by) - {"provider", "area"}:
        raise ValueError("KPIs are given by provider, district, or both")
    store, viewer = open_as_of(arguments.as_of), who(arguments)
    audience = audience_named(arguments.audience, store, viewer)
    period = Period.parse(arguments.period)
    contracts = read_settings(store, viewer, as_of=arguments.as_of).contracts
    known = [s for s in SERVICES if any(c.service == s.key for c in contracts)] or SERVICES
    found: list[dict[str, object]] = []
    for service in known:
        if contracts and not any(c.service == service.key and c.runs_in(period) for c in contracts):
            found += _not_bought(service, period)
            continue
        statuses = read_kpis(
            store,
            period,
            viewer,
            audience,
            service=service.key,
            by=by,
            rolling=arguments.rolling,
            as_of=arguments.as_of,
        )
        found += _in_order(_displayed(service.key, period), statuses)
    print_rows(found, KPI_COLUMNS, arguments.format)
    return 0

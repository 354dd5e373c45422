"""Commands that print figures: measures, tally, kpis."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from data_access.commands.database import open_database
from data_access.commands.printing import print_rows
from data_access.commands.who import who, with_as
from data_access.kpis import read_kpis
from data_access.ledger import data_version
from data_access.questions import Question
from data_access.released import read_released
from data_access.settings import read_settings
from data_access.stores import Store
from domain.access import Audience, Duty, OutOfReach, Viewer
from domain.dimensions import ALIASES, dimension, find_code
from domain.disclosure import Figure, Hidden, Released
from domain.kpis import KpiStatus, catalogue
from domain.measures import MEASURES, Average, Count, Stock, measure, services_with
from domain.periods import Period, parse_month
from domain.selection import Selection
from domain.services import SERVICES, Service
from domain.settings import Settings

KPI_COLUMNS = (
    "kpi", "measure", "service", "provider", "district", "period", "met", "base", "value", "operator", "target", "status", "why",
    "adjusted_met", "adjusted_base", "adjusted_value", "adjusted_status", "clear_of_target",
    "category",
)  # fmt: skip


def measures(arguments: argparse.Namespace) -> int:
    """Every measure with its definition."""
    columns = ("key", "services", "label", "unit", "definition", "source")
    rows = [
        {column: getattr(m, column) for column in columns} | {"services": " ".join(m.services)}
        for m in MEASURES
    ]
    print_rows(rows, columns, arguments.format)
    return 0


def _audience(name: str, store: Store, viewer: Viewer) -> Audience:
    found = Audience.parse(name)
    if found.provider and read_settings(store, viewer).find_provider(found.provider) is None:
        raise ValueError(
            f"There is no provider '{found.provider}'; `--for provider:KEY` takes the key of one"
        )
    return found


def _open(as_of: int | None) -> Store:
    """The database, where the act is one that has happened: what it will show after a later one nobody knows."""
    store = open_database()
    latest = data_version(store)
    if as_of is not None and not 0 <= as_of <= latest:
        raise ValueError(f"There is no act {as_of}: the acts so far are 1 to {latest}")
    return store


def _selection(arguments: argparse.Namespace, settings: Settings, viewer: Viewer) -> Selection:
    pairs: list[tuple[str, str]] = []
    for text in arguments.where:
        field, equals, value = text.partition("=")
        if not equals:
            raise ValueError(f"'{text}' is not FIELD=VALUE")
        pairs.append((ALIASES.get(field, field), value))
    named = [find_code("service", value, settings) for field, value in pairs if field == "service"]
    service = named[0] if named else _only_service(arguments.measure, settings)
    where = [
        (field, _code(field, value, settings, service, viewer))
        for field, value in pairs
        if field != "service"
    ]
    first = parse_month(arguments.first) if arguments.first else None
    last = parse_month(arguments.last) if arguments.last else None
    if first and last and last < first:
        raise ValueError(f"{arguments.last} is before {arguments.first}")
    return Selection(service=service, first=first, last=last, where=tuple(where))


def _code(field: str, value: str, settings: Settings, service: str, viewer: Viewer) -> str:
    if field == "provider" and settings.find_provider(value) is None and not viewer.sees_all:
        # Whether there is such a provider is not theirs to know either.
        raise OutOfReach(Duty.FIGURES, service=service, provider=value)
    try:
        return find_code(field, value, settings, service)
    except KeyError:
        raise KeyError(f"'{field}' is nothing that cases can be limited by") from None


def _check_months(arguments: argparse.Namespace, service: str) -> None:
    """Refuse months that the measure would not look at, so that nobody takes its figure for theirs."""
    at_a_date = measure(arguments.measure, service).at_a_date
    if at_a_date and (arguments.first or arguments.last):
        raise ValueError(f"'{arguments.measure}' is how things stand at the end of a month: say --at MONTH")
    if arguments.at and not at_a_date:
        raise ValueError(f"'{arguments.measure}' is counted over months: say --from MONTH and --to MONTH")


def _only_service(key: str, settings: Settings) -> str:
    """The service that a measure can only be about: the one that counts it, or the one there is a contract for."""
    counting = services_with(key)
    bought = [s for s in counting if any(c.service == s for c in settings.contracts)]
    if len(bought or counting) > 1:
        raise ValueError(
            f"'{key}' is counted for several services; say which with --where service={counting[0]} (or {', '.join(counting[1:])})"
        )
    return (bought or counting)[0]


def tally(arguments: argparse.Namespace) -> int:
    """One measure, grouped."""
    store, viewer = _open(arguments.as_of), who(arguments)
    audience = _audience(arguments.audience, store, viewer)
    by = tuple(key for key in arguments.by.split(",") if key)
    selection = _selection(arguments, read_settings(store, viewer, as_of=arguments.as_of), viewer)
    _check_months(arguments, selection.service)
    question = Question(
        arguments.measure,
        by,
        selection,
        at=parse_month(arguments.at) if arguments.at else None,
        as_of=arguments.as_of,
    )
    (released,) = read_released(store, [question], viewer, audience)
    if released.withheld:
        print(f"Not shown to '{audience.key}': {released.withheld}", file=sys.stderr)
        return 1
    names = [
        asked if dimension(asked).key == key else key
        for asked, key in zip([*by, *released.by[len(by) :]], released.by, strict=True)
    ]
    columns = [
        column
        for name in names
        for column in ((name, f"{name}_label") if name in ("area", "district") else (name,))
    ]
    rows = [_row(released, figure, names) for figure in released.in_order]
    print_rows(rows, (*columns, "met", "base", "missing", "unsure", "value", "low", "high"), arguments.format)
    if released.not_given:
        lacking = ", ".join(released.not_given)
        print(f"Not given, and counted nowhere above: some totals of {lacking}", file=sys.stderr)
    return 0


def _row(released: Released, figure: Figure | Hidden, names: list[str]) -> dict[str, object]:
    if isinstance(figure, Hidden):
        hidden: dict[str, object] = dict.fromkeys(
            ("met", "base", "missing", "unsure", "value", "low", "high"), "c"
        )
        for name, key, label in zip(names, figure.keys, figure.labels, strict=True):
            hidden |= {name: key, f"{name}_label": label}
        return hidden
    counted = isinstance(released.measure, Count | Stock)
    average = isinstance(released.measure, Average)
    row: dict[str, object] = {
        "met": None if average else figure.met,
        "base": figure.base if figure.divisor is None else f"{figure.divisor:g}",
        # For others how many were blank in each group is not told: it would give hidden bases away.
        "missing": None if released.audience.gated else figure.missing,
        "unsure": None if released.audience.gated else figure.unsure,
        "value": None if counted else figure.value,
        "low": figure.low,
        "high": figure.high,
    }
    for name, key, label in zip(names, figure.keys, figure.labels, strict=True):
        row |= {name: key, f"{name}_label": label}
    return row


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
    store, viewer = _open(arguments.as_of), who(arguments)
    audience = _audience(arguments.audience, store, viewer)
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


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], form: argparse.ArgumentParser
) -> None:
    """Add this file's commands."""
    reader = argparse.ArgumentParser(add_help=False, parents=[with_as()])
    reader.add_argument("--as-of", type=int, metavar="SEQ", help="as the figures stood after that act")
    reader.add_argument("--for", dest="audience", default="us", metavar="AUDIENCE")
    listed = commands.add_parser("measures", parents=[form], help="every measure with its definition")
    listed.set_defaults(run=measures)
    counted = commands.add_parser("tally", parents=[form, reader], help="one measure, grouped")
    counted.add_argument("measure")
    counted.add_argument("--by", default="", metavar="A,B")
    counted.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE")
    counted.add_argument("--from", dest="first", metavar="MONTH")
    counted.add_argument("--to", dest="last", metavar="MONTH")
    counted.add_argument("--at", metavar="MONTH")
    counted.set_defaults(run=tally)
    judged = commands.add_parser("kpis", parents=[form, reader], help="the status of every KPI over a period")
    judged.add_argument("--period", required=True, metavar="2018-04..2018-06")
    judged.add_argument("--by", default="", metavar="provider,district")
    judged.add_argument(
        "--rolling", action="store_true", help="judge the twelve months that end with the period"
    )
    judged.set_defaults(run=kpis)

"""Commands that print figures: measures, tally, kpis."""

from __future__ import annotations

import argparse
import sys

from data_access.commands.as_of import audience_named, open_as_of
from data_access.commands.kpi_statuses import kpis
from data_access.commands.printing import print_rows
from data_access.commands.who import who, with_as
from data_access.questions import Question
from data_access.released import read_released
from data_access.settings import read_settings
from domain.access import Duty, OutOfReach, Viewer
from domain.dimensions import ALIASES, dimension, find_code
from domain.disclosure import Figure, Hidden, Released
from domain.measures import MEASURES, Average, Count, Stock, measure, services_with
from domain.periods import parse_month
from domain.selection import Selection
from domain.settings import Settings


def measures(arguments: argparse.Namespace) -> int:
    """Every measure with its definition."""
    columns = ("key", "services", "label", "unit", "definition", "source")
    rows = [
        {column: getattr(m, column) for column in columns} | {"services": " ".join(m.services)}
        for m in MEASURES
    ]
    print_rows(rows, columns, arguments.format)
    return 0


def selection_named(arguments: argparse.Namespace, settings: Settings, viewer: Viewer) -> Selection:
    """What --where, --from and --to choose. Raises ValueError or KeyError where that is nothing, OutOfReach where one may not see it."""
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
    store, viewer = open_as_of(arguments.as_of), who(arguments)
    audience = audience_named(arguments.audience, store, viewer)
    by = tuple(key for key in arguments.by.split(",") if key)
    selection = selection_named(arguments, read_settings(store, viewer, as_of=arguments.as_of), viewer)
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

"""The definitions page, generated: every KPI, figure, column, answer and check as it is declared, and nothing typed twice."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

import streamlit as st

from components.frame import section, show_table
from domain.action_periods import ActionPeriod, action_periods
from domain.checks import rules_in_order
from domain.clocks import CLOCKS
from domain.columns import column_label
from domain.derived import CLOCKS_OF
from domain.field_kinds import SEND
from domain.fields import Field, Sheet, fields_of
from domain.formats import counted, day, listed, number, sentence_case, unmarked
from domain.kpis import Kpi, catalogue
from domain.measures import MEASURES, Better, Count, Share, measure
from domain.services import SERVICES, Service
from domain.settings import Settings, Target
from domain.status import Operator
from domain.table import Cell, Table
from domain.vocabulary import absent_codes, code_list

EVERYTHING: Final = "Everything"
_OPERATORS: Final = {
    Operator.AT_LEAST: "at least",
    Operator.ABOVE: "above",
    Operator.AT_MOST: "at most",
    Operator.BELOW: "below",
}

_UNITS: Final = {"calendar": "day", "working": "working day", "calendar_months": "calendar month"}
_NO_OTHER: Final = ", where no other time was agreed in writing"


def _named(keys: Collection[str]) -> str:
    """The services with these keys, in words."""
    return (
        "Every service"
        if len(keys) == len(SERVICES)
        else listed([s.label for s in SERVICES if s.key in keys])
    )


def kpi_definitions(settings: Settings, service: str = "") -> Table:
    """Every KPI with the targets that are set for it; of one service where it is named, as in all that follow."""
    rows = tuple(
        (
            k.name,
            k.display or measure(k.measure, k.service).definition,
            _named([k.service]),
            _targets(k, settings),
            _base(k),
            sentence_case(k.accountable),
            k.source,
        )
        for k in catalogue()
        if service in ("", k.service)
    )
    headers = ("KPI", "What is counted", "Service", "Targets", "Judged on", "Who answers for it", "Source")
    return Table(headers, rows)


def _targets(kpi: Kpi, settings: Settings) -> str:
    own = [target for target in settings.targets if target.kpi == kpi.id]
    return "; ".join(_target(kpi, target, settings) for target in own) or "No target"


def _target(kpi: Kpi, target: Target, settings: Settings) -> str:
    share = isinstance(measure(kpi.measure, kpi.service), Share)
    value = (
        f"{number(100 * float(target.value), 1).removesuffix('.0')}%"
        if share
        else number(float(target.value))
    )
    whose = settings.provider_label(target.provider) if target.provider else "whole programme"
    until = f" until {day(target.until)}" if target.until else ""
    example = ", an example" if target.example else ""
    return (
        f"{_OPERATORS[Operator(target.operator)]} {value} from {day(target.since)}{until} ({whose}{example})"
    )


def _base(kpi: Kpi) -> str:
    if kpi.display:
        return ""
    whole = ", for the whole programme only" if kpi.programme_only else ""
    if isinstance(measure(kpi.measure, kpi.service), Count):
        return f"any number{whole}"
    return f"at least {counted(kpi.minimum_base, 'case')}{whole}"


def measure_definitions(settings: Settings, service: str = "") -> Table:
    """Every figure: what is counted out of what, by which date, which direction is better."""
    del settings
    rows = tuple(
        (
            m.label,
            m.definition,
            _named(m.services),
            m.dated_by,
            "" if m.better is Better.NEITHER else str(m.better),
            m.source,
            m.note,
        )
        for m in MEASURES
        if not service or service in m.services
    )
    return Table(("Figure", "What is counted", "Service", "Months", "Direction", "Source", "Note"), rows)


def field_definitions(settings: Settings, service: str = "") -> Table:
    """Every column of a return: sheet, what to enter, and whether it is needed."""
    del settings
    rows = tuple(
        (f.label, f.help, _named(f.services), str(f.sheet), str(f.kind), _needed(f)) for f in _fields(service)
    )
    return Table(("Column", "What to enter", "Service", "Sheet", "Kind of answer", "Needed"), rows)


def _fields(service: str) -> tuple[Field, ...]:
    return tuple(
        field for sheet in Sheet for field in fields_of(sheet) if not service or service in field.services
    )


def _needed(field: Field) -> str:
    return "Yes" if field.required else "If you can" if field.wanted else "No"


def answer_definitions(settings: Settings, service: str = "") -> Table:
    """Every answer that a column accepts from a list."""
    del settings
    rows = []
    for field in _fields(service):
        if field.coded:
            codes = field.code_list_for(service) if service else field.code_list
            rows += [
                (field.label, code.label, codes.label(code.parent) if code.parent else "", code.note)
                for code in codes.entries
            ]
    rows += [("Any column with a list", label, "", "") for label in absent_codes().values()]
    return Table(("Column", "Answer", "Group", "Note"), tuple(rows))


def limit_definitions(settings: Settings, service: str = "") -> Table:
    """Every time limit: how long, from which day; those of agreed actions also with the agreements that each period holds for."""
    del settings
    clocks = (CLOCKS[key] for of, keys in CLOCKS_OF.items() if service in ("", of) for key in keys)
    rows = [
        (c.label, f"{counted(c.days, _UNITS[c.kind])} from '{column_label(c.start)}'", "", c.source)
        for c in clocks
    ]
    if service in ("", *SEND):
        kinds = code_list("agreed_action")
        rows += [
            (
                kinds.label(one.action),
                f"{counted(one.weeks, 'week')} from the agreement{_NO_OTHER}",
                _agreed(one),
                one.source,
            )
            for one in action_periods()
        ]
    return Table(("Time limit", "How long", "Holds for what was agreed", "Source"), tuple(rows))


def _agreed(one: ActionPeriod) -> str:
    return f"from {day(one.since)}{f' to {day(one.until)}' if one.until else ''}"


def check_definitions(settings: Settings, service: str = "") -> Table:
    """Every check of a file, in the order in which they run; they are the same for every service."""
    del settings, service
    rows = tuple((rule.title, sentence_case(str(rule.level))) for rule in rules_in_order())
    return Table(("What must hold", "Otherwise"), rows)


PARTS: Final[dict[str, Callable[..., Table]]] = {
    "KPIs": kpi_definitions,
    "Figures": measure_definitions,
    "Columns of a return": field_definitions,
    "Answers": answer_definitions,
    "Time limits": limit_definitions,
    "Checks of a file": check_definitions,
}


TABLES: Final = ("Answers", "Checks of a file")
"""Parts whose rows are short enough for a table; the others are shown as entries, which a narrow screen can hold too."""


def entry(headers: Sequence[str], row: Sequence[Cell]) -> str:
    """One definition as Markdown: its name, what it means, and the rest in small type under their headers."""
    name, meaning = unmarked(str(row[0])), unmarked(str(row[1]))
    rest = [f"{header}: {cell}" for header, cell in zip(headers[2:], row[2:], strict=True) if cell]
    small = f"  \n:small[{unmarked('. '.join(text.rstrip('.') for text in rest))}.]" if rest else ""
    return f"**{name}**  \n{meaning}{small}"


def matching(table: Table, words: str) -> Table:
    """The rows in which every word of the search stands, in any case."""
    wanted = words.casefold().split()
    return Table(
        table.headers,
        tuple(row for row in table.rows if all(w in " ".join(map(str, row)).casefold() for w in wanted)),
    )


def choose_part() -> tuple[Sequence[str], str]:
    """Show the search box and the parts; return the headings to show and the words searched for."""
    words = st.text_input(
        "Search the definitions",
        key="search",
        bind="query-params",
        placeholder="for example: certificate, ethnicity, date",
    )
    # A row of buttons would be prettier; in the dark its chosen one has too little contrast.
    part = st.radio(
        "Show",
        [*PARTS, EVERYTHING],
        key="part",
        bind="query-params",
        horizontal=True,
        disabled=bool(words),
    )
    return ([str(part)] if part in PARTS and not words else list(PARTS)), words or ""


def show_definitions(parts: Sequence[str], words: str, settings: Settings, service: Service) -> None:
    """Show the parts of one service, or the rows of all parts and services that match a search."""
    found = 0
    for part in parts:
        table = matching(PARTS[part](settings, "" if words else service.key), words)
        found += len(table.rows)
        if table.rows:
            section(f"{part} ({len(table.rows)})")
            if part in TABLES:
                show_table(table, part)
                continue
            for row in table.rows:
                st.markdown(entry(table.headers, row))
    if not found:
        st.info(
            "Nothing matches. Try fewer or other words." if words else f"{service.label} has none of these."
        )

"""Rules on how completely the columns are filled that a KPI rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, rows_in_words, rule, several, the_only
from domain.checks.tables import Table, TableRow
from domain.columns_used import columns_of, deadline_starts
from domain.completeness import asked_by_kpis
from domain.field_kinds import Field
from domain.fields import Kind, Sheet, fields_of
from domain.kpis import kpis_of
from domain.measures import Measure, Share, measure
from domain.problem import Level
from domain.returns import Value
from domain.row_conditions import holds
from domain.services import service

FILLED = 0.95
"""So much of a column that a KPI rests on should be filled."""
CASES_NEEDED = 10
"""With fewer cases one blank alone is a tenth of them, and says little of how a column is kept."""


@rule(
    "V23",
    Level.CONFIRM,
    "Columns that a KPI rests on are filled in at least 95% of cases",
    stage=Stage.WHOLE,
    needs=(Sheet.CASES, "service", "period"),
)
def kpi_columns_filled(checking: Checking) -> Iterable[Finding]:
    """Yield, once a column, how many of the cases it should be filled in have it blank, where there are ten of them or more."""
    table = checking.found[Sheet.CASES]
    fields = {f.key: f for f in fields_of(Sheet.CASES, checking.service)}
    blank: dict[str, tuple[set[int], set[int]]] = {}
    for kpi_measure, asked in asked_by_kpis(checking.service or ""):
        lacking = {key for row in checking.kept(table) for key in asked if key not in row.values}
        if not lacking:
            continue  # nobody lacks an answer, whoever is counted
        wanted = [row for row in checking.kept(table) if _counts(checking, kpi_measure, row)]
        for key in asked:
            rows, without = blank.setdefault(key, (set(), set()))
            rows |= {row.number for row in wanted if key not in row.faulty}
            without |= {row.number for row in wanted if key not in row.faulty and key not in row.values}
    for key, (rows, without) in blank.items():
        if len(rows) >= CASES_NEEDED and len(rows) - len(without) < FILLED * len(rows):
            yield _too_blank(table, fields[key], len(rows), without)


def _counts(checking: Checking, wanted: Measure, row: TableRow) -> bool:
    """Whether the case is one that the measure looks at, and old enough for its answer: ended, or past its due date."""
    assert checking.period is not None  # noqa: S101 - needed by the rule
    name = checking.service or ""
    if not wanted.by_deadline and row.values.get("outcome") not in service(name).final:
        return False
    return holds(wanted.among, name, row.values, as_at=checking.period.end)


def _too_blank(table: Table, field: Field, cases: int, without: set[int]) -> Finding:
    label, percent = field.label, 100 * len(without) / cases
    missing = f"{len(without):,} of {cases:,} cases ({percent:.0f}%)"
    there = (
        f"'{label}' is blank in {missing}: {rows_in_words(without)}."
        if table.has(field.key)
        else f"There is no column for '{label}', so it is missing in {missing}."
    )
    return Finding(
        there,
        "An answer in at least 95% of the cases it is about, since a KPI rests on it.",
        "Enter it where you know it, or confirm that it is not known.",
        table.name,
        the_only(without) if table.has(field.key) else None,
        table.header(field.key, label),
        rows=several(without) if table.has(field.key) else (),
        fields=(field.key,),
        general=f"'{label}' is blank in more than 5% of the cases it is about.",
    )


@rule(
    "V23",
    Level.CONFIRM,
    "A date that a deadline ends with has the day that the deadline starts from",
    stage=Stage.WHOLE,
    needs=(Sheet.CASES, "service", "period", "contract"),
)
def deadline_starts_filled(checking: Checking) -> Iterable[Finding]:
    """Yield the dates without any day that one of their deadlines starts from: no KPI can count such a case.

    Only where ten cases or more have the date, and less than 95% of them such a day.
    """
    assert checking.contract is not None and checking.period is not None  # noqa: S101, PT018 - needed by the rule
    table, name = checking.found[Sheet.CASES], checking.service or ""
    fields = {f.key: f for f in fields_of(Sheet.CASES, name)}
    for met_by, kpi_measures in _deadlines(name).items():
        end = checking.period.end
        start_of = [(_counting(m, name, end), _start(m, checking.contract.clock_start)) for m in kpi_measures]

        rows = [row for row in checking.kept(table) if met_by in row.values]
        lacking = [row for row in rows if not all(day in row.values for _, day in start_of)]
        without = {
            row.number
            for row in lacking
            if (days := _counts_from(row, start_of)) and not any(day in row.values for day in days)
        }
        if not without:
            continue  # whoever is counted has a day
        filled: set[int] = set()
        starts: dict[str, None] = {}
        for row in rows:
            if days := _counts_from(row, start_of):
                starts |= dict.fromkeys(days)
                filled.add(row.number)
            if len(filled) >= CASES_NEEDED and len(filled) - len(without) >= FILLED * len(filled):
                break  # enough of them have one, however many more there are
        else:
            if len(filled) >= CASES_NEEDED:
                yield _without_start(
                    table, fields[met_by], [fields[key] for key in starts], len(filled), without
                )


@cache
def _deadlines(name: str) -> dict[str, tuple[Measure, ...]]:
    """The dates that end a deadline of a service's KPIs, each with the measures that ask for it in time."""
    fields = {f.key: f for f in fields_of(Sheet.CASES, name)}
    found: dict[str, list[Measure]] = {}
    for kpi in kpis_of(name):
        one = measure(kpi.measure, name)
        if not isinstance(one, Share) or not one.by_deadline:
            continue
        starts = deadline_starts(one)
        if any(key not in fields or fields[key].wanted for key in starts):
            continue  # that day is asked about by itself
        for key in columns_of(one.met):
            if key in fields and fields[key].kind is Kind.DATE and key not in starts:
                found.setdefault(key, []).append(one)
    return {key: tuple(of) for key, of in found.items()}


def _counting(wanted: Measure, name: str, as_at: date) -> Callable[[TableRow], bool]:
    """Whether a measure looks at a case. Cases that are alike in the columns it asks of are looked at once."""
    asked = columns_of(wanted.among)
    known: dict[tuple[Value, ...], bool] = {}

    def counts(row: TableRow) -> bool:
        alike = tuple(row.values.get(key) for key in asked)
        if alike not in known:
            known[alike] = holds(wanted.among, name, row.values, as_at=as_at)
        return known[alike]

    return counts


def _counts_from(row: TableRow, start_of: list[tuple[Callable[[TableRow], bool], str]]) -> list[str]:
    """The columns of the days from which the deadlines count that the case has; none where one of them could not be read."""
    days = [day for counts, day in start_of if counts(row)]
    return [] if {*days} & row.faulty else days


def _start(wanted: Measure, chosen: str) -> str:
    """The column of the day from which a deadline counts, by the contract where it chooses one."""
    starts = deadline_starts(wanted)
    return chosen if chosen in starts else starts[0]


def _without_start(
    table: Table, met_by: Field, starts: list[Field], cases: int, without: set[int]
) -> Finding:
    named = " nor ".join(f"'{f.label}'" for f in starts)
    first = f"neither {named}" if len(starts) > 1 else f"no {named}"
    percent = 100 * len(without) / cases
    return Finding(
        f"{len(without):,} of {cases:,} cases with '{met_by.label}' ({percent:.0f}%) have {first}: {rows_in_words(without)}. "
        "No KPI can say whether they were in time.",
        "The day that the deadline starts from, wherever there is the day that ends it.",
        "Enter it where you know it, or confirm that it is not known.",
        table.name,
        the_only(without),
        table.header(starts[0].key, starts[0].label),
        rows=several(without),
        fields=tuple(f.key for f in starts),
        general=f"Some cases with '{met_by.label}' have {first}, so that no KPI counts them.",
    )

"""The rows a question looks at, and their columns as a formula speaks of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    and_,
    case,
    literal,
    or_,
)
from sqlalchemy import Table as SqlTable

from data_access.contract_terms import by_contract
from data_access.coverage import Coverage
from data_access.excepted import excepted_in, recorded_in
from data_access.in_force import rows_as_of, rows_now
from data_access.posts import posts_at
from data_access.questions import Moment, Question
from data_access.row_columns import Columns, Condition, SqlColumns
from data_access.tables import TABLE_OF, cases, supplement
from data_access.totals import without_totals
from domain.columns import AS_AT, CHOSEN_DUE
from domain.derived import CASE_CLOCKS
from domain.exceptions import Cause
from domain.fields import COUNCIL_FIELDS
from domain.measures import SHEET_OF, Measure, Table
from domain.settings import COUNCIL_INFORMED, Contract, Settings

Stored = Mapping[str, ColumnElement[Any]]
_KNOWN_BY_ITSELF = (Table.ANSWERS, Table.COMPLAINTS)
"""Rows that count whether or not they name a case."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows a question looks at, and their columns."""

    table: FromClause
    c: SqlColumns
    case_row: ColumnElement[Any]
    where: tuple[Condition, ...] = ()
    """Which of them count beside the totals of their provider."""


def rows_for(moment: Moment, question: Question, asked: Measure, *, unmatched: bool = False) -> Rows:
    """The rows that count, now or as of an earlier moment; rows of other sheets come with the case they were for.

    `unmatched` takes those too whose case does not count, such as one of a return that was withdrawn.
    """

    def chosen(which: SqlTable) -> FromClause:
        if question.as_of is None:
            return rows_now(which)
        return rows_as_of(moment.connection, which, question.as_of)

    own = TABLE_OF[SHEET_OF[asked.table]]
    if asked.table is Table.STAFF:
        held = chosen(own)
        posts, where = posts_at(dict(held.columns), moment, question, asked)
        return Rows(held, SqlColumns(posts, held.c.row_id), held.c.row_id, where)
    held = chosen(cases)
    table: FromClause = held
    of_cases = dict(held.columns)
    columns = Columns(of_cases)
    if any(service in field.services for field in COUNCIL_FIELDS for service in asked.services):
        said = chosen(supplement)
        table = table.outerjoin(said, _same_case(said, held))
        columns.put({field.key: said.c[field.key] for field in COUNCIL_FIELDS})
    _add_dues(columns, of_cases, question.selection.service, moment.settings)
    _add_report_terms(columns, of_cases, moment, question)
    if asked.table is not Table.CASES:
        done = chosen(own)
        outer = unmatched or asked.table in _KNOWN_BY_ITSELF
        table = done.join(table, _same_case(done, held), isouter=outer)
        columns.put(dict(done.columns))
    where = ()
    if question.selection.service:
        coverage = moment.coverage(question)
        columns.later(AS_AT, partial(_as_at, coverage, columns["provider"]))
        at = question.at if question.at is not None else coverage.last_month
        where = tuple(without_totals(columns, asked, coverage, at))

    def excepted(kpi: str, cause: Cause | None, counted: bool) -> Condition:
        service = question.selection.service
        if cause is not None and not counted:
            return recorded_in(columns, kpi, cause, service=service, as_of=question.as_of)
        return excepted_in(
            columns, kpi, service=service, settings=moment.settings, as_of=question.as_of, cause=cause
        )

    return Rows(table, SqlColumns(columns, held.c.row_id, excepted), held.c.row_id, where)


def _add_report_terms(columns: Columns, of_cases: Stored, moment: Moment, question: Question) -> None:
    """How long each case's contract gives for the case report, and up to which day of closing that time is over."""
    service = question.selection.service

    def settled(contract: Contract) -> date | None:
        ends = moment.coverage(question).ends() if service else {}
        days, end = contract.case_report_days, ends.get(contract.provider)
        return None if days is None or end is None else end - timedelta(days=days)

    def written(term: Callable[[Contract], Any], kind: Any) -> ColumnElement[Any]:
        terms = by_contract(of_cases, service, moment.settings, term)
        nothing = literal(None, kind)
        if not any(value is not None for _, value in terms):
            return nothing
        # A contract without a limit stands among the others: its cases must not fall through to an earlier contract.
        return case(*((which, literal(value, kind)) for which, value in terms), else_=nothing)

    columns.later("case_report_days_allowed", lambda: written(lambda c: c.case_report_days, Integer))
    columns.later("case_report_settled_by", lambda: written(settled, Date))


def _same_case(rows: FromClause, held: FromClause) -> Condition:
    return and_(*(rows.c[key] == held.c[key] for key in ("service", "provider", "case_ref")))


def _add_dues(columns: Columns, of_cases: Stored, service: str, settings: Settings) -> None:
    """The due dates without those of a day on which the provider no longer reported the case: it is out of deadlines then."""
    gone = of_cases["vanished_on"]

    def standing(clock: str, ending: str) -> ColumnElement[Any]:
        if clock in CHOSEN_DUE:
            return _chosen_due(of_cases, clock, ending, service, settings)
        return of_cases[f"due_{clock}{ending}"]

    def while_reported(clock: str, ending: str) -> ColumnElement[Any]:
        known = or_(gone.is_(None), standing(clock, "") < gone)
        return case((known, standing(clock, ending)))

    for clock in (*CASE_CLOCKS, *CHOSEN_DUE):
        for ending in ("", "_month"):
            columns.later(f"due_{clock}{ending}", partial(while_reported, clock, ending))


def _chosen_due(
    of_cases: Stored, name: str, ending: str, service: str, settings: Settings
) -> ColumnElement[Any]:
    """The due date of each case from the start that its contract counts from: the one that ran when the case was referred."""
    usual, other = CHOSEN_DUE[name]
    first, second = of_cases[f"due_{usual}{ending}"], of_cases[f"due_{other}{ending}"]
    whose = by_contract(of_cases, service, settings, lambda c: c.clock_start)
    if not any(start == COUNCIL_INFORMED for _, start in whose):
        return first
    return case(
        *((which, second if start == COUNCIL_INFORMED else first) for which, start in whose), else_=first
    )


def _as_at(coverage: Coverage, provider: ColumnElement[Any]) -> ColumnElement[Any]:
    """The last day that the provider of a row has reported; nothing where it has not reported at all."""
    ends = coverage.ends()
    nothing = literal(None, Date)
    if not ends:
        return nothing
    at: dict[date, list[str]] = {}
    for key, day in ends.items():
        at.setdefault(day, []).append(key)
    return case(*((provider.in_(keys), literal(day, Date)) for day, keys in at.items()), else_=nothing)

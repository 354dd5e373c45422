"""The rows a question looks at, and their columns as a formula speaks of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    and_,
    case,
    exists,
    literal,
    or_,
    select,
)
from sqlalchemy import Table as SqlTable

from data_access.contract_terms import by_contract
from data_access.coverage import Coverage
from data_access.excepted import excepted_in, recorded_in
from data_access.in_force import rows_as_of, rows_now
from data_access.posts import posts_at
from data_access.questions import Moment, Question
from data_access.tables import TABLE_OF, case_codes, cases, supplement
from data_access.totals import without_totals
from domain.columns import AS_AT, CHOSEN_DUE
from domain.derived import CASE_CLOCKS
from domain.exceptions import Cause
from domain.fields import COUNCIL_FIELDS
from domain.measures import SHEET_OF, Measure, Table
from domain.settings import COUNCIL_INFORMED, Contract, Settings

Condition = ColumnElement[Any]
_KNOWN_BY_ITSELF = (Table.ANSWERS, Table.COMPLAINTS)
"""Rows that count whether or not they name a case."""


class SqlColumns:
    """The columns of the rows that count."""

    def __init__(
        self,
        columns: dict[str, ColumnElement[Any]],
        case_row: ColumnElement[Any],
        excepted: Callable[[str, Cause | None, bool], Condition] | None = None,
    ) -> None:
        self._columns, self._case_row, self._excepted = columns, case_row, excepted

    def __getattr__(self, key: str) -> ColumnElement[Any]:
        try:
            return self._columns[key]
        except KeyError:
            raise AttributeError(f"no column is called {key}") from None

    @property
    def due(self) -> _Due:
        """The due dates, by their clocks."""
        return _Due(self._columns)

    def excepted(self, kpi: str, cause: Cause | None = None, *, counted: bool = True) -> Condition:
        """An agreed exception takes the case out of the adjusted figure of a KPI; of a cause only that which somebody caused.

        With a cause and not `counted`, it is only recorded, whatever the contract says.
        """
        if self._excepted is None:
            raise AttributeError("rows of posts have no exceptions")
        return self._excepted(kpi, cause, counted)

    def has(self, field: str, code: str) -> Condition:
        """A field with several answers holds this one."""
        held = (
            case_codes.c.case_row == self._case_row,
            case_codes.c.field == field,
            case_codes.c.code == code,
        )
        return exists(select(literal(1)).where(*held))


class _Due:
    def __init__(self, columns: dict[str, ColumnElement[Any]]) -> None:
        self._columns = columns

    def __getattr__(self, clock: str) -> ColumnElement[Any]:
        return self._columns[f"due_{clock}"]


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
        columns, where = posts_at(dict(held.columns), moment, question, asked)
        return Rows(held, SqlColumns(columns, held.c.row_id), held.c.row_id, where)
    held = chosen(cases)
    table: FromClause = held
    columns = dict(held.columns)
    if any(service in field.services for field in COUNCIL_FIELDS for service in asked.services):
        said = chosen(supplement)
        table = table.outerjoin(said, _same_case(said, held))
        columns |= {field.key: said.c[field.key] for field in COUNCIL_FIELDS}
    columns |= _chosen_dues(columns, question.selection.service, moment.settings)
    columns |= _while_reported(columns)
    columns |= _report_terms(columns, moment, question)
    if asked.table is not Table.CASES:
        done = chosen(own)
        outer = unmatched or asked.table in _KNOWN_BY_ITSELF
        table = done.join(table, _same_case(done, held), isouter=outer)
        columns |= dict(done.columns)
    where = ()
    if question.selection.service:
        coverage = moment.coverage(question)
        columns[AS_AT] = _as_at(coverage, columns["provider"])
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


def _report_terms(
    columns: dict[str, ColumnElement[Any]], moment: Moment, question: Question
) -> dict[str, ColumnElement[Any]]:
    """How long each case's contract gives for the case report, and up to which day of closing that time is over."""
    service = question.selection.service
    ends = moment.coverage(question).ends() if service else {}

    def settled(contract: Contract) -> date | None:
        days, end = contract.case_report_days, ends.get(contract.provider)
        return None if days is None or end is None else end - timedelta(days=days)

    def written(term: Callable[[Contract], Any], kind: Any) -> ColumnElement[Any]:
        terms = by_contract(columns, service, moment.settings, term)
        nothing = literal(None, kind)
        if not any(value is not None for _, value in terms):
            return nothing
        # A contract without a limit stands among the others: its cases must not fall through to an earlier contract.
        return case(*((which, literal(value, kind)) for which, value in terms), else_=nothing)

    return {
        "case_report_days_allowed": written(lambda c: c.case_report_days, Integer),
        "case_report_settled_by": written(settled, Date),
    }


def _same_case(rows: FromClause, held: FromClause) -> Condition:
    return and_(*(rows.c[key] == held.c[key] for key in ("service", "provider", "case_ref")))


def _chosen_dues(
    columns: dict[str, ColumnElement[Any]], service: str, settings: Settings
) -> dict[str, ColumnElement[Any]]:
    """The due date of each case from the start that its contract counts from: the one that ran when the case was referred."""
    whose = by_contract(columns, service, settings, lambda c: c.clock_start)
    found: dict[str, ColumnElement[Any]] = {}
    for name, (usual, other) in CHOSEN_DUE.items():
        for ending in ("", "_month"):
            first, second = columns[f"due_{usual}{ending}"], columns[f"due_{other}{ending}"]
            choices = [(which, second if start == COUNCIL_INFORMED else first) for which, start in whose]
            counts = any(start == COUNCIL_INFORMED for _, start in whose)
            found[f"due_{name}{ending}"] = case(*choices, else_=first) if counts else first
    return found


def _while_reported(columns: dict[str, ColumnElement[Any]]) -> dict[str, ColumnElement[Any]]:
    """The due dates without those of a day on which the provider no longer reported the case: it is out of deadlines then."""
    gone = columns["vanished_on"]
    found: dict[str, ColumnElement[Any]] = {}
    for clock in (*CASE_CLOCKS, *CHOSEN_DUE):
        due, month = columns[f"due_{clock}"], columns[f"due_{clock}_month"]
        known = or_(gone.is_(None), due < gone)
        found |= {f"due_{clock}": case((known, due)), f"due_{clock}_month": case((known, month))}
    return found


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

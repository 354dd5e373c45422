"""Which rows count: for each case reference, the row of the latest period's return that counts.

Two ways, held equal by a test: a flag kept up in the transaction that changes the returns (`mark`), and a window over the rows of the
returns that counted at an earlier moment (`rows_as_of`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Table,
    and_,
    case,
    func,
    literal,
    not_,
    select,
    update,
)

from data_access.kept import current, next_ends, read_kept
from data_access.scope import lasting
from data_access.tables import TABLE_OF, cases
from domain.access import THE_DASHBOARD
from domain.fields import KEY_OF, Sheet, fields_of
from domain.returns import COUNCIL

_KEYS = {table.name: KEY_OF[sheet] for sheet, table in TABLE_OF.items()}


def _ranked(table: Table, rows: list[int], *columns: ColumnElement[Any]) -> FromClause:
    """Rows of some returns, numbered from the latest period's for each reference; all their columns, or only those named."""
    rank = func.row_number().over(
        partition_by=(table.c.service, table.c.provider, *(table.c[key] for key in _KEYS[table.name])),
        order_by=table.c.period_end.desc(),
    )
    return (
        select(*(columns or table.columns), rank.label("rank")).where(table.c.return_id.in_(rows)).subquery()
    )


def mark(connection: Connection, service: str, provider: str) -> None:
    """Bring the flags of one provider's rows up to date with the returns that count."""
    found = read_kept(connection, THE_DASHBOARD, service=service, provider=provider)
    rows = [kept.row for kept in current(found)]
    for sheet, table in TABLE_OF.items():
        if (sheet is Sheet.SUPPLEMENT) is not (provider == COUNCIL) or not fields_of(sheet, service):
            continue
        ranked = _ranked(table, rows, table.c.row_id)
        wanted = table.c.row_id.in_(select(ranked.c.row_id).where(ranked.c.rank == 1))
        # The rows of the council's supplement stand under the providers whose cases they are about.
        theirs = table.c.service == service
        if provider != COUNCIL:
            theirs = and_(theirs, table.c.provider == provider)
        # One comparison and no join: PostgreSQL, which may not know yet how many rows there are, would number them all again for each.
        turned = table.c.in_force != wanted
        connection.execute(update(table).where(theirs, turned).values(in_force=not_(table.c.in_force)))
    vanished = _vanished(cases.c, next_ends(found))
    # Only what changes: a row written again as it was is kept twice by PostgreSQL until it sweeps.
    changes = cases.c.vanished_on.is_distinct_from(vanished)
    connection.execute(update(cases).where(cases.c.return_id.in_(rows), changes).values(vanished_on=vanished))


def _vanished(columns: Any, ends: Mapping[int, date]) -> ColumnElement[Any]:
    """The end of the return after the one in which a case still open was last named, where there is one."""
    # Typed values, never CAST AS DATE: SQLite makes the number 2018 of '2018-09-30'.
    nothing = literal(None, Date)
    if not ends:
        return nothing
    by_return = case(
        *((columns.return_id == row, literal(end, Date)) for row, end in ends.items()), else_=nothing
    )
    return case((columns.outcome_date.is_(None), by_return), else_=nothing)


@cache
def rows_now(table: Table) -> FromClause:
    """The rows that count now. The expression is made once: its many columns take longer to name than a question to answer."""
    return lasting(select(table).where(table.c.in_force).subquery(table.name))


def rows_as_of(connection: Connection, table: Table, seq: int) -> FromClause:
    """The rows that counted at an earlier moment."""
    found = read_kept(connection, THE_DASHBOARD, as_of=seq)
    ranked = _ranked(table, [kept.row for kept in current(found)])
    columns = [ranked.c[column.key] for column in table.columns if column.key != "vanished_on"]
    if table is cases:
        columns.append(_vanished(ranked.c, next_ends(found)).label("vanished_on"))
    return select(*columns).where(ranked.c.rank == 1).subquery(table.name)

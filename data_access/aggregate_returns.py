"""Which returns of totals stand in place of no cases: those that give only what no case says, as an H-CLIC return does."""

from __future__ import annotations

from sqlalchemy import Connection, select

from data_access.coverage import Coverage
from data_access.in_force import rows_as_of, rows_now
from data_access.tables import totals
from domain.measures import measures_of
from domain.periods import Period


def in_place_of_no_cases(
    connection: Connection, coverage: Coverage, service: str, as_of: int | None
) -> frozenset[tuple[str, Period]]:
    """Provider and period of each such return; a figure about cases lacks nothing where they leave it out."""
    given = [m.key for m in measures_of(service) if m.in_totals_only]
    if not given or not coverage.totals:
        return frozenset()
    held = rows_now(totals) if as_of is None else rows_as_of(connection, totals, as_of)
    c = held.c
    query = select(c["provider"], c["first_month"], c["last_month"], c["measure"].in_(given))
    rows = list(connection.execute(query.where(c["service"] == service)))
    found = set()
    for provider, period in coverage.totals:
        theirs = [
            only
            for whose, first, last, only in rows
            if whose == provider and first >= period.first_month and last <= period.last_month
        ]
        if theirs and all(theirs):
            found.add((provider, period))
    return frozenset(found)

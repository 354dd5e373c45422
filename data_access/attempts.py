"""Files that were checked for the shared database, saved or not: when, for what, and how much had to be put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from data_access.stores import Store, reading, writing
from data_access.tables import attempts
from domain.access import Duty, Viewer
from domain.periods import Period
from domain.tally import Source


@dataclass(frozen=True, slots=True)
class Attempt:
    """One check of a file. Nothing of what the file held is kept: only how many things were wanted of it."""

    service: str
    provider: str
    period: Period
    at: datetime
    must_fix: int
    to_confirm: int


def record_attempt(
    store: Store,
    by: Viewer,
    service: str,
    provider: str,
    period: Period,
    must_fix: int,
    to_confirm: int,
    at: datetime,
) -> bool:
    """Keep that a file was checked.

    Parameters
    ----------
    must_fix, to_confirm : how many things had to be put right, and how many to be confirmed.
    at : when, with its zone.

    Returns
    -------
    bool
        False where nothing is kept: for the examples and for a file that is only looked at.
    """
    if store.source is not Source.SHARED:
        return False
    by.check(Duty.RETURNS, service, provider)
    with writing(store, by) as connection:
        connection.execute(
            insert(attempts).values(
                at=at, service=service, provider=provider, period_start=period.start, period_end=period.end,
                must_fix=must_fix, to_confirm=to_confirm,
            )
        )  # fmt: skip
    return True


def read_attempts(store: Store, viewer: Viewer, service: str) -> tuple[Attempt, ...]:
    """The latest check for each provider and period of a service, of what the viewer may see; the latest first."""
    with reading(store, viewer) as connection:
        return attempts_in(connection, service)


def attempts_in(connection: Connection, service: str) -> tuple[Attempt, ...]:
    """The same, inside a transaction that is already open."""
    query = select(attempts).where(attempts.c.service == service)
    latest: dict[tuple[str, Period], Attempt] = {}
    for row in connection.execute(query.order_by(attempts.c.at.desc(), attempts.c.id.desc())):
        period = Period(row.period_start, row.period_end)
        found = Attempt(row.service, row.provider, period, row.at, row.must_fix, row.to_confirm)
        latest.setdefault((row.provider, period), found)
    return tuple(latest.values())

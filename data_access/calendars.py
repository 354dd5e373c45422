"""Reading the calendar of a service's returns, from one moment."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from data_access.attempts import attempts_in
from data_access.kept import read_kept
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tables import accepted_warnings, contracts, ledger
from domain.access import Viewer
from domain.returns_calendar import Calendar, Known, day_in_england, returns_calendar
from domain.tally import Source

COMES_LATER = "Not known yet"
"""How the reason begins with which a warning is accepted whose answer comes in a later return."""


def read_calendar(
    store: Store, viewer: Viewer, service: str, until: date, today: date | None = None
) -> Calendar:
    """How every return of a service stands that the viewer may see.

    Parameters
    ----------
    until : the day up to which returns are expected. today : the day that decides whether one is late; `until` if not given.
    """
    with reading(store, viewer) as connection:
        found = read_kept(connection, viewer, service=service)
        settings = settings_in(connection)
        awaited = _awaited(connection)
        known = Known(
            _entered(connection),
            {kept.id: awaited[kept.row] for kept in found if kept.row in awaited},
            attempts_in(connection, service) if store.source is Source.SHARED else (),
            store.source is Source.SHARED,
        )
    return returns_calendar(found, settings, service, until, today, known)


def _entered(connection: Connection) -> dict[str, date]:
    """The day on which each contract was first entered, by its key."""
    query = (
        select(contracts.c.key, func.min(contracts.c.seq).label("first")).group_by(contracts.c.key).subquery()
    )
    rows = connection.execute(select(query.c.key, ledger.c.at).join(ledger, ledger.c.seq == query.c.first))
    return {key: day_in_england(at) for key, at in rows}


def _awaited(connection: Connection) -> dict[int, int]:
    """How many warnings of each version were accepted because the answer comes later, by the row of the version."""
    query = (
        select(accepted_warnings.c.return_id, func.count().label("number"))
        .where(accepted_warnings.c.reason.startswith(COMES_LATER, autoescape=True))
        .group_by(accepted_warnings.c.return_id)
    )
    return {row.return_id: row.number for row in connection.execute(query)}

"""The ledger: every act that can change a figure is one row, numbered in the order in which the acts took hold."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from data_access import clock
from data_access.stores import Store, reading, viewer_of
from data_access.tables import counter, ledger
from domain.access import THE_DASHBOARD

COUNTER = "acts"


def take_number(connection: Connection) -> int:
    """The number of the next act. Must be the first thing a writing transaction does: its row lock keeps writers in order."""
    connection.execute(update(counter).where(counter.c.name == COUNTER).values(seq=counter.c.seq + 1))
    return int(connection.execute(select(counter.c.seq).where(counter.c.name == COUNTER)).scalar_one())


def record_act(
    connection: Connection, seq: int, *, who: str, kind: str, subject: str, note: str = ""
) -> None:
    """Write one act down, under the number taken for it."""
    connection.execute(
        insert(ledger).values(seq=seq, at=clock.now(), who=who, kind=kind, subject=subject, note=note)
    )


def current_version(connection: Connection) -> int:
    """The number of the latest act: names the figures as they stand in this transaction's snapshot."""
    return int(connection.execute(select(counter.c.seq).where(counter.c.name == COUNTER)).scalar_one())


def snapshot_of(connection: Connection) -> tuple[object, ...] | None:
    """What two transactions must share to be told the same of what only an act changes: the database, the act, and what one may do.

    None for a transaction that writes: what it has written may yet be undone, and another act would take its number.
    """
    told = connection.get_execution_options()
    if told.get("writes", True):
        return None
    return told["store"], current_version(connection), viewer_of(connection).grants


def data_version(store: Store) -> int:
    """The number of the latest act."""
    with reading(store, THE_DASHBOARD) as connection:
        return current_version(connection)

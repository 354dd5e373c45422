"""Up to which act somebody has seen a service's figures, so that what happened since can be told to them when they come again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from data_access import clock
from data_access.ledger import current_version
from data_access.meeting_tables import last_looked
from data_access.stores import Store, reading, writing
from domain.access import Viewer


@dataclass(frozen=True, slots=True)
class Looked:
    """When somebody last looked at a service's figures, and up to which act these went."""

    seq: int
    at: datetime


def looked_last(store: Store, viewer: Viewer, service: str) -> Looked | None:
    """When somebody last looked; None for one who never did."""
    held = last_looked.c
    with reading(store, viewer) as connection:
        asked = select(held.seq, held.at).where(held.person == viewer.user, held.service == service)
        row = connection.execute(asked).first()
    return Looked(row.seq, row.at) if row else None


def note_looked(store: Store, viewer: Viewer, service: str) -> None:
    """Keep that somebody looks now; it is about the reader and changes no figure, so it is no act of the ledger."""
    held = last_looked.c
    # Two windows of one person that open at the same moment say the same: one of them is enough.
    with suppress(IntegrityError), writing(store, viewer) as connection:
        now = {"seq": current_version(connection), "at": clock.now()}
        whose = (held.person == viewer.user, held.service == service)
        if connection.execute(update(last_looked).where(*whose).values(**now)).rowcount == 0:
            connection.execute(insert(last_looked).values(person=viewer.user, service=service, **now))

"""Databases: opening one, and the only function that opens a transaction.

A reader gets one snapshot for the whole transaction; a writer takes the write lock before it reads anything. SQLite does neither by
itself under Python's driver, so both are said here and nowhere else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from domain.tally import Source

DEFAULT_URL = "sqlite:///var/dashboard.db"


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Store:
    """One database and what it holds."""

    source: Source
    url: str
    engine: Engine


def shared_url() -> str:
    """The address of the shared database: DATABASE_URL, or a file in var/."""
    return os.environ.get("DATABASE_URL") or DEFAULT_URL


def without_password(url: str) -> str:
    """The address of a database as it may be printed."""
    return make_url(url).render_as_string(hide_password=True)


def open_store(url: str, source: Source) -> Store:
    """Open a database; on SQLite its folder is made when it is not there. Nothing is read or written yet.

    Errors never quote the values of a statement: they are cells of a return, and errors are logged.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Store(source, url, create_engine(url, pool_pre_ping=True, hide_parameters=True))
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, connect_args={"check_same_thread": False, "timeout": 60}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _connect(connection, _record):  # type: ignore[no-untyped-def]
        # The driver must not begin transactions by itself: it would do so before a write only, so that reads were not one snapshot.
        connection.isolation_level = None
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return Store(source, url, engine)


def is_sqlite(store: Store) -> bool:
    """Whether the database is a SQLite file."""
    return store.engine.dialect.name == "sqlite"


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """A transaction that only reads, and sees one moment from its first to its last question."""
    options: dict[str, object] = {"writes": False}
    if not is_sqlite(store):
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with store.engine.connect() as plain:
        connection = plain.execution_options(**options)
        with connection.begin():
            yield connection


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    """A transaction that writes, whole or not at all: any exception inside undoes everything."""
    with store.engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            yield connection


class Undo(Exception):
    """Raised inside `with suppress(Undo), writing(store)` to leave the database as it was, on purpose."""

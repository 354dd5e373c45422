"""Databases: opening one, and the only function that opens a transaction.

A reader gets one snapshot for the whole transaction; a writer takes the write lock before it reads anything. SQLite does neither by
itself under Python's driver, so both are said here and nowhere else.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url

from data_access.scope import within_reach
from domain.access import Duty, Reach, Viewer
from domain.tally import Source

DEFAULT_URL = "sqlite:///var/dashboard.db"
_WAIT = 60
"""How many seconds a SQLite file is waited for while another connection holds it."""


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
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        _keep_within_reach(engine)
        return Store(source, url, engine)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, connect_args={"check_same_thread": False, "timeout": _WAIT}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _connect(connection, _record):  # type: ignore[no-untyped-def]
        # The driver must not begin transactions by itself: it would do so before a write only, so that reads were not one snapshot.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    _keep_within_reach(engine)
    return Store(source, url, engine)


def _keep_within_reach(engine: Engine) -> None:
    """Ask every question of the rows that the transaction's person may see."""

    @event.listens_for(engine, "before_execute", retval=True)
    def _scope(connection, statement, several, one, _options):  # type: ignore[no-untyped-def]
        viewer = connection.get_execution_options().get("viewer")
        return (statement if viewer is None else within_reach(statement, viewer)), several, one


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers go on while one writes. The file stays so, but its first connections have to switch it.

    SQLite does not wait for a lock in this one statement, whatever the timeout: where two servers open a new file together, the second is
    told at once that it is locked. So the waiting is done here.
    """
    end = time.monotonic() + _WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def is_sqlite(store: Store) -> bool:
    """Whether the database is a SQLite file."""
    return store.engine.dialect.name == "sqlite"


@contextmanager
def reading(store: Store, viewer: Viewer) -> Iterator[Connection]:
    """A transaction that only reads, sees one moment from its first to its last question, and only the rows that somebody may see."""
    options: dict[str, object] = {"writes": False, "store": store.url}
    if not is_sqlite(store):
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with store.engine.connect() as plain:
        connection = plain.execution_options(viewer=viewer, **options)
        with connection.begin():
            tell_database(connection, viewer)
            yield connection


@contextmanager
def writing(store: Store, viewer: Viewer) -> Iterator[Connection]:
    """A transaction that writes, whole or not at all: any exception inside undoes everything. It reads only what somebody may see."""
    with store.engine.connect() as plain:
        connection = plain.execution_options(viewer=viewer, writes=True)
        with connection.begin():
            tell_database(connection, viewer)
            yield connection


def viewer_of(connection: Connection) -> Viewer:
    """For whom a transaction was opened."""
    viewer: Viewer = connection.get_execution_options()["viewer"]
    return viewer


_TOLD = text(
    "SELECT "
    + ", ".join(f"set_config('dashboard.{n}', :{n}, true)" for n in ("person", "reach", "duties", "prices"))
    # Compiling a statement of ours takes PostgreSQL several times as long as answering it.
    + ", set_config('jit', 'off', true)"
)
"""All in one journey to the server: every transaction begins with it."""


def tell_database(connection: Connection, viewer: Viewer) -> None:
    """Say to PostgreSQL whose transaction this is, for its own wall; forgotten when the transaction ends, so that a pool may lend on."""
    if connection.dialect.name != "postgresql":
        return
    told = {
        "person": viewer.user,
        "reach": _lines(viewer.reach),
        "duties": ",".join(sorted(viewer.duties)),
        # Where a duty holds is told of prices alone: who sees every figure may see the prices of one service only.
        "prices": _lines(viewer.within(Duty.PRICES).reach),
    }
    connection.execute(_TOLD, told)


def _lines(reach: Iterable[Reach]) -> str:
    rows = [(one.service, one.provider, one.area) for one in reach]
    if any(mark in part for row in rows for part in row for mark in "|\n"):
        raise ValueError("a reach cannot be told: a key in it holds a mark that would end it")
    return "\n".join(map("|".join, rows))


class Undo(Exception):
    """Raised inside `with suppress(Undo), writing(store)` to leave the database as it was, on purpose."""

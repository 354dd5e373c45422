"""Making and upgrading the tables of a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, insert, inspect, select, text
from sqlalchemy.exc import ProgrammingError

from data_access.audit_guard import guard_audit
from data_access.ledger import COUNTER
from data_access.stores import Store, is_sqlite, open_store, reading, shared_url, without_password, writing
from data_access.tables import counter, metadata
from data_access.wall import every_row_in_reach, let_in, owner_url, role_of
from domain.access import THE_DASHBOARD, Grant, Role
from domain.tally import Source

_UPGRADING = 5_501_838
"""The lock under which the tables are made: any number that no other program on the server locks."""
_ALL_DUTIES = replace(THE_DASHBOARD, grants=(*THE_DASHBOARD.grants, Grant(Role.ADMINISTRATOR)))
"""A step may have to move any row there is, those of people and of the audit too."""


class Behind(Exception):
    """The tables are not those of this version of the program, and the role that found it out may not change them."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("steps")))
    return config


def upgrade(store: Store) -> None:
    """Bring the tables to the newest step, making them all when the database is empty."""
    config = _config()
    with writing(store, _ALL_DUTIES) as connection:
        if not is_sqlite(store):
            # SQLite lets one writer in at a time; on PostgreSQL two servers that start together would both make the first table.
            connection.execute(select(func.pg_advisory_xact_lock(_UPGRADING)))
        config.attributes["connection"] = connection
        behind = MigrationContext.configure(connection).get_current_revision() != newest_step()
        with every_row_in_reach(connection) if behind else nullcontext():
            command.upgrade(config, "head")
        if connection.execute(select(counter.c.seq)).first() is None:
            connection.execute(insert(counter).values(name=COUNTER, seq=0))


def prepare(store: Store) -> None:
    """Bring the shared database up to date as its owner, and let the app's role in.

    Where DATABASE_OWNER_URL is not set, `store` itself is the owner's.

    Raises
    ------
    Behind
        When `store` is PostgreSQL, its tables are not the newest, and its role may not change them.
    """
    if is_sqlite(store):
        upgrade(store)
        return
    if is_current(store):
        return
    if owner_url() == shared_url():
        check_may_upgrade(store)
    with owner_store(Source.SHARED) as owner:
        upgrade(owner)
        let_in(owner, role_of(store))


def check_may_upgrade(store: Store) -> None:
    """Raise `Behind` where the tables are not the newest and the role of this address may not change them."""
    if not is_sqlite(store) and not is_current(store) and not _may_upgrade(store):
        raise Behind(
            f"The tables of {without_password(store.url)} are not those of step {newest_step()}, which this version needs, and "
            f"the role {role_of(store)} may not change them. Set DATABASE_OWNER_URL to the address of their owner and run: "
            "python -m data_access init"
        )


@contextmanager
def owner_store(source: Source) -> Iterator[Store]:
    """The shared database under the address of its owner, closed again afterwards."""
    store = open_store(owner_url(), source)
    try:
        yield store
    finally:
        store.engine.dispose()


def is_current(store: Store) -> bool:
    """Whether the tables are those of the newest step, and the role of this address may see which they are."""
    try:
        return step_of(store) == newest_step()
    except ProgrammingError:
        return False


def _may_upgrade(store: Store) -> bool:
    """Whether a role may make tables, and owns those that are there."""
    asked = (
        "SELECT has_schema_privilege(current_schema(), 'CREATE') AND coalesce(bool_and(pg_has_role(relowner, 'USAGE')), true)"
        " FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname IN ('counter', 'alembic_version')"
    )
    with store.engine.connect() as connection:
        return bool(connection.execute(text(asked)).scalar())


def create_at_once(store: Store) -> None:
    """Make the tables of a temporary database without the steps, which take longer. A test holds that both give the same tables."""
    with writing(store, THE_DASHBOARD) as connection:
        metadata.create_all(connection)
        guard_audit(connection)
        connection.execute(insert(counter).values(name=COUNTER, seq=0))


def is_ready(store: Store) -> bool:
    """Whether the tables are there."""
    with reading(store, THE_DASHBOARD) as connection:
        return inspect(connection).has_table(counter.name)


def newest_step() -> str:
    """The newest step there is."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def step_of(store: Store) -> str | None:
    """The newest step applied, or None."""
    with reading(store, THE_DASHBOARD) as connection:
        return MigrationContext.configure(connection).get_current_revision()

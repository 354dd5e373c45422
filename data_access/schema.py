"""Making and upgrading the tables of a database."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, insert, inspect, select

from data_access.ledger import COUNTER
from data_access.stores import Store, is_sqlite, reading, writing
from data_access.tables import counter, metadata

_UPGRADING = 5_501_838
"""The lock under which the tables are made: any number that no other program on the server locks."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("steps")))
    return config


def upgrade(store: Store) -> None:
    """Bring the tables to the newest step, making them all when the database is empty."""
    config = _config()
    with writing(store) as connection:
        if not is_sqlite(store):
            # SQLite lets one writer in at a time; on PostgreSQL two servers that start together would both make the first table.
            connection.execute(select(func.pg_advisory_xact_lock(_UPGRADING)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.execute(select(counter.c.seq)).first() is None:
            connection.execute(insert(counter).values(name=COUNTER, seq=0))


def create_at_once(store: Store) -> None:
    """Make the tables of a temporary database without the steps, which take longer. A test holds that both give the same tables."""
    with writing(store) as connection:
        metadata.create_all(connection)
        connection.execute(insert(counter).values(name=COUNTER, seq=0))


def is_ready(store: Store) -> bool:
    """Whether the tables are there."""
    with reading(store) as connection:
        return inspect(connection).has_table(counter.name)


def newest_step() -> str:
    """The newest step there is."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def step_of(store: Store) -> str | None:
    """The newest step applied, or None."""
    with reading(store) as connection:
        return MigrationContext.configure(connection).get_current_revision()

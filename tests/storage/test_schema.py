"""The steps make the tables that the declarations ask for, on both databases."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from data_access.ledger import data_version
from data_access.schema import create_at_once, is_ready, step_of, upgrade
from data_access.stores import Store, open_store, reading
from data_access.tables import metadata
from domain.access import COMMISSIONER
from domain.tally import Source


def differences(connection: Connection) -> list[object]:
    # Defaults are compared by the next test: Alembic takes SQLite's empty text for another default than ours.
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [found for found in compare_metadata(context, metadata) if "alembic_version" not in str(found)]


def shape(store: Store) -> dict[str, object]:
    """Every table with its columns, keys and indexes as the database itself describes them."""
    with reading(store, COMMISSIONER) as connection:
        inspector = inspect(connection)
        return {
            table: (
                sorted(  # a column that came later stands last; their order means nothing
                    (c["name"], str(c["type"]), c["nullable"], str(c["default"]))
                    for c in inspector.get_columns(table)
                ),
                inspector.get_pk_constraint(table)["constrained_columns"],
                sorted(str(sorted(k.items(), key=str)) for k in inspector.get_foreign_keys(table)),
                sorted(str(sorted(u.items(), key=str)) for u in inspector.get_unique_constraints(table)),
                sorted((i["name"], i["column_names"]) for i in inspector.get_indexes(table)),
            )
            for table in inspector.get_table_names()
            if table != "alembic_version"
        }


def test_the_steps_make_the_declared_tables(empty_store: Store) -> None:
    with reading(empty_store, COMMISSIONER) as connection:
        assert differences(connection) == []


def test_tables_made_at_once_are_those_of_the_steps(
    empty_store: Store, database_url: str, tmp_path: Path
) -> None:
    stepped = shape(empty_store)
    if database_url.startswith("sqlite"):
        other = open_store(f"sqlite:///{tmp_path / 'at_once.db'}", Source.IN_HAND)
    else:  # the same database, emptied first
        other = empty_store
        with empty_store.engine.begin() as connection:
            for table in metadata.tables:  # each with the policies that name it
                connection.execute(text(f'DROP TABLE "{table}" CASCADE'))
    create_at_once(other)
    assert shape(other) == stepped
    assert data_version(other) == 0
    other.engine.dispose()


def test_upgrading_again_changes_nothing(store: Store) -> None:
    before = shape(store), data_version(store), step_of(store)
    upgrade(store)
    upgrade(store)
    assert (shape(store), data_version(store), step_of(store)) == before


def test_servers_that_start_together_make_the_tables_once(database_url: str) -> None:
    stores = [open_store(database_url, Source.SHARED) for _ in range(4)]
    with ThreadPoolExecutor(len(stores)) as pool:
        list(pool.map(upgrade, stores))
    assert {data_version(store) for store in stores} == {0}
    for store in stores:
        store.engine.dispose()


def test_a_new_file_is_waited_for_while_another_program_writes_to_it(sqlite_url: str, tmp_path: Path) -> None:
    # Switching a file to write-ahead logging is the one statement for which SQLite itself does not wait.
    first = sqlite3.connect(tmp_path / "dashboard.db", isolation_level=None)
    first.execute("BEGIN IMMEDIATE")
    first.execute("CREATE TABLE anything (number)")
    store = open_store(sqlite_url, Source.SHARED)
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(is_ready, store)
        with pytest.raises(TimeoutError):
            opening.result(0.5)
        first.execute("COMMIT")
        assert opening.result(60) is False
    first.close()
    store.engine.dispose()


def test_an_empty_database_is_not_ready(database_url: str) -> None:
    fresh = open_store(database_url, Source.SHARED)
    assert not is_ready(fresh)
    assert step_of(fresh) is None
    upgrade(fresh)
    assert is_ready(fresh)
    fresh.engine.dispose()

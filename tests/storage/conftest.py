"""Databases for the storage tests: an empty one with settings, and a copy of the examples, each on SQLite and PostgreSQL.

The examples are built once for all tests of a run and copied: a file on SQLite, a template on PostgreSQL.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

from data_access.examples import build_examples
from data_access.schema import upgrade
from data_access.settings import change_settings
from data_access.stores import Store, open_store
from domain.tally import Source
from tests.builders import settings_of_all, some_settings
from tests.equipment.postgres import fresh_database


@contextmanager
def opened(url: str, source: Source = Source.SHARED) -> Iterator[Store]:
    store = open_store(url, source)
    try:
        yield store
    finally:
        store.engine.dispose()


@pytest.fixture
def empty_store(database_url: str) -> Iterator[Store]:
    """A database with tables and nothing in them."""
    with opened(database_url) as store:
        upgrade(store)
        yield store


@pytest.fixture
def store(empty_store: Store) -> Store:
    """A database with the settings of the builders and no return; its data version is 1."""
    change_settings(empty_store, lambda _: some_settings(), user="tests")
    return empty_store


@pytest.fixture
def all_services(empty_store: Store) -> Store:
    """A database with the settings of the builders for all services and no return; its data version is 1."""
    change_settings(empty_store, lambda _: settings_of_all(), user="tests")
    return empty_store


@pytest.fixture(scope="session")
def examples_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("examples") / "examples.db"
    with opened(f"sqlite:///{path}", Source.EXAMPLES) as store:
        build_examples(store)
    # Closing the last connection writes everything into the one file that is copied.
    assert not path.with_name(f"{path.name}-wal").exists()
    return path


@pytest.fixture(scope="session")
def examples_database(postgres_url: str) -> Iterator[str]:
    with fresh_database(postgres_url) as url:
        with opened(url, Source.EXAMPLES) as store:
            build_examples(store)
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def examples_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a copy of the examples that a test may change."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("examples_file"), tmp_path / "examples.db")
        yield f"sqlite:///{tmp_path / 'examples.db'}"
        return
    template = make_url(request.getfixturevalue("examples_database"))
    name = f"test_{uuid4().hex}"
    server = template.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template.database}"')
        yield template.set(database=name).render_as_string(hide_password=False)
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def examples_store(examples_url: str) -> Iterator[Store]:
    with opened(examples_url, Source.EXAMPLES) as store:
        yield store

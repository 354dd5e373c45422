"""Databases for the storage tests: an empty one with settings, and a copy of the examples, each on SQLite and PostgreSQL.

Tables and examples are made once and copied: a file on SQLite, a template on PostgreSQL.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data_access.examples import build_examples
from data_access.schema import is_ready, upgrade
from data_access.settings import change_settings
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER
from domain.tally import Source
from tests.builders import settings_of_all, some_settings
from tests.equipment.once import alone, fresh_examples, shared_folder
from tests.equipment.postgres import GOES_WITH_THE_RUN, create_database, fresh_database


@contextmanager
def opened(url: str, source: Source = Source.SHARED) -> Iterator[Store]:
    store = open_store(url, source)
    try:
        yield store
    finally:
        store.engine.dispose()


@pytest.fixture(scope="session")
def tables_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables") / "tables.db"
    with opened(f"sqlite:///{path}") as store:
        upgrade(store)
    # Closing the last connection writes everything into the one file that is copied.
    assert not path.with_name(f"{path.name}-wal").exists()
    return path


@pytest.fixture(scope="session")
def tables_database(postgres_url: str) -> Iterator[str]:
    with fresh_database(postgres_url) as url:
        with opened(url) as store:
            upgrade(store)
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database: an empty one, or one with tables where the test also asks for `empty_store`."""
    with_tables = "empty_store" in request.fixturenames
    if request.param == "sqlite":
        if with_tables:
            shutil.copy(request.getfixturevalue("tables_file"), tmp_path / "dashboard.db")
        yield f"sqlite:///{tmp_path / 'dashboard.db'}"
        return
    template = request.getfixturevalue("tables_database") if with_tables else ""
    with fresh_database(request.getfixturevalue("postgres_url"), template) as url:
        yield url


@pytest.fixture
def empty_store(database_url: str) -> Iterator[Store]:
    """A database with tables and nothing in them."""
    with opened(database_url) as store:
        assert is_ready(store)
        yield store


@pytest.fixture
def store(empty_store: Store) -> Store:
    """A database with the settings of the builders and no return; its data version is 1."""
    change_settings(empty_store, lambda _: some_settings(), by=COMMISSIONER.signing("tests"))
    return empty_store


@pytest.fixture
def all_services(empty_store: Store) -> Store:
    """A database with the settings of the builders for all services and no return; its data version is 1."""
    change_settings(empty_store, lambda _: settings_of_all(), by=COMMISSIONER.signing("tests"))
    return empty_store


@pytest.fixture(scope="session")
def examples_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fresh_examples(shared_folder(tmp_path_factory))


@pytest.fixture(scope="session")
def examples_database(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Built by one process for all where the server goes with the run, else by each for itself."""
    if not os.environ.get(GOES_WITH_THE_RUN):
        with fresh_database(postgres_url) as url:
            _build(url)
            yield url
        return
    folder = shared_folder(tmp_path_factory)
    kept = folder / "examples-database"
    with alone(folder, "examples-database"):
        if not kept.exists():
            url = create_database(postgres_url)
            _build(url)
            kept.write_text(url)
    yield kept.read_text()


def _build(url: str) -> None:
    with opened(url, Source.EXAMPLES) as store:
        build_examples(store)


@pytest.fixture(params=["sqlite", "postgresql"])
def examples_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a copy of the examples that a test may change."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("examples_file"), tmp_path / "examples.db")
        yield f"sqlite:///{tmp_path / 'examples.db'}"
        return
    copied = request.getfixturevalue("examples_database")
    with fresh_database(request.getfixturevalue("postgres_url"), copied) as url:
        yield url


@pytest.fixture
def examples_store(examples_url: str) -> Iterator[Store]:
    with opened(examples_url, Source.EXAMPLES) as store:
        yield store

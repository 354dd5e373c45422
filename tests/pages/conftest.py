"""A shared database of its own for each test of a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access.settings import change_settings
from data_access.sources import shared_store, sweep_in_hand
from data_access.stores import Store
from sample_data.settings import example_settings


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty shared database."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'shared.db'}")
    yield shared_store()
    sweep_in_hand()


@pytest.fixture
def ready(shared: Store) -> Store:
    """A shared database with settings and no return."""
    change_settings(shared, lambda _: example_settings(), user="test")
    return shared

"""The three places figures come from, never mixed: the shared database, the examples, and a file that is looked at but not saved."""

from __future__ import annotations

import os
import tempfile
import time
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from data_access.examples import build_examples
from data_access.returns import save_return
from data_access.schema import create_at_once, is_ready, upgrade
from data_access.settings import change_settings
from data_access.stores import Store, open_store, reading, shared_url
from data_access.tables import marks, returns
from data_access.tallies import forget
from domain.returns import Return
from domain.settings import Settings
from domain.tally import Source

EXAMPLES_URL = "sqlite:///var/examples.db"
_FOLDER = "dashboard-files-not-saved"
_KEPT_FOR = 24 * 3600


@lru_cache
def _opened(url: str, source: Source) -> Store:
    return open_store(url, source)


def examples_url() -> str:
    """The address of the examples' own database: EXAMPLES_URL, or a file in var/."""
    return os.environ.get("EXAMPLES_URL") or EXAMPLES_URL


def shared_store() -> Store:
    """The shared database, its tables made or brought up to date on first use."""
    store = _opened(shared_url(), Source.SHARED)
    _prepare(store.url)
    return store if not holds_examples(store) else _opened(store.url, Source.EXAMPLES)


@lru_cache
def _prepare(url: str) -> None:
    upgrade(_opened(url, Source.SHARED))


def holds_examples(store: Store) -> bool:
    """Whether a database was marked as examples when it was made; it stays so for good."""
    with reading(store) as connection:
        return (
            connection.execute(select(marks.c.value).where(marks.c.name == "holds")).scalar_one_or_none()
            == "examples"
        )


def is_empty(store: Store) -> bool:
    """Whether no return was ever saved."""
    with reading(store) as connection:
        return connection.execute(select(returns.c.id).limit(1)).first() is None


@lru_cache
def examples_store() -> Store:
    """The examples, built on first use when they are not there."""
    store = _opened(examples_url(), Source.EXAMPLES)
    if not is_ready(store):
        build_examples(store)
    return store


def opening_store() -> Store:
    """What the dashboard opens with: the shared database, or the examples while it is empty."""
    shared = shared_store()
    return examples_store() if is_empty(shared) else shared


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"{_FOLDER}-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def open_in_hand(new: Return, settings: Settings) -> Store:
    """A private temporary database with one checked return in it, filled by the same code that saves."""
    handle, name = tempfile.mkstemp(
        suffix=".db", dir=_folder()
    )  # mkstemp makes it readable by its owner alone
    os.close(handle)
    store = open_store(f"sqlite:///{name}", Source.IN_HAND)
    create_at_once(store)
    change_settings(store, lambda _: settings, user="preview")
    save_return(store, new, user="preview")
    return store


def close_in_hand(store: Store) -> None:
    """Delete a file that was looked at."""
    if store.source is not Source.IN_HAND:
        raise ValueError("only a file that was looked at is deleted, never a database")
    store.engine.dispose()
    forget(store.url)
    path = Path(store.url.removeprefix("sqlite:///"))
    for name in (path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)


def sweep_in_hand(*, everything: bool = False) -> int:
    """Delete what earlier sessions left behind: files older than a day, or all of them when the dashboard starts."""
    swept = 0
    for path in _folder().iterdir():
        if everything or time.time() - path.stat().st_mtime > _KEPT_FOR:
            path.unlink(missing_ok=True)
            swept += 1
    return swept

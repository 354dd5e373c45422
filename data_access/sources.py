"""The three places figures come from, never mixed: the shared database, the examples, a file looked at but not saved."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import weakref
from functools import lru_cache, partial
from pathlib import Path

from sqlalchemy import select

from data_access.examples import SAMPLE_FOLDER, build_examples
from data_access.held_files import private_file, unwatch, watch
from data_access.memory import forget
from data_access.returns import save_return
from data_access.schema import create_at_once, newest_step, prepare
from data_access.settings import change_settings
from data_access.stores import Store, is_sqlite, open_store, reading, shared_url
from data_access.tables import marks, returns
from data_access.wall import wall_stands
from domain.access import THE_DASHBOARD
from domain.returns import Return
from domain.settings import Settings
from domain.tally import Source

_VAR = Path("var")


@lru_cache
def _opened(url: str, source: Source) -> Store:
    return open_store(url, source)


@lru_cache
def _prepare(url: str) -> None:
    store = _opened(url, Source.SHARED)
    prepare(store)
    if not is_sqlite(store) and (said := wall_stands(store)):
        logging.getLogger(__name__).warning(said)


def shared_store() -> Store:
    """The shared database, its tables made or brought up to date on first use. Raises `Behind` where its role may not."""
    store = _opened(shared_url(), Source.SHARED)
    _prepare(store.url)
    return store if not holds_examples(store) else _opened(store.url, Source.EXAMPLES)


def holds_examples(store: Store) -> bool:
    """Whether a database was marked as examples when it was made; it stays so for good."""
    with reading(store, THE_DASHBOARD) as connection:
        held = connection.execute(select(marks.c.value).where(marks.c.name == "holds")).scalar_one_or_none()
    return held == "examples"


def is_empty(store: Store) -> bool:
    """Whether no return was ever saved."""
    with reading(store, THE_DASHBOARD) as connection:
        return connection.execute(select(returns.c.id).limit(1)).first() is None


def _examples_file() -> Path:
    """Named by what it is built from, so that a new version of the examples or of the tables is built afresh."""
    seen = hashlib.sha256(newest_step().encode())
    for path in sorted(path for path in SAMPLE_FOLDER.rglob("*") if path.suffix in (".xlsx", ".csv")):
        seen.update(path.read_bytes())
    return _VAR / f"examples-{seen.hexdigest()[:12]}.db"


@lru_cache
def examples_store() -> Store:
    """The examples, in a file of their own that is built on first use. It appears whole or not at all."""
    path = _examples_file()
    if not path.exists():
        _VAR.mkdir(exist_ok=True)
        handle, half_built = tempfile.mkstemp(suffix=".db", dir=_VAR)
        os.close(handle)
        building = open_store(f"sqlite:///{half_built}", Source.EXAMPLES)
        build_examples(building)
        building.engine.dispose()
        Path(half_built).replace(path)
    return _opened(f"sqlite:///{path}", Source.EXAMPLES)


def opening_store() -> Store:
    """What the dashboard opens with: the shared database, or the examples while it is empty."""
    shared = shared_store()
    return examples_store() if is_empty(shared) else shared


def open_in_hand(new: Return, settings: Settings, *, session: str = "") -> Store:
    """Give a private temporary database with one checked return in it, filled by the same code that saves.

    It is deleted by `close_in_hand`, when nothing holds the store any more, and by `close_ended` once its session has ended.

    Parameters
    ----------
    session : names the session that looks at it; blank when there is none.
    """
    store = open_store(f"sqlite:///{private_file('.db')}", Source.IN_HAND)
    weakref.finalize(store, _forget_and_delete, store.url)
    watch(store.url, session, partial(_forget_and_delete, store.url))
    create_at_once(store)
    change_settings(store, lambda _: settings, by=THE_DASHBOARD.signing("preview"))
    save_return(store, new, by=THE_DASHBOARD.signing("preview"))
    return store


def _forget_and_delete(url: str) -> None:
    unwatch(url)
    forget(url)
    path = Path(url.removeprefix("sqlite:///"))
    for name in (path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)


def close_in_hand(store: Store) -> None:
    """Delete a file that was looked at. Raises ValueError for any other database."""
    if store.source is not Source.IN_HAND:
        raise ValueError("only a file that was looked at is deleted, never a database")
    store.engine.dispose()
    _forget_and_delete(store.url)

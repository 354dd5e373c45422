"""One database of each kind, emptied for every example: making one takes longer than asking it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import delete

from data_access.ledger import data_version
from data_access.returns import save_return
from data_access.schema import create_at_once
from data_access.settings import change_settings
from data_access.stores import Store, open_store, writing
from data_access.tables import TABLE_OF, case_codes, returns, withdrawals
from domain.access import COMMISSIONER
from domain.returns import Return
from domain.tally import Source
from tests.builders import settings_of_all
from tests.equipment.postgres import fresh_database


@contextmanager
def both_stores(postgres_url: str, folder: Path) -> Iterator[dict[str, Store]]:
    """A SQLite file and a PostgreSQL database with the settings of the builders for all services."""
    with fresh_database(postgres_url) as address:
        opened = {
            "sqlite": open_store(f"sqlite:///{folder / 'dashboard.db'}", Source.SHARED),
            "postgresql": open_store(address, Source.SHARED),
        }
        for store in opened.values():
            create_at_once(store)
            change_settings(store, lambda _: settings_of_all(), by=COMMISSIONER.signing("test"))
        yield opened
        for store in opened.values():
            store.engine.dispose()


def fill(store: Store, sent: Sequence[Return]) -> list[int]:
    """Save the returns in the emptied database; gives the version after each."""
    with writing(store, COMMISSIONER) as connection:
        for table in (case_codes, *TABLE_OF.values(), withdrawals, returns):
            connection.execute(delete(table))
    versions = []
    for new in sent:
        save_return(store, new, by=COMMISSIONER.signing("test"))
        versions.append(data_version(store))
    return versions

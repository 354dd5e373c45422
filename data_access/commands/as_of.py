"""What every command that prints figures opens: the database at a moment, and for whom it prints."""

from __future__ import annotations

from data_access.commands.database import open_database
from data_access.ledger import data_version
from data_access.settings import read_settings
from data_access.stores import Store
from domain.access import Audience, Viewer


def audience_named(name: str, store: Store, viewer: Viewer) -> Audience:
    """The audience that --for names. Raises ValueError where it is none, or names no provider."""
    found = Audience.parse(name)
    if found.provider and read_settings(store, viewer).find_provider(found.provider) is None:
        raise ValueError(
            f"There is no provider '{found.provider}'; `--for provider:KEY` takes the key of one"
        )
    return found


def open_as_of(as_of: int | None) -> Store:
    """The database, where the act is one that has happened: what it will show after a later one nobody knows."""
    store = open_database()
    latest = data_version(store)
    if as_of is not None and not 0 <= as_of <= latest:
        raise ValueError(f"There is no act {as_of}: the acts so far are 1 to {latest}")
    return store

"""The audit for the storage tests: who writes it, and who reads it."""

from __future__ import annotations

from data_access.audit import read_audit
from data_access.stores import Store
from domain.access import Grant, Reach, Role, Viewer
from domain.audit import Entry
from tests.builders import NORTH

READER = Viewer("reader", (Grant(Role.ADMINISTRATOR),))
BEN = Viewer("ben@north.example", (Grant(Role.PROVIDER, Reach(provider=NORTH)),))
NOBODY, ANONYMOUS = Viewer("nobody@example.org"), Viewer("")


def entries(store: Store) -> list[Entry]:
    """The oldest first."""
    return list(reversed(read_audit(store, READER)))

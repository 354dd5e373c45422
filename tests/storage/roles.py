"""People and roles for the storage tests, and every way of changing them."""

from __future__ import annotations

from collections.abc import Callable

from data_access.audit import read_audit
from data_access.people import (
    Person,
    find_viewer,
    grant_role,
    read_people,
    revoke_role,
    set_title,
    sign_out_everywhere,
)
from data_access.stores import Store
from data_access.tables import grants, people
from domain.access import Grant, Reach, Role, Viewer
from domain.audit import Act, Entry
from tests.builders import NORTH, SOUTH

OPERATOR = Viewer("operator", (Grant(Role.ADMINISTRATOR),))
ADMINISTRATOR, VIEWER = Grant(Role.ADMINISTRATOR), Grant(Role.VIEWER)
OF_NORTH, OF_SOUTH = Grant(Role.PROVIDER, Reach(provider=NORTH)), Grant(Role.PROVIDER, Reach(provider=SOUTH))
ANN, BEN = "ann@council.gov.uk", "ben@north.example"

Write = Callable[[Store, Viewer], None]
WRITES: tuple[Write, ...] = (
    lambda store, by: grant_role(store, BEN, OF_SOUTH, by=by, title="Manager"),
    lambda store, by: revoke_role(store, BEN, OF_NORTH, by=by),
    lambda store, by: set_title(store, BEN, "Director", by=by),
    lambda store, by: sign_out_everywhere(store, BEN, by=by),
)
NAMES = ["grant", "revoke", "title", "sign out"]


def has(store: Store, user: str) -> tuple[Grant, ...]:
    return find_viewer(store, user).grants


def known(store: Store, user: str) -> Person:
    (found,) = (person for person in read_people(store, OPERATOR) if person.user == user)
    return found


def acts(store: Store) -> list[Entry]:
    """Everything that was written down on roles and signing out, the oldest first."""
    of_people = (Act.CHANGED_ROLES, Act.SIGNED_OUT)
    return [entry for entry in reversed(read_audit(store, OPERATOR)) if entry.act in of_people]


def kept(store: Store) -> list[object]:
    """All that is kept of people, however it is read."""
    with store.engine.connect() as connection:
        return [
            [tuple(row) for row in connection.execute(table.select()).all()] for table in (people, grants)
        ]

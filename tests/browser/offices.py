"""A council with its people and a real provider who signs them in, on the examples, in which each provider is to see only its own."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from data_access.audit import read_audit
from data_access.people import grant_role
from data_access.stores import Store, open_store
from domain.access import LOCAL_USER, Grant, Reach, Role, Viewer
from domain.audit import Act, Entry
from domain.tally import Source
from tests.equipment.dashboard import running_dashboard
from tests.equipment.openid import running_provider
from tests.equipment.visitor import Visit, signed_in, visiting

SERVICE = "housing"
A, B = "housing-a", "housing-b"
NAME_A, NAME_B = "Example provider E", "Example provider F"
OF_B = re.compile(r"HB-\d{4}")
"""What a reference of a case of B looks like."""
RETURN_OF_B = f"{SERVICE}:{B}:2023-04..2023-06:1"
AREA = "X-RIVERSIDE"


@dataclass
class Offices:
    """A dashboard on the examples: its address, its database, and who has signed in."""

    address: str
    store: Store
    here: dict[str, httpx.Client] = field(default_factory=dict)

    def sign_in(self, user: str, *grants: Grant) -> httpx.Client:
        """Give somebody roles and have them sign in; once for each name."""
        if user not in self.here:
            for grant in grants:
                grant_role(self.store, user, grant, by=LOCAL_USER)
            self.here[user] = signed_in(self.address, user)
        return self.here[user]

    def of(self, provider: str, user: str) -> httpx.Client:
        """Somebody of a provider, signed in. Each test takes a person of its own: what was refused to whom is told by their name."""
        return self.sign_in(user, grant_of(provider))

    def visit(self, client: httpx.Client | None, session: str = "") -> AbstractContextManager[Visit]:
        """A page of somebody's."""
        return visiting(client, self.address, session=session)

    def refused(self, user: str) -> list[Entry]:
        """What the audit has of what was refused to somebody."""
        return list(read_audit(self.store, LOCAL_USER, person=user, act=Act.REFUSED))


def grant_of(provider: str) -> Grant:
    """The role of somebody of a provider."""
    return Grant(Role.PROVIDER, Reach(provider=provider))


def viewer_of(provider: str) -> Viewer:
    """Somebody of a provider."""
    return Viewer(f"somebody@{provider}.example", (grant_of(provider),))


def copy_of(examples: Path, path: Path, source: Source = Source.EXAMPLES) -> Store:
    """A database as `init --sample` leaves it: a whole copy of the examples, whoever has them open."""
    with sqlite3.connect(f"file:{examples}?mode=ro", uri=True) as made, sqlite3.connect(path) as copy:
        made.backup(copy)
    made.close()
    copy.close()
    return open_store(f"sqlite:///{path}", source)


@contextmanager
def open_offices(examples: Path, folder: Path) -> Iterator[Offices]:
    """Start the provider and the dashboard."""
    store = copy_of(examples, folder / "dashboard.db")
    with (
        running_provider({}) as provider,
        running_dashboard(DATABASE_URL=store.url, **provider.settings()) as address,
    ):
        offices = Offices(address, store)
        yield offices
        for client in offices.here.values():
            client.close()
    store.engine.dispose()

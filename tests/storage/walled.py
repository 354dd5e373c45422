"""A database under two roles, as on a server: who owns the tables, and as whom the dashboard opens it; and rows of everybody in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count, product
from typing import Any

import psycopg
from sqlalchemy import Boolean, Connection, Date, Float, Integer, LargeBinary, Table, insert, make_url

from data_access import tables as t
from data_access.meeting_tables import action_notes, actions, last_looked, meetings, saved_views
from data_access.metadata import Moment
from data_access.procurement_tables import scenarios
from data_access.schema import upgrade
from data_access.stores import Store, open_store
from data_access.wall import let_in
from domain.access import Audience
from domain.returns import COUNCIL
from domain.tally import Source
from tests.builders import HILL, NORTH, SOUTH, VALE
from tests.equipment.postgres import Roles, owned_database, two_roles

SERVICES = ("mentoring", "send")
BESIDE = (t.activities, t.agreements, t.answers, t.complaints, t.supplement)
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Walled:
    """One database under three roles; the superuser passes row security by."""

    url: str
    roles: Roles
    superuser: Store
    owner: Store
    app: Store

    def address(self, role: str) -> str:
        return self.roles.address(role, self.url)

    @contextmanager
    def prompt(
        self, person: str = "", reach: str = "", duties: str = "", role: str = "", prices: str = ""
    ) -> Iterator[psycopg.Connection]:
        """A raw SQL prompt as the app's role, or another; nothing of ours is in between. Nothing that is done there stays."""
        address = make_url(self.address(role or self.roles.app)).set(drivername="postgresql")
        with psycopg.connect(address.render_as_string(hide_password=False)) as connection:
            told = {"person": person, "reach": reach, "duties": duties, "prices": prices}
            for name, value in told.items():
                if value:
                    connection.execute("SELECT set_config(%s, %s, false)", (f"dashboard.{name}", value))
            connection.commit()
            yield connection
            connection.rollback()


@contextmanager
def walled(server_url: str) -> Iterator[Walled]:
    """An empty database with the tables of its owner, let in for the app's role."""
    with two_roles(server_url) as roles, owned_database(roles) as url:
        stores = [
            open_store(address, Source.SHARED)
            for address in (url, roles.address(roles.owner, url), roles.address(roles.app, url))
        ]
        try:
            upgrade(stores[1])
            let_in(stores[1], roles.app)
            yield Walled(url, roles, *stores)
        finally:
            for store in stores:
                store.engine.dispose()


def a_row(table: Table, **given: Any) -> dict[str, Any]:
    """A row of a table with any value where it wants one."""
    wanted = (c for c in table.columns if not c.nullable and c.server_default is None and c.key not in given)
    return {c.key: _any(c.type) for c in wanted if c is not table.autoincrement_column} | given


def _any(kind: object) -> object:
    values = ((Boolean, True), (Moment, NOW), (LargeBinary, b"x"), (Date, date(2018, 4, 1)), (Float, 1.0))
    if isinstance(kind, Integer):
        return next(_numbers)
    return next((value for type_, value in values if isinstance(kind, type_)), f"x{next(_numbers)}")


def add(connection: Connection, table: Table, **given: Any) -> Any:
    """Add a row and give its number."""
    return connection.execute(insert(table).values(a_row(table, **given))).inserted_primary_key[0]  # type: ignore[index]


def an_act(connection: Connection) -> int:
    seq = next(_numbers)
    add(connection, t.ledger, seq=seq)
    return seq


def fill(connection: Connection) -> None:
    """Rows in every table: of two services, two providers and the council, of two areas and of none; some no longer count."""
    for service, provider in product(SERVICES, (NORTH, SOUTH, COUNCIL)):
        moved = {"E1": (HILL, HILL), "E2": (HILL, VALE), "GONE": (VALE, None)}
        for number in (0, 1):
            row = add(connection, t.returns, service=service, provider=provider, seq=an_act(connection))
            whose = {"return_id": row, "service": service, "provider": provider, "in_force": number == 1}
            for reference, areas in moved.items():
                if areas[number] is None or provider == COUNCIL:
                    continue
                case = add(connection, t.cases, **whose, case_ref=reference, area=areas[number])
                add(connection, t.case_codes, case_row=case)
                for table in BESIDE:
                    add(connection, table, **whose, case_ref=reference)
            add(connection, t.answers, **whose, case_ref=None)
            for area in ("", HILL, VALE):
                add(connection, t.totals, **whose, area=area)
            add(connection, t.staff, **whose)
            add(connection, t.accepted_warnings, return_id=row)
        add(connection, t.originals, return_id=row)
        add(connection, t.withdrawals, return_id=row, seq=an_act(connection))
        add(connection, t.attempts, service=service, provider=provider)
        add(connection, t.issued, service=service, provider="" if provider == COUNCIL else provider)
    for service in SERVICES:
        add(connection, scenarios, service=service)
    _settings(connection)
    _meetings(connection)
    for person in ("nora", "ann"):
        add(connection, t.people, person=person)
        add(connection, t.grants, person=person)
        add(connection, t.audit, person=person)
        add(connection, last_looked, person=person)
        for shared in (False, True):
            add(connection, saved_views, person=person, shared=shared)


def _meetings(connection: Connection) -> None:
    """For every audience, about one provider or all: one that is prepared and one frozen, and an action with a note."""
    rooms = [("us", ""), ("us", NORTH), ("us", SOUTH), ("providers", ""), ("public", "")]
    rooms += [(Audience.with_provider(provider).key, provider) for provider in (NORTH, SOUTH)]
    for service, (audience, provider) in product(SERVICES, rooms):
        told = {"service": service, "audience": audience}
        for frozen_at in (None, NOW):
            add(connection, meetings, **told, provider=provider, frozen_at=frozen_at)
        number = add(connection, actions, **told, provider=provider)
        add(connection, action_notes, **told, action=number)


def _settings(connection: Connection) -> None:
    seq = an_act(connection)
    for table in (t.councils, t.areas):
        add(connection, table, seq=seq)
    for provider in (NORTH, SOUTH, "nowhere"):
        add(connection, t.providers, seq=seq, key=provider)
    for service, provider in (("mentoring", NORTH), ("mentoring", SOUTH), ("send", SOUTH)):
        add(connection, t.contracts, seq=seq, service=service, provider=provider)
    add(connection, t.contracts, seq=seq, ended_seq=an_act(connection), service="send", provider="nowhere")
    for service, provider, reference in product(SERVICES, (NORTH, SOUTH), ("E1", "E2", "GONE")):
        whose = {"service": service, "provider": provider, "case_ref": reference}
        add(connection, t.agreed_exceptions, seq=seq, **whose)
    for service, provider in product(SERVICES, ("", NORTH, SOUTH)):
        add(connection, t.targets, seq=seq, service=service, provider=provider)
        add(connection, t.survey_questions, seq=seq, service=service, provider=provider)
        add(connection, t.new_averages, seq=seq, service=service, provider=provider)

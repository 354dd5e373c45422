"""Rows of the audit are only added: the database itself refuses anything else, whoever asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from data_access.audit import (
    note,
    note_in,
    read_audit,
)
from data_access.people import find_viewer, grant_role, sign_out, signed_out_at
from data_access.schema import create_at_once, upgrade
from data_access.stores import Store, is_sqlite, open_store, writing
from data_access.wall import let_in
from domain.access import Grant, Role, Viewer
from domain.audit import Act
from domain.tally import Source
from tests.builders import NORTH
from tests.equipment.postgres import fresh_database, owned_database, two_roles
from tests.storage.entries import ANONYMOUS, BEN, NOBODY, READER, entries

CHANGES = {
    "update": "UPDATE audit SET person = 'somebody else'",
    "update of one": "UPDATE audit SET detail = '' WHERE id = 1",
    "update of the key": "UPDATE audit SET id = id + 1000",
    "delete": "DELETE FROM audit",
    "delete of one": "DELETE FROM audit WHERE id = 1",
    "delete of a role": "DELETE FROM grants",
    "take its place": "INSERT INTO audit (id, at, person, kind) VALUES (1, CURRENT_TIMESTAMP, 'x', 'exported') "
    "ON CONFLICT (id) DO UPDATE SET person = 'x'",
}
OF_SQLITE = {
    "replace": "INSERT OR REPLACE INTO audit (id, at, person, kind) VALUES (1, '2018-04-01 00:00:00', 'x', 'exported')",
    "replace a role": "INSERT OR REPLACE INTO grants (id, person, role, granted_at, granted_by) "
    "VALUES (1, 'x', 'administrator', '2018-04-01 00:00:00', 'x')",
    "update or replace": "UPDATE OR REPLACE audit SET id = 1",
}
OF_POSTGRESQL = {
    "truncate": "TRUNCATE audit",
    "truncate with others": "TRUNCATE people, grants, audit CASCADE",
    "truncate roles": "TRUNCATE grants",
}


def raw(store: Store, table: str = "audit") -> list[tuple[object, ...]]:
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY 1"))]


def with_rows(store: Store) -> Store:
    grant_role(store, BEN.user, Grant(Role.VIEWER), by=READER)
    note(store, BEN, Act.EXPORTED, provider=NORTH, subject="cases.csv")
    return store


@pytest.mark.parametrize("way", ["steps", "at once"])
def test_the_database_itself_refuses_to_change_or_delete_a_row(way: str, database_url: str) -> None:
    store = open_store(database_url, Source.SHARED)
    (upgrade if way == "steps" else create_at_once)(store)
    with_rows(store)
    before = raw(store), raw(store, "grants")
    assert len(before[0]) == 2
    for name, statement in (CHANGES | (OF_SQLITE if is_sqlite(store) else OF_POSTGRESQL)).items():
        with pytest.raises(IntegrityError, match=r"only added|never deleted"), store.engine.begin() as plain:
            plain.execute(text(statement))
        assert (raw(store), raw(store, "grants")) == before, name
    note(store, BEN, Act.SIGNED_OUT)
    assert raw(store)[: len(before[0])] == before[0]
    assert len(raw(store)) == 3
    store.engine.dispose()


def triggers(store: Store) -> list[tuple[object, ...]]:
    asked = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        if is_sqlite(store)
        else "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
    )
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(asked))]


def test_tables_made_at_once_are_guarded_as_those_of_the_steps(
    empty_store: Store, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    def made(url: str) -> list[tuple[object, ...]]:
        other = open_store(url, Source.IN_HAND)
        try:
            create_at_once(other)
            return triggers(other)
        finally:
            other.engine.dispose()

    if is_sqlite(empty_store):
        found = made(f"sqlite:///{tmp_path / 'at_once.db'}")
    else:
        with fresh_database(request.getfixturevalue("postgres_url")) as url:
            found = made(url)
    assert found == triggers(empty_store)
    assert len(found) == (5 if is_sqlite(empty_store) else 2)


def test_behind_the_wall_of_postgresql_it_is_written_by_all_and_read_by_administrators(
    postgres_url: str,
) -> None:
    """As the app's role, which owns no table and may not pass row security."""
    with two_roles(postgres_url) as roles, owned_database(roles) as url:
        owner = open_store(roles.address(roles.owner, url), Source.SHARED)
        app = open_store(roles.address(roles.app, url), Source.SHARED)
        upgrade(owner)
        let_in(owner, roles.app)
        for viewer in (ANONYMOUS, NOBODY, BEN):
            assert note(app, viewer, Act.REFUSED)
        sign_out(app, NOBODY)
        sign_out(app, NOBODY)
        grant_role(app, BEN.user, Grant(Role.ADMINISTRATOR), by=READER, title="Head")
        assert signed_out_at(app, NOBODY.user) is not None
        assert find_viewer(app, BEN.user) == Viewer(BEN.user, (Grant(Role.ADMINISTRATOR),), "Head")
        assert len(read_audit(app, find_viewer(app, BEN.user))) == 7
        for statement in ("UPDATE audit SET person = ''", "DELETE FROM audit", "TRUNCATE audit"):
            with pytest.raises(SQLAlchemyError), app.engine.begin() as connection:
                connection.execute(text(statement))
        app.engine.dispose()
        owner.engine.dispose()


def test_an_act_and_its_row_are_kept_together_or_not_at_all(store: Store) -> None:
    def change(fails: bool) -> None:
        with writing(store, BEN) as connection:
            note_in(connection, BEN, Act.UPLOADED, provider=NORTH, subject="a return")
            assert raw_in(connection) == 1
            if fails:
                raise ZeroDivisionError

    def raw_in(connection: object) -> int:
        return int(connection.execute(text("SELECT count(*) FROM audit")).scalar_one())  # type: ignore[attr-defined]

    with pytest.raises(ZeroDivisionError):
        change(fails=True)
    assert entries(store) == []
    change(fails=False)
    assert [e.act for e in entries(store)] == [Act.UPLOADED]

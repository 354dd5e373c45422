"""Who makes and upgrades the tables: their owner, by `init`; the dashboard itself only where it may."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text, update

from data_access import sources
from data_access.__main__ import main
from data_access.meeting_tables import OF_ONE_PERSON
from data_access.questions import Question
from data_access.returns import save_return
from data_access.schema import Behind, is_current, newest_step, prepare, step_of, upgrade
from data_access.settings import change_settings
from data_access.stores import Store, open_store, reading, writing
from data_access.tables import returns
from data_access.tallies import read_tally
from data_access.wall import WALLED, every_row_in_reach, let_in, wall_stands
from domain.access import COMMISSIONER, THE_DASHBOARD, Viewer
from domain.tally import Source
from tests.builders import NORTH, Q1, SOUTH, a_case, a_return, of_provider, some_settings
from tests.equipment.postgres import Roles, owned_database, two_roles
from tests.storage.test_upgraded_cases import kept_before, saved_now
from tests.storage.walled import fill, walled

NORA, SUE = of_provider("nora", NORTH), of_provider("sue", SOUTH)


@pytest.fixture
def roles(postgres_url: str) -> Iterator[Roles]:
    with two_roles(postgres_url) as made:
        yield made


@pytest.fixture
def url(roles: Roles) -> Iterator[str]:
    """The superuser's address of an empty database of the owner."""
    with owned_database(roles) as made:
        yield made


@pytest.fixture
def app(roles: Roles, url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The database as the dashboard opens it; the variables are as on a server, without the owner's."""
    address = roles.address(roles.app, url)
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    for cached in (sources._opened, sources._prepare):
        cached.cache_clear()
    store = open_store(address, Source.SHARED)
    yield store
    store.engine.dispose()
    for cached in (sources._opened, sources._prepare):
        cached.cache_clear()


@pytest.fixture
def owner(roles: Roles, url: str) -> Iterator[Store]:
    store = open_store(roles.address(roles.owner, url), Source.SHARED)
    yield store
    store.engine.dispose()


def seen(store: Store, viewer: Viewer) -> int:
    return sum(row.met for row in read_tally(store, Question("referrals"), viewer).rows)


def test_init_makes_the_tables_as_their_owner_and_the_dashboard_works_beside_it(
    app: Store,
    owner: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert main(["tally", "referrals"]) == 2
    assert "has no tables yet" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_OWNER_URL", owner.url)
    assert main(["init"]) == main(["init"]) == 0
    said = capsys.readouterr().out
    assert "is ready" in said
    assert "does not by itself" not in said
    monkeypatch.delenv("DATABASE_OWNER_URL")
    with caplog.at_level(logging.WARNING):
        opened = sources.shared_store()
    assert caplog.messages == []
    assert (wall_stands(opened), is_current(opened)) == ("", True)
    change_settings(opened, lambda _: some_settings(), by=COMMISSIONER)
    save_return(opened, a_return(NORTH, Q1, [a_case(), a_case()]), by=NORA)
    save_return(opened, a_return(SOUTH, Q1, [a_case()]), by=SUE)
    assert [seen(opened, viewer) for viewer in (NORA, SUE, COMMISSIONER)] == [2, 1, 3]
    assert main(["tally", "referrals", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["met"] == 3


def test_a_role_that_may_make_no_tables_says_who_is_to_make_them(
    app: Store,
    owner: Store,
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with owner.engine.begin() as connection:
        connection.execute(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
    with pytest.raises(Behind, match=r"Set DATABASE_OWNER_URL .* python -m data_access init"):
        sources.shared_store()
    assert main(["init"]) == 2
    assert "Set DATABASE_OWNER_URL to the address of their owner" in capsys.readouterr().err
    upgrade(owner)  # its tables are there, and the app's role is not let in
    with pytest.raises(Behind, match="may not change them"):
        prepare(app)
    let_in(owner, app_role(app))
    prepare(app)
    with owner.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(Behind, match=f"step {newest_step()}"):
        prepare(app)
    assert main(["tally", "referrals"]) == 2


def app_role(store: Store) -> str:
    return str(store.engine.url.username)


def test_without_an_owner_of_their_own_the_tables_are_made_as_before_and_it_says_so(
    app: Store,
    owner: Store,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", owner.url)
    with caplog.at_level(logging.WARNING):
        opened = sources.shared_store()
    assert "owns the tables" in caplog.text
    assert main(["init"]) == 0
    assert "owns the tables" in capsys.readouterr().out
    change_settings(opened, lambda _: some_settings(), by=COMMISSIONER)
    save_return(opened, a_return(NORTH, Q1, [a_case()]), by=NORA)
    assert [seen(opened, viewer) for viewer in (NORA, SUE)] == [1, 0]
    with (
        opened.engine.connect() as connection
    ):  # forced: the owner sees nothing either unless it is told for whom
        assert connection.execute(text("SELECT count(*) FROM cases")).scalar_one() == 0


def test_init_says_when_its_two_addresses_name_different_databases(
    app: Store, roles: Roles, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with owned_database(roles) as other:
        monkeypatch.setenv("DATABASE_OWNER_URL", roles.address(roles.owner, other))
        assert main(["init"]) == 2
    assert "do not name the same database" in capsys.readouterr().err


def test_the_owner_upgrades_a_database_of_before_with_all_its_rows(
    app: Store, owner: Store, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = saved_now(f"sqlite:///{tmp_path / 'now.db'}")
    kept_before(owner.url, now).engine.dispose()
    assert step_of(owner) == "0001"
    monkeypatch.setenv("DATABASE_OWNER_URL", owner.url)
    assert main(["init"]) == 0
    nobody = of_provider("nobody", "nowhere")
    for viewer in (COMMISSIONER, NORA, SUE, nobody):
        assert seen(app, viewer) == seen(now, viewer), viewer
    assert [seen(app, viewer) > 0 for viewer in (COMMISSIONER, NORA, nobody)] == [True, True, False]
    now.engine.dispose()


def test_a_step_moves_every_row_and_the_wall_stands_again_after_it(postgres_url: str) -> None:
    with walled(postgres_url) as made:
        with made.superuser.engine.begin() as connection:
            fill(connection)
            of_all = connection.execute(text("SELECT count(*) FROM returns")).scalar_one()

        def moved(connection: Connection) -> int:
            return connection.execute(update(returns).values(reason="moved")).rowcount

        with writing(made.owner, THE_DASHBOARD) as connection:
            assert moved(connection) == 0
            with every_row_in_reach(connection):
                assert moved(connection) == of_all > 0
            assert moved(connection) == 0
        with made.prompt(role=made.roles.owner) as prompt:
            assert {prompt.execute(f"SELECT count(*) FROM {x.name}").fetchone() for x in WALLED} == {(0,)}
        assert wall_stands(made.app) == ""


def test_a_tally_of_everything_asks_no_row_whose_it_is(postgres_url: str) -> None:
    """What a policy works out is worked out once for a statement, and what it would look up for a row is never looked up."""
    with walled(postgres_url) as made:
        with made.superuser.engine.begin() as connection:
            fill(connection)
        # Each person finds the few rows of their own by an index; no tally reads them.
        for table in set(WALLED) - set(OF_ONE_PERSON):
            with reading(made.app, THE_DASHBOARD) as connection:
                plan = connection.execute(
                    text(f"EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM {table.name}")
                ).scalar_one()
            top = plan[0]["Plan"]
            assert top["Node Type"] in ("Seq Scan", "Result")
            for part in top.get("Plans", ()):
                once = part["Parent Relationship"] == "InitPlan" and part["Actual Loops"] <= 1
                assert once or part["Actual Loops"] == 0, (table.name, part)

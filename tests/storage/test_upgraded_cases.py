"""Cases that were kept when mentoring was the only service are the same rows after the steps as when they are saved anew."""

from pathlib import Path

from alembic import command
from sqlalchemy import insert, inspect, select

from data_access.returns import save_return, withdraw_return
from data_access.schema import _config, upgrade
from data_access.settings import change_settings
from data_access.stores import Store, open_store, reading, writing
from data_access.tables import metadata
from domain.access import COMMISSIONER
from domain.tally import Source
from tests.builders import NORTH, Q1, Q2, SOUTH, a_case, a_return, an_activity, some_settings
from tests.storage.figures import assert_whole, contents

FIRST_STEP = "0001"
CASES = [
    a_case("prevented"),
    a_case("unsuccessful", "UNSUCCESSFUL", days=0),
    a_case("withdrawn", "WITHDRAWN", vulnerabilities=("NONE",)),
    a_case("live", "LIVE"),
    a_case("blank", None),
    a_case("undated", referred=None, entered_date=None),
    a_case("declined", "REF", outcome_date=None),
]


def saved_now(url: str) -> Store:
    """The cases as they are saved today: a version that was replaced, one that was withdrawn, and a case no longer reported."""
    store = open_store(url, Source.SHARED)
    upgrade(store)
    change_settings(store, lambda _: some_settings(), by=COMMISSIONER.signing("ann"))
    save_return(store, a_return(NORTH, Q1, CASES[:2]), by=COMMISSIONER.signing("ann"))
    save_return(store, a_return(NORTH, Q1, CASES, [an_activity(CASES[0])]), by=COMMISSIONER.signing("ann"))
    save_return(store, a_return(NORTH, Q2, CASES[:3]), by=COMMISSIONER.signing("ann"))
    gone = save_return(store, a_return(SOUTH, Q1, CASES[:1]), by=COMMISSIONER.signing("sue"))
    withdraw_return(store, gone.id, by=COMMISSIONER.signing("sue"), why="wrong file")
    return store


def kept_before(url: str, now: Store) -> Store:
    """A database at the first step, with what it would have held of the same returns."""
    store = open_store(url, Source.SHARED)
    config = _config()
    with writing(store, COMMISSIONER) as connection, reading(now, COMMISSIONER) as held:
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST_STEP)
        there = inspect(connection)
        for table in metadata.sorted_tables:
            if not there.has_table(table.name):
                continue
            columns = [table.c[found["name"]] for found in there.get_columns(table.name)]
            rows = [dict(row) for row in held.execute(select(*columns)).mappings()]
            if rows:
                connection.execute(insert(table), rows)
    return store


def test_the_steps_make_the_same_rows_as_saving_anew(database_url: str, tmp_path: Path) -> None:
    now = saved_now(f"sqlite:///{tmp_path / 'now.db'}")
    before = kept_before(database_url, now)
    with reading(before, COMMISSIONER) as connection:
        assert "ended" not in {column["name"] for column in inspect(connection).get_columns("cases")}
    upgrade(before)
    assert contents(before) == contents(now)
    assert len(assert_whole(before)) == 4
    for store in (now, before):
        store.engine.dispose()

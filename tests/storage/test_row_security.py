"""The second wall: at a raw SQL prompt as the app's role nobody sees or writes more than they may, whatever the program forgets."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, Table, select, text

from data_access import tables as t
from data_access.scope import RULES, within_reach
from data_access.stores import reading
from data_access.wall import WALLED, wall_stands
from domain.access import Grant, Reach, Role, Viewer
from tests.builders import HILL, NORTH, SOUTH, VALE
from tests.storage.walled import BESIDE, Walled, a_row, fill, walled

OF_NORTH = {"person": "nora", "reach": f"|{NORTH}|", "duties": "cases,figures,returns"}
EVERYTHING = {
    "person": "ann",
    "reach": "||",
    "duties": "audit,cases,figures,people,prices,returns,settings",
    "prices": "||",
}
BLIND = {t.counter, t.marks, t.published_figures}
"""What holds nothing of anybody."""


@pytest.fixture(scope="module")
def filled(postgres_url: str) -> Iterator[Walled]:
    with walled(postgres_url) as found:
        with found.superuser.engine.begin() as connection:
            fill(connection)
        yield found


def numbers(connection: psycopg.Connection, question: str) -> int:
    row = connection.execute(question).fetchone()
    assert row is not None
    return int(row[0])


def counted(connection: psycopg.Connection, table: Table) -> int:
    return numbers(connection, f"SELECT count(*) FROM {table.name}")


reaches = st.builds(
    Reach,
    st.sampled_from(["", "mentoring", "send", "housing"]),
    st.sampled_from(["", NORTH, SOUTH, "nowhere"]),
    st.sampled_from(["", HILL, VALE, "elsewhere"]),
)
viewers = st.builds(
    Viewer,
    st.sampled_from(["nora", "ann", "nobody"]),
    st.lists(st.builds(Grant, st.sampled_from(Role), reaches), max_size=3).map(tuple),
)


def by_the_first(connection: Connection, table: Table, viewer: Viewer) -> list[tuple[object, ...]]:
    asked = within_reach(select(*table.primary_key.columns), viewer)
    return sorted(map(tuple, connection.execute(asked)))  # type: ignore[call-overload]


def by_the_second(connection: Connection, table: Table) -> list[tuple[object, ...]]:
    keys = ", ".join(table.primary_key.columns.keys())
    return sorted(map(tuple, connection.execute(text(f"SELECT {keys} FROM {table.name}"))))


@settings(max_examples=60)
@given(viewer=viewers)
def test_both_walls_show_the_same_rows_of_every_table(filled: Walled, viewer: Viewer) -> None:
    with filled.superuser.engine.connect() as past_it, reading(filled.app, viewer) as connection:
        for table in WALLED:
            assert by_the_second(connection, table) == by_the_first(past_it, table, viewer), table.name


def test_every_table_stands_behind_the_wall_or_holds_nothing_of_anybody() -> None:
    assert set(RULES) <= set(WALLED)
    assert set(t.metadata.sorted_tables) - set(WALLED) == BLIND


def test_the_wall_stands_for_the_app_and_for_nobody_above_it(filled: Walled) -> None:
    assert wall_stands(filled.app) == ""
    assert f"{filled.roles.owner} owns the tables" in wall_stands(filled.owner)
    assert "is a superuser" in wall_stands(filled.superuser)


def test_with_nothing_told_there_is_not_one_row_in_any_table(filled: Walled) -> None:
    for role in (filled.roles.app, filled.roles.owner):
        with filled.prompt(role=role) as prompt:
            assert {table.name: counted(prompt, table) for table in WALLED} == {x.name: 0 for x in WALLED}
    with filled.prompt(**EVERYTHING) as prompt:
        assert all(counted(prompt, table) for table in WALLED)


def test_a_provider_sees_none_of_the_rows_of_another(filled: Walled) -> None:
    with filled.prompt(**OF_NORTH) as prompt, filled.prompt(**EVERYTHING) as everything:
        for table in RULES:
            assert 0 < counted(prompt, table) < counted(everything, table), table.name
            if "provider" in table.c:
                # What stands for all, and the council's own return, are theirs too.
                asked = f"SELECT DISTINCT provider FROM {table.name} WHERE provider NOT IN ('', 'council')"
                assert prompt.execute(asked).fetchall() == [(NORTH,)], table.name
            if "return_id" in table.c:
                theirs = f"SELECT count(*) FROM {table.name} JOIN returns ON returns.id = return_id"
                assert numbers(prompt, theirs) == counted(prompt, table)
        assert prompt.execute("SELECT key FROM providers").fetchall() == [(NORTH,)]


@pytest.mark.parametrize("told", ["|", "|||", "||x", "north", ",", "||\r", " ||", "%|%|%", "'||'"])
def test_what_is_told_wrongly_opens_nothing(filled: Walled, told: str) -> None:
    with filled.prompt(person="nora", reach=told, duties="returns,settings") as prompt:
        for table in (
            t.cases,
            t.totals,
            t.staff,
            t.originals,
            t.accepted_warnings,
            t.case_codes,
            t.agreed_exceptions,
            *BESIDE,
        ):
            assert counted(prompt, table) == 0


def parents(prompt: psycopg.Connection, provider: str) -> dict[str, int]:
    """The numbers of a return, of a case and of an act of a provider."""
    asked = (
        "SELECT cases.return_id, row_id, seq FROM cases JOIN returns ON returns.id = cases.return_id "
        "WHERE cases.provider = %s ORDER BY row_id LIMIT 1"
    )
    found = prompt.execute(asked, (provider,)).fetchone()
    assert found is not None
    return dict(zip(("return_id", "case_row", "seq"), found, strict=True))


def added(prompt: psycopg.Connection, table: Table, **given: object) -> int:
    """How many rows were added to a table; what it has no column for is left out."""
    row = a_row(table, **{key: value for key, value in given.items() if key in table.c})
    places = ", ".join(["%s"] * len(row))
    asked = f"INSERT INTO {table.name} ({', '.join(row)}) VALUES ({places})"
    return prompt.execute(asked, list(row.values())).rowcount


OF_RETURNS = (
    *t.TABLE_OF.values(), t.returns, t.case_codes, t.withdrawals, t.accepted_warnings, t.originals, t.attempts,
)  # fmt: skip


@pytest.mark.parametrize("table", OF_RETURNS, ids=str)
def test_rows_are_added_for_ones_own_provider_and_for_no_other(filled: Walled, table: Table) -> None:
    with filled.prompt(**EVERYTHING) as prompt:
        of = {p: {"service": "send", "provider": p, **parents(prompt, p)} for p in (NORTH, SOUTH)}
    others = {"person": "nora", "reach": f"|{NORTH}|\n|{SOUTH}|{HILL}", "duties": OF_NORTH["duties"]}
    only_sees = OF_NORTH | {"duties": "cases,figures"}
    for told, provider in ((OF_NORTH, SOUTH), (others, SOUTH), (only_sees, NORTH)):
        with (
            filled.prompt(**told) as prompt,
            pytest.raises(InsufficientPrivilege, match="row-level security"),
        ):
            added(prompt, table, **of[provider])
    with filled.prompt(**others) as prompt:
        assert added(prompt, table, **of[NORTH]) == 1


@pytest.mark.parametrize("table", t.TABLE_OF.values(), ids=str)
def test_rows_of_another_provider_are_not_changed(filled: Walled, table: Table) -> None:
    with filled.prompt(**OF_NORTH) as prompt:
        own = counted(prompt, table)
        assert prompt.execute(f"UPDATE {table.name} SET in_force = NOT in_force").rowcount == own > 0
        with pytest.raises(InsufficientPrivilege, match="permission denied"):
            prompt.execute(f"UPDATE {table.name} SET provider = '{SOUTH}'")


@pytest.mark.parametrize("table", [*t.SETTINGS_TABLES, t.agreed_exceptions, t.new_averages], ids=str)
def test_settings_and_exceptions_are_changed_by_whom_may_see_everything_and_change_them(
    filled: Walled, table: Table
) -> None:
    with filled.prompt(**EVERYTHING) as prompt:
        given = {
            "service": "send", "provider": NORTH, "key": NORTH, "case_ref": "E1",
            "seq": parents(prompt, NORTH)["seq"],
        }  # fmt: skip
    end = f"UPDATE {table.name} SET ended_seq = seq"
    for less in ({"reach": f"|{NORTH}|"}, {"duties": "figures,returns"}):
        with filled.prompt(**EVERYTHING | less) as prompt:
            assert prompt.execute(end).rowcount == 0
            with pytest.raises(InsufficientPrivilege, match="row-level security"):
                added(prompt, table, **given)
    with filled.prompt(**EVERYTHING) as prompt:
        assert added(prompt, table, **given) == 1
        assert prompt.execute(end).rowcount == counted(prompt, table)


def test_what_was_issued_is_seen_of_a_whole_service_or_as_the_provider_it_was_for(filled: Walled) -> None:
    seen = "SELECT DISTINCT provider FROM issued"
    of_all = OF_NORTH | {"reach": "mentoring||"}
    with filled.prompt(**of_all) as prompt:
        assert {row[0] for row in prompt.execute(seen)} == {"", NORTH, SOUTH}
        assert added(prompt, t.issued, service="mentoring", provider="") == 1
    for told, whose in (
        (OF_NORTH, {"service": "mentoring", "provider": ""}),
        (of_all, {"service": "send", "provider": ""}),
        (of_all | {"reach": f"mentoring||{HILL}"}, {"service": "mentoring", "provider": ""}),
    ):
        with (
            filled.prompt(**told) as prompt,
            pytest.raises(InsufficientPrivilege, match="row-level security"),
        ):
            added(prompt, t.issued, **whose)
    with (
        filled.prompt(**EVERYTHING) as prompt,
        pytest.raises(InsufficientPrivilege, match="permission denied"),
    ):
        prompt.execute("UPDATE issued SET cells = ''")


def test_people_see_their_own_roles_and_give_themselves_none(filled: Walled) -> None:
    with filled.prompt(**OF_NORTH) as prompt:
        for table in (t.people, t.grants):
            assert prompt.execute(f"SELECT person FROM {table.name}").fetchall() == [("nora",)]
        assert counted(prompt, t.audit) == 0
        assert prompt.execute("UPDATE people SET signed_out_at = now()").rowcount == 1
        assert prompt.execute("UPDATE grants SET revoked_at = NULL").rowcount == 0
        assert added(prompt, t.ledger) == added(prompt, t.audit, person="nora") == 1
        with pytest.raises(InsufficientPrivilege, match="row-level security"):
            added(prompt, t.grants, person="nora", role="administrator")
    with (
        filled.prompt(**OF_NORTH) as prompt,
        pytest.raises(InsufficientPrivilege, match="row-level security"),
    ):
        added(prompt, t.people, person="somebody else")
    with filled.prompt(person="ann", duties="people") as prompt:
        assert added(prompt, t.people, person="somebody else") == added(prompt, t.grants, person="nora") == 1
        assert counted(prompt, t.people) == 3
        assert counted(prompt, t.audit) == 0


FORBIDDEN = (
    "ALTER TABLE cases DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE cases NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY seen ON cases",
    "ALTER POLICY seen ON cases USING (true)",
    "CREATE POLICY mine ON cases USING (true)",
    "ALTER TABLE cases OWNER TO CURRENT_USER",
    "ALTER ROLE CURRENT_USER BYPASSRLS",
    "SET ROLE {owner}",
    "SET SESSION AUTHORIZATION {owner}",
    "GRANT {owner} TO CURRENT_USER",
    "SET LOCAL row_security = off; SELECT * FROM cases",
    "ALTER TABLE audit DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "DROP TABLE cases",
    "TRUNCATE cases CASCADE",
    "DELETE FROM cases",
    "DELETE FROM returns",
    "DELETE FROM ledger",
    "DELETE FROM audit",
    "DELETE FROM grants",
    "UPDATE audit SET detail = ''",
    "UPDATE ledger SET who = 'somebody else'",
    "UPDATE returns SET provider = 'north'",
    "UPDATE contracts SET fixed_price = '1'",
    "UPDATE agreed_exceptions SET caused_by = 'family'",
    "UPDATE grants SET role = 'administrator'",
    "UPDATE marks SET value = 'examples'",
    "INSERT INTO counter VALUES ('more', 1)",
    "UPDATE alembic_version SET version_num = '0001'",
    "CREATE TABLE cases_too AS SELECT * FROM cases",
    "CREATE FUNCTION peep() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM cases'",
    "CREATE TRIGGER peep AFTER INSERT ON cases EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "SELECT * FROM pg_authid",
    "COPY cases TO PROGRAM 'cat'",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_app_s_role_takes_nothing_down(filled: Walled, statement: str) -> None:
    with filled.prompt(**EVERYTHING) as prompt, pytest.raises(InsufficientPrivilege):
        prompt.execute(statement.format(owner=filled.roles.owner))
    assert wall_stands(filled.app) == ""


def test_nobody_s_rows_are_changed_by_the_owner_at_a_prompt_either(filled: Walled) -> None:
    """The owner could switch it off, and has to say so first."""
    with filled.prompt(role=filled.roles.owner) as prompt:
        assert prompt.execute("DELETE FROM cases").rowcount == 0
        assert prompt.execute("UPDATE returns SET provider = 'north'").rowcount == 0

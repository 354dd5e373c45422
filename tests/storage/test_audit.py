"""The audit: rows are only added, whoever asks; anybody's acts are kept, bounded, and nothing personal or of a return with them."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from data_access import audit as module
from data_access.audit import (
    AUDIT_COLUMNS,
    MOST_REFUSED,
    audit_entries,
    audit_rows,
    note,
    note_in,
    read_audit,
)
from data_access.people import find_viewer, grant_role, sign_out, signed_out_at
from data_access.schema import create_at_once, upgrade
from data_access.stores import Store, is_sqlite, open_store, writing
from data_access.tables import audit
from data_access.wall import let_in
from domain.access import COMMISSIONER, Grant, OutOfReach, Reach, Role, Viewer
from domain.audit import Act, Entry
from domain.tally import Source
from tests.builders import NORTH
from tests.equipment.postgres import fresh_database, owned_database, two_roles

READER = Viewer("reader", (Grant(Role.ADMINISTRATOR),))
BEN = Viewer("ben@north.example", (Grant(Role.PROVIDER, Reach(provider=NORTH)),))
NOBODY, ANONYMOUS = Viewer("nobody@example.org"), Viewer("")
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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that have passed, as the audit sees them; nothing was written lately."""
    now = [1000.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    monkeypatch.setattr(module, "_lately", {})
    return now


def entries(store: Store) -> list[Entry]:
    """The oldest first."""
    return list(reversed(read_audit(store, READER)))


def at(store: Store, moment: datetime, person: str = "ann", kind: str = "exported") -> None:
    """A row of another day."""
    with writing(store, READER) as connection:
        connection.execute(insert(audit).values(at=moment, person=person, kind=kind))


def raw(store: Store, table: str = "audit") -> list[tuple[object, ...]]:
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY 1"))]


def with_rows(store: Store) -> Store:
    grant_role(store, BEN.user, Grant(Role.VIEWER), by=READER)
    note(store, BEN, Act.EXPORTED, provider=NORTH, subject="cases.csv")
    return store


@pytest.mark.parametrize("way", ["steps", "at once"])
def test_the_database_itself_refuses_to_change_or_delete_a_row(
    way: str, database_url: str, request: pytest.FixtureRequest
) -> None:
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


def test_anybody_s_acts_are_written_down(store: Store, clock: list[float]) -> None:
    for viewer in (ANONYMOUS, NOBODY, BEN, COMMISSIONER, READER):
        assert note(store, viewer, Act.REFUSED, subject="/people")
    assert [e.person for e in entries(store)] == [
        "",
        "nobody@example.org",
        BEN.user,
        "commissioner",
        "reader",
    ]
    assert all((e.act, e.subject) == (Act.REFUSED, "/people") for e in entries(store))


def test_an_entry_holds_what_was_said_and_when(store: Store) -> None:
    before = datetime.now(UTC)
    note(store, BEN, Act.EXPORTED, service="mentoring", provider=NORTH, subject="cases.csv", detail="3 rows")
    (entry,) = entries(store)
    assert before - timedelta(seconds=1) <= entry.at <= datetime.now(UTC)
    assert entry == Entry(
        entry.at, BEN.user, Act.EXPORTED, "mentoring", NORTH, "cases.csv", "3 rows", entry.id
    )
    assert entry.id > 0


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


def test_only_an_administrator_reads_it(store: Store) -> None:
    note(store, BEN, Act.EXPORTED)
    limited = Viewer("x", (Grant(Role.ADMINISTRATOR, Reach(provider=NORTH)),))
    for viewer in (ANONYMOUS, NOBODY, BEN, COMMISSIONER, limited):
        for read in (read_audit, audit_entries, audit_rows):
            with pytest.raises(OutOfReach):
                read(store, viewer)


def test_entries_are_found_by_person_act_and_day(store: Store) -> None:
    # A night in summer: in England it is the 2nd of June from 23:00 of UTC on.
    night = datetime(2026, 6, 1, 23, 0, tzinfo=UTC)
    at(store, night - timedelta(microseconds=1), "ann")
    at(store, night, "ben")
    at(store, night + timedelta(days=1, microseconds=-1), "ben", "refused")
    at(store, night + timedelta(days=1), "cat")
    # And one in winter, where it is the clock of UTC.
    at(store, datetime(2026, 12, 1, 0, 0, tzinfo=UTC), "dan")
    second = date(2026, 6, 2)

    def people(**asked: object) -> list[str]:
        return [e.person for e in read_audit(store, READER, **asked)]  # type: ignore[arg-type]

    assert people() == ["dan", "cat", "ben", "ben", "ann"]
    assert people(first=second, last=second) == ["ben", "ben"]
    assert people(first=second) == ["dan", "cat", "ben", "ben"]
    assert people(last=second) == ["ben", "ben", "ann"]
    assert people(first=date(2026, 12, 1)) == ["dan"]
    assert people(last=date(2026, 11, 30)) == ["cat", "ben", "ben", "ann"]
    assert people(person=" BEN ") == ["ben", "ben"]
    assert people(person="ben", act=Act.REFUSED) == ["ben"]
    assert people(act=Act.SIGNED_IN) == []
    assert [row["person"] for row in audit_rows(store, READER, person="ben", act=Act.REFUSED)] == ["ben"]


def test_entries_are_found_by_service_and_provider(store: Store) -> None:
    for service, provider in (("send", "north"), ("send", "south"), ("housing", "north")):
        note(store, BEN, Act.EXPORTED, service=service, provider=provider)
    assert [e.provider for e in read_audit(store, READER, service="send")] == ["south", "north"]
    assert [e.service for e in audit_entries(store, READER, provider="north")] == ["housing", "send"]
    (row,) = audit_rows(store, READER, service="send", provider="south")
    assert (row["service"], row["provider"]) == ("send", "south")


def test_pages_go_on_where_the_last_one_ended(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        note(store, BEN, Act.EXPORTED, subject=f"file {number}")
    first = read_audit(store, READER, limit=3)
    note(store, BEN, Act.EXPORTED, subject="one that came meanwhile")
    second = read_audit(store, READER, limit=3, before_id=first[-1].id)
    third = read_audit(store, READER, limit=3, before_id=second[-1].id)
    assert [e.subject for e in (*first, *second, *third)] == [f"file {n}" for n in (6, 5, 4, 3, 2, 1, 0)]
    for size in (1, 2, 4, 8, 9):
        monkeypatch.setattr(module, "_PAGE", size)
        assert list(audit_entries(store, READER)) == list(read_audit(store, READER))


def test_the_rows_of_a_file_are_texts_that_a_spreadsheet_does_not_run(store: Store) -> None:
    note(store, Viewer("=cmd|' /c calc'!a1"), Act.EXPORTED, subject="+1", detail="@sum(a1)")
    note(store, BEN, Act.EXPORTED, subject="cases.csv", detail='said "no", twice')
    out = io.StringIO()
    writer = csv.DictWriter(out, AUDIT_COLUMNS)
    writer.writerows(audit_rows(store, READER))
    (newest, oldest) = csv.reader(io.StringIO(out.getvalue()))
    assert newest[1:] == [BEN.user, "exported", "", "", "cases.csv", 'said "no", twice']
    assert oldest[1:] == ["'=cmd|' /c calc'!a1", "exported", "", "", "'+1", "'@sum(a1)"]
    assert datetime.fromisoformat(newest[0]).tzinfo is not None


def test_nothing_behind_an_address_and_nothing_personal_is_kept(store: Store) -> None:
    kept = {
        "/case-lists?service=send&case=TB-0001": "/case-lists",
        "https://dashboard.example/upload#TB-0001": "https://dashboard.example/upload",
        "?case=TB-0001": "",
        "asked for /media/abc?x=TB-0001 twice": "asked for /media/abc",
        "mentoring:north:2018-04..2018-06:2": "mentoring:north:2018-04..2018-06:2",
        "Was it so? Yes.": "Was it so? Yes.",
        "jo.bloggs@example.org.xlsx": "not kept: it looks like an e-mail address",
        "/people/943 476 5919": "not kept: it looks like an NHS number",
        "two\nlines\x00 and\u202e more": "two lines  and  more",
        "x" * 5000: "x" * 299 + "…",
    }
    for said in kept:
        note(store, BEN, Act.EXPORTED, subject=said, detail=said)
    assert [e.subject for e in entries(store)] == list(kept.values())
    assert [e.detail for e in entries(store)] == list(kept.values())


def test_what_cannot_be_a_key_is_not_kept_as_one(store: Store) -> None:
    asked = ("'; DROP TABLE audit", "north\nsouth", "a b", "n" * 81, "jo@example.org")
    for key in asked:
        note(store, BEN, Act.EXPORTED, service=key, provider=key)
    assert {(e.service, e.provider) for e in entries(store)} == {("not a key", "not a key")}


def test_whoever_it_is_can_be_written_down(store: Store) -> None:
    kept = {
        "Jo@Example.ORG": "jo@example.org",
        "a\x00b\nc": "a b c",
        "auth0|a?b": "auth0|a?b",
        "é" * 999: "é" * 200,
    }
    for user in kept:
        assert note(store, Viewer(user), Act.EXPORTED)
    assert [e.person for e in entries(store)] == list(kept.values())


@pytest.mark.parametrize("act", [Act.REFUSED, Act.SAW_CASES])
def test_the_same_again_within_a_minute_is_one_row(store: Store, clock: list[float], act: Act) -> None:
    def again(viewer: Viewer = BEN, subject: str = "/returns") -> bool:
        return note(store, viewer, act, service="mentoring", subject=subject)

    assert [again() for _ in range(5)] == [True, False, False, False, False]
    assert again(NOBODY)
    assert again(subject="/upload")
    clock[0] += 59.9
    assert not again()
    clock[0] += 0.2
    assert again()
    assert len(entries(store)) == 4


def test_what_somebody_did_is_a_row_each_time(store: Store, clock: list[float]) -> None:
    done = [act for act in Act if act not in (Act.REFUSED, Act.SAW_CASES) for _ in range(3)]
    assert all(note(store, BEN, act, subject="the same") for act in done)
    assert [e.act for e in entries(store)] == done


def test_refusals_of_one_person_are_bounded_and_the_last_says_so(store: Store, clock: list[float]) -> None:
    kept = [note(store, ANONYMOUS, Act.REFUSED, subject=f"/{n}") for n in range(100)]
    assert kept == [True] * MOST_REFUSED + [False] * (100 - MOST_REFUSED)
    said = [e.detail for e in entries(store)]
    assert said == [""] * (MOST_REFUSED - 1) + ["more refusals of this minute are not kept"]
    # Nobody hides what they take away, or what another is refused, behind refusals of their own.
    assert note(store, ANONYMOUS, Act.EXPORTED)
    assert note(store, ANONYMOUS, Act.SAW_CASES)
    assert note(store, BEN, Act.REFUSED, subject="/0")
    clock[0] += 61
    assert note(store, ANONYMOUS, Act.REFUSED, subject="/0")


def test_looks_at_different_cases_are_each_kept(store: Store, clock: list[float]) -> None:
    kept = [note(store, BEN, Act.SAW_CASES, subject=f"list {n}") for n in range(MOST_REFUSED + 5)]
    assert all(kept)


def test_many_at_once_who_are_refused_the_same_leave_one_row(store: Store, clock: list[float]) -> None:
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _: note(store, BEN, Act.REFUSED, subject="/returns"), range(40)))
    assert sum(kept) == 1
    assert len(entries(store)) == 1


def test_a_refusal_that_could_not_be_written_is_written_the_next_time(
    store: Store, clock: list[float]
) -> None:
    def rename(old: str, new: str) -> None:
        with store.engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))

    rename("audit", "elsewhere")
    with pytest.raises(SQLAlchemyError):
        note(store, BEN, Act.REFUSED)
    rename("elsewhere", "audit")
    assert note(store, BEN, Act.REFUSED)


def test_behind_the_wall_of_postgresql_it_is_written_by_all_and_read_by_administrators(
    postgres_url: str, clock: list[float], monkeypatch: pytest.MonkeyPatch
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

"""The audit: who reads it and how, and that nothing personal or of a return gets into it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from data_access import audit as module
from data_access.audit import (
    AUDIT_COLUMNS,
    audit_entries,
    audit_rows,
    note,
    read_audit,
)
from data_access.stores import Store, writing
from data_access.tables import audit
from domain.access import COMMISSIONER, Grant, OutOfReach, Reach, Role, Viewer
from domain.audit import Act, Entry
from tests.builders import NORTH
from tests.storage.entries import ANONYMOUS, BEN, NOBODY, READER, entries


def at(store: Store, moment: datetime, person: str = "ann", kind: str = "exported") -> None:
    """A row of another day."""
    with writing(store, READER) as connection:
        connection.execute(insert(audit).values(at=moment, person=person, kind=kind))


def test_anybody_s_acts_are_written_down(store: Store) -> None:
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

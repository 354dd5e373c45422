"""Meetings: prepared, changed by one at a time, frozen with what was shown and with what it gave away, withdrawn and never gone."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from sqlalchemy import event

from data_access.actions import agree_action, read_actions
from data_access.issued import keep_issue
from data_access.ledger import data_version
from data_access.meetings import (
    change_meeting,
    freeze_meeting,
    last_frozen,
    list_meetings,
    prepare_meeting,
    read_meeting,
    withdraw_meeting,
)
from data_access.moved import Moved, Refused
from data_access.returns import save_return
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER, Audience
from domain.agenda import DEFAULT_AGENDA
from domain.issued import Outdated
from domain.meetings import Remark
from domain.tally import Source
from tests.builders import (
    HILL,
    NORTH,
    SERVICE,
    SOUTH,
    a_case,
    a_return,
)
from tests.storage.keeping import (
    ABOUT,
    NORA,
    PAT,
    WITH_NORTH,
    a_meeting,
    an_action,
    at_once,
    done,
    given_away,
    pack_of,
)
from tests.storage.killing import wait_until_gone

FOR_US = replace(ABOUT, audience=Audience.US)
BUSY = {"volumes": Remark("The summer was busier than planned for.")}


@contextmanager
def two_desks(store: Store) -> Iterator[tuple[Store, Store]]:
    """Two dashboards on one database, each with connections of its own."""
    first, second = (open_store(store.url, Source.SHARED) for _ in range(2))
    yield first, second
    first.engine.dispose()
    second.engine.dispose()


def test_the_life_of_a_meeting(store: Store) -> None:
    before = data_version(store)
    number = prepare_meeting(store, a_meeting(held_on=date(2026, 10, 22)), by=PAT)
    prepared = read_meeting(store, PAT, number)
    assert (prepared.about, prepared.agenda, prepared.frozen) == (ABOUT, DEFAULT_AGENDA, False)
    assert (prepared.made_by, prepared.held_on) == ("Contract manager", date(2026, 10, 22))
    change_meeting(store, number, by=PAT, remarks=BUSY, expected=prepared.changed_at)
    quoted = {"outcomes": Remark(quote=" They rang\nmy landlord. ", quote_by="a tenant", agreed=True)}
    change_meeting(store, number, by=PAT, remarks=quoted, agenda=["volumes", "outcomes"])
    change_meeting(store, number, by=PAT, held_on=None)
    assert read_meeting(store, PAT, number).held_on is None
    change_meeting(store, number, by=PAT, held_on=date(2026, 10, 23))
    changed = read_meeting(store, PAT, number)
    assert changed.agenda == ("volumes", "outcomes")
    assert changed.remarks == BUSY | {
        "outcomes": Remark("", "They rang my landlord.", "a tenant", agreed=True)
    }
    assert changed.held_on == date(2026, 10, 23)
    assert list_meetings(store, NORA) == ()
    assert last_frozen(store, PAT, ABOUT) is None
    shown = pack_of(number, version=before)
    freeze_meeting(store, number, shown, by=PAT, expected=changed.changed_at)
    frozen = read_meeting(store, NORA, number)
    assert frozen.pack == replace(shown, issue=None)
    assert (frozen.version, frozen.frozen_by, frozen.frozen) == (before, "Contract manager", True)
    assert given_away(store) == 1
    assert last_frozen(store, PAT, ABOUT) == frozen
    assert [(one.id, one.pack) for one in list_meetings(store, NORA, service=SERVICE)] == [(number, None)]
    withdraw_meeting(store, number, why="The wrong quarter was shown", by=PAT)
    assert last_frozen(store, PAT, ABOUT) is None
    gone = read_meeting(store, PAT, number)
    assert (gone.pack, gone.withdrawn_why) == (frozen.pack, "The wrong quarter was shown")
    # What people were shown they have seen, whatever becomes of the meeting.
    assert given_away(store) == 1
    assert data_version(store) == before
    assert done(store) == [
        f"pat meeting {number} {what}"
        for what in ("prepared", *["changed"] * 4, f"frozen; for {WITH_NORTH.key}", "withdrawn")
    ]


def test_nothing_of_a_frozen_or_a_withdrawn_meeting_changes(store: Store) -> None:
    frozen, withdrawn = (prepare_meeting(store, a_meeting(), by=PAT) for _ in range(2))
    freeze_meeting(store, frozen, pack_of(frozen), by=PAT)
    withdraw_meeting(store, withdrawn, why="It was put off", by=PAT)
    kept = [read_meeting(store, PAT, number) for number in (frozen, withdrawn)]
    for number, became in ((frozen, "frozen"), (withdrawn, "withdrawn")):
        acts: tuple[Callable[[], object], ...] = (
            partial(change_meeting, store, number, by=PAT, remarks=BUSY),
            partial(freeze_meeting, store, number, pack_of(number), by=PAT),
        )
        for act in acts:
            with pytest.raises(
                Refused, match=rf"the meeting was {became} by Contract manager on .*Prepare another"
            ):
                act()
        with pytest.raises(Refused, match=f"meeting {number} is {became}. Leave the meeting out"):
            agree_action(store, an_action(meeting=number), by=PAT)
    with pytest.raises(Refused, match="was withdrawn by Contract manager"):
        withdraw_meeting(store, withdrawn, why="again", by=PAT)
    assert [read_meeting(store, PAT, number) for number in (frozen, withdrawn)] == kept
    assert given_away(store) == 1
    assert read_actions(store, PAT, WITH_NORTH, service=SERVICE) == ()


OTHERS = {
    "number": {"meeting": 99},
    "service": {"service": "send"},
    "provider": {"provider": SOUTH},
    "area": {"area": HILL},
    "period": {"period": replace(ABOUT, period=ABOUT.period.next()).period},
    "audience": {"audience": "public"},
}


def test_a_pack_of_something_else_is_not_frozen(store: Store) -> None:
    number = prepare_meeting(store, a_meeting(), by=PAT)
    right = pack_of(number)
    assert right.issue is not None
    for_all = {"issue": replace(right.issue, audience=Audience.PUBLIC)}
    for what, change in (*OTHERS.items(), ("audience", for_all)):
        with pytest.raises(Refused, match=f"another {what} than the meeting"):
            freeze_meeting(store, number, replace(right, **change), by=PAT)
    assert not read_meeting(store, PAT, number).frozen
    assert given_away(store) == 0


def test_a_pack_of_older_data_than_what_went_out_meanwhile_is_not_frozen(store: Store) -> None:
    number = prepare_meeting(store, a_meeting(), by=PAT)
    made = pack_of(number, version=data_version(store))
    save_return(store, a_return(NORTH, cases=[a_case()]), by=COMMISSIONER)
    later = pack_of(number, version=data_version(store)).issue
    assert later is not None
    keep_issue(store, COMMISSIONER, later, file_name="figures.csv")
    with pytest.raises(Outdated, match="Open the page again"):
        freeze_meeting(store, number, made, by=PAT)
    assert not read_meeting(store, PAT, number).frozen
    for_us = prepare_meeting(store, a_meeting(FOR_US), by=PAT)
    freeze_meeting(store, for_us, pack_of(for_us, FOR_US, version=made.version), by=PAT)
    assert given_away(store) == 1


def test_who_changed_a_meeting_meanwhile_is_said_and_two_comments_are_both_kept(store: Store) -> None:
    number = prepare_meeting(store, a_meeting(), by=PAT)
    read = read_meeting(store, PAT, number).changed_at
    with two_desks(store) as (one, other):
        quick = [
            partial(change_meeting, desk, number, by=PAT.signing(title), remarks=said, expected=read)
            for desk, title, said in (
                (one, "First", {"volumes": Remark("first")}),
                (other, "Second", {"volumes": Remark("second")}),
            )
        ]
        became = at_once(*quick)
        (refused,) = [one for one in became if one is not None]
        assert isinstance(refused, Moved)
        held = read_meeting(store, PAT, number)
        assert refused.who == held.changed_by in ("First", "Second")
        assert f"{refused.who} changed the meeting on" in str(refused)
        assert held.remarks["volumes"].comment == held.changed_by.lower()
        # Beside different screens nobody takes anything from anybody, if each was written without a look at the other.
        beside = [
            partial(change_meeting, desk, number, by=PAT, remarks={key: Remark(key)})
            for desk, key in ((one, "outcomes"), (other, "kpis"))
        ]
        assert at_once(*beside) == [None, None]
        assert set(read_meeting(store, PAT, number).remarks) == {"volumes", "outcomes", "kpis"}
        freezing = [partial(freeze_meeting, desk, number, pack_of(number), by=PAT) for desk in (one, other)]
        assert sorted(map(type, at_once(*freezing)), key=str) == sorted([type(None), Refused], key=str)
    assert given_away(store) == 1
    change = {"volumes": Remark()}
    again = prepare_meeting(store, a_meeting(remarks=BUSY), by=PAT)
    change_meeting(store, again, by=PAT, remarks=change)
    assert read_meeting(store, PAT, again).remarks == {}


def test_a_meeting_that_is_not_frozen_whole_is_not_frozen(store: Store) -> None:
    """Killed as it commits: neither the pack, nor what it gives away, nor the audit."""
    number = prepare_meeting(store, a_meeting(), by=PAT)
    before = done(store)
    store.engine.dispose()
    child = os.fork()
    if child == 0:
        mine = open_store(store.url, Source.SHARED)
        event.listen(mine.engine, "commit", lambda _: os.kill(os.getpid(), signal.SIGKILL))
        freeze_meeting(mine, number, pack_of(number), by=PAT)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    wait_until_gone(store)
    assert (read_meeting(store, PAT, number).frozen, given_away(store), done(store)) == (False, 0, before)
    begun: list[object] = []
    event.listen(store.engine, "begin", begun.append)
    freeze_meeting(store, number, pack_of(number), by=PAT)
    # One transaction, so that there is no moment between the pack and what it gives away.
    assert len(begun) == 1
    assert (read_meeting(store, PAT, number).frozen, given_away(store)) == (True, 1)

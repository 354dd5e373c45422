"""Actions: agreed with whom was in the room, noted until they are closed, carried on, and never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from data_access.actions import agree_action, note_action, read_actions
from data_access.ledger import data_version
from data_access.meetings import freeze_meeting, prepare_meeting
from data_access.moved import Refused
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience
from domain.actions import Action, ActionStatus
from domain.kpis import kpis_of
from tests.builders import HILL, Q1, SERVICE, SOUTH, of_provider
from tests.storage.keeping import (
    ABOUT,
    NORA,
    PAT,
    WITH_NORTH,
    a_meeting,
    an_action,
    at_once,
    done,
    in_days,
    pack_of,
)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def one(store: Store, number: int) -> Action:
    found = read_actions(store, PAT, Audience.US, service=SERVICE, closed_since=LONG_AGO)
    return next(action for action in found if action.id == number)


def test_the_life_of_an_action(store: Store) -> None:
    before = data_version(store)
    meeting = prepare_meeting(store, a_meeting(), by=PAT)
    kpi = kpis_of(SERVICE)[0].id
    given = an_action("  Ring every\nhousehold ", area=HILL, kpi=kpi, kpi_period=Q1, meeting=meeting)
    number = agree_action(store, given, by=PAT)
    agreed = one(store, number)
    assert (agreed.text, agreed.owner, agreed.due, agreed.area) == (
        "Ring every household",
        "Service manager",
        given.due,
        HILL,
    )
    assert (agreed.kpi, agreed.kpi_period, agreed.meeting, agreed.made_by) == (
        kpi,
        Q1,
        meeting,
        "Contract manager",
    )
    assert (agreed.status, agreed.notes[0].meeting, agreed.closed_on) == (ActionStatus.OPEN, meeting, None)
    freeze_meeting(store, meeting, pack_of(meeting), by=PAT)
    later = prepare_meeting(store, a_meeting(), by=PAT)
    note_action(
        store,
        number,
        status=ActionStatus.IN_PROGRESS,
        by=PAT,
        note="Half of them",
        due=in_days(60),
        meeting=later,
    )
    carried = one(store, number)
    assert (carried.status, carried.due, carried.due_now) == (
        ActionStatus.IN_PROGRESS,
        given.due,
        in_days(60),
    )
    assert (carried.notes[-1].note, carried.notes[-1].meeting) == ("Half of them", later)
    note_action(store, number, status=ActionStatus.DONE, by=PAT)
    closed = one(store, number)
    assert closed.closed_on == closed.notes[-1].at
    assert read_actions(store, NORA, WITH_NORTH, service=SERVICE) == ()
    assert read_actions(store, NORA, WITH_NORTH, service=SERVICE, closed_since=closed.closed_on) == (closed,)
    note_action(store, number, status=ActionStatus.OPEN, by=PAT, note="It came back")
    assert [note.status.value for note in one(store, number).notes] == ["open", "in_progress", "done", "open"]
    assert read_actions(store, NORA, WITH_NORTH, service=SERVICE) == (one(store, number),)
    assert data_version(store) == before
    assert [line for line in done(store) if "action" in line] == [
        f"pat action {number} {what}" for what in ("agreed", "in progress", "done", "not started")
    ]


def test_what_is_overdue_comes_first_and_what_is_closed_last(store: Store) -> None:
    due = {"late": 30, "soon": 3, "today": 0, "done": 1}
    numbers = {
        text: agree_action(store, an_action(text, due=in_days(days)), by=PAT) for text, days in due.items()
    }
    note_action(store, numbers["late"], status=ActionStatus.OPEN, by=PAT, due=in_days(2))
    note_action(store, numbers["done"], status=ActionStatus.DROPPED, by=PAT, note="No longer needed")
    found = read_actions(store, PAT, WITH_NORTH, service=SERVICE, closed_since=LONG_AGO)
    assert [action.text for action in found] == ["today", "late", "soon", "done"]
    tomorrow = in_days(1)
    assert [action.overdue(tomorrow) for action in found] == [True, False, False, False]


def test_who_sees_an_action_and_where_it_is_carried_on(store: Store) -> None:
    told = {
        "us": an_action("us", audience="us"),
        "north": an_action("north"),
        "south": an_action("south", provider=SOUTH, audience=f"provider:{SOUTH}"),
        "providers": an_action("providers", provider="", audience="providers"),
        "hill": an_action("hill", area=HILL),
    }
    for action in told.values():
        agree_action(store, action, by=PAT)

    def seen(viewer: object, audience: Audience, **where: str) -> set[str]:
        found = read_actions(store, viewer, audience, service=SERVICE, **where)  # type: ignore[arg-type]
        return {action.text for action in found}

    sue, with_south = of_provider("sue", SOUTH), Audience.with_provider(SOUTH)
    assert seen(PAT, Audience.US) == set(told)
    assert (
        seen(PAT, WITH_NORTH)
        == seen(NORA, WITH_NORTH)
        == seen(NORA, Audience.US)
        == {"north", "providers", "hill"}
    )
    assert seen(PAT, with_south) == seen(sue, with_south) == seen(sue, Audience.US) == {"south", "providers"}
    assert seen(sue, WITH_NORTH) == {"providers"}
    assert seen(PAT, Audience.PUBLIC) == set()
    assert seen(PAT, Audience.US, provider=SOUTH) == {"south", "providers"}
    assert seen(PAT, WITH_NORTH, area="E2") == {"north", "providers"}
    assert read_actions(store, PAT, Audience.US, service="send") == ()


def test_a_button_pressed_twice_agrees_one_action_and_two_at_once_lose_nothing(store: Store) -> None:
    meeting = prepare_meeting(store, a_meeting(), by=PAT)
    agreeing = partial(agree_action, store, an_action(meeting=meeting), by=PAT)
    (number, again) = at_once(agreeing, agreeing)
    assert number == again
    assert isinstance(number, int)
    assert agree_action(store, an_action("Ring nobody", meeting=meeting), by=PAT) != number
    noting = partial(note_action, store, number, by=PAT, note="By mistake")
    noting(status=ActionStatus.DROPPED)
    noting(status=ActionStatus.DROPPED)
    assert [note.note for note in one(store, number).notes] == ["", "By mistake"]
    assert agreeing() not in (number, None), "what was dropped may be agreed anew"
    number = agree_action(store, an_action(), by=PAT)
    assert agree_action(store, an_action(), by=PAT) != number, (
        "in no meeting nothing says that it is the same"
    )
    notes = [
        partial(note_action, store, number, status=ActionStatus.IN_PROGRESS, by=PAT, note=text)
        for text in ("a", "b")
    ]
    assert at_once(*notes) == [None, None]
    assert {note.note for note in one(store, number).notes} == {"", "a", "b"}


def test_what_cannot_be_kept_of_an_action_is_said(store: Store) -> None:
    meeting = prepare_meeting(store, a_meeting(), by=PAT)
    of_all = prepare_meeting(store, a_meeting(replace(ABOUT, audience=Audience.US)), by=PAT)
    for action, said in (
        (an_action(due=in_days(-1)), r"The due date, .*, is past\. Choose .* or a later day"),
        (an_action(text=" "), "The action is blank"),
        (an_action(audience="us", meeting=meeting), "for others than those in the meeting"),
        (
            an_action(provider=SOUTH, audience="us", meeting=of_all),
            "The provider: the meeting is about another one",
        ),
        (an_action(meeting=99), "There is no meeting 99"),
        (an_action(service="send", meeting=meeting), "no provider called 'north' for this service"),
    ):
        with pytest.raises(Refused, match=said):
            agree_action(store, action, by=PAT if action.service == SERVICE else COMMISSIONER)
    number = agree_action(store, an_action(), by=PAT)
    noting = partial(note_action, store, number, by=PAT)
    for change, said in (
        ({"status": ActionStatus.OPEN}, "Nothing was saved: choose another status or due date"),
        ({"status": ActionStatus.OPEN, "due": in_days(30)}, "choose another status or due date"),
        ({"status": ActionStatus.OPEN, "due": in_days(-1)}, "is past"),
        ({"status": ActionStatus.DONE, "note": "x" * 301}, "The note has 301 letters"),
        (
            {"status": ActionStatus.DONE, "note": "Ask a.b@example.org"},
            "The note looks as if it holds an e-mail address",
        ),
        ({"status": ActionStatus.DONE, "meeting": 99}, "There is no meeting 99"),
    ):
        with pytest.raises(Refused, match=said):
            noting(**change)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="There is no action 99"):
        note_action(store, 99, status=ActionStatus.DONE, by=PAT)
    assert len(one(store, number).notes) == 1

"""What meetings agree, kept: each action, and the notes of what became of it. Rows are only added; an action stands as its last note says.

They change no figure and are no acts of the ledger; each is noted in the audit, in its own transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, insert, or_, select

from data_access import clock
from data_access.meeting_checks import check_may_keep, note_kept, references_in, refuse
from data_access.meeting_rows import meeting_for
from data_access.meeting_tables import action_notes, actions
from data_access.moved import Refused
from data_access.settings import settings_in
from data_access.stores import Store, reading, writing
from domain.access import Audience, Viewer
from domain.actions import MOST_OF_A_TEXT, Action, ActionNote, ActionStatus
from domain.formats import day
from domain.issued import reached_by
from domain.meeting_checks import action_problems, plain_text, text_problems
from domain.meetings import Meeting


def agree_action(store: Store, action: Action, *, by: Viewer) -> int:
    """Keep an action that is agreed now, and give its number.

    Agreed again in the same words in the same meeting, as by a button that is pressed twice or by two who present, it is the one that
    there is, while that is not closed.

    Raises
    ------
    OutOfReach
        For whom may not keep meetings of the service.
    Refused
        When something of it cannot be kept, or the meeting is frozen, withdrawn or about something else.
    """
    check_may_keep(store, by, action.service)
    action = replace(action, text=plain_text(action.text), owner=plain_text(action.owner))
    with writing(store, by) as connection:
        refuse(_due_problems(action.due))
        refuse(action_problems(action, settings_in(connection)))
        said = [("The action", action.text), ("Who does it", action.owner)]
        refuse(references_in(connection, action.service, said))
        if action.meeting is not None:
            # The meeting is held from here on, so that two who agree the same at once agree one.
            refuse(_outside(action, meeting_for(connection, action.meeting, action.service)))
            if there := _agreed_already(connection, action):
                return there
        at = clock.now()
        row = connection.execute(
            insert(actions).values(
                service=action.service,
                provider=action.provider,
                area=action.area,
                audience=action.audience,
                meeting=action.meeting,
                kpi=action.kpi,
                kpi_period=action.kpi_period,
                text=action.text,
                owner=action.owner,
                due=action.due,
                made_at=at,
                made_by=by.signature,
            )
        )
        (number,) = row.inserted_primary_key or (0,)
        first = ActionNote(at, by.signature, ActionStatus.OPEN, meeting=action.meeting)
        _put_note(connection, int(number), action.service, action.audience, first)
        note_kept(connection, by, action.service, action.provider, f"action {number}", "agreed")
    return int(number)


def note_action(
    store: Store,
    number: int,
    *,
    status: ActionStatus,
    by: Viewer,
    note: str = "",
    due: date | None = None,
    meeting: int | None = None,
) -> None:
    """Say what became of an action: its status from now on, a new due date where it is moved, words, and in which meeting.

    A closed one may be opened again; what was said before stays. Whoever sees the action reads the note.

    Raises
    ------
    OutOfReach
        For whom may not keep meetings of the service.
    Refused
        When there is no such action, nothing new is said, or something of it cannot be kept.
    """
    note = plain_text(note)
    with writing(store, by) as connection:
        (found,) = _read(connection, select(actions).where(actions.c.id == number)) or (None,)
        if found is None:
            raise Refused(f"There is no action {number}.")
        check_may_keep(store, by, found.service)
        moved = due if due != found.due_now else None
        last = found.notes[-1]
        if note and (last.note, last.status, last.who, moved) == (note, status, by.signature, None):
            return  # said a moment ago: a button that is pressed twice says it once
        if not note and moved is None and status is found.status:
            raise Refused("Nothing was saved: choose another status or due date, or say what became of it.")
        refuse((*_due_problems(moved), *text_problems("The note", note, MOST_OF_A_TEXT)))
        refuse(references_in(connection, found.service, [("The note", note)]))
        if meeting is not None:
            meeting_for(connection, meeting, found.service)
        said = ActionNote(clock.now(), by.signature, status, note, moved, meeting)
        _put_note(connection, number, found.service, found.audience, said)
        what = status.label.lower()
        note_kept(connection, by, found.service, found.provider, f"action {number}", what)


def read_actions(
    store: Store,
    viewer: Viewer,
    audience: Audience,
    *,
    service: str,
    provider: str = "",
    area: str = "",
    closed_since: datetime | None = None,
) -> tuple[Action, ...]:
    """The actions that are open, overdue ones and then the soonest due first; after them those that were closed since a moment.

    Others see those of which they, or all in a wider circle, were told; the commissioning team sees any.

    Parameters
    ----------
    provider, area : those of one, and those that are of all; blank for every one.
    closed_since : None leaves the closed ones out.
    """
    held = actions.c
    asked = select(actions).where(held.service == service)
    if audience.gated:
        asked = asked.where(held.audience.in_(reached_by(audience)))
    for column, key in ((held.provider, provider), (held.area, area)):
        if key:
            asked = asked.where(or_(column == key, column == ""))
    with reading(store, viewer) as connection:
        found = _read(connection, asked)
    wanted = [one for one in found if _looked_at(one, closed_since)]
    return tuple(sorted(wanted, key=lambda one: (one.status.closed, one.due_now, one.id)))


def _looked_at(one: Action, closed_since: datetime | None) -> bool:
    closed = one.closed_on
    return closed is None or (closed_since is not None and closed >= closed_since)


def _due_problems(due: date | None) -> Iterator[str]:
    today = clock.today()
    if due is not None and due < today:
        yield f"The due date, {day(due)}, is past. Choose {day(today)} or a later day."


def _outside(action: Action, meeting: Meeting) -> Iterator[str]:
    """Whether an action goes beyond the meeting it is agreed in: who is in the room is who is told of it."""
    about = meeting.about
    if action.audience != about.audience.key:
        yield "Who will see this: the action is for others than those in the meeting. Choose the same for both."
    if about.provider and action.provider not in ("", about.provider):
        yield "The provider: the meeting is about another one. Choose that of the meeting."


def _agreed_already(connection: Connection, action: Action) -> int | None:
    """The action that was agreed in the same meeting in the same words and is not closed."""
    named = ("meeting", "text", "owner", "due", "provider", "area", "kpi", "kpi_period")
    asked = select(actions).where(*(actions.c[name] == getattr(action, name) for name in named))
    return next((one.id for one in _read(connection, asked) if not one.status.closed), None)


def _put_note(connection: Connection, number: int, service: str, audience: str, one: ActionNote) -> None:
    connection.execute(
        insert(action_notes).values(
            action=number,
            service=service,
            audience=audience,
            at=one.at,
            who=one.who,
            meeting=one.meeting,
            status=str(one.status),
            due=one.due,
            note=one.note,
        )
    )


def _read(connection: Connection, asked: Select[Any]) -> tuple[Action, ...]:
    """Actions with their notes, by number."""
    rows = list(connection.execute(asked.order_by(actions.c.id)).mappings())
    notes: defaultdict[int, list[ActionNote]] = defaultdict(list)
    wanted = select(action_notes).where(action_notes.c.action.in_([row["id"] for row in rows]))
    for row in connection.execute(wanted.order_by(action_notes.c.id)).mappings():
        notes[row["action"]].append(
            ActionNote(
                row["at"], row["who"], ActionStatus(row["status"]), row["note"], row["due"], row["meeting"]
            )
        )
    return tuple(_action(row, tuple(notes[row["id"]])) for row in rows)


def _action(row: RowMapping, notes: tuple[ActionNote, ...]) -> Action:
    return Action(
        row["service"],
        row["text"],
        row["owner"],
        row["due"],
        provider=row["provider"],
        area=row["area"],
        audience=row["audience"],
        kpi=row["kpi"],
        kpi_period=row["kpi_period"],
        meeting=row["meeting"],
        id=row["id"],
        made_at=row["made_at"],
        made_by=row["made_by"],
        notes=notes,
    )

"""What may be done below a screen of a meeting: its actions, agreed and carried on, and what is said beside it. Not a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from components.frame import section, show_table
from components.meeting_actions import Became, Entered, ask_action, offer_on_kpis, show_actions
from components.meeting_forms import ask_remark, note_done, show_done, turn
from components.meeting_screens import words_of_actions
from components.meeting_state import actions_table, as_shown
from components.problems import personal_words
from data_access import clock
from data_access.actions import agree_action, note_action
from data_access.meetings import change_meeting
from domain.actions import Action, ActionStatus
from domain.formats import unmarked
from domain.issued import Outdated
from domain.meeting_checks import plain_remarks
from domain.meetings import Remark
from domain.pack import MeetingPack, Screen
from pages._meeting import Room, actions_of, draft
from pages._who import viewer

_NOW, _BEGAN = "now", "meeting_remarks_began"


def against(change: Callable[[], object]) -> str:
    """What stands against keeping something; blank once it is kept."""
    try:
        change()
    except (ValueError, Outdated) as refused:
        return str(refused)
    return ""


def below(room: Room, pack: MeetingPack) -> Callable[[Screen], None]:
    """What may be done below each screen."""
    return partial(_below, room, pack)


def _below(room: Room, pack: MeetingPack, screen: Screen) -> None:
    take_back = partial(_drop, room)
    show_done(screen.key, take_back)
    today, key = clock.today(), _form_of(room)
    if room.open and room.kept:
        agree = partial(_agree, room, pack, screen.key)
        if screen.item == "kpis":
            offer_on_kpis(words_of_actions([screen]), key, today, agree)
        elif screen.item == "new_actions":
            with st.container(key="on_screen_new_action"):
                ask_action(key, today, words_of_actions(pack.screens), agree)
    if not (room.why_not or room.meeting.frozen) and screen.item in ("actions", "new_actions"):
        shown = pack.carried if screen.item == "actions" else pack.agreed
        show_actions(shown, key, today, partial(_became, room, screen.key))
    if room.open or not room.kept:
        said = room.meeting.remarks.get(screen.key, Remark())
        began = _began(key).setdefault(screen.key, said)
        ask_remark(screen, said, key, partial(_remark, room, screen.key, began))


def _form_of(room: Room) -> str:
    """What the forms are called: another meeting, or something saved, starts them afresh."""
    return f"{room.meeting.id}_{turn()}"


def _began(form: str) -> dict[str, Remark]:
    """What was said beside each screen when its form was first drawn."""
    held: dict[str, dict[str, Remark]] = st.session_state.get(_BEGAN, {})
    if form not in held:
        held = {form: {}}
        st.session_state[_BEGAN] = held
    return held[form]


def quick(room: Room, pack: MeetingPack) -> Callable[[Screen], None]:
    """What may be done while presenting: agreeing an action at the item for new ones, in a meeting that is kept."""

    def form(screen: Screen) -> None:
        show_done(screen.key, partial(_drop, room))
        if room.open and room.kept and screen.item == "new_actions":
            ask_action(_form_of(room), clock.today(), {}, partial(_agree, room, pack, screen.key), quick=True)

    return form


def _agree(room: Room, pack: MeetingPack, place: str, entered: Entered) -> str:
    if entered.due is None:
        return "Enter by when, then agree it again."
    about = room.meeting.about
    kpi = entered.kpi.partition(":")[0]
    action = Action(
        about.service,
        entered.text,
        entered.owner,
        entered.due,
        provider=about.provider,
        area=about.area,
        audience=about.audience.key,
        kpi=kpi,
        kpi_period=pack.period.key if kpi else "",
        meeting=room.meeting.id,
    )
    made: list[int] = []
    if why := against(lambda: made.append(agree_action(room.store, action, by=viewer()))):
        return why
    note_done("The action is agreed.", place, action=made[0])
    return ""


def _became(room: Room, place: str, number: int, became: Became) -> str:
    why = against(
        lambda: note_action(
            room.store,
            number,
            status=became.status,
            by=viewer(),
            note=became.note,
            due=became.due,
            meeting=room.meeting.id if room.open and room.kept else None,
        )
    )
    if not why:
        note_done("What became of the action is saved.", place)
    return why


def _drop(room: Room, number: int) -> None:
    """Take back an action that was agreed a moment ago."""
    why = against(
        lambda: note_action(
            room.store, number, status=ActionStatus.DROPPED, by=viewer(), note="Agreed by mistake."
        )
    )
    if why:
        st.error(unmarked(why))
    else:
        note_done("The action is dropped.")


def _remark(room: Room, screen: str, began: Remark, remark: Remark) -> str:
    stands = room.meeting.remarks.get(screen, Remark())
    if room.kept and stands not in (began, plain_remarks({screen: remark})[screen]):
        # Whoever presses once more has read the other's words.
        _began(_form_of(room))[screen] = stands
        return (
            "Nothing was saved: somebody else changed what is said here while you wrote. "
            f"Their comment: “{stands.comment}”; their quote: “{stands.quote}”. Press Save again to put yours in its place."
        )
    if not room.kept:
        if why := personal_words(remark.comment, remark.quote, remark.quote_by):
            return why
        if remark.quote and not remark.agreed:
            return "Tick that the quote names nobody and was agreed to be used, or leave it out."
        draft(replace(room.meeting, remarks={**room.meeting.remarks, screen: remark}))
    elif why := against(
        lambda: change_meeting(
            room.store,
            room.meeting.id,
            by=viewer(),
            remarks={screen: remark},
            expected=room.meeting.changed_at,
        )
    ):
        return why
    note_done(
        "Saved beside the figures." if room.kept else "Shown beside the figures, in this session.", screen
    )
    return ""


def actions_part(room: Room) -> None:
    """Of a meeting that is frozen: how its actions stand now, and the forms for what became of them."""
    if not room.meeting.frozen:
        return
    found = actions_of(room, closed_since=room.meeting.frozen_at)
    if not found:
        return
    section("How the actions stand now")
    show_done(_NOW)
    show_table(actions_table(found, clock.today()), "How the actions stand now")
    if not room.why_not:
        show_actions(
            as_shown(found, clock.today()), f"now_{turn()}", clock.today(), partial(_became, room, _NOW)
        )

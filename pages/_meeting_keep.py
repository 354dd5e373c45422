"""What the Meeting page keeps: the meeting itself, what is said beside its screens, its actions, and what it was shown. Not a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from components.meeting_actions import Became, Entered, ask_action, offer_on_kpis, show_actions
from components.meeting_choice import MEETING, Plan, edit_plan, plan_of
from components.meeting_forms import (
    ask_remark,
    note_done,
    offer_freeze,
    offer_pack,
    offer_withdraw,
    show_changes,
    show_done,
    turn,
)
from components.meeting_screens import words_of_actions
from components.problems import personal_words
from data_access.actions import agree_action, note_action
from data_access.exceptions import now_in_england
from data_access.ledger import data_version
from data_access.meetings import change_meeting, freeze_meeting, prepare_meeting, withdraw_meeting
from data_access.packs.files import pack_files
from data_access.since import read_acts_since
from domain.actions import Action, ActionStatus
from domain.issued import Outdated
from domain.look import look_of
from domain.meetings import Remark
from domain.pack import MeetingPack, Screen
from domain.since import changes
from pages._meeting import Room, draft, forget_draft, pack_now
from pages._who import viewer

_PLAN = "meeting_plan_of"


def keep(room: Room) -> None:
    """Keep a meeting that is not kept yet, and open it."""
    try:
        number = prepare_meeting(room.store, room.meeting, by=viewer())
    except ValueError as refused:
        st.error(str(refused))
        return
    forget_draft(room.meeting.about)
    note_done("The meeting is kept. Comments and actions can be added, by anybody who may present.")
    st.query_params[MEETING] = str(number)
    st.rerun()


def plan_part(room: Room) -> Room:
    """The agenda and the day; of a meeting that is not kept they hold at once, else once they are saved."""
    if not (room.open or not room.kept):
        return room
    key = f"{room.meeting.id}_{turn()}"
    held: Mapping[str, Plan] = st.session_state.get(_PLAN, {})
    before = held.get(key, plan_of(room.meeting))
    after = edit_plan(before, key, saves=room.kept)
    if after != before:
        st.session_state[_PLAN] = {key: after}
    if room.kept:
        if after != plan_of(room.meeting) and st.button(
            "Save the agenda", type="primary", icon=":material/save:", key="meeting_save_plan"
        ):
            _change(room, lambda: _save_plan(room, after))
        if after != before:
            st.rerun()
    elif after != plan_of(room.meeting):
        draft(replace(room.meeting, agenda=after.agenda, held_on=after.held_on))
        st.rerun()
    return room


def _save_plan(room: Room, plan: Plan) -> None:
    change_meeting(
        room.store,
        room.meeting.id,
        by=viewer(),
        agenda=plan.agenda,
        held_on=plan.held_on,
        expected=room.meeting.changed_at,
    )
    note_done("The agenda is saved.")


def _change(room: Room, change: Callable[[], None]) -> None:
    if why := _kept(change):
        st.error(why)
    else:
        st.rerun()


def _kept(change: Callable[[], object]) -> str:
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
    today, key = now_in_england(), str(turn())
    if room.open and room.kept:
        agree = partial(_agree, room, pack, screen.key)
        if screen.item == "kpis":
            offer_on_kpis(words_of_actions([screen]), key, today, agree)
        elif screen.item == "new_actions":
            ask_action(key, today, words_of_actions(pack.screens), agree)
    if not room.why_not and screen.item in ("actions", "new_actions"):
        shown = pack.carried if screen.item == "actions" else pack.agreed
        show_actions(shown, key, today, partial(_became, room, screen.key))
    if room.open or not room.kept:
        said = room.meeting.remarks.get(screen.key, Remark())
        ask_remark(screen, said, f"{room.meeting.id}_{key}", partial(_remark, room, screen.key))


def quick(room: Room, pack: MeetingPack) -> Callable[[Screen], None]:
    """What may be done while presenting: agreeing an action at the item for new ones, in a meeting that is kept."""

    def form(screen: Screen) -> None:
        show_done(screen.key, partial(_drop, room))
        if room.open and room.kept and screen.item == "new_actions":
            ask_action(str(turn()), now_in_england(), {}, partial(_agree, room, pack, screen.key), quick=True)

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
    if why := _kept(lambda: made.append(agree_action(room.store, action, by=viewer()))):
        return why
    note_done("The action is agreed.", place, action=made[0])
    return ""


def _became(room: Room, place: str, number: int, became: Became) -> str:
    why = _kept(
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
    note_action(room.store, number, status=ActionStatus.DROPPED, by=viewer(), note="Agreed by mistake.")
    note_done("The action is dropped.")


def _remark(room: Room, screen: str, remark: Remark) -> str:
    if not room.kept:
        if why := personal_words(remark.comment, remark.quote, remark.quote_by):
            return why
        if remark.quote and not remark.agreed:
            return "Tick that the quote names nobody and was agreed to be used, or leave it out."
        draft(replace(room.meeting, remarks={**room.meeting.remarks, screen: remark}))
    elif why := _kept(
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


def finish(room: Room, pack: MeetingPack) -> None:
    """At the end of the page: the pack to take away, and what may be done with the meeting itself."""
    look = look_of(room.settings)
    offer_pack(
        lambda quotes: pack_files(pack, look, quotes=quotes),
        pack,
        None if room.meeting.frozen else pack.issue,
        quotes=any(screen.quote for screen in pack.screens),
    )
    if room.why_not or not room.kept or room.meeting.withdrawn_at is not None:
        return
    with st.container(horizontal=True, key="on_screen_finish"):
        if room.open:
            offer_freeze(lambda: _frozen(room, pack))
        offer_withdraw(lambda why: _withdrawn(room, why))


def _frozen(room: Room, pack: MeetingPack) -> str:
    why = _kept(
        lambda: freeze_meeting(
            room.store, room.meeting.id, pack, by=viewer(), expected=room.meeting.changed_at
        )
    )
    if not why:
        note_done("Frozen: this meeting stays as it was shown.")
    return why


def _withdrawn(room: Room, why: str) -> str:
    against = _kept(lambda: withdraw_meeting(room.store, room.meeting.id, why=why, by=viewer()))
    if not against:
        note_done("The meeting is withdrawn.")
    return against


def changes_part(room: Room, pack: MeetingPack) -> None:
    """What has changed since a meeting was frozen, for whoever may see all figures of the service."""
    if not room.meeting.frozen or not room.ours or room.meeting.withdrawn_at is not None:
        return
    if data_version(room.store) == pack.version:
        show_changes((), ())
        return
    now = pack_now(replace(room, meeting=replace(room.meeting, pack=None)))
    acts = read_acts_since(room.store, room.viewer, room.meeting.about, pack.version)
    found = changes(pack, now, small=room.settings.small_number)
    show_changes([change.words for change in found], acts)

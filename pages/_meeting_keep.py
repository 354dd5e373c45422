"""What the Meeting page keeps: the meeting itself, what is said beside its screens, its actions, and what it was shown. Not a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from components.meeting_choice import MEETING, Plan, edit_plan, plan_of
from components.meeting_forms import (
    note_done,
    offer_freeze,
    offer_pack,
    offer_withdraw,
    show_changes,
    turn,
)
from data_access.ledger import data_version
from data_access.meeting_rows import worth_keeping
from data_access.meetings import change_meeting, freeze_meeting, prepare_meeting, withdraw_meeting
from data_access.moved import Refused
from data_access.packs.files import pack_files
from data_access.since import read_acts_since
from domain.access import Audience
from domain.formats import counted, unmarked
from domain.look import look_of
from domain.meeting_checks import plain_remarks
from domain.pack import MeetingPack
from domain.since import changes
from pages._meeting import Room, draft, forget_draft, meetings_of, pack_now
from pages._meeting_below import against
from pages._who import viewer

_PLAN, _PLAN_BEGAN, _PRESENTED = "meeting_plan_of", "meeting_plan_began", "meeting_presented"


def keep(room: Room) -> None:
    """Keep a meeting that is not kept yet, and open it."""
    try:
        # Pressed twice, the button keeps one: the second press comes when the first is kept and not yet opened.
        number = _kept_already(room) or prepare_meeting(room.store, room.meeting, by=viewer())
    except ValueError as refused:
        st.error(str(refused))
        return
    forget_draft(room.meeting.about)
    note_done("The meeting is kept. Comments and actions can be added, by anybody who may present.")
    st.query_params[MEETING] = str(number)
    st.rerun()


def _kept_already(room: Room) -> int:
    """The number of a meeting that this reader kept just so and that is being prepared; 0 where there is none."""
    said = replace(room.meeting, remarks=worth_keeping({}, plain_remarks(room.meeting.remarks)))
    same = ("about", "agenda", "remarks", "held_on")
    mine = (one for one in meetings_of(said.about.service) if one.made_by == viewer().signature)
    alike = (one for one in mine if all(getattr(one, name) == getattr(said, name) for name in same))
    return next((one.id for one in alike if not one.frozen and one.withdrawn_at is None), 0)


def plan_part(room: Room) -> None:
    """The agenda and the day; of a meeting that is not kept they hold at once, else once they are saved."""
    if not (room.open or not room.kept):
        return
    key = f"{room.meeting.id}_{turn()}"
    held: Mapping[str, Plan] = st.session_state.get(_PLAN, {})
    before = held.get(key, plan_of(room.meeting))
    after = edit_plan(before, key, saves=room.kept)
    if after != before:
        st.session_state[_PLAN] = {key: after}
        if key not in held:
            st.session_state[_PLAN_BEGAN] = before
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


def _save_plan(room: Room, plan: Plan) -> None:
    stands = plan_of(room.meeting)
    if stands not in (plan, st.session_state.get(_PLAN_BEGAN, stands)):
        # Whoever presses once more knows that there is another.
        st.session_state[_PLAN_BEGAN] = stands
        raise Refused(
            f"Nothing was saved: {room.meeting.changed_by} saved another agenda or day while you changed yours. "
            "Press 'Save the agenda' again to put yours in its place, or open the meeting again to see theirs."
        )
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
    if why := against(change):
        st.error(why)
    else:
        st.rerun()


def note_presented(room: Room, pack: MeetingPack) -> None:
    """Remember in this session what was presented of a meeting, so that it is said where that is not what would be frozen."""
    if room.open and room.kept:
        st.session_state[_PRESENTED] = pack


def _warn_if_moved(room: Room, pack: MeetingPack) -> None:
    """Say that figures have changed between presenting a meeting and freezing it."""
    shown: MeetingPack | None = st.session_state.get(_PRESENTED)
    if shown is None or shown.meeting != pack.meeting:
        return
    if moved := changes(shown, pack, small=room.settings.small_number):
        many = counted(len(moved), "figure has", "figures have")
        st.warning(
            f"{many} changed since you presented this meeting. What is frozen is what stands on this page now."
        )
        for one in moved:
            st.markdown(f"- {unmarked(one.words)}")


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
    if room.open:
        _warn_if_moved(room, pack)
    with st.container(horizontal=True, key="on_screen_finish"):
        if room.open:
            offer_freeze(lambda: _frozen(room, pack))
        offer_withdraw(lambda why: _withdrawn(room, why))


def _frozen(room: Room, pack: MeetingPack) -> str:
    why = against(
        lambda: freeze_meeting(
            room.store, room.meeting.id, pack, by=viewer(), expected=room.meeting.changed_at
        )
    )
    if not why:
        note_done("Frozen: this meeting stays as it was shown.")
    return why


def _withdrawn(room: Room, why: str) -> str:
    found = against(lambda: withdraw_meeting(room.store, room.meeting.id, why=why, by=viewer()))
    if not found:
        note_done("The meeting is withdrawn.")
    return found


def changes_part(room: Room, pack: MeetingPack) -> None:
    """What has changed since a meeting was frozen, for whoever may see all figures of the service."""
    if not room.meeting.frozen or not room.ours or room.meeting.withdrawn_at is not None:
        return
    if data_version(room.store) == pack.version:
        show_changes((), ())
        return
    now = pack_now(replace(room, meeting=replace(room.meeting, pack=None)))
    about = room.meeting.about
    if about.provider and about.audience.provider == about.provider:
        # All of it is that provider's own, which it sees in full.
        about = replace(about, audience=Audience.US)
    acts = read_acts_since(room.store, room.viewer, about, pack.version)
    # Both packs hold only what their audience may see, and the later one was held against the earlier: nothing is small in between.
    show_changes([change.sentence for change in changes(pack, now, small=0)], acts)

"""How a meeting stands, said at the top of its page: not kept, being prepared, as it was shown, withdrawn; and what others see of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from components.frame import section, show_table
from components.meeting_choice import PAGE_FILE, address_of, link_to_meeting, show_meetings, state_words
from components.navigation import link_to_page
from domain.actions import Action, ShownAction
from domain.formats import day, moment, unmarked
from domain.meetings import Meeting
from domain.pack import MeetingPack
from domain.periods import Period, month_end, month_start, next_month
from domain.settings import Settings
from domain.table import Cell, Table


def show_missing(number: int) -> None:
    """Say that there is no such meeting for whoever looks, with the way to those there are."""
    st.info(f"There is no meeting {number} that you may see. It may be for others, or still being prepared.")
    link_to_page(PAGE_FILE, label="To the meetings", icon=":material/groups:")


def show_state(meeting: Meeting, pack: MeetingPack, why_not: str, others: Sequence[Meeting]) -> bool:
    """Say how a meeting stands; whether it is to be kept, where it is not and may be.

    Parameters
    ----------
    why_not : why nothing of it is kept here; blank where it may be. others : the meetings there are, so that none is kept twice.
    """
    if meeting.withdrawn_at is not None:
        why = f"{moment(meeting.withdrawn_at)} by {meeting.withdrawn_by}: {meeting.withdrawn_why}"
        st.warning(unmarked(f"This meeting does not count. Withdrawn on {why}"), icon=":material/block:")
    if meeting.frozen_at is not None:
        at = moment(meeting.frozen_at)
        stood = f" The figures are those of {moment(pack.stood)}." if pack.stood else ""
        st.info(
            unmarked(
                f"As shown on {day(meeting.held_on) if meeting.held_on else at}: frozen on {at} by {meeting.frozen_by}.{stood}"
            ),
            icon=":material/lock:",
        )
        return False
    if meeting.id:
        changed = (
            f"; changed on {moment(meeting.changed_at)} by {meeting.changed_by}" if meeting.changed_at else ""
        )
        st.markdown(unmarked(f"Being prepared{changed}. Its figures are those of now until it is frozen."))
        return False
    if why_not:
        st.info(why_not)
        return False
    with st.container(horizontal=True, vertical_alignment="center", key="on_screen_keep"):
        pressed = st.button("Keep this meeting", type="primary", icon=":material/save:", key="meeting_keep")
        st.markdown("Not kept yet. Keep it to agree actions, and to freeze what was shown.")
    if not meeting.about.audience.gated:
        st.markdown(
            "It is for the commissioning team only. With others in the room, choose first at the side who will see this."
        )
    for one in others:
        if one.about == meeting.about and not one.frozen and one.withdrawn_at is None:
            name = f"One about the same is being prepared already: {state_words(one)}"
            link_to_meeting(name, address_of(one.about, one.id), icon=":material/edit_note:")
    return pressed


def show_ways_on(meeting: Meeting) -> None:
    """From a kept meeting to the next one, and back to choosing."""
    if not meeting.id:
        return
    about = meeting.about
    with st.container(horizontal=True, key="on_screen_ways"):
        following = replace(about, period=next_period(about.period))
        if meeting.frozen:
            link_to_meeting(
                "Prepare the next meeting", address_of(following), icon=":material/arrow_forward:"
            )
        link_to_meeting("Choose another", address_of(about), icon=":material/arrow_back:")


def next_period(period: Period) -> Period:
    """The period of as many months that follows.

    >>> next_period(Period.parse("2018-07..2018-09")).key
    '2018-10..2018-12'
    """
    many = len(period.months)
    return Period(
        month_start(next_month(period.first_month, many)), month_end(next_month(period.last_month, many))
    )


def show_own(meetings: Sequence[Meeting], actions: Sequence[Action], settings: Settings, today: date) -> None:
    """What whoever sees a part of a service has of its meetings: those they were shown, and the actions they were told of."""
    shown = [one for one in meetings if one.frozen]
    if not shown and not actions:
        st.info(
            "No meeting has been frozen that you were shown. Once one is, what was shown and the actions agreed stand here."
        )
        return
    show_meetings(shown, settings, expanded=True)
    section("Actions")
    if actions:
        show_table(actions_table(actions, today), "Actions")
    else:
        st.markdown("No action is open.")


def as_shown(actions: Sequence[Action], today: date) -> tuple[ShownAction, ...]:
    """Actions as they stand today, without what became of the KPIs they came from."""
    return tuple(
        ShownAction(one.id, one.text, one.owner, one.due_now, one.status, overdue=one.overdue(today))
        for one in actions
    )


def actions_table(actions: Sequence[Action], today: date) -> Table:
    """One row for each action: what, who, by when, how it stands and what became of it."""
    rows: list[tuple[Cell, ...]] = []
    for one in actions:
        status = f"{one.status.label}, overdue" if one.overdue(today) else one.status.label
        note = next((said.note for said in reversed(one.notes) if said.note), "")
        rows.append((one.text, one.owner, day(one.due_now), status, note))
    return Table(("Action", "Who", "Due", "Status", "What became of it"), tuple(rows))

"""What a meeting is about: its months, the meetings there are, and its agenda. Drawn and handed back; nothing is kept here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import streamlit as st

from components.address import PAGE
from components.filters import AREA, FIRST, LAST, PROVIDER, SERVICE
from components.navigation import link_to_page
from components.settings_frame import a_day
from domain.agenda import AGENDA, agenda_item
from domain.formats import counted, day, moment, unmarked
from domain.meetings import About, Meeting
from domain.periods import Period, write_month
from domain.settings import Settings
from domain.whose import everybody

MEETING: Final = "meeting"
"""What the number of a kept meeting is called in the address."""
PAGE_FILE: Final = "meeting.py"
SHOWN: Final = 20
"""So many meetings are listed; the rest on a click."""
_MONTHS, _SAID, _CHOSEN = "meeting_months", "meeting_months_said", "meeting_months_chosen"
_DATES: Final = (FIRST, LAST)


def choose_months(offered: Sequence[Period], default: Period, *, quarters: bool) -> Period:
    """The months looked at, at the side; they stand in the address always, because the quarter that pages open with moves on.

    Parameters
    ----------
    offered : what may be chosen, in the order shown. quarters : whether an address may name whole quarters only.
    """
    said = tuple(st.query_params.get(name, "") for name in _DATES)
    before: tuple[str, tuple[str, ...]] = st.session_state.get(_SAID, ("", ()))
    here = str(st.session_state.get(PAGE))
    named = _period_of(said, offered, quarters=quarters)
    chosen: Period = st.session_state.get(_MONTHS) or st.session_state.get(_CHOSEN) or default
    if any(said) and (here, said) != before:
        chosen = named or default
    elif not any(said) and before[0] == here and any(before[1]):
        chosen = default
    if chosen not in offered and chosen != named:
        chosen = default
    options = [*offered] if chosen in offered else [chosen, *offered]
    st.session_state[_MONTHS] = chosen
    with st.sidebar:
        found: Period = st.selectbox(
            "Months looked at", options, format_func=lambda period: period.label, key=_MONTHS
        )
    found = found if found in options else default
    texts = (write_month(found.first_month), write_month(found.last_month))
    for name, text in zip(_DATES, texts, strict=True):
        if st.query_params.get(name) != text:
            st.query_params[name] = text
    st.session_state[_SAID], st.session_state[_CHOSEN] = (here, texts), found
    return found


def _period_of(said: Sequence[str], offered: Sequence[Period], *, quarters: bool) -> Period | None:
    """The months that an address names, where they lie within those there are; None where it names none."""
    try:
        period = Period.parse(f"{said[0]}..{said[1]}")
    except ValueError:
        return None
    first, last = min(one.start for one in offered), max(one.end for one in offered)
    whole = period.first_month % 100 % 3 == 1 and period.last_month % 100 % 3 == 0
    inside = first <= period.start and period.end <= last
    return period if period in offered or (inside and (whole or not quarters)) else None


def address_of(about: About, number: int | None = None) -> dict[str, list[str]]:
    """The address parameters that bring a meeting back."""
    found = {
        SERVICE: [about.service],
        **({PROVIDER: [about.provider]} if about.provider else {}),
        **({AREA: [about.area]} if about.area else {}),
        FIRST: [write_month(about.period.first_month)],
        LAST: [write_month(about.period.last_month)],
        "for": [about.audience.key],
    }
    return found | ({MEETING: [str(number)]} if number else {})


def say_address(about: About, number: int) -> None:
    """Have the address say what a kept meeting is about, whatever it said: who was in the room is fixed."""
    wanted = address_of(about, number)
    for name in (SERVICE, PROVIDER, AREA, FIRST, LAST, "for"):
        if st.query_params.get_all(name) != wanted.get(name, []):
            if name in wanted:
                st.query_params[name] = wanted[name]
            else:
                st.query_params.pop(name, None)


def forget_number() -> None:
    """Take the number of a meeting out of the address."""
    st.query_params.pop(MEETING, None)


def meeting_name(meeting: Meeting, settings: Settings) -> str:
    """What a meeting is about, in words: 'Example provider A: Jul-Sep 2026 (Q2 2026/27)'."""
    about = meeting.about
    whose = settings.provider_label(about.provider) if about.provider else everybody(settings, about.service)
    where = f", {settings.area_label(about.area)}" if about.area else ""
    return f"{whose[:1].upper()}{whose[1:]}{where}: {about.period.label}"


def state_words(meeting: Meeting) -> str:
    """How far a meeting has come: 'Shown on 3 Oct 2026, 14:05', 'Being prepared, changed on …', 'Withdrawn …'."""
    held = f", for {day(meeting.held_on)}" if meeting.held_on else ""
    if meeting.withdrawn_at is not None:
        return f"Withdrawn on {moment(meeting.withdrawn_at)}"
    if meeting.frozen_at is not None:
        return (
            f"Shown on {day(meeting.held_on)}" if meeting.held_on else f"Shown on {moment(meeting.frozen_at)}"
        )
    changed = f", changed on {moment(meeting.changed_at)}" if meeting.changed_at else ""
    return f"Being prepared{held}{changed}"


def show_meetings(meetings: Sequence[Meeting], settings: Settings, *, expanded: bool = False) -> None:
    """The meetings there are, each a link, the newest first; folded unless there is nothing else to look at."""
    label = f"Open a meeting ({len(meetings)})"
    with st.expander(label, icon=":material/folder_open:", expanded=expanded, key="meeting_list"):
        if not meetings:
            st.markdown("No meeting has been kept yet.")
        for meeting in meetings[:SHOWN]:
            name = f"{meeting_name(meeting, settings)} · {state_words(meeting)}"
            link_to_meeting(name, address_of(meeting.about, meeting.id), icon=_icon(meeting))
        if len(meetings) > SHOWN:
            more = {one.id: one for one in meetings[SHOWN:]}
            st.selectbox(
                f"{counted(len(more), 'earlier meeting')}",
                [None, *more],
                format_func=lambda number: (
                    "Choose one"
                    if number is None
                    else f"{meeting_name(more[number], settings)} · {state_words(more[number])}"
                ),
                key="meeting_earlier",
                on_change=_open_earlier,
            )


def _open_earlier() -> None:
    if number := st.session_state.get("meeting_earlier"):
        st.query_params[MEETING] = str(number)


def link_to_meeting(label: str, address: Mapping[str, Sequence[str]], *, icon: str) -> None:
    """A link to a meeting, or to what one may be prepared from."""
    link_to_page(
        PAGE_FILE, label=unmarked(label), icon=icon, query_params={k: list(v) for k, v in address.items()}
    )


def _icon(meeting: Meeting) -> str:
    if meeting.withdrawn_at is not None:
        return ":material/block:"
    return ":material/lock:" if meeting.frozen else ":material/edit_note:"


@dataclass(frozen=True, slots=True)
class Plan:
    """The agenda and the day of a meeting, as they stand in the form."""

    agenda: tuple[str, ...]
    held_on: date | None


def plan_of(meeting: Meeting) -> Plan:
    """What a meeting has of it."""
    return Plan(meeting.agenda, meeting.held_on)


def edit_plan(plan: Plan, key: str, *, saves: bool, expanded: bool = False) -> Plan:
    """The agenda to be changed: which items, in which order, and the day of the meeting; given back as it stands after a click.

    Parameters
    ----------
    key : names the meeting, so that another one starts afresh. saves : whether a button below saves what is changed here.
    """
    with st.expander(
        "Agenda and day", icon=":material/list_alt:", expanded=expanded, key=f"meeting_plan_{key}"
    ):
        st.markdown("Tick what the meeting is shown, and put it in order.")
        agenda = list(plan.agenda)
        for place, item in enumerate(agenda):
            agenda = _item(item, place, agenda, key)
        for one in AGENDA:
            if one.key not in plan.agenda and _ticked(one.key, False, key):
                agenda.insert(_place_of(one.key, agenda), one.key)
        held_on = a_day("Day of the meeting (may stay blank)", plan.held_on, f"meeting_day_{key}")
        changed = replace(plan, agenda=tuple(agenda), held_on=held_on)
        if saves:
            st.caption("Press 'Save the agenda' below to keep what you change here.")
    return changed


def _place_of(item: str, agenda: Sequence[str]) -> int:
    """Where an item that is put on an agenda goes: after the one that is usually before it, of those that are there."""
    usual = [one.key for one in AGENDA]
    before = [one for one in usual[: usual.index(item)] if one in agenda]
    return agenda.index(before[-1]) + 1 if before else 0


def _item(item: str, place: int, agenda: list[str], key: str) -> list[str]:
    """One item that is on the agenda, with the steps up and down; gives the agenda after a click."""
    after = list(agenda)
    with st.container(horizontal=True, vertical_alignment="center", key=f"meeting_item_{key}_{item}"):
        if not _ticked(item, True, key, place + 1):
            after.remove(item)
        label = agenda_item(item).label
        for words, step, icon in (("Earlier", -1, "arrow_upward"), ("Later", 1, "arrow_downward")):
            pressed = st.button(
                words,
                key=f"meeting_{words}_{key}_{item}",
                icon=f":material/{icon}:",
                type="tertiary",
                disabled=not 0 <= place + step < len(agenda),
                help=f"{words}: {label}",
            )
            if pressed and item in after:
                after.insert(after.index(item) + step, after.pop(after.index(item)))
    return after


def _ticked(item: str, on: bool, key: str, place: int | None = None) -> bool:
    one = agenda_item(item)
    name = f"{place}. {one.label}" if place else one.label
    # The key says whether it is on, so that a box drawn in its other place starts as it stands there.
    return st.checkbox(name, value=on, key=f"meeting_on_{key}_{item}_{on}", help=one.help, width=320)

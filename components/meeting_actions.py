"""Actions of a meeting: agreed on a KPI or typed, and what became of each. Forms that hand back what was entered; nothing is kept here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import streamlit as st

from components.meeting_forms import answer
from components.settings_frame import LAST_DAY
from domain.actions import MOST_OF_A_TEXT, MOST_OF_AN_OWNER, ActionStatus, ShownAction
from domain.formats import day, unmarked

WHAT: Final = "What is to be done"
WHO: Final = "Who does it, by role"
WHEN: Final = "By when"
AGREE: Final = "Agree this action"
NO_KPI: Final = "No KPI"
_ROLE: Final = "A role, as 'Service manager, provider'. Never a name."
_WEEKS: Final = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Entered:
    """An action as it was entered; `kpi` is the key of the figure it was born on, blank for none."""

    text: str
    owner: str
    due: date | None
    kpi: str = ""


@dataclass(frozen=True, slots=True)
class Became:
    """What became of an action, as it was entered; `due` is None where the day stays."""

    status: ActionStatus
    note: str
    due: date | None


Agree = Callable[[Entered], str]
"""Keeps an action; gives what stands against it, blank once it is kept."""


def ask_action(key: str, today: date, kpis: Mapping[str, str], agree: Agree, *, quick: bool = False) -> None:
    """The form for an action.

    Parameters
    ----------
    key : unique on the page; another one starts afresh. kpis : the KPIs shown by the key of their figure, in words.
    quick : while presenting: no KPI is chosen there.
    """
    with st.form(f"action_{key}", enter_to_submit=False, border=not quick):
        text = st.text_area(WHAT, max_chars=MOST_OF_A_TEXT, key=f"action_what_{key}", height=68)
        left, right = st.columns(2)
        owner = left.text_input(WHO, max_chars=MOST_OF_AN_OWNER, key=f"action_who_{key}", help=_ROLE)
        due = _due(right, today, key)
        kpi = "" if quick or not kpis else _kpi(kpis, key)
        pressed = st.form_submit_button(AGREE, type="primary", icon=":material/add_task:")
    if pressed:
        answer(agree(Entered(text.strip(), owner.strip(), due, kpi)))


def _due(place: st.delta_generator.DeltaGenerator, today: date, key: str) -> date | None:
    found: date | None = place.date_input(
        WHEN,
        today + _WEEKS,
        min_value=today,
        max_value=LAST_DAY,
        format="DD/MM/YYYY",
        key=f"action_when_{key}",
    )
    return found


def _kpi(kpis: Mapping[str, str], key: str) -> str:
    return (
        st.selectbox(
            "The KPI that it comes from",
            ["", *kpis],
            format_func=lambda one: kpis.get(one, NO_KPI),
            key=f"action_kpi_{key}",
        )
        or ""
    )


def offer_on_kpis(kpis: Mapping[str, str], key: str, today: date, agree: Agree) -> None:
    """A button for each KPI shown, which opens the form for an action born on it."""
    if not kpis:
        return
    st.markdown("**Agree an action** on")
    with st.container(horizontal=True, key="on_screen_agree"):
        for figure, words in kpis.items():
            label = words.split(":", 1)[0]
            if st.button(
                label,
                key=f"agree_on_{figure}",
                icon=":material/add_task:",
                help=f"Agree an action on {words}",
            ):
                _agree_on(figure, words, key, today, agree)


@st.dialog("Agree an action")
def _agree_on(figure: str, words: str, key: str, today: date, agree: Agree) -> None:
    st.markdown(f"On **{unmarked(words)}**")
    ask_action(f"{key}_{figure}", today, {}, lambda one: agree(Entered(one.text, one.owner, one.due, figure)))


def show_actions(
    actions: Sequence[ShownAction], key: str, today: date, became: Callable[[int, Became], str]
) -> None:
    """A folded form for each action: its status, a new day, and what became of it."""
    for action in actions:
        said = "overdue" if action.overdue else action.status.label.lower()
        label = f"{_short(action.text)} ({unmarked(action.owner)}, {day(action.due)}, {said})"
        with st.expander(label, icon=":material/task_alt:", key=f"action_{action.id}_{key}"):
            _became(action, f"{action.id}_{key}", today, became)


def _became(action: ShownAction, key: str, today: date, became: Callable[[int, Became], str]) -> None:
    statuses = list(ActionStatus)
    with st.form(f"became_{key}", enter_to_submit=False, border=False):
        left, right = st.columns(2)
        status = left.selectbox(
            "Where it stands",
            statuses,
            index=statuses.index(action.status),
            format_func=lambda one: one.label,
            key=f"became_status_{key}",
        )
        due: date | None = right.date_input(
            "A new day (blank to leave it)",
            None,
            min_value=today,
            max_value=LAST_DAY,
            format="DD/MM/YYYY",
            key=f"became_due_{key}",
        )
        note = st.text_area(
            "What became of it (may stay blank)",
            max_chars=MOST_OF_A_TEXT,
            key=f"became_note_{key}",
            height=68,
            help="Everybody who sees the action reads it. No names.",
        )
        pressed = st.form_submit_button("Save", icon=":material/save:")
    if pressed:
        answer(became(action.id, Became(status or action.status, note.strip(), due)))


def _short(text: str) -> str:
    return unmarked(text if len(text) <= 80 else f"{text[:79].rstrip()}…")

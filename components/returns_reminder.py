"""One line on the home page about returns that should have come or are due soon; nothing where there is nothing to do."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.navigation import link_to_page
from components.versions import period_label
from domain.deadlines import SOON, Deadline
from domain.formats import counted, day, number, unmarked
from domain.settings import Settings


def reminder_words(overdue: Sequence[Deadline], due: Sequence[Deadline], settings: Settings) -> str:
    """'2 returns are overdue; 1 is due in the next 14 days: North Mentors, Apr-Jun 2018, by 20 Jul 2018.' Blank for nothing."""
    said = []
    if overdue:
        said.append(f"{counted(len(overdue), 'return')} {_are(overdue)} overdue")
    if due:
        number_due = number(len(due)) if overdue else counted(len(due), "return")
        said.append(f"{number_due} {_are(due)} due in the next {SOON} days")
    if not said:
        return ""
    first = min(due or overdue, key=lambda one: one.on)
    which = (
        f"{settings.provider_label(first.provider)}, {_period(first, settings)}, "
        f"{'by' if due else 'was due'} {day(first.on)}"
    )
    several = len(due or overdue) > 1
    return f"{'; '.join(said)}{', the first' if several else ''}: {which}."


def _are(found: Sequence[Deadline]) -> str:
    return "is" if len(found) == 1 else "are"


def _period(one: Deadline, settings: Settings) -> str:
    return period_label(one.period, settings, one.service, one.provider) if one.period else ""


def show_reminder(overdue: Sequence[Deadline], due: Sequence[Deadline], settings: Settings) -> None:
    """The line, with the ways to the calendar and to Upload."""
    words = reminder_words(overdue, due, settings)
    if not words:
        return
    first = min(overdue or due, key=lambda one: one.on)
    here = {"service": [first.service]}
    with st.container(key="reminder", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/event: {unmarked(words)}")
        for file, label in (("returns.py", "Returns"), ("upload.py", "Upload")):
            link_to_page(file, label=label, icon=":material/arrow_forward:", query_params=here)

"""One case on a screen: where each deadline began, its last day, what was done and where it stands; its exceptions and its days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from components.address import PAGE
from components.frame import section, show_table
from components.navigation import PAGES, link_to_page
from domain.case_story import CaseClock, CaseException, CaseStory, State
from domain.formats import NOTHING, counted, day, unmarked
from domain.kpis import kpi
from domain.settings import Settings
from domain.table import Cell, Table

BACK: Final = "back"
"""What the address of a case calls the page that it was opened from, where that is not a status."""
_LEAD_HERE: Final = ("timeliness", "rows")
_LEFT_WITH: Final = "left_for_a_case_with"

_MARK = {
    State.IN_TIME: "●",
    State.LATE: "▲",
    State.OPEN: "◇",
    State.OPEN_LATE: "▲",
    State.NOT_BEGUN: "–",
    State.NO_LONGER: "–",
    State.LOOKED_AT: "○",
    State.NO_DAY: "–",
}
_LATE = (State.LATE, State.OPEN_LATE)


def case_message(story: CaseStory) -> str:
    """The title: how many of its deadlines were missed."""
    judged = [one for one in story.clocks if one.counts is not False]
    late = sum(one.state in _LATE for one in judged)
    open_ones = sum(one.state is State.OPEN for one in judged)
    if late:
        return f"Case {story.ref}: {counted(late, 'deadline')} missed"
    said = f"{counted(open_ones, 'deadline')} open" if open_ones else "no deadline missed"
    return f"Case {story.ref}: {said}"


def show_case(story: CaseStory, settings: Settings) -> None:
    """Everything that is known of the deadlines of a case."""
    parts = [
        settings.provider_label(story.provider),
        settings.area_label(story.area) if story.area else "",
        f"outcome: {story.outcome}" if story.outcome else "no outcome yet",
        f"as reported up to {day(story.as_at)}" if story.as_at else "",
    ]
    st.markdown(unmarked("; ".join(part for part in parts if part)) + ".")
    section("Deadlines")
    if story.clocks:
        show_table(clocks_table(story), "Deadlines of the case")
        for note in clock_notes(story):
            st.caption(unmarked(note))
    else:
        st.markdown("Nothing of this case has a day by which it must be done.")
    if story.appeal_why:
        section("Last day for an appeal")
        st.markdown(f"**{day(story.appeal_limit)}**")
        st.caption(unmarked(story.appeal_why))
    section("Exceptions")
    if story.exceptions:
        show_table(exceptions_table(story.exceptions), "Exceptions of the case")
        st.caption("An exception never moves a last day, and the raw figure never leaves a case out.")
    else:
        st.markdown("None is agreed for this case.")
    section("Every day recorded")
    rows: tuple[tuple[Cell, ...], ...] = tuple((label, day(value)) for label, value in story.days)
    show_table(Table(("What", "Day"), rows), "Every day recorded of the case")


def clocks_table(story: CaseStory) -> Table:
    """The deadlines, a row each; the start that the contract counts from is marked."""
    return Table(
        ("Deadline", "Start", "Last day in time", "Done", "Days", "Where it stands"),
        tuple(_row(one) for one in story.clocks),
    )


def _row(one: CaseClock) -> tuple[Cell, ...]:
    counts = {
        True: " (the contract counts from this start)",
        False: " (the other start, kept beside it)",
        None: "",
    }
    done = "open" if _open(one) else NOTHING
    if one.done and one.state is not State.NOT_BEGUN:
        done = f"{day(one.done)} ({one.done_label.lower()})"
    unit = " working days" if one.working else ""
    return (
        f"{one.label}{counts[one.counts]}",
        f"{day(one.start)} ({one.start_label.lower()})" if one.start else NOTHING,
        day(one.due),
        done,
        NOTHING if one.days is None else f"{one.days}{unit}",
        f"{_MARK[one.state]} {one.state.label}",
    )


def _open(one: CaseClock) -> bool:
    return one.state in (State.OPEN, State.OPEN_LATE)


def clock_notes(story: CaseStory) -> tuple[str, ...]:
    """Where the time limits come from, each source once."""
    sources = dict.fromkeys(one.source for one in story.clocks if one.source)
    notes = [f"Time limits: {'; '.join(sources)}."]
    if any(one.counts is not None for one in story.clocks):
        notes.append(
            "The 30 days have two possible starts. The legal one is the family's request; the contract says which of them is judged."
        )
    return tuple(notes)


def exceptions_table(found: tuple[CaseException, ...]) -> Table:
    """The exceptions, a row each."""
    return Table(
        ("KPI", "Reason", "Caused by", "Agreed by", "Agreed on", "Until", "What it does"),
        tuple(
            (
                kpi(one.kpi).name,
                one.reason,
                one.cause.label if one.cause else NOTHING,
                one.agreed_by,
                day(one.agreed_on),
                day(one.ends_on) if one.ends_on else "no end",
                "Its contract counts the reason"
                if one.counts
                else "Its contract does not count it: the case stays in",
            )
            for one in found
        ),
    )


def leads_back() -> dict[str, str]:
    """What a link to a case says of the page that it stands on; what was chosen there is kept for the way back."""
    here = str(st.session_state.get(PAGE))
    st.session_state[_LEFT_WITH] = here, {name: st.query_params.get_all(name) for name in st.query_params}
    return {BACK: here}


def show_way_back(query: Mapping[str, str], *, status: str, came_from: str = "") -> None:
    """Back to the status or the page that the case was opened from, else to the KPIs."""
    entry = next((one for one in PAGES if one.url_path == came_from and came_from in _LEAD_HERE), None)
    if entry:
        page, chosen = st.session_state.get(_LEFT_WITH, ("", {}))
        # A case in a tab of its own knows the page that it was opened from, and not what was chosen there.
        link_to_page(
            entry.file,
            label=f"Back to {entry.title}",
            icon=":material/arrow_back:",
            query_params=chosen if page == came_from else dict(query),
        )
    elif status:
        link_to_page(
            "kpi_status.py",
            label="Back to the status and its cases",
            icon=":material/arrow_back:",
            query_params={**query, "status": status},
        )
    else:
        link_to_page("kpis.py", label="To the KPIs", icon=":material/arrow_back:", query_params=dict(query))

"""Scenarios that are kept: how the one in hand stands, saving it, the list of the others, and which are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from components.address import fill, write
from components.frame import section
from components.navigation import link_to_page
from components.procurement_fields import ask_text
from components.procurement_state import PART, SCENARIO, Place
from domain.formats import counted, moment, unmarked
from domain.procurement.scenario import Scenario
from domain.procurement.scenario_checks import KEEPS_THE_LAST, MOST_OF_A_NAME, MOST_OF_A_NOTE

PAGE_FILE: Final = "procurement.py"
COMPARE: Final = "compare"
MOST_COMPARED, LEAST_COMPARED = 4, 2
Save = Callable[[str, str, bool], None]
"""Keeps the scenario in hand under a name, with a note; as another one where that is said."""


def show_state(scenario: Scenario, *, changed: bool, why_not: str, undo: Callable[[], None]) -> None:
    """How the scenario in hand stands: not saved, saved, or changed since.

    Parameters
    ----------
    why_not : why none is kept here; blank where it may be. undo : gives up what was changed since it was saved.
    """
    if why_not:
        st.info(why_not)
    elif not scenario.id:
        st.markdown(
            "**Not saved.** What you enter lasts as long as this session; save it under *Scenarios* to keep it and to send its address."
        )
    elif changed:
        with st.container(horizontal=True, vertical_alignment="center", key="on_screen_changed"):
            st.markdown(
                f"**{unmarked(scenario.name)}**, changed and not saved: the changes last as long as this session. "
                "Save them under *Scenarios*.",
                width="stretch",
            )
            st.button("Undo my changes", icon=":material/undo:", key="procurement_undo", on_click=undo)
    else:
        st.markdown(f"**{unmarked(scenario.name)}**, {_saved(scenario)}.")
    if scenario.note:
        st.caption(unmarked(scenario.note))


def _saved(scenario: Scenario) -> str:
    when = f" on {moment(scenario.changed_at)}" if scenario.changed_at else ""
    by = f" by {unmarked(scenario.changed_by)}" if scenario.changed_by else ""
    return f"saved{when}{by}"


def ask_save(place: Place, scenario: Scenario, *, changed: bool, address: str, save: Save) -> None:
    """The form that keeps the scenario in hand, and the address of one that is kept."""
    section("Save this scenario")
    if scenario.id:
        st.markdown("Its address, for whoever may see its prices:")
        st.code(f"{address}/procurement?{SCENARIO}={scenario.id}", language=None)
    name = ask_text(
        st, place, "name", "Name", scenario.name, MOST_OF_A_NAME, help="As 'Two lots from April 2027'."
    )
    note = ask_text(
        st, place, "note", "Note: why, and what for (may stay blank)", scenario.note, MOST_OF_A_NOTE
    )
    touched = changed or (name, note) != (scenario.name, scenario.note)
    with st.container(horizontal=True, key="on_screen_save"):
        if scenario.id:
            pressed = st.button(
                "Save the changes",
                type="primary",
                icon=":material/save:",
                key="procurement_save",
                disabled=not touched,
                help=KEEPS_THE_LAST,
            )
            other = st.button("Save as another", icon=":material/save_as:", key="procurement_save_as")
        else:
            pressed = st.button("Save", type="primary", icon=":material/save:", key="procurement_save")
            other = False
    if pressed or other:
        save(name, note, other)


def show_list(scenarios: Sequence[Scenario], here: int, remove: Callable[[Scenario], None]) -> None:
    """The scenarios of the service, each with the way to it and the way to remove it, and the way to a new one."""
    section(
        counted(len(scenarios), "scenario is kept", "scenarios are kept")
        if scenarios
        else "No scenario is kept yet"
    )
    for one in scenarios:
        with st.container(horizontal=True, vertical_alignment="center", key=f"procurement_kept_{one.id}"):
            open_one = "Open here" if one.id == here else ""
            link_to_page(
                PAGE_FILE,
                label=unmarked(one.name),
                icon=":material/edit_note:" if open_one else ":material/folder_open:",
                query_params={SCENARIO: [str(one.id)], PART: ["forecast"]},
            )
            st.markdown(f"{_saved(one)}{'; open now' if open_one else ''}", width="stretch")
            st.button(
                "Remove",
                icon=":material/delete:",
                key=f"procurement_remove_{one.id}",
                help=f"Take '{unmarked(one.name)}' from the list; it can be brought back",
                type="tertiary",
                on_click=remove,
                args=(one,),
            )
    if here:
        _another()


def _another() -> None:
    link_to_page(
        PAGE_FILE,
        label="Begin a new scenario",
        icon=":material/add:",
        query_params={SCENARIO: ["0"], PART: ["forecast"]},
    )


def choose_compared(scenarios: Sequence[Scenario], here: Scenario) -> tuple[int, ...]:
    """Which scenarios stand side by side, by their numbers, 0 for the one in hand as it is now."""
    named = {one.id: one.name for one in scenarios}
    named = {
        here.id: f"{here.name or 'Not saved'} (as it is now)",
        **{k: v for k, v in named.items() if k != here.id},
    }
    if len(named) < LEAST_COMPARED:
        return ()
    section("Compare scenarios")
    fill(COMPARE, lambda said: [int(one) for one in said if one.isdecimal()], [])
    st.session_state[COMPARE] = [one for one in st.session_state[COMPARE] if one in named][:MOST_COMPARED]
    found: list[int] = st.multiselect(
        "Two to four of them",
        list(named),
        format_func=lambda number: named[number],
        key=COMPARE,
        max_selections=MOST_COMPARED,
        placeholder="Choose two or more",
    )
    write(COMPARE, [str(one) for one in found])
    return tuple(found) if len(found) >= LEAST_COMPARED else ()

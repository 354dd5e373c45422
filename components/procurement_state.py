"""The scenario in hand: which part of the page is open, what was typed and not saved, and what was done a moment ago.

Nothing is kept here beyond the session.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from components.address import fill, just_entered, one_of, put, write
from components.filters import AREA, FIRST, LAST, PROVIDER, SERVICE
from domain.formats import unmarked
from domain.periods import write_month
from domain.procurement.needs import PARTS
from domain.procurement.scenario import Scenario

PART: Final = "part"
"""The name of the open part in the address."""
SCENARIO: Final = "scenario"
"""What the number of a kept scenario is called in the address. Nothing else of one ever stands there: no price, no name."""
SAVED, PACK = "saved", "pack"
_MORE: Final = {SAVED: "Scenarios", PACK: "Take it away"}
_OPENED, _BASES = "procurement_opened", "procurement_bases"
_DRAFTS, _TYPED, _DONE, _REMOVED = (
    "procurement_drafts",
    "procurement_typed",
    "procurement_done",
    "procurement_removed",
)
Place = tuple[str, int]
"""A service and the number of a scenario, 0 for the one that is not kept."""


def choose_part(*, bidders: bool) -> str:
    """The part of the page that is open; bidders have fewer.

    Parameters
    ----------
    bidders : whether the page is looked at as bidders will see it.
    """
    named = {one.key: one.label for one in PARTS if one.bidders or not bidders}
    named |= {PACK: _MORE[PACK]} if bidders else _MORE
    fill(PART, one_of(list(named), str, PARTS[1].key), PARTS[1].key)
    if st.session_state[PART] not in named:
        st.session_state[PART] = PARTS[1].key
    # As in Settings: of a row of buttons the chosen one has too little contrast in the dark.
    found: str = st.radio(
        "Part of the page",
        list(named),
        format_func=lambda key: named[key],
        key=PART,
        horizontal=True,
        label_visibility="collapsed",
    )
    write(PART, [found])
    return found


def number_said() -> int:
    """The number of the scenario that is looked at: that of the address, or the last one in this session; 0 for none."""
    fill(SCENARIO, lambda said: int(said[0]) if said[0].isdecimal() and len(said[0]) < 10 else 0, 0)
    return int(st.session_state[SCENARIO])


def say_number(number: int) -> None:
    """Put the number of a scenario into the address; 0 takes it out."""
    st.session_state[SCENARIO] = number
    write(SCENARIO, [str(number)] if number else [])


def say_about(scenario: Scenario, number: int) -> None:
    """Have the address say of whom a kept scenario is, once it is opened; the pickers at the side may then change that.

    It is opened again when the reader comes from another page: what was chosen there does not change it.
    """
    if st.session_state.get(_OPENED) == number and not just_entered(SERVICE):
        return
    st.session_state[_OPENED] = number
    months = ((FIRST, scenario.first), (LAST, scenario.last))
    put(SERVICE, [scenario.service])
    put(PROVIDER, scenario.providers)
    put(AREA, scenario.areas)
    for name, when in months:
        put(name, [write_month(when)] if when else [])


def begin(place: Place, base: Scenario) -> Scenario:
    """The scenario in hand: what was made of it in this session, else as it is kept, or as a new one begins.

    Parameters
    ----------
    base : as it is kept; of one that is not, what a new one begins with.
    """
    _held(_BASES)[place] = base
    return _held(_DRAFTS).get(place, base)


def draft(place: Place, scenario: Scenario) -> None:
    """Remember what was made of a scenario, in this session; nothing where it is as it is kept."""
    if place[1] and scenario == _held(_BASES).get(place):
        _held(_DRAFTS).pop(place, None)
    else:
        _held(_DRAFTS)[place] = scenario


def revise(place: Place, change: Callable[[Scenario], Scenario]) -> None:
    """Change a scenario as it stands now: what was typed since a button was drawn is in it too."""
    held = _held(_DRAFTS).get(place) or _held(_BASES)[place]
    draft(place, change(held))


def forget_draft(place: Place) -> None:
    """Forget what was made of a scenario, once it is saved or given up; its fields start afresh."""
    _held(_DRAFTS).pop(place, None)
    st.session_state.pop(_OPENED, None)
    start_afresh(place)


def _held(name: str) -> dict[Place, Scenario]:
    found: dict[Place, Scenario] = st.session_state.setdefault(name, {})
    return found


def filled(place: Place, name: str, value: Any) -> str:
    """The key of a field, which is filled before it is drawn: with what was typed last, right or wrong, else with what the scenario says.

    Parameters
    ----------
    name : unique on the page; a field that is filled anew by `start_afresh` is found by how it begins.
    """
    key = f"procurement_{place[0]}_{place[1]}_{name}"
    if key not in st.session_state:
        st.session_state[key] = _typed().get(key, value)
    return key


def typed(key: str) -> Any:
    """What stands in a field that was drawn; it is remembered while other parts of the page are looked at."""
    _typed()[key] = st.session_state[key]
    return st.session_state[key]


def start_afresh(place: Place, name: str = "") -> None:
    """Have the fields whose names begin so say what the scenario says; all of them where none is named."""
    begins = f"procurement_{place[0]}_{place[1]}_{name}"
    for held in (_typed(), st.session_state):
        for key in [key for key in held if str(key).startswith(begins)]:
            del held[key]


def _typed() -> dict[str, Any]:
    found: dict[str, Any] = st.session_state.setdefault(_TYPED, {})
    return found


def note_done(words: str, *, removed: int = 0) -> None:
    """Remember what was done, to be said when the page is drawn again; `removed` is the number of what may be brought back."""
    st.session_state[_DONE], st.session_state[_REMOVED] = words, removed


def show_done() -> int:
    """Say what was done a moment ago; the number of what may be brought back, 0 for nothing."""
    if words := st.session_state.pop(_DONE, ""):
        st.success(unmarked(words))
    return int(st.session_state.get(_REMOVED, 0))


def show_problems(problems: tuple[str, ...]) -> None:
    """Say what is wrong with what was typed, right below it. What was typed stays."""
    for one in problems:
        st.error(unmarked(one))

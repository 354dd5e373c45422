"""The volumes that the tender names, typed in or taken over from one of the options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components.procurement_fields import ask_whole
from components.procurement_state import Place, revise, start_afresh
from domain.formats import number, unmarked
from domain.procurement.bands import Option
from domain.procurement.scenario import Bands, Scenario
from domain.procurement.scenario_checks import rising_problems

_BANDS = "bands_"


def edit_bands(place: Place, scenario: Scenario) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario as its fields say, and what is wrong with them; the three numbers are taken once they are right."""
    with st.container(border=True, key="on_screen_bands"):
        st.markdown(
            "Cases a year that the tender names. Yours to choose, whatever is expected; empty for none."
        )
        held = scenario.bands
        three = (held.low, held.expected, held.high) if held else (None, None, None)
        columns = st.columns(3)
        low, expected, high = (
            ask_whole(column, place, f"{_BANDS}{label.lower()}", label, value)
            for column, label, value in zip(columns, ("Low", "Expected", "High"), three, strict=True)
        )
        if low is None and expected is None and high is None:
            return replace(scenario, bands=None), ()
        if low is None or expected is None or high is None:
            return scenario, ("The volumes for the tender are not complete. Enter low, expected and high.",)
        problems = tuple(rising_problems("The volumes for the tender", low, expected, high))
    return (scenario if problems else replace(scenario, bands=Bands(low, expected, high))), problems


def offer_options(place: Place, scenario: Scenario, options: Sequence[Option]) -> None:
    """A button for each option, which takes its numbers over."""
    if not options:
        return
    st.markdown("**Take over**")
    with st.container(horizontal=True, key="on_screen_options"):
        for at, one in enumerate(options):
            words = f"{number(one.bands.low)}, {number(one.bands.expected)}, {number(one.bands.high)}"
            st.button(
                f"{unmarked(one.label)}: {words}",
                key=f"procurement_option_{at}",
                icon=":material/input:",
                disabled=scenario.bands == one.bands,
                on_click=_take,
                args=(place, one.bands),
            )


def _take(place: Place, bands: Bands) -> None:
    start_afresh(place, _BANDS)
    revise(place, lambda held: replace(held, bands=bands))

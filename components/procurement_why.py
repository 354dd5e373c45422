"""The council's own decisions, typed in: how many there were in a year, where that is not published, and how many are expected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from components.procurement_fields import ask_one, ask_whole
from components.procurement_state import Place
from domain.procurement.scenario import Driver, Scenario

_LATEST: Final = 0
"""In the list of years: none is chosen."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: the kinds of decisions (key and label), the whole years, and the councils (code and name)."""

    kinds: tuple[tuple[str, str], ...]
    years: tuple[int, ...] = ()
    councils: tuple[tuple[str, str], ...] = ()


def edit_why(place: Place, scenario: Scenario, choices: Choices) -> Scenario:
    """The scenario as its fields say; the caller checks it."""
    if not choices.kinds:
        return scenario
    with st.container(border=True, key="on_screen_why"):
        found = _which(place, scenario, choices)
        st.markdown(
            "Decisions **in that year**: empty to use what is published. **Expected in a contract year**: empty for as many as then."
        )
        held = {one.kind: one for one in scenario.drivers}
        drivers = [_one(place, key, label, held.get(key, Driver(key))) for key, label in choices.kinds]
    kept = tuple(one for one in drivers if one.known is not None or one.expected is not None)
    return replace(found, drivers=kept)


def _which(place: Place, scenario: Scenario, choices: Choices) -> Scenario:
    left, right = st.columns(2)
    year = ask_one(
        left,
        place,
        "driver_year",
        "Calendar year looked at",
        [_LATEST, *sorted(choices.years, reverse=True)],
        scenario.driver_year or _LATEST,
        lambda one: str(one) if one else "The latest whole year",
    )
    area = scenario.driver_area
    if choices.councils:
        named = dict(choices.councils)
        area = ask_one(
            right,
            place,
            "driver_area",
            "Council whose decisions they are",
            ["", *named],
            area,
            lambda code: "The council that our areas lie in" if not code else named.get(code, code),
        )
    return replace(scenario, driver_year=year or None, driver_area=area)


def _one(place: Place, key: str, label: str, driver: Driver) -> Driver:
    left, right = st.columns(2, vertical_alignment="bottom")
    known = ask_whole(left, place, f"known_{key}", f"{label}: in that year", driver.known)
    expected = ask_whole(
        right, place, f"expected_{key}", f"{label}: expected in a contract year", driver.expected
    )
    return Driver(key, known, expected)

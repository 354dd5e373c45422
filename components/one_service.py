"""What a page that is about one service says to those who look at another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from components.navigation import link_to_page
from domain.formats import unmarked
from domain.services import Service


def show_of_one_service(what: str, own: Service, here: Service, link: Mapping[str, Sequence[str]]) -> None:
    """Say that the figures are of one service only, and lead to the outcomes of the one that is looked at."""
    st.info(unmarked(f"{what} are counted in {own.label.lower()} only, not in {here.label}."))
    link_to_page(
        "outcomes.py",
        label=f"Outcomes: how cases of {here.label} ended",
        icon=":material/flag:",
        query_params={name: list(values) for name, values in link.items()},
    )

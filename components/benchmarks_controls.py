"""The picker of the Benchmarks page: which area's official figures stand beside England's; and what is said where there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from components.address import allow, fill, one_of, write
from components.navigation import link_to_page
from domain.benchmarks import ENGLAND
from domain.formats import unmarked
from domain.services import Service

BESIDE = "beside"


def choose_area(offered: Mapping[str, str], first: str) -> str:
    """The area beside England, by its code; that of England for England alone.

    Parameters
    ----------
    offered : the areas of which official figures are held: code and name. first : the one chosen at first.
    """
    options = [ENGLAND, *offered]
    fill(BESIDE, one_of(options, str, first), first)
    allow(BESIDE, options, first)
    chosen = st.selectbox(
        "Area beside England",
        options,
        format_func=lambda code: offered.get(code, "England alone"),
        key=BESIDE,
        help="Official figures are published for whole councils. Which one stands beside England changes nothing in your own figures.",
    )
    if chosen not in options:
        # A browser sends what it likes; the figures are published, so that nothing is refused.
        chosen = first
    write(BESIDE, [] if chosen == first else [chosen])
    return str(chosen)


def show_none_known(service: Service, link: Mapping[str, Sequence[str]]) -> None:
    """Say that nobody publishes official figures of a service, as far as is known, and lead to what stands beside its figures."""
    st.info(
        unmarked(
            f"No official statistics are known to us that figures of {service.label} could stand beside: neither of how many cases there "
            "are, nor of how they end. Nothing is shown rather than something else in its place."
        )
    )
    link_to_page(
        "kpis.py",
        label="KPIs: what the contract asks for, with what other sources give where they give it",
        icon=":material/checklist:",
        query_params={name: list(values) for name, values in link.items()},
    )

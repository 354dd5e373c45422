"""What stands where there is nothing to show, with what to do next."""

from collections.abc import Sequence

import streamlit as st

from components.navigation import is_open, link_to_page
from domain.formats import unmarked
from domain.services import Service
from domain.tally import totals_do_not_give


def nothing_selected(*, again: bool = False) -> None:
    """Say that the selection holds no case."""
    _say(
        "Nothing has been recorded for what is chosen. Choose other providers, areas or months at the side.",
        again=again,
    )


def not_in_totals(providers: Sequence[str]) -> None:
    """Say that all that was sent are totals which do not give a figure."""
    st.info(unmarked(totals_do_not_give(providers)))


def too_few_to_draw(*, again: bool = False) -> None:
    """Say that something is recorded, too little of it for a chart; without a box where a panel above said it."""
    _say("Too few to draw. What has been recorded stands in the table.", again=again)


def not_for_this_audience() -> None:
    """Say that a page is for the commissioning team."""
    st.info(
        "This page is for the commissioning team only. To look at it yourself, choose 'Us, the commissioning team' at the side under "
        "'Who will see this'. To show something to others, open Overview, Demand, Outcomes or KPIs."
    )


def withheld(why: str, *, again: bool = False) -> None:
    """Say that an audience may not see a figure at all, and what it may see instead."""
    _say(unmarked(f"Not shown to this audience. {why}"), again=again)


def cannot_be_said(why: str, *, again: bool = False) -> None:
    """Say why there is no figure, to whoever may see every one."""
    _say(unmarked(why), again=again)


def numbers_hidden(*, again: bool = False) -> None:
    """Say that something is counted which this audience may see in part only, so that it is not drawn."""
    _say(
        "No chart for this audience: some of it is hidden (c), so that nobody can be recognised. What may be shown stands in the table.",
        again=again,
    )


def _say(words: str, *, again: bool) -> None:
    (st.caption if again else st.info)(words)


def nothing_saved() -> None:
    """Say that no return has been saved."""
    st.info(f"There are no figures yet. They appear when the first return has been saved{_begin()}.")
    link_to_page(
        "settings.py",
        label="Start here: the council, its providers, areas and contracts",
        icon=":material/settings:",
    )


def nothing_of(service: Service, *, bought: bool) -> None:
    """Say that a service has no return yet. `bought` says whether a provider is under contract for it."""
    name = unmarked(service.label)
    if bought:
        st.info(
            f"{name} has no figures yet. They appear when the first return of a provider has been saved{_begin()}."
        )
    elif is_open("settings.py"):
        st.info(
            f"{name} has no figures, and no provider is under contract for it. Enter the contract in Settings, "
            "then open Upload to begin."
        )
        link_to_page("settings.py", label="Enter a contract", icon=":material/settings:")
    else:
        # Others may be under contract for it, of whom this reader is told nothing.
        st.info(f"{name} has no figures that you may see.")
    link_to_page("upload.py", label="Upload a return", icon=":material/upload_file:")


def _begin() -> str:
    """Where to begin, for whoever may."""
    return ": open Upload to begin" if is_open("upload.py") else ""

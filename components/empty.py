"""What stands where there is nothing to show, with what to do next."""

import streamlit as st

from components.navigation import PAGES_FOLDER


def nothing_selected() -> None:
    """Say that the selection holds no case."""
    st.info(
        "Nothing has been recorded for what is chosen. Choose other providers, areas or months at the side."
    )


def nothing_saved() -> None:
    """Say that no return has been saved."""
    st.info(
        "There are no figures yet. They appear when the first return has been saved: open Upload to begin."
    )
    st.page_link(
        PAGES_FOLDER / "settings.py",
        label="Start here: the council, its providers, areas and contracts",
        icon=":material/settings:",
    )

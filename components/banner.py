"""The line across the top that says whose figures these are, unless they are the council's own."""

from collections.abc import Callable

import streamlit as st

from domain.tally import Source


def banner_words(source: Source) -> str:
    """What the banner says; blank for the shared figures, which need none."""
    return {
        Source.SHARED: "",
        Source.EXAMPLES: (
            "Example data: not your figures. They reproduce the counts that Essex (mentoring) and Norfolk (SEND mediation) "
            "published; everything else is invented, housing and homelessness mediation altogether."
        ),
        Source.IN_HAND: "Your file, not saved: only you see these figures, and they go when you leave.",
    }[source]


def show_banner(source: Source, leave: Callable[[], None] | None = None) -> None:
    """Show the banner of a source. `leave` goes back to the saved figures."""
    words = banner_words(source)
    if not words:
        return
    st.warning(words, icon=":material/info:")
    if leave is not None and source is Source.IN_HAND:
        st.button("Back to the saved figures", key="leave_in_hand", on_click=leave)

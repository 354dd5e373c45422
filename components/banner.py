"""The line across the top that says whose figures these are, unless they are the council's own, and that nobody signs in, where so."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from domain.tally import Source

NO_SIGN_IN: Final = (
    "No sign-in: whoever sits at this computer may see and change everything. For trying out only."
)
_PLACE: Final = "banner_place"
"""Where the shell keeps this run's place of the banner, and the words that stand in it already."""


def banner_words(source: Source) -> str:
    """What the banner says of a source; blank for the shared figures, which need nothing said."""
    return {
        Source.SHARED: "",
        Source.EXAMPLES: (
            "Example data: not your figures. They reproduce the counts that Essex (mentoring) and Norfolk (SEND mediation) "
            "published; everything else is invented, housing and homelessness mediation altogether."
        ),
        Source.IN_HAND: "Your file, not saved: only you see these figures, and they go when you leave.",
    }[source]


def begin_banner(*, signs_in: bool) -> None:
    """Keep the place of the banner above the page, and say in it that nobody signs in, where that is so.

    The page adds whose figures it shows, so that one banner says both and two never push the page down.
    """
    words = "" if signs_in else NO_SIGN_IN
    place = st.empty()
    st.session_state[_PLACE] = (place, words)
    if words:
        place.warning(words, icon=":material/info:")


def show_banner(source: Source, leave: Callable[[], None] | None = None) -> None:
    """Show the banner of a source. `leave` goes back to the saved figures."""
    words = banner_words(source)
    if not words:
        return
    add_to_banner(words)
    if leave is not None and source is Source.IN_HAND:
        st.button("Back to the saved figures", key="leave_in_hand", on_click=leave)


def add_to_banner(words: str) -> None:
    """Say something more in the banner, before what stands in it."""
    place, already = st.session_state.get(_PLACE) or (st, "")
    together = f"{words} {already}".strip()
    place.warning(together, icon=":material/info:")
    if place is not st:
        st.session_state[_PLACE] = (place, together)

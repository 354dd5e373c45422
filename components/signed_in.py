"""Who is signed in, with the way out: one quiet line above each page."""

from collections.abc import Callable
from html import escape
from typing import Final

import streamlit as st

from components.identity import SIGN_OUT_ADDRESS
from domain.access import Viewer

LOOKS_EVERY: Final = 30
"""How many seconds pass before an open page asks again who is here and what they may do."""
_WHOSE: Final = "session_of"
_STYLE: Final = """<style>
.st-key-signed_in { margin-bottom: -0.75rem; }
.st-key-signed_in p { margin: 0; text-align: right; font-size: 0.875rem; overflow-wrap: anywhere; }
.st-key-signed_in a { display: inline-block; padding: 0.25rem 0 0.25rem 0.75rem;
  color: inherit !important; text-decoration: underline; }
@media print { .st-key-signed_in { display: none !important; } }
</style>"""


def show_signed_in(user: str) -> None:
    """Say who is signed in, with the way out. It is no link of Streamlit's: those open a window of their own."""
    with st.container(key="signed_in"):
        st.html(f'{_STYLE}<p>{escape(user)} <a href="{SIGN_OUT_ADDRESS}" target="_self">Sign out</a></p>')


def belongs_to_another(user: str) -> bool:
    """Whether somebody else used this session before, so that what they left in it must go; it is this person's from now on."""
    before = st.session_state.get(_WHOSE)
    st.session_state[_WHOSE] = user
    return before is not None and before != user


@st.fragment(run_every=LOOKS_EVERY)
def watch(shown_to: Viewer, look: Callable[[], Viewer]) -> None:
    """Look again every half minute, while a page is open; draw all of it again where what somebody may do has changed.

    Without this, a page that stays open would go on showing what its reader may no longer see.
    """
    if look() != shown_to:
        st.rerun(scope="app")

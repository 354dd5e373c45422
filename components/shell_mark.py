"""The mark that the shell leaves for the page of a run, without which no page shows anything."""

from typing import Final

import streamlit as st

_SHELL_FLAG: Final = "shell_ran"


def mark_shell() -> None:
    """Tell the page of this run that the shell has run before it."""
    st.session_state[_SHELL_FLAG] = True


def require_shell() -> None:
    """Stop a page that is run without the shell: it would have no menu, banner or sign-in.

    The mark is taken away when read, so each run needs its own.
    """
    if not st.session_state.pop(_SHELL_FLAG, False):
        st.error("This page opens only inside the dashboard. Go to the dashboard's front page.")
        st.stop()

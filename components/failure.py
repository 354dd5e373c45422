"""What a person sees when a page breaks, and what the log keeps of it."""

import logging
import secrets
from collections.abc import Callable
from typing import Final

import streamlit as st

from domain.access import OutOfReach

logger = logging.getLogger("dashboard")
_REFUSALS: Final = "refusals_told_to"


def tell_refusals(tell: Callable[[OutOfReach], None]) -> None:
    """Say who keeps a refusal that comes where the shell does not see it: in a dialog, or as a button is pressed."""
    st.session_state[_REFUSALS] = tell


def keep_refusal(refused: OutOfReach) -> bool:
    """Have a refusal kept that a page says itself; whether there is somebody to keep it."""
    tell: Callable[[OutOfReach], None] | None = st.session_state.get(_REFUSALS)
    if tell is not None:
        tell(refused)
    return tell is not None


def report_failure(error: Exception) -> bool:
    """Show a reference instead of the error, and log the error under that reference. A refusal is said as what it is, and kept.

    Parameters
    ----------
    error : Exception
        What the page raised. Its text is never shown: it may quote a cell of a return.

    Returns
    -------
    bool
        Always True: Streamlit then leaves out its own message.
    """
    if isinstance(error, OutOfReach) and keep_refusal(error):
        st.warning(f"{error} What you tried has been noted; nothing was changed.", icon=":material/lock:")
        return True
    reference = log_failure(error, "A page failed")
    st.error(
        f"Something went wrong (reference {reference}). Nothing was saved or changed by this step. "
        "Load the page again; if it happens again, give the reference to whoever runs the dashboard."
    )
    return True


def log_failure(error: Exception, what: str) -> str:
    """Log an error under a reference that may be shown, and give that reference. It may be called outside a page."""
    reference = secrets.token_hex(4)
    logger.error("%s, reference %s", what, reference, exc_info=error)
    return reference

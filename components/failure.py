"""What a person sees when a page breaks, and what the log keeps of it."""

import logging
import secrets

import streamlit as st

logger = logging.getLogger("dashboard")


def report_failure(error: Exception) -> bool:
    """Show a reference instead of the error, and log the error under that reference.

    Parameters
    ----------
    error : Exception
        What the page raised. Its text is never shown: it may quote a cell of a return.

    Returns
    -------
    bool
        Always True: Streamlit then leaves out its own message.
    """
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

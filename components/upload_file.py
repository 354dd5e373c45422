"""Choosing the file of a return, and what is shown while it is checked."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.frame import section
from domain.formats import sentence_case, unmarked

ENDINGS: Final = ["xlsx", "xlsm", "xls", "ods", "csv"]
LARGEST_MB: Final = 20


def choose_files(turn: int, *, repaired: str = "") -> dict[str, bytes]:
    """The files and the button that checks them; their names and bytes when the button was pressed.

    Parameters
    ----------
    turn : counts the files checked, so that a checked file leaves the memory with its upload box.
    repaired : the name of the file that is uploaded again; its columns are then read as before.
    """
    section("2. Choose the filled-in return")
    if repaired:
        st.info(unmarked(f"Choose the repaired {repaired}. Its columns are read as you confirmed them."))
    files = st.file_uploader(
        "Return to check",
        type=ENDINGS,
        accept_multiple_files=True,
        key=f"upload_file_{turn}",
        max_upload_size=LARGEST_MB,
    )
    st.caption(
        "Any spreadsheet with your cases: Excel (.xlsx, .xlsm, .xls), OpenDocument (.ods) or CSV, at most 20 MB; your own column "
        "names will do. Several CSV files of one return are chosen together, each called after its sheet, such as Cases.csv. "
        "Nothing is saved until you say so."
    )
    wrong = what_is_wrong([file.name for file in files])
    if wrong:
        st.error(unmarked(wrong))
    pressed = st.button("Check this file", type="primary", disabled=not files or bool(wrong), key="check")
    return {file.name: file.getvalue() for file in files} if pressed and files and not wrong else {}


def what_is_wrong(names: Sequence[str]) -> str:
    """Why these files cannot be one return; blank when they can."""
    if len(set(names)) < len(names):
        return "Two files have the same name. Remove one of them with the × beside it."
    others = [name for name in names if not name.casefold().endswith(".csv")]
    if len(names) > 1 and others:
        return (
            f"A return is one workbook, or several CSV files; {others[0]} is a workbook among {len(names)} files. "
            "Remove what does not belong to it with the × beside it."
        )
    return ""


def show_progress(name: str, said: Sequence[str], steps: int) -> bool:
    """Show the steps of a check that goes on; whether it was cancelled.

    Parameters
    ----------
    said : the steps so far, none while others are checked first. steps : how many there are at most.
    """
    now = f"Step {len(said)} of {steps}" if said else "Other people's files are checked first"
    # Not as a context: it would say that it is complete as soon as its words are drawn.
    box = st.status(now, expanded=True)
    for number, step in enumerate(said, start=1):
        done = ":material/check:" if number < len(said) else ":material/hourglass_top:"
        box.markdown(f"{done} {number}. {unmarked(sentence_case(step))}")
    if not said:
        box.markdown(unmarked(f"{name} waits for its turn."))
    cancelled = st.button("Cancel", key="cancel", icon=":material/close:")
    st.caption("Cancelling leaves nothing: the file is deleted and nothing is saved.")
    return cancelled


def show_marking(said: Sequence[str]) -> bool:
    """Show how far the marking of a workbook has come; whether it was cancelled. Without a step, others have their turn first."""
    st.status(sentence_case(said[-1]) if said else "Other people's files are marked first")
    return st.button("Cancel the marking", key="cancel_marking", icon=":material/close:")


def was_not_theirs(name: str) -> None:
    """Say that a file is a return of somebody else, with what to do; nothing when there was none."""
    if name:
        st.warning(
            unmarked(
                f"You are not allowed to send {name}: it says that it is a return of another provider or service than yours. "
                "Nothing of it was saved, and it is deleted here. Choose the file of your own return below. If this one is "
                "yours, look at the provider and the service on its sheet Cover. The attempt has been noted."
            ),
            icon=":material/lock:",
        )


def was_cancelled(name: str) -> None:
    """Say that the check of a file was cancelled and what is left of it; nothing without a name."""
    if name:
        st.info(unmarked(f"You cancelled the check of {name}. The file is deleted and nothing was saved."))

"""How a checked file was read: which of its columns and answers are which of ours, and by what."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.downloads import offer
from components.frame import show_table
from domain.formats import counted, listed, unmarked
from domain.matching import How, Proposal
from domain.table import Table

_KNOWN: Final = frozenset({How.EXACT, How.ALIAS, How.HEADERS, How.REMEMBERED})
_SAID: Final = {
    How.EXACT: "by its name",
    How.ALIAS: "by another name that we know",
    How.HEADERS: "by its columns",
    How.REMEMBERED: "as you confirmed it",
    How.NEAR: "as its name looks",
    How.LEFT_OUT: "left out, as you said",
    How.UNKNOWN: "left out: no column of ours",
}


def show_matching(proposal: Proposal, guesses: Sequence[str], mapping_json: str, *, changeable: bool) -> bool:
    """Show how the file was read, folded away; whether it should be read in another way.

    Parameters
    ----------
    guesses : how the file was read where it left it open, in sentences. mapping_json : what was confirmed, to download; blank when
        nothing was.
    """
    with st.expander("How your columns were read", icon=":material/table_view:"):
        if guesses:
            st.markdown("\n".join(f"- {unmarked(guess)}" for guess in guesses))
        if rows := matching_rows(proposal):
            heads = ("Sheet", "Column", "In your file", "Read as", "How")
            show_table(Table(heads, rows), "How your columns were read")
        if answers := [one for one in proposal.values if one.code and one.how in _KNOWN]:
            said = tuple((str(one.sheet), one.field.label, one.text, one.label) for one in answers)
            show_table(
                Table(("Sheet", "Our column", "In your file", "Read as"), said), "How your answers were read"
            )
        with st.container(horizontal=True):
            again = changeable and st.button(
                "Read the columns in another way", key="rematch", icon=":material/edit:"
            )
            if mapping_json:
                offer(
                    "Download this mapping",
                    mapping_json.encode,
                    file_name="mapping.json",
                    mime="application/json",
                    key="mapping_json",
                    what="How the columns of a file were matched",
                    service=proposal.service or "",
                    provider=proposal.provider or "",
                    help="For the command line: python -m data_access load --mapping mapping.json",
                )
    return bool(again)


def matching_rows(proposal: Proposal) -> tuple[tuple[str, ...], ...]:
    """Every column of the file: sheet, letter, header, what it was read as, and how."""
    return tuple(
        (
            one.sheet_name,
            one.letter,
            one.header,
            one.field.label if one.field and one.how in _KNOWN else "–",
            f"left out: looks like {one.personal}" if one.personal and not one.field else _SAID[one.how],
        )
        for one in proposal.columns
    )


def understood(proposal: Proposal) -> str:
    """How many columns were read, in a sentence: '12 columns are read by their names and 3 as you confirmed them.'"""
    found = Counter("remembered" if one.how is How.REMEMBERED else "named" for one in proposal.columns
                    if one.how in _KNOWN)  # fmt: skip
    parts = [f"{counted(found['named'], 'column')} by name"] if found["named"] else []
    parts += [f"{counted(found['remembered'], 'column')} as you confirmed"] if found["remembered"] else []
    return f"We read {listed(parts)}." if parts else ""

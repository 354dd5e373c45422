"""The problems of a file: what must be mended, what to confirm, what is worth knowing, each where it stands."""

import csv
import io
from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.formats import counted, csv_cell, sentence_case
from components.frame import section, show_table
from components.panel import Table
from components.settings_links import offer_to_add
from domain.personal_data import value_kind
from domain.problem import Level, Problem

SHOWN: Final = 50
"""So many problems of a kind are shown; the file holds all of them."""
HEADERS: Final = ("Where", "What we found", "What it should be", "What to do")
_HEADINGS: Final = {
    Level.MUST_FIX: ("Must be put right", "Nothing can be saved until these are put right in the file."),
    Level.CONFIRM: ("Please confirm", "These can be saved as they are, with a reason."),
    Level.SAID: ("For your information", "Nothing needs to be done about these."),
}


def show_problems(problems: Sequence[Problem], file_name: str) -> None:
    """Show every problem under what it asks for, with all of them as a file to work through."""
    for level, (heading, words) in _HEADINGS.items():
        found = [problem for problem in problems if problem.level is level]
        if not found:
            continue
        section(f"{heading}: {counted(len(found), 'thing')}")
        st.markdown(words)
        show_table(problem_table(found[:SHOWN]), heading)
        if len(found) > SHOWN:
            st.caption(f"The first {SHOWN} of {len(found):,}. The list below holds all of them.")
    offer_to_add(lacking for problem in problems for lacking in problem.lacks)
    if problems:
        st.download_button(
            "Download this list (CSV)",
            data=lambda: problems_csv(problems),
            file_name=f"{file_name.rpartition('.')[0] or file_name}-problems.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key="problems_csv",
        )


def personal_words(*texts: str) -> str:
    """What to say when a text that would be kept with a return looks personal; blank when none does."""
    kind = next((kind for text in texts if (kind := value_kind(text, dates=False))), "")
    return f"This looks as if it holds {kind}, and it would be kept. Take it out first." if kind else ""


def problem_table(problems: Sequence[Problem]) -> Table:
    """Problems as rows: where, found, wanted, what to do."""
    rows = tuple((sentence_case(p.where), p.found, p.wanted, p.repair) for p in problems)
    return Table(HEADERS, rows)


def problems_csv(problems: Sequence[Problem]) -> bytes:
    """All problems as a CSV file that Excel opens in UTF-8."""
    written = io.StringIO()
    write = csv.writer(written, lineterminator="\r\n")
    write.writerow(("Level", "Sheet", "Row", "Column", *HEADERS[1:]))
    write.writerows(
        [csv_cell(c) for c in (p.level, p.sheet, p.row, p.column, p.found, p.wanted, p.repair)]
        for p in problems
    )
    return written.getvalue().encode("utf-8-sig")

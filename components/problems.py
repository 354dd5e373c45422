"""The problems of a file: what must be mended, what to confirm, what is worth knowing, each where it stands."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from components.downloads import offer
from components.frame import section, show_table
from components.settings_links import offer_to_add
from domain.checks.rule import rows_in_words
from domain.checks.tables import letter
from domain.formats import counted, csv_cell, sentence_case, unmarked
from domain.grouping import grouped, rows_of
from domain.personal_data import value_kind
from domain.problem import Level, Problem
from domain.table import Table

SHOWN: Final = 50
"""So many problems of a kind are shown; the file holds all of them."""
HEADERS: Final = ("Where", "What we found", "What it should be", "What to do")


def show_problems(problems: Sequence[Problem], file_name: str) -> None:
    """Show every problem of a file that can only be mended, with all of them as a file to work through."""
    show_must_fix(problems)
    show_said(problems)
    show_lacking(problems)
    offer_list(problems, file_name)


def show_must_fix(problems: Sequence[Problem]) -> None:
    """Show what must be put right, one mistake once with all its rows."""
    found = grouped(p for p in problems if p.level is Level.MUST_FIX)
    if not found:
        return
    section(f"Must be put right: {counted(len(found), 'thing')}")
    show_table(problem_table(found[:SHOWN]), "Must be put right")
    if len(found) > SHOWN:
        st.caption(f"The first {SHOWN} of {len(found):,}. The list below holds all of them.")


def show_said(problems: Sequence[Problem]) -> None:
    """Show what is only worth knowing, folded away."""
    found = grouped(p for p in problems if p.level is Level.SAID)
    if not found:
        return
    with st.expander(f"For your information: {counted(len(found), 'thing')}", icon=":material/info:"):
        st.markdown("Nothing needs to be done about these.")
        show_table(problem_table(found[:SHOWN]), "For your information")
        if len(found) > SHOWN:
            st.caption(f"The first {SHOWN} of {len(found):,}. The list below holds all of them.")


def show_lacking(problems: Sequence[Problem]) -> None:
    """Link to the form in Settings for whatever a file names and Settings lacks."""
    offer_to_add(lacking for problem in problems for lacking in problem.lacks)


def offer_list(
    problems: Sequence[Problem],
    file_name: str,
    whose: tuple[str, str] = ("", ""),
    *,
    cases: bool = False,
) -> None:
    """Offer all problems as a CSV file.

    Parameters
    ----------
    whose : service and provider of the file, by their keys, where it is known. cases : whether the file holds single cases, which are
        then quoted.
    """
    if problems:
        service, provider = whose
        offer(
            "Download this list (CSV)",
            lambda: problems_csv(problems),
            file_name=f"{file_name.rpartition('.')[0] or file_name}-problems.csv",
            mime="text/csv",
            key="problems_csv",
            what="Problems found in a file",
            service=service,
            provider=provider,
            cases=cases,
        )


def show_not_run(titles: Sequence[str], why: Mapping[str, str], *, refused: bool) -> None:
    """Say which checks did not run.

    Parameters
    ----------
    why : the reason of each, by its title. refused : they may run once the rest is put right.
    """
    if not titles:
        return
    with st.expander(f"{counted(len(titles), 'check')} did not run", icon=":material/block:"):
        st.markdown(
            "Nothing is known of these yet; some run once the above is put right:"
            if refused
            else "They had too little to go by, so nothing is known of these:"
        )
        st.markdown("\n".join(f"- {unmarked(_with_reason(title, why.get(title, '')))}" for title in titles))


def _with_reason(title: str, why: str) -> str:
    return f"{title}. {sentence_case(why)}" if why else title


def personal_words(*texts: str) -> str:
    """What to say when a text that would be kept with a return looks personal; blank when none does."""
    kind = next((kind for text in texts if (kind := value_kind(text, dates=False))), "")
    return f"This looks as if it holds {kind}, and it would be kept. Take it out first." if kind else ""


def where_words(problem: Problem) -> str:
    """Where a problem stands, by the cell that Excel shows: "Sheet 'Cases', cell D14, 'Referral date'".

    A mistake of several rows names them, where its own words do not: "Sheet 'Cases', column D, 'Referral date', 3 rows: 4, 9 and 17".
    """
    rows = rows_of(problem)
    parts = [f"sheet '{problem.sheet}'"] if problem.sheet else []
    if problem.index is not None:
        column = letter(problem.index)
        parts.append(f"cell {column}{rows[0]}" if len(rows) == 1 else f"column {column}")
    elif len(rows) == 1:
        parts.append(f"row {rows[0]}")
    if problem.column:
        parts.append(f"'{problem.column}'")
    if len(rows) > 1 and (named := rows_in_words(rows)) not in problem.found:
        parts.append(named)
    return sentence_case(", ".join(parts)) or "The file"


def problem_table(problems: Sequence[Problem]) -> Table:
    """Problems as rows: where, found, wanted, what to do."""
    return Table(HEADERS, tuple((where_words(p), p.found, p.wanted, p.repair) for p in problems))


def problems_csv(problems: Sequence[Problem]) -> bytes:
    """All problems as a CSV file that Excel opens in UTF-8, one row for each place."""
    written = io.StringIO()
    write = csv.writer(written, lineterminator="\r\n")
    write.writerow(("Level", "Sheet", "Row", "Column", "Column letter", *HEADERS[1:]))
    write.writerows(
        [
            csv_cell(cell)
            for cell in (
                p.level,
                p.sheet,
                row,
                p.column,
                "" if p.index is None else letter(p.index),
                p.found,
                p.wanted,
                p.repair,
            )
        ]
        for p in problems
        for row in rows_of(p) or (None,)
    )
    return written.getvalue().encode("utf-8-sig")

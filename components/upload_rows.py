"""What a file does to the rows that count: new, different field by field, gone, reopened, as they were."""

import csv
import io
from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.downloads import offer, saw_cases
from components.frame import show_table
from domain.fields import Sheet
from domain.formats import counted, csv_cell, listed, month, number, unmarked
from domain.row_changes import RowChanges
from domain.table import Table

SHOWN: Final = 200
"""So many changed fields are shown; the file holds all of them."""
_NAMED: Final = 12
"""So many references are named in a sentence."""
_ROWS: Final = "Changes of rows"
HEADERS: Final = ("What", "Sheet", "Reference", "Column", "Before", "Now")


def show_rows(
    rows: RowChanges,
    name: str,
    whose: tuple[str, str] = ("", ""),
    *,
    subject: str = "",
    saved: bool = True,
) -> None:
    """Show what happens to the rows, with all of it as a file.

    Parameters
    ----------
    name : how the file is called that can be downloaded, without its ending. whose : service and provider, by their keys.
    subject : the key of the version whose rows they are; blank for a file that was not saved.
    saved : whether they are held against saved returns, and not against invented ones.
    """
    service, provider = whose
    # A file that was not saved is its sender's own, but what it is held against was saved.
    if saved and ((subject and rows.moved) or rows.changed or rows.removed or rows.vanished):
        saw_cases(_ROWS, service, provider, subject)
    st.subheader("Rows", anchor=False)
    st.markdown("\n".join(f"- {unmarked(line)}" for line in row_lines(rows)))
    table = changes_table(rows)
    if table.rows:
        with st.expander(
            f"What changes, field by field: {counted(len(rows.changed), 'row')}", icon=":material/compare:"
        ):
            show_table(Table(table.headers, table.rows[:SHOWN]), "What changes, field by field")
            if len(table.rows) > SHOWN:
                st.caption(
                    f"The first {SHOWN} of {number(len(table.rows))}. The file below holds all of them."
                )
    if rows.moved:
        offer(
            "Download all row changes (CSV)",
            lambda: rows_csv(rows),
            file_name=f"{name}-rows.csv",
            mime="text/csv",
            key="rows_csv",
            what=_ROWS,
            service=service,
            provider=provider,
            cases=saved,
        )


def row_lines(rows: RowChanges) -> list[str]:
    """What happens to the rows, a sentence each."""
    one = "case" if rows.sheet is Sheet.CASES else "row"
    several = f"{one}s"
    lines = []
    if rows.added:
        lines.append(f"{counted(len(rows.added), one)} {_is(rows.added)} new.")
    if rows.late:
        months = listed([f"{number(n)} in {month(when)}" for when, n in rows.late])
        lines.append(f"{number(rows.late_n)} of the new {several} were referred in earlier months: {months}.")
    if rows.changed:
        verb = "says" if len(rows.changed) == 1 else "say"
        lines.append(f"{counted(len(rows.changed), one)} {verb} something else than before.")
    if rows.reopened:
        lines.append(
            f"{counted(len(rows.reopened), one)} had ended and {_is(rows.reopened)} open again: {_named(rows.reopened)}."
        )
    if rows.removed:
        verb = "was" if len(rows.removed) == 1 else "were"
        lines.append(
            f"{counted(len(rows.removed), one)} {verb} in the version that this file replaces, and {_is(rows.removed)} not in it: "
            f"{_named(rows.removed)}."
        )
    if rows.vanished:
        # Where an old return is corrected it is a later one that lacks the case.
        them = (
            "was open when last sent and is"
            if len(rows.vanished) == 1
            else "were open when last sent and are"
        )
        lines.append(
            f"{counted(len(rows.vanished), one)} {them} not in the return after that, so no longer counted as open: "
            f"{_named(rows.vanished)}."
        )
    if rows.same:
        lines.append(f"{counted(rows.same, one)} {'stays' if rows.same == 1 else 'stay'} as before.")
    if rows.passed_over:
        verb = "does" if rows.passed_over == 1 else "do"
        lines.append(
            f"{counted(rows.passed_over, one)} {verb} not count, because the return of a later period has the same {one}."
        )
    for other in rows.others:
        said = [
            f"{number(count)} {word}"
            for count, word in ((other.added, "new"), (other.changed, "changed"), (other.removed, "gone"), (other.same, "as before"))
            if count
        ]  # fmt: skip
        if said:
            lines.append(f"Sheet {other.sheet}: {listed(said)}.")
    return lines or ["No row is changed."]


def _is(references: Sequence[str]) -> str:
    return "is" if len(references) == 1 else "are"


def _named(references: Sequence[str]) -> str:
    return listed(list(references), most=_NAMED)


def changes_table(rows: RowChanges) -> Table:
    """Every field that says something else, one a row."""
    return Table(
        ("Reference", "Column", "Before", "Now"),
        tuple((row.ref, label, old, new) for row in rows.changed for label, old, new in row.fields),
    )


def rows_csv(rows: RowChanges) -> bytes:
    """Every row that is not as it was, as a CSV file that Excel opens in UTF-8."""
    written = io.StringIO()
    write = csv.writer(written, lineterminator="\r\n")
    write.writerow(HEADERS)
    named = (
        ("New", rows.added),
        ("Gone from this return", rows.removed),
        ("No longer reported", rows.vanished),
        ("Reopened", rows.reopened),
    )
    for what, references in named:
        write.writerows([what, str(rows.sheet), csv_cell(one), "", "", ""] for one in references)
    for row in rows.changed:
        for label, old, new in row.fields:
            write.writerow(
                ["Changed", str(row.sheet), *(csv_cell(cell) for cell in (row.ref, label, old, new))]
            )
    return written.getvalue().encode("utf-8-sig")

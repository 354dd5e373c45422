"""Rules on the file as a whole.

Can it be opened, which sheets and rows were read, and what was left alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, rows_in_words, rule, several, the_only
from domain.checks.tables import letter, reference_of
from domain.drafts import ROW_LIMIT
from domain.fields import Sheet, fields_of
from domain.personal_data import value_kind
from domain.problem import Level
from domain.services import service

NOTHING = "Nothing needs to be done if this is what you meant."


@rule("V28", Level.MUST_FIX, "The file can be opened", stage=Stage.FILE, needs=())
def file_opens(checking: Checking) -> Iterable[Finding]:
    """Yield why the file could not be opened."""
    if refusal := checking.draft.refusal:
        yield Finding(refusal.found, refusal.wanted, refusal.repair)


@rule("V28", Level.MUST_FIX, f"No sheet has more than {ROW_LIMIT:,} rows", stage=Stage.FILE)
def rows_within_limit(checking: Checking) -> Iterable[Finding]:
    """Yield every sheet that is too long."""
    for table in checking.tables:
        if len(table.rows) > ROW_LIMIT:
            yield Finding(
                f"The sheet has {len(table.rows):,} rows.",
                f"At most {ROW_LIMIT:,} rows.",
                "Send a shorter period, or only the cases that were open or changed in it.",
                table.name,
            )


@rule("V28", Level.MUST_FIX, "Every row has its reference", stage=Stage.CELLS)
def row_has_reference(checking: Checking) -> Iterable[Finding]:
    """Yield every row without a reference that is no total and no note."""
    for table in checking.tables:
        reference = next(f for f in fields_of(table.sheet) if f.key == reference_of(table.sheet))
        if not table.has(reference.key):
            continue
        for row in table.rows:
            if reference.key not in row.values and reference.key not in row.faulty:
                yield Finding(
                    f"The row has no {reference.label.lower()}.",
                    "A reference in every row; a row of totals starts with the word Total.",
                    "Enter the reference, or clear the row if it is not a record.",
                    table.name,
                    row.number,
                    table.header(reference.key),
                )


@rule("V28", Level.MUST_FIX, "Every cell we need holds a value", stage=Stage.CELLS)
def formula_has_value(checking: Checking) -> Iterable[Finding]:
    """Yield every cell that shows an Excel error, or holds a formula that was never calculated."""
    for sheet, place, fault in checking.faults("V28"):
        yield Finding(fault.found, fault.wanted, fault.repair, sheet, place.row, place.header)


@rule("V28", Level.SAID, "Formulas are read by the result stored in the file", stage=Stage.FILE)
def formulas_read(checking: Checking) -> Iterable[Finding]:
    """Yield how many formulas each sheet holds."""
    for sheet in checking.draft.sheets:
        stored = sheet.formulas - len(sheet.unstored)
        if stored:
            cells = "1 cell holds a formula" if stored == 1 else f"{stored:,} cells hold a formula"
            yield Finding(f"{cells}; we read the stored result.", "Values or formulas.", NOTHING, sheet.name)


@rule("V28", Level.SAID, "Hidden sheets, rows and columns are read like the others", stage=Stage.FILE)
def hidden_read(checking: Checking) -> Iterable[Finding]:
    """Yield what is hidden and was read all the same."""
    for sheet in checking.draft.sheets:
        hidden = ["the sheet itself"] if sheet.hidden else []
        if sheet.hidden_rows:
            hidden.append(rows_in_words(sheet.hidden_rows))
        if sheet.hidden_columns:
            letters = [letter(index) for index in sheet.hidden_columns]
            hidden.append(f"column {letters[0]}" if len(letters) == 1 else f"columns {', '.join(letters)}")
        if hidden:
            found = f"Some of it is hidden in Excel ({'; '.join(hidden)}); we read it like the rest."
            yield Finding(found, "Hidden or not, as you like.", "Delete what should not be sent.", sheet.name)


@rule("V28", Level.SAID, "Rows of totals and notes are left out", stage=Stage.SHEETS)
def totals_left_out(checking: Checking) -> Iterable[Finding]:
    """Yield the rows left out: totals and notes, and those above the headers."""
    for table in checking.tables:
        for numbers, what in (
            (table.left_out, "start with a word such as Total or Note"),
            (table.above, "stand above the headers"),
        ):
            if numbers:
                found = (
                    f"We left out what seems not to be a record ({rows_in_words(numbers)}), since such "
                    f"rows {what}."
                )
                yield Finding(
                    found, "One record a row.", NOTHING, table.name, the_only(numbers), rows=several(numbers)
                )


@rule("V28", Level.SAID, "Sheets that are not part of a return are not read", stage=Stage.FILE)
def other_sheets(checking: Checking) -> Iterable[Finding]:
    """Yield the sheets that were left alone: those we do not know, and those of other services."""
    ours = [str(sheet) for sheet in checking.sheets]
    wanted = f"{', '.join(ours[:-1])} and {ours[-1]}."
    others = [name for sheet, name in checking.unwanted.items() if sheet is not Sheet.SUPPLEMENT]
    for name in (*checking.draft.unread, *others):
        personal = value_kind(name).rstrip(",")
        holds = f", and its name looks as if it holds {personal}" if personal else ""
        yield Finding(
            f"{'A' if personal else 'The'} sheet is not part of {_a_return(checking)}{holds}; we did not read it.",
            wanted,
            "Delete it before you send the file again." if personal else NOTHING,
            "" if personal else name,
        )


def _a_return(checking: Checking) -> str:
    if checking.from_council:
        return "the council's supplement"
    return f"a return for {service(checking.service).label}" if checking.service else "a return"


@rule("V28", Level.SAID, "Programs and links in the file are never followed", stage=Stage.FILE)
def programs_not_run(checking: Checking) -> Iterable[Finding]:
    """Yield whether the file carries macros or reads from other files."""
    carried = [
        w
        for w, there in (("macros", checking.draft.macros), ("links to other files", checking.draft.links))
        if there
    ]
    if carried:
        found = f"The file has {' and '.join(carried)}; we did not run or follow them."
        yield Finding(found, "A workbook without them is enough.", NOTHING)

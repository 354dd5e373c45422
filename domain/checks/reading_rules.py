"""Rules on how the file was read where it left that open: nothing is refused, and each way of reading is said once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.cells import A_DATE, as_text, quoted, write_day
from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, rows_in_words, rule, the_only
from domain.odd_cells import Oddity, OddNote
from domain.problem import Level

_AS_IT_IS = "Nothing needs to be done if that is right."


@rule("V28", Level.SAID, "What the file leaves open is read in one way, and that is said", stage=Stage.FILE)
def file_as_read(checking: Checking) -> Iterable[Finding]:
    """Yield how the file, and each of its sheets, was read where it left that open."""
    for guess in checking.draft.guesses:
        yield Finding(guess, "A file that leaves nothing open.", _AS_IT_IS)
    for sheet in checking.draft.sheets:
        for guess in sheet.guesses:
            yield Finding(guess, "A sheet that leaves nothing open.", _AS_IT_IS, sheet.name)


@rule("V05", Level.SAID, "Plain numbers in a column of dates are read as days", stage=Stage.CELLS)
def numbers_read_as_days(checking: Checking) -> Iterable[Finding]:
    """Yield, once a column, the rows whose date had lost its format."""
    return _odd(
        checking,
        Oddity.DAY_NUMBER,
        "{rows} a plain number; we read it as a day number of Excel, {as}.",
    )


@rule(
    "V05", Level.SAID, "Dates that could be read in two ways are read with the day first", stage=Stage.CELLS
)
def day_read_first(checking: Checking) -> Iterable[Finding]:
    """Yield, once a column, the rows whose date means another day where the month is written first."""
    return _odd(
        checking,
        Oddity.DAY_FIRST,
        "{rows} a date that could be read in two ways; we read the day first, {as}.",
    )


@rule("V28", Level.SAID, "Marks for no answer are read as blank", stage=Stage.CELLS)
def marks_read_as_blank(checking: Checking) -> Iterable[Finding]:
    """Yield, once a column, the rows that hold a mark such as '-'."""
    return _odd(
        checking,
        Oddity.MARK,
        "{rows} a mark such as {cell}; we read it as blank, which means not recorded.",
        "A blank cell.",
    )


def _odd(checking: Checking, oddity: Oddity, found: str, wanted: str = A_DATE) -> Iterable[Finding]:
    for table in checking.tables:
        by_column: dict[str, list[OddNote]] = {}
        for note in table.odd:
            if note.odd.oddity is oddity:
                by_column.setdefault(note.header, []).append(note)
        for header, notes in by_column.items():
            rows, first = [note.row for note in notes], notes[0]
            one = the_only(rows)
            text = quoted(as_text(first.cell))
            words = {
                "rows": f"Row {one} holds" if one else f"{rows_in_words(rows)} hold",
                "cell": text,
                "as": f"{text} as {write_day(first.odd.meant)}" if isinstance(first.odd.meant, date) else "",
            }
            said = found.format(**words)
            yield Finding(
                said, wanted, _AS_IT_IS, table.name, one, header, rows=tuple(rows), fields=(first.key,)
            )

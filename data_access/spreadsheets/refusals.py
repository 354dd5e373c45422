"""How large a file may be, and the words for one that cannot be opened."""

from __future__ import annotations

from domain.drafts import ROW_LIMIT, Refusal

SIZE_LIMIT = 20 * 1024 * 1024
"""The largest file taken, in bytes."""
UNPACKED_LIMIT = 300 * 1024 * 1024
"""The largest workbook once unpacked, in bytes, so that a small file cannot fill the memory."""
PART_LIMIT = 200 * 1024 * 1024
"""The largest sheet once unpacked, in bytes."""
PARTS_LIMIT = 5_000
"""The most parts of a packed file: a workbook has some dozens."""
SHEETS_LIMIT = 100
"""The most sheets that are looked at."""
CELL_LIMIT = 5_000_000
"""The largest sheet, as rows times columns up to its last filled cell, for the same reason: 100 columns in every row that is taken."""
REACH_LIMIT = ROW_LIMIT + 10_000
"""The last row that may be filled: what a return may have, and some for titles, notes and blank rows between."""
LINES_LIMIT = 4 * ROW_LIMIT
"""The most lines of a text file, of which a cell may have several; blank lines at its end do not count."""

A_RETURN = "An Excel workbook (.xlsx, .xlsm or .xls), an OpenDocument spreadsheet (.ods), a CSV file, or a folder of CSV files."
_SAVE_AS = "Open it in Excel, choose File > Save As > Excel Workbook (.xlsx) and upload that file."
PROTECTED = Refusal(
    "The file is protected with a password, so it cannot be opened.",
    "A workbook without a password.",
    "Remove the password (File > Info > Protect Workbook > Encrypt with Password, clear "
    "it), save and upload the file again.",
)
DAMAGED = Refusal("The file is damaged, or is not a workbook.", A_RETURN, _SAVE_AS)
UNPACKS_TO_TOO_MUCH = Refusal(
    f"The file unpacks to more than {UNPACKED_LIMIT // 1024 // 1024} MB.",
    "A workbook of an ordinary size.",
    "Copy the sheets of the return into the template and upload that file.",
)


class UnreadableError(Exception):
    """The file cannot be opened; carries the words for the person who sent it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.found)
        self.refusal = refusal


def refuse(found: str, repair: str = _SAVE_AS) -> UnreadableError:
    """The error for a file that is of no kind that is read."""
    return UnreadableError(Refusal(found, A_RETURN, repair))


def too_large(size: int) -> Refusal:
    """The words for a file of more than 20 MB; `size` in bytes."""
    return Refusal(
        f"The file has {size / 1024 / 1024:.1f} MB.",
        f"At most {SIZE_LIMIT // 1024 // 1024} MB.",
        "Remove pictures and sheets that are not part of the return, or send it as CSV files.",
    )


def reaches_too_far(rows: int, columns: int) -> bool:
    """Whether a sheet is too large to be read, by its last filled row and column."""
    return rows > REACH_LIMIT or rows * columns > CELL_LIMIT


def too_wide(name: str, rows: int, columns: int) -> Refusal:
    """The words for a sheet with a cell far away from the others."""
    return Refusal(
        f"The sheet '{name}' reaches to row {rows:,}"
        + (f" and has {columns:,} columns." if columns > 1 else "."),
        f"At most {ROW_LIMIT:,} rows, and the columns of the template.",
        "Delete stray cells far below or to the right of the rows, save and upload the file again.",
    )


def too_many_lines(found: str) -> UnreadableError:
    """The error for a text file with more lines or cells than a return has."""
    return UnreadableError(
        Refusal(
            found,
            f"At most {ROW_LIMIT:,} rows, and the columns of the template.",
            "Delete what is not part of the return, and upload the file again.",
        )
    )

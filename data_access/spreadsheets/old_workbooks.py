"""Opening an older Excel workbook (.xls), the cells by a fast reader, what that cannot tell from its records."""

from __future__ import annotations

import io
from collections.abc import Callable

from python_calamine import load_workbook

from data_access.spreadsheets.old_parts import look_at_old
from data_access.spreadsheets.opened import Opened, pack
from data_access.spreadsheets.refusals import (
    PROTECTED,
    SHEETS_LIMIT,
    UnreadableError,
    reaches_too_far,
    refuse,
)
from data_access.spreadsheets.workbook_parts import MERGED_LIMIT, SheetParts
from data_access.spreadsheets.workbooks import FROM_1904, Sheets, hidden, rows_of
from domain.drafts import SheetDraft

_PROGRAM = "_VBA_PROJECT".encode("utf-16-le")
_WORKBOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook\0", "Book\0", "WORKBOOK\0", "BOOK\0"))


def open_old_workbook(data: bytes, progress: Callable[[str], None]) -> Opened:
    """Open a workbook as Excel wrote them until 2003.

    Raises
    ------
    UnreadableError, or what the library raises over a damaged or protected file.
    """
    if not any(name in data for name in _WORKBOOKS):
        raise refuse("This is an older document of another Office program, not a workbook.")
    sheets, parts = Sheets(), look_at_old(data)
    if parts.protected:
        raise UnreadableError(PROTECTED)
    book = load_workbook(io.BytesIO(data))
    for number, meta in enumerate(book.sheets_metadata, start=1):
        if number > SHEETS_LIMIT:
            sheets.unread.append(meta.name)
            continue
        progress(f"Reading sheet {number} of {len(book.sheets_metadata)}")
        sheet = book.get_sheet_by_name(meta.name)
        if reaches_too_far(sheet.total_height, sheet.total_width):
            sheets.oversize.append((meta.name, sheet.total_height, sheet.total_width))
            continue
        merged = (sheet.merged_cell_ranges or [])[:MERGED_LIMIT]
        known = len(parts.sheets) == len(book.sheets_metadata)
        found = parts.sheets[number - 1] if known else SheetParts()
        sheets.add(
            SheetDraft(
                name=meta.name,
                grid=(),
                hidden=hidden(meta),
                hidden_rows=tuple(row for row in found.hidden_rows if row <= sheet.total_height),
                hidden_columns=tuple(c for c in found.hidden_columns if c < sheet.total_width),
                formulas=found.formulas,
                errors=frozenset(found.errors),
                from_1904=parts.from_1904,
                merged=tuple((a[0] + 1, a[1], b[0] + 1, b[1]) for a, b in merged),
            ),
            pack(rows_of(sheet)),
        )
    return sheets.opened("xls", [FROM_1904] if parts.from_1904 else [], macros=_PROGRAM in data)

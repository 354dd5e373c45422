"""Marking the problems of a return in its sender's own workbook. Runs in a child process only: see `marked`."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data_access.spreadsheets import problem_marks as ours
from data_access.spreadsheets.lost_parts import look_inside, lost_between
from data_access.spreadsheets.reading import read_return
from data_access.spreadsheets.workbook_parts import column_index
from domain.drafts import RawCell, SheetDraft
from domain.problem import Level, Problem

CELLS_MOST = 600_000
"""A workbook with more cells is not opened with all its formats: that takes fifty times its size in memory."""
_AS_CELLS = 100
"""So many cells take as long as one merged range does, beside those in it."""
_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)[ />]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*ref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_TOO_LARGE = "its formats, formulas, notes and everything else but the values: the workbook is too large to be opened whole"
_NOT_CHANGED = "its formats, formulas, notes and everything else but the values: it is written in a way that we can only read"
_OTHER_FORMAT = {
    "csv": "the CSV format: the copy is an Excel workbook with the same cells",
    "xls": "the older Excel format (.xls) with its formats and formulas: the copy is an Excel workbook with the same values",
    "ods": "the OpenDocument format with its formats and formulas: the copy is an Excel workbook with the same values",
}

Say = Callable[[str], None]


def mark_here(
    payload: tuple[str, bytes, tuple[Problem, ...], bool], progress: Say
) -> tuple[str, bytes, tuple[str, ...]]:
    """Mark a workbook, here and now.

    Parameters
    ----------
    payload : the file's name, its bytes, its problems, and whether only its values may be taken, to save memory.

    Returns
    -------
    tuple
        The ending of the copy's name, its bytes, and what it lacks, in words.
    """
    name, data, problems, values_only = payload
    asking = ours.shown(problems)
    if not data.startswith(b"PK\x03\x04"):
        return _rebuilt(name, data, asking, "", progress)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "mimetype" in archive.namelist():
            return _rebuilt(name, data, asking, "", progress)
        if values_only or _too_large(archive):
            return _rebuilt(name, data, asking, _TOO_LARGE, progress)
    try:
        return _marked(data, asking, progress)
    except MemoryError:
        raise
    except Exception:  # whatever openpyxl cannot open, the other reader may
        return _rebuilt(name, data, asking, _NOT_CHANGED, progress)


def _too_large(archive: zipfile.ZipFile) -> bool:
    cells = 0
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            xml = archive.read(name)
            cells += sum(1 for _ in _CELL.finditer(xml))
            cells += sum(_area(*match.groups()) + _AS_CELLS for match in _MERGED.finditer(xml))
    return cells > CELLS_MOST


def _area(first: bytes, top: bytes, last: bytes, bottom: bytes) -> int:
    """How many cells a merged range takes."""
    across = column_index(last.decode()) - column_index(first.decode()) + 1
    return across * (int(bottom) - int(top) + 1)


class _AsWritten(ExcelReader):  # type: ignore[misc]
    """Reads numbers as numbers: one that is shown as a date stays the very number it was."""

    def read_worksheets(self) -> None:
        self.wb._date_formats, self.wb._timedelta_formats = set(), set()
        super().read_worksheets()


def _opened(data: bytes, macros: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = _AsWritten(io.BytesIO(data), keep_vba=macros, rich_text=True)
        reader.read()
    return reader.wb


def _marked(data: bytes, asking: Sequence[Problem], progress: Say) -> tuple[str, bytes, tuple[str, ...]]:
    """The sender's own workbook with our marks, and without those of an earlier time."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        before = look_inside(archive)
    macros = before.counts["macros"] > 0
    progress("Opening your workbook")
    book = _opened(data, macros)
    book.template = False
    unlinked = _put_back_blanks(book, data)
    _unmark(book)
    progress("Marking the cells")
    marks = ours.marks_of(asking)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    _mark_sheets(sheets, marks)
    _list_problems(book, ours.lines(asking, {name: name for name in sheets}))
    progress("Writing the marked workbook")
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        lost = lost_between(before, look_inside(archive))
    return (
        (".xlsm" if macros else ".xlsx"),
        out.getvalue(),
        (*lost, *(["links on blank cells"] if unlinked else [])),
    )


def _put_back_blanks(book: Workbook, data: bytes) -> bool:
    """Empty again the cells that got their link's address as a text when they were opened; whether there were any."""
    linked = [
        (sheet, cell)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink and cell.value in (cell.hyperlink.target, cell.hyperlink.location)
    ]
    found_blank = False
    if not linked:
        return found_blank
    stored = load_workbook(io.BytesIO(data), read_only=True)
    held: dict[str, set[str]] = {}
    for sheet, cell in linked:
        if sheet.title not in held:
            filled = (found for row in stored[sheet.title].iter_rows() for found in row)
            held[sheet.title] = {found.coordinate for found in filled if found.value is not None}
        if cell.coordinate not in held[sheet.title]:
            cell.value, found_blank = None, True
    return found_blank


def _unmark(book: Workbook) -> None:
    for sheet in list(book.worksheets):
        if sheet["A1"].value == ours.TITLE:
            book.remove(sheet)
            continue
        ours.unpaint(sheet)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and ours.NOTE in cell.comment.text:
                    cell.comment = ours.without_ours(cell.comment)


def _mark_sheets(sheets: dict[str, Worksheet], marks: dict[ours.Place, ours.CellMark]) -> None:
    notes = ours.NOTES_MOST
    painted: dict[str, list[tuple[int, int, Level]]] = {}
    for (name, row, column), mark in marks.items():
        if name not in sheets:
            continue
        painted.setdefault(name, []).append((row, column, mark.level))
        if notes > 0:
            notes -= 1
            cell = _writable(sheets[name], row, column)
            cell.comment = ours.a_note(mark, cell.comment)
    for name, cells in painted.items():
        ours.paint(sheets[name], cells)


def _writable(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell itself, or the first of those that it was merged with: only that one can carry a note."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        area = next(a for a in sheet.merged_cells.ranges if cell.coordinate in a)
        cell = sheet.cell(area.min_row, area.min_col)
    return cell


def _our_name(taken: Iterable[str]) -> str:
    """What our sheet is called beside those that are there."""
    there = {name.casefold() for name in taken}
    free = (name for name in ours.SHEET_NAMES if name.casefold() not in there)
    return next(free, f"{ours.SHEET_NAMES[-1]} {len(there)}"[:31])


def _list_problems(book: Workbook, lines: Sequence[ours.Line]) -> None:
    sheet = book.create_sheet(_our_name(book.sheetnames), 0)
    ours.lay_out(sheet)
    for row, line in enumerate(lines, start=1):
        for number in range(len(line.texts)):
            ours.dress(sheet.cell(row, number + 1), line, number)
    for other in book.worksheets:
        other.sheet_view.tabSelected = (
            other is sheet
        )  # what is typed while several are selected goes into all of them
    book.active = 0


def _rebuilt(
    name: str, data: bytes, asking: Sequence[Problem], why: str, progress: Say
) -> tuple[str, bytes, tuple[str, ...]]:
    """A new workbook with the values of the file and our marks, written as it comes to save memory."""
    progress("Opening your file")
    draft = read_return(name, data)
    if draft.refusal:
        raise ValueError("The file cannot be read, so there is nothing to mark")
    sheets = (*draft.sheets, *draft.others)
    names = _names(sheets)
    marks = ours.marks_of(asking)
    book = Workbook(write_only=True)
    progress("Writing the marked workbook")
    listed = book.create_sheet(_our_name(names.values()))
    ours.lay_out(listed)
    for line in ours.lines(asking, names):
        cells = [WriteOnlyCell(listed) for _ in line.texts]
        for number, cell in enumerate(cells):
            ours.dress(cell, line, number)
        listed.append(cells)
    notes = ours.NOTES_MOST
    for sheet in sheets:
        own = {(row, column): mark for (where, row, column), mark in marks.items() if where == sheet.name}
        notes = _copy(book.create_sheet(names[sheet.name]), sheet, own, notes)
    out = io.BytesIO()
    book.save(out)
    left_out = sorted(set(draft.unread) - set(names))
    lost = [why or _OTHER_FORMAT.get(draft.form, _NOT_CHANGED)]
    lost += [f"the sheet '{sheet}', which we could not read" for sheet in left_out]
    return ".xlsx", out.getvalue(), tuple(lost)


def _names(sheets: Iterable[SheetDraft]) -> dict[str, str]:
    """What each sheet is called in a new workbook, which takes fewer characters in a name and no name twice."""
    found: dict[str, str] = {}
    for sheet in sheets:
        plain = _NOT_IN_NAMES.sub(" ", sheet.name).strip("' ")[:31] or "Sheet"
        name, number = plain, 2
        while name.casefold() in {taken.casefold() for taken in found.values()}:
            name, number = f"{plain[:27]} {number}", number + 1
        found[sheet.name] = name
    return found


def _copy(page: Worksheet, sheet: SheetDraft, marks: dict[tuple[int, int], ours.CellMark], notes: int) -> int:
    """Write the values of one sheet with our marks; gives how many notes may still be written."""
    for number in range(1, 1 + max((len(row) for row in sheet.grid), default=0)):
        page.column_dimensions[get_column_letter(number)].width = 16
    ours.paint(page, [(row, column, mark.level) for (row, column), mark in marks.items()])
    last: dict[int, int] = {}
    for row, column in marks:
        last[row] = max(last.get(row, 0), column)
    for row, values in enumerate(sheet.grid, start=1):
        line: list[object] = [_as_value(page, value) for value in values]
        if row in last:
            line += [None] * (last[row] - len(line))
            for column, value in enumerate(line, start=1):
                mark = marks.get((row, column))
                if mark and notes > 0:
                    notes -= 1
                    cell = value if isinstance(value, Cell) else WriteOnlyCell(page, value)
                    cell.comment = ours.a_note(mark)
                    line[column - 1] = cell
        page.append(line)
    return notes


def _as_value(page: Worksheet, value: RawCell) -> object:
    """A value as it is appended: a text as that text, whatever it looks like; a date as it is written here."""
    if isinstance(value, str):
        text = ours.clean(value)
        if not text.startswith(("=", "#")):
            return text
        cell = WriteOnlyCell(page, text)
        cell.data_type = "s"
        return cell
    if isinstance(value, date):
        cell = WriteOnlyCell(page, value)
        timed = isinstance(value, datetime) and value.time() != datetime.min.time()
        cell.number_format = "DD/MM/YYYY HH:MM" if timed else "DD/MM/YYYY"
        return cell
    return cast(object, value)

"""Opening an OpenDocument spreadsheet (.ods), after measuring it: a short one can say of one cell that it stands there a million times."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from python_calamine import load_workbook

from data_access.spreadsheets.opened import Opened, pack
from data_access.spreadsheets.refusals import (
    PART_LIMIT,
    PROTECTED,
    SHEETS_LIMIT,
    UNPACKS_TO_TOO_MUCH,
    UnreadableError,
    reaches_too_far,
)
from data_access.spreadsheets.workbook_parts import MERGED_LIMIT
from data_access.spreadsheets.workbooks import Sheets, hidden, rows_of
from domain.drafts import SheetDraft

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT_P = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p"
_EXTRA = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_UNSEEN = ("collapse", "filter")


@dataclass(slots=True)
class _Table:
    """What one table says, without its cells. Rows count from 1, columns from 0."""

    name: str
    row: int = 0
    column: int = 0
    columns: int = 0
    last_row: int = 0
    last_column: int = 0
    formulas: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    errors: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


class _DocumentTypeError(ValueError):
    """The XML declares a document type, which a spreadsheet never does."""


def open_document(data: bytes, archive: zipfile.ZipFile, progress: Callable[[str], None]) -> Opened:
    """Open an OpenDocument spreadsheet.

    Raises
    ------
    UnreadableError, or what the libraries raise over a damaged file.
    """
    if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
        raise UnreadableError(PROTECTED)
    progress("Measuring the file")
    tables = {table.name: table for table in _measure(_part(archive, "content.xml"))}
    large = {n: t for n, t in tables.items() if reaches_too_far(t.last_row, t.last_column)}
    sheets = Sheets()
    if large:
        # The reader reads all sheets at once, so that one which is too large keeps it from the others too.
        sheets.oversize += [(t.name, t.last_row, t.last_column) for t in large.values()]
        return sheets.opened("ods", [])
    book = load_workbook(io.BytesIO(data))
    for number, meta in enumerate(book.sheets_metadata, start=1):
        if number > SHEETS_LIMIT:
            sheets.unread.append(meta.name)
            continue
        progress(f"Reading sheet {number} of {len(book.sheets_metadata)}")
        said = tables.get(meta.name) or _Table(meta.name)
        sheets.add(
            SheetDraft(
                name=meta.name,
                grid=(),
                hidden=hidden(meta),
                hidden_rows=tuple(row for row in said.hidden_rows if row <= said.last_row),
                hidden_columns=tuple(c for c in said.hidden_columns if c < said.last_column),
                formulas=said.formulas,
                errors=frozenset(said.errors),
                merged=tuple(said.merged),
            ),
            pack(rows_of(book.get_sheet_by_name(meta.name))),
        )
    return sheets.opened("ods", [], macros=any(n.startswith("Basic/") for n in archive.namelist()))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > PART_LIMIT:
        raise UnreadableError(UNPACKS_TO_TOO_MUCH)
    return archive.read(name)


def _measure(xml: bytes) -> list[_Table]:
    """Every table, and how far its filled cells reach."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.buffer_text = True
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError("The spreadsheet is no XML") from error
    return reader.tables


class _Reader:
    """Follows the rows and cells of every table as they are parsed."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self._cell = False
        self._filled = False
        self._times = 1
        self._rows = 1
        self._row_columns = 0

    def refuse(self, *_: object) -> None:
        raise _DocumentTypeError

    def start(self, name: str, said: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if name == _TEXT_P:
            self._filled = self._filled or self._cell
        elif space + " " != _TABLE:
            return
        elif tag == "table":
            self.tables.append(_Table(said.get(_TABLE + "name", "")))
        elif not self.tables:
            return
        elif tag == "table-column":
            self._start_column(self.tables[-1], said)
        elif tag == "table-row":
            self._start_row(self.tables[-1], said)
        elif tag in ("table-cell", "covered-table-cell"):
            self._start_cell(self.tables[-1], said)

    def _start_column(self, table: _Table, said: dict[str, str]) -> None:
        times = int(said.get(_TABLE + "number-columns-repeated", "1"))
        if said.get(_TABLE + "visibility") in _UNSEEN:
            table.hidden_columns += range(table.columns, table.columns + min(times, 200))
        table.columns += times

    def _start_row(self, table: _Table, said: dict[str, str]) -> None:
        self._rows = int(said.get(_TABLE + "number-rows-repeated", "1"))
        self._row_columns = table.column = 0
        if said.get(_TABLE + "visibility") in _UNSEEN:
            table.hidden_rows += range(table.row + 1, table.row + 1 + min(self._rows, 60_000))

    def _start_cell(self, table: _Table, said: dict[str, str]) -> None:
        self._cell, self._filled = True, _OFFICE + "value-type" in said
        self._times = int(said.get(_TABLE + "number-columns-repeated", "1"))
        at = (table.row + 1, table.column)
        if _TABLE + "formula" in said:
            table.formulas += 1
        if said.get(_EXTRA) == "error":
            table.errors.add(at)
        across = int(said.get(_TABLE + "number-columns-spanned", "1"))
        down = int(said.get(_TABLE + "number-rows-spanned", "1"))
        if (across > 1 or down > 1) and len(table.merged) < MERGED_LIMIT:
            table.merged.append((*at, at[0] + down - 1, at[1] + across - 1))

    def end(self, name: str) -> None:
        if not name.startswith(_TABLE) or not self.tables:
            return
        tag, table = name[len(_TABLE) :], self.tables[-1]
        if tag in ("table-cell", "covered-table-cell"):
            table.column += self._times
            if self._filled:
                self._row_columns = table.column
            self._cell = self._filled = False
        elif tag == "table-row":
            if self._row_columns:
                table.last_row = table.row + self._rows
                table.last_column = max(table.last_column, self._row_columns)
            table.row += self._rows

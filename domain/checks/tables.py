"""Making a table of a sheet's grid.

Which row holds the headers, which column is which field, and what each cell holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.cells import Fault, as_text, is_blank, read_cell
from domain.drafts import RawCell, SheetDraft
from domain.fields import Field, Kind, Sheet
from domain.personal_data import header_kind, value_kind
from domain.returns import Value
from domain.settings import Settings
from domain.vocabulary import plain

HEADER_SEARCH = 10
"""Headers are looked for in so many rows, since some files carry a title above them."""

COVER_COLUMNS = {"service": "service", "provider": "provider", "servicetype": "service_type"}
"""Columns of the sheet Cases that only repeat what the Cover says, by their plain header."""

_TOTALS = re.compile(r"(?:grand |sub-?)?(?:totals?|sum|notes?|sources?)(?=$|[\s:.*(])", re.IGNORECASE)
_MARKS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it stands in the file."""

    index: int
    header: str
    field: Field | None = None
    repeats: str = ""
    """What of the Cover it repeats: service, provider or service_type."""
    personal: str = ""
    """What an unknown column seems to hold, such as 'a name'; blank when nothing personal."""


@dataclass(slots=True)
class TableRow:
    """One row: its Excel row number, what its cells hold, and which of them could not be taken."""

    number: int
    values: dict[str, Value] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell by its Excel row number and the header of its column."""

    row: int
    header: str


@dataclass(slots=True)
class Table:
    """A sheet as it was understood.

    `left_out` are rows of totals and notes; `above` rows over the headers; `marked` texts that a spreadsheet
    could take for a formula.
    """

    sheet: Sheet
    draft: SheetDraft
    columns: tuple[Column, ...] = ()
    rows: list[TableRow] = field(default_factory=list)
    faults: list[tuple[Place, Fault]] = field(default_factory=list)
    marked: list[Place] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    repeated: list[tuple[Place, str, RawCell]] = field(default_factory=list)
    """Filled cells of columns that repeat the Cover: where, what they repeat, what they hold."""

    @property
    def name(self) -> str:
        """The name of the sheet as in the file."""
        return self.draft.name

    def header(self, key: str, label: str = "") -> str:
        """The header of a field as written in the file; the label when the file has no such column."""
        return next((c.header for c in self.columns if c.field and c.field.key == key), label)

    def has(self, key: str) -> bool:
        """Whether the file has a column for the field."""
        return any(c.field and c.field.key == key for c in self.columns)


def spellings(fields: Iterable[Field]) -> dict[str, Field]:
    """Fields by every plain spelling of their header."""
    return {plain(text): f for f in fields for text in (*reversed(f.aliases), f.key, f.label)}


def letter(index: int) -> str:
    """The letter of a column as Excel shows it: 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def read_table(draft: SheetDraft, sheet: Sheet, fields: Sequence[Field], settings: Settings) -> Table:
    """Understand a sheet with a row of headers and one record a row; blank rows are passed over."""
    table = Table(sheet, draft)
    known = spellings(fields)
    at = _header_row(draft.grid, known)
    if at is None:
        return table
    table.above = [n + 1 for n in range(at) if not all(map(is_blank, draft.grid[n]))]
    below = [
        (n + 1, draft.grid[n])
        for n in range(at + 1, len(draft.grid))
        if not all(map(is_blank, draft.grid[n]))
    ]
    table.columns = tuple(_columns(draft.grid[at], known, below))
    records = []
    reference = next((c.index for c in table.columns if c.field and c.field.key == fields[0].key), None)
    for number, raw in below:
        if _is_total(raw, reference):
            table.left_out.append(number)
        else:
            records.append((TableRow(number), raw))
    table.rows = [row for row, _ in records]
    for column in table.columns:
        if column.field:
            _read_column(table, column, column.field, records, settings)
        elif column.repeats:
            table.repeated += [
                (Place(row.number, column.header), column.repeats, raw[column.index])
                for row, raw in records
                if column.index < len(raw) and not is_blank(raw[column.index])
            ]
    return table


def _header_row(grid: Sequence[Sequence[RawCell]], known: dict[str, Field]) -> int | None:
    """The row with the most known headers.

    None when none is known: a filled row would then be taken for headers, and what stands in it shown.
    """
    best, most = None, 0
    for number, row in enumerate(grid[:HEADER_SEARCH]):
        filled = [plain(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)]
        hits = len({known[text].key for text in filled if text in known})
        if hits > most:
            best, most = number, hits
    return best


def _columns(
    headers: Sequence[RawCell], known: dict[str, Field], below: Sequence[tuple[int, Sequence[RawCell]]]
) -> Iterable[Column]:
    for index, raw in enumerate(headers):
        filled = (row[index] for _, row in below if index < len(row) and not is_blank(row[index]))
        if is_blank(raw):
            if next(filled, None) is not None:
                yield Column(index, f"column {letter(index)}, which has no header", personal="")
            continue
        text = as_text(raw)
        if found := known.get(plain(text)):
            yield Column(index, text, found)
        elif repeats := COVER_COLUMNS.get(plain(text)):
            yield Column(index, text, repeats=repeats)
        elif kind := value_kind(text):
            yield Column(index, f"column {letter(index)}", personal=kind)
        else:
            kind = header_kind(text) or next((k for value in filled if (k := value_kind(as_text(value)))), "")
            yield Column(index, text, personal=kind)


def _is_total(raw: Sequence[RawCell], reference: int | None) -> bool:
    """Whether a row is a total or a note.

    Its first filled cell says so, and it has no reference of its own.
    """
    first = next((index for index, cell in enumerate(raw) if not is_blank(cell)), 0)
    if not isinstance(raw[first], str) or not _TOTALS.match(as_text(raw[first])):
        return False
    return reference is None or first == reference or reference >= len(raw) or is_blank(raw[reference])


def _read_column(
    table: Table,
    column: Column,
    wanted: Field,
    records: Sequence[tuple[TableRow, Sequence[RawCell]]],
    settings: Settings,
) -> None:
    """Read one column into its rows. The same raw value is read once, since lists and dates repeat."""
    index, key, text_field = column.index, wanted.key, wanted.kind is Kind.TEXT
    bad = table.draft.unstored | table.draft.errors
    read: dict[tuple[type, RawCell], Value | Fault] = {}
    for row, raw in records:
        cell = raw[index] if index < len(raw) else None
        if bad and (row.number, index) in bad:
            found: Value | Fault = cell_without_value((row.number, index) in table.draft.errors)
        elif cell is None or cell == "":
            continue
        else:
            known = (cell.__class__, cell)
            if known not in read:
                read[known] = read_cell(wanted, cell, settings)
            found = read[known]
        if isinstance(found, Fault):
            table.faults.append((Place(row.number, column.header), found))
            row.faulty.add(key)
        elif found is not None:
            row.values[key] = found
            if text_field and isinstance(cell, str) and cell.startswith(_MARKS):
                table.marked.append(Place(row.number, column.header))


def cell_without_value(shows_error: bool) -> Fault:
    """The fault of a cell from which nothing could be read.

    An Excel error, or a formula that was never calculated.
    """
    if shows_error:
        return Fault(
            "V28",
            "The cell shows an Excel error such as #REF! or #N/A.",
            "A value.",
            "Correct the formula, or type the value.",
        )
    return Fault(
        "V28",
        "The cell holds a formula whose result is not stored in the file.",
        "A value, or a formula with its result.",
        "Open the file in Excel, save it and upload it again, or type the value.",
    )

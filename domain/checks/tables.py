"""Making a table of a sheet's grid.

Which row holds the headers, which column is which field, and what each cell holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.cells import Fault, as_text, is_blank, read_cell, read_survey_answer
from domain.coded_cells import Sender
from domain.drafts import RawCell, SheetDraft
from domain.fields import KEY_OF, Field, Kind, Sheet, fields_of
from domain.personal_data import header_kind, value_kind
from domain.returns import Value
from domain.vocabulary import plain

HEADER_SEARCH = 10
"""Headers are looked for in so many rows, since some files carry a title above them."""

COVER_COLUMNS = {"service": "service", "provider": "provider", "servicetype": "service_type"}
"""Columns that only repeat what the Cover says, by their plain header."""

ANSWER, QUESTION = "answer_code", "question_code"
"""An answer is read on the scale of the question in its row."""

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
    council: Field | None = None
    """The field of the council's that a provider sent, and that is therefore not read."""


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
    councils: list[Place] = field(default_factory=list)
    """Filled cells of columns that are the council's to fill."""

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


def reference_of(sheet: Sheet) -> str:
    """The column of a sheet without which a row is no record: the first text of its key."""
    texts = {f.key for f in fields_of(sheet) if f.kind is Kind.TEXT}
    return next(key for key in KEY_OF[sheet] if key in texts)


def letter(index: int) -> str:
    """The letter of a column as Excel shows it: 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def read_table(draft: SheetDraft, sheet: Sheet, sender: Sender) -> Table:
    """Understand a sheet with a row of headers and one record a row; blank rows are passed over."""
    table = Table(sheet, draft)
    known = spellings(fields_of(sheet, sender.service))
    at = _header_row(draft.grid, known)
    if at is None:
        return table
    table.above = [n + 1 for n in range(at) if not all(map(is_blank, draft.grid[n]))]
    below = [
        (n + 1, draft.grid[n])
        for n in range(at + 1, len(draft.grid))
        if not all(map(is_blank, draft.grid[n]))
    ]
    councils = spellings(fields_of(Sheet.SUPPLEMENT, sender.service)) if sheet is Sheet.CASES else {}
    table.columns = tuple(_columns(draft.grid[at], known, councils, below))
    records: list[tuple[TableRow, Sequence[RawCell]]] = []
    wanted = reference_of(sheet)
    reference = next((c.index for c in table.columns if c.field and c.field.key == wanted), None)
    for number, raw in below:
        if _is_total(raw, reference):
            table.left_out.append(number)
        else:
            records.append((TableRow(number), raw))
    table.rows = [row for row, _ in records]
    for column in table.columns:
        if column.field and column.field.key != ANSWER:
            _read_column(table, column, column.field, records, sender)
        elif column.repeats:
            table.repeated += [
                (Place(row.number, column.header), column.repeats, cell)
                for row, cell in _filled(records, column)
            ]
        elif column.council:
            table.councils += [Place(row.number, column.header) for row, _ in _filled(records, column)]
    for column in table.columns:
        if column.field and column.field.key == ANSWER:
            _read_answers(table, column, column.field, records, sender)
    return table


def _filled(
    records: Sequence[tuple[TableRow, Sequence[RawCell]]], column: Column
) -> Iterable[tuple[TableRow, RawCell]]:
    for row, raw in records:
        if column.index < len(raw) and not is_blank(raw[column.index]):
            yield row, raw[column.index]


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
    headers: Sequence[RawCell],
    known: dict[str, Field],
    councils: dict[str, Field],
    below: Sequence[tuple[int, Sequence[RawCell]]],
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
        elif council := councils.get(plain(text)):
            yield Column(index, text, council=council)
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
    sender: Sender,
) -> None:
    """Read one column into its rows. The same raw value is read once, since lists and dates repeat."""
    index, key = column.index, wanted.key
    as_written = wanted.kind in (Kind.TEXT, Kind.QUESTION)
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
                read[known] = read_cell(wanted, cell, sender.settings, sender.service, sender.provider)
            found = read[known]
        _take(table, column, key, row, found)
        marked = as_written and isinstance(cell, str) and cell.startswith(_MARKS)
        if marked and not isinstance(found, Fault):
            table.marked.append(Place(row.number, column.header))


def _take(table: Table, column: Column, key: str, row: TableRow, found: Value | Fault) -> None:
    if isinstance(found, Fault):
        table.faults.append((Place(row.number, column.header), found))
        row.faulty.add(key)
    elif found is not None:
        row.values[key] = found


def _read_answers(
    table: Table,
    column: Column,
    wanted: Field,
    records: Sequence[tuple[TableRow, Sequence[RawCell]]],
    sender: Sender,
) -> None:
    """Read the answers, each on the scale of the question in its row, once the questions are known."""
    asked = {question.code: question for question in sender.questions()}
    bad = table.draft.unstored | table.draft.errors
    for row, raw in records:
        cell = raw[column.index] if column.index < len(raw) else None
        if bad and (row.number, column.index) in bad:
            found: Value | Fault = cell_without_value((row.number, column.index) in table.draft.errors)
        else:
            question = row.values.get(QUESTION)
            found = read_survey_answer(wanted, cell, asked.get(str(question)))
            if isinstance(found, Fault) and found.check == "V26" and not asked:
                found = None  # whose survey it is could not be read, and that is said
        _take(table, column, wanted.key, row, found)


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

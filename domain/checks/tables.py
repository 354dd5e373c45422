"""Making a table of a sheet's grid: what each cell of its records holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.cell_text import FORMULA_STARTS
from domain.cells import Fault, is_blank, read_cell_of, read_survey_answer
from domain.checks.headings import HEADER_SEARCH
from domain.checks.layout import (
    Column,
    Row,
    Understanding,
    lay_out,
    letter,
    reference_of,
    spellings,
)
from domain.coded_cells import Sender
from domain.drafts import RawCell, SheetDraft
from domain.fields import Field, Kind, Sheet
from domain.odd_cells import OddNote, as_meant
from domain.returns import Value

__all__ = [
    "ANSWER",
    "HEADER_SEARCH",
    "QUESTION",
    "Column",
    "Place",
    "Table",
    "TableRow",
    "cell_without_value",
    "letter",
    "read_table",
    "reference_of",
    "spellings",
]

ANSWER, QUESTION = "answer_code", "question_code"
"""An answer is read on the scale of the question in its row."""


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

    `left_out` are rows of totals and notes; `above` rows over the headers; `header_row` is the (lower) row of the headers;
    `marked` texts that a spreadsheet could take for a formula.
    """

    sheet: Sheet
    draft: SheetDraft
    columns: tuple[Column, ...] = ()
    rows: list[TableRow] = field(default_factory=list)
    faults: list[tuple[Place, Fault]] = field(default_factory=list)
    marked: list[Place] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    header_row: int | None = None
    repeated: list[tuple[Place, str, RawCell]] = field(default_factory=list)
    """Filled cells of columns that repeat the Cover: where, what they repeat, what they hold."""
    councils: list[Place] = field(default_factory=list)
    """Filled cells of columns that are the council's to fill."""
    odd: list[OddNote] = field(default_factory=list)
    """Cells that were taken for something else than stands in them, or that could be read in two ways."""

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


def read_table(draft: SheetDraft, sheet: Sheet, sender: Sender) -> Table:
    """Understand a sheet with a row of headers and one record a row; blank rows are passed over."""
    layout = lay_out(draft, Understanding(sheet, sender.service, sender.mapping))
    table = Table(sheet, draft, layout.columns, header_row=layout.header_row)
    table.above, table.left_out = list(layout.above), list(layout.left_out)
    table.rows = [TableRow(number) for number, _ in layout.records]
    for column in table.columns:
        cells = layout.column(column.index)
        if column.field and column.field.key != ANSWER:
            _read_column(table, column, column.field, cells, sender)
        elif column.repeats:
            table.repeated += [
                (Place(row.number, column.header), column.repeats, cell)
                for row, cell in _filled(table, cells)
            ]
        elif column.council:
            table.councils += [Place(row.number, column.header) for row, _ in _filled(table, cells)]
    for column in table.columns:
        if column.field and column.field.key == ANSWER:
            _read_answers(table, column, column.field, layout.column(column.index), sender)
    return table


def _filled(table: Table, cells: Row) -> Iterable[tuple[TableRow, RawCell]]:
    return ((row, cell) for row, cell in zip(table.rows, cells, strict=False) if not is_blank(cell))


def _read_column(table: Table, column: Column, wanted: Field, cells: Row, sender: Sender) -> None:
    """Read one column into its rows. The same raw value is read once, since lists and dates repeat."""
    index, key = column.index, wanted.key
    cells, odd = as_meant(wanted, cells, sender, table.draft.from_1904)
    table.odd += [OddNote(column.header, key, table.rows[at].number, cell, was) for at, cell, was in odd]
    bad = {row for row, at in table.draft.unstored | table.draft.errors if at == index}
    numbers = {bool, int, float} & set(map(type, cells))
    # 1, 1.0 and True are the same key of a dict, and not the same answer.
    named = list(zip(map(type, cells), cells, strict=True)) if len(numbers) > 1 else cells
    read = {
        name: read_cell_of(wanted, cell, sender)
        for name, cell in dict(zip(named, cells, strict=True)).items()
        if not (cell is None or cell == "")
    }
    if not read and not bad:
        return
    if bad or any(isinstance(found, Fault) for found in read.values()):
        for row, name in zip(table.rows, named, strict=False):
            found = read.get(name)
            if row.number in bad:
                found = cell_without_value((row.number, index) in table.draft.errors)
            _take(table, column, key, row, found)
    else:
        for row, found in zip(table.rows, map(read.get, named), strict=False):
            if found is not None:
                row.values[key] = found  # type: ignore[assignment]
    if wanted.kind in (Kind.TEXT, Kind.QUESTION) and any(map(_marked, dict.fromkeys(cells))):
        for row, cell in zip(table.rows, cells, strict=False):
            if _marked(cell) and key not in row.faulty:
                table.marked.append(Place(row.number, column.header))


def _marked(cell: object) -> bool:
    return isinstance(cell, str) and cell[:1] in FORMULA_STARTS


def _take(table: Table, column: Column, key: str, row: TableRow, found: Value | Fault) -> None:
    if isinstance(found, Fault):
        table.faults.append((Place(row.number, column.header), found))
        row.faulty.add(key)
    elif found is not None:
        row.values[key] = found


def _read_answers(table: Table, column: Column, wanted: Field, cells: Row, sender: Sender) -> None:
    """Read the answers, each on the scale of the question in its row, once the questions are known."""
    asked = {question.code: question for question in sender.questions()}
    bad = table.draft.unstored | table.draft.errors
    for row, cell in zip(table.rows, cells, strict=False):
        if bad and (row.number, column.index) in bad:
            found: Value | Fault = cell_without_value((row.number, column.index) in table.draft.errors)
        else:
            question = row.values.get(QUESTION)
            found = read_survey_answer(wanted, cell, asked.get(str(question)), sender)
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

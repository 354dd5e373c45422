"""Rows that are written into a blank return before it is given out: what is known already, as its sender would type it.

Everything is written so that it is read back as the same: a label where it means the one answer, else its code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from domain.cells import read_cell, read_survey_answer, write_day
from domain.checks.tables import ANSWER, QUESTION
from domain.field_kinds import Field, Kind, Sheet
from domain.returns import Record, Value
from domain.settings import Settings, SurveyQuestion
from domain.vocabulary import absent_codes

DUE_SHEET = "Due in this period"
CLOSED_SHEET = "Closed, may reopen"
OUR_SHEETS = (DUE_SHEET, CLOSED_SHEET)
"""Sheets to look things up in; nothing is read from them."""
DATE_FORMAT = "DD/MM/YYYY"
AUTHOR = "Dashboard"

_TEXT_FORMAT = "@"
_NOTES_MOST = 1000
"""So many cells get a note, since each takes long to write; what is waited for in the others stands on its sheet like the rest."""
_DUE_FILL = PatternFill("solid", start_color="FFFFE699")
_BOLD = Font(bold=True)
_HEADER_FONT = Font(bold=True, color="FFFFFF")
_HEADER_FILL = PatternFill("solid", start_color="FF1F4E79")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Due:
    """One cell of a row that is waited for: the row by its place in its sheet, from 0; `state` is when, in words."""

    sheet: Sheet
    row: int
    reference: str
    field: str
    what: str
    due: date | None
    state: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What a return is filled with.

    Parameters
    ----------
    cover : by field key. rows : of each sheet. due : the cells that are waited for.
    closed : references of closed cases that may be opened again, with the day each ended.
    told : what its receiver should know of it, each a sentence.
    """

    cover: Record = field(default_factory=dict)
    rows: Mapping[Sheet, Sequence[Record]] = field(default_factory=dict)
    due: tuple[Due, ...] = ()
    closed: tuple[tuple[str, date], ...] = ()
    told: tuple[str, ...] = ()


NOTHING_FILLED = Filled()


class Typist:
    """Writes values as the sender of a return would type them; each answer is looked up once."""

    def __init__(self, settings: Settings, service: str, provider: str) -> None:
        self._settings, self._service, self._provider = settings, service, provider
        self._asked: dict[str, SurveyQuestion] = (
            {question.code: question for question in settings.survey(service, provider)} if provider else {}
        )
        self._known: dict[tuple[str, Value, str], Value] = {}

    def typed(self, column: Field, record: Record) -> Value:
        """What is typed into the cell of a column for a row; nothing for a blank."""
        value = record.get(column.key)
        if value is None or value == () or isinstance(value, (int, float, date)):
            return None if value == () else value
        if column.kind is Kind.TEXT:
            return value
        question = str(record.get(QUESTION, "")) if column.key == ANSWER else ""
        place = (column.key, value, question)
        if place not in self._known:
            self._known[place] = self._readable(column, value, question)
        return self._known[place]

    def _readable(self, column: Field, value: Value, question: str) -> Value:
        parts = value if isinstance(value, tuple) else (value,)
        labels = "; ".join(self._label(column, str(part)) for part in parts)
        if column.key == ANSWER:
            meant = read_survey_answer(column, labels, self._asked.get(question))
        else:
            meant = read_cell(column, labels, self._settings, self._service, self._provider or None)
        same = set(meant) == set(parts) if isinstance(meant, tuple) else meant == value
        return labels if same else "; ".join(map(str, parts))

    def _label(self, column: Field, key: str) -> str:
        match column.kind:
            case Kind.AREA:
                return self._settings.area_label(key)
            case Kind.PROVIDER:
                return self._settings.provider_label(key)
            case Kind.QUESTION:
                return self._settings.question_label(self._service, key)
            case Kind.YES_NO:
                return absent_codes().get(key, key)
        return column.code_list_for(self._service).label(key) if column.coded else key


def put(cell: Cell, value: Value) -> None:
    """Write a value into a cell: a date as a date, and a text as that text and never as a formula."""
    if isinstance(value, date):
        cell.value = value
        cell.number_format = DATE_FORMAT
    elif isinstance(value, str):
        put_text(cell, value)
    elif value is not None:
        cell.value = value


def put_text(cell: Cell, text: str) -> None:
    """Write a text as it is, whatever it looks like: Excel would calculate one that starts with an equals sign."""
    cell.value = _ESCAPED.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True


def write_records(
    sheet: Worksheet, fields: Sequence[Field], records: Sequence[Record], typist: Typist
) -> None:
    """Write the rows of a sheet below its headers."""
    for row, record in enumerate(records, start=2):
        for column, wanted in enumerate(fields, start=1):
            value = typist.typed(wanted, record)
            if value is not None:
                cell = sheet.cell(row, column)
                put(cell, value)
                if wanted.kind is Kind.TEXT:
                    cell.number_format = _TEXT_FORMAT


def mark_due(sheet: Worksheet, fields: Sequence[Field], due: Sequence[Due]) -> None:
    """Mark the cells that are waited for, by more than a colour: a comment in each, and the row's reference in bold."""
    columns = {wanted.key: column for column, wanted in enumerate(fields, start=1)}
    for number, one in enumerate(due):
        cell = sheet.cell(one.row + 2, columns[one.field])
        cell.fill = _DUE_FILL
        if number < _NOTES_MOST:
            cell.comment = Comment(f"{one.state}: {one.what}", AUTHOR, width=280, height=60)
        sheet.cell(one.row + 2, columns["case_ref"]).font = _BOLD


def write_due_sheet(sheet: Worksheet, filled: Filled, labels: Mapping[tuple[Sheet, str], str]) -> None:
    """List what is waited for: case, what, column, by when, with a link to the cell."""
    headers = ("Case reference", "What is waited for", "Sheet", "Column", "Last day in time", "When")
    said = (*filled.told, "This sheet is for looking things up: what is typed here is not read.")
    for row, text in enumerate(said, start=1):
        sheet.cell(row, 1, text)
    top = len(said) + 1
    _headers(sheet, top, headers, (22, 60, 14, 34, 18, 30))
    for row, one in enumerate(filled.due, start=top + 1):
        reference = sheet.cell(row, 1)
        put_text(reference, one.reference)
        place = f"{quote_sheetname(str(one.sheet))}!{_letter(labels, one)}{one.row + 2}"
        reference.hyperlink = Hyperlink(ref=reference.coordinate, location=place)
        reference.font = Font(color="FF0563C1", underline="single")
        texts = (one.what, str(one.sheet), labels[one.sheet, one.field])
        for column, text in enumerate(texts, start=2):
            put_text(sheet.cell(row, column), text)
        put(sheet.cell(row, 5), one.due)
        put_text(sheet.cell(row, 6), one.state)


def _letter(labels: Mapping[tuple[Sheet, str], str], one: Due) -> str:
    keys = [key for sheet, key in labels if sheet is one.sheet]
    return str(get_column_letter(keys.index(one.field) + 1))


def write_closed_sheet(sheet: Worksheet, closed: Sequence[tuple[str, date]]) -> None:
    """List the closed cases that may be opened again: reference and day of the outcome, and nothing else."""
    said = (
        "Was one of these cases opened again? Copy its whole row from the return it was last in to the sheet Cases, and "
        "enter the day there.",
        "This sheet is for looking things up: what is typed here is not read.",
    )
    for row, text in enumerate(said, start=1):
        sheet.cell(row, 1, text)
    _headers(sheet, 3, ("Case reference", "Outcome date"), (22, 18))
    for row, (reference, day) in enumerate(closed, start=4):
        put_text(sheet.cell(row, 1), reference)
        put(sheet.cell(row, 2), day)


def _headers(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    for column, (text, width) in enumerate(zip(texts, widths, strict=True), start=1):
        cell = sheet.cell(row, column, text)
        cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, Alignment(wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{row + 1}"


def when_due(due: date | None, first: date, last: date) -> str:
    """When something is due, seen from the period of a return, in words."""
    if due is None:
        return "Still missing"
    if due < first:
        return f"Was due by {write_day(due)}"
    return f"Due by {write_day(due)}" if due <= last else f"Due by {write_day(due)}, after this period"

"""Writing a return as an Excel workbook, with the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from domain.fields import Field, Kind, Sheet, fields_of
from domain.returns import Record, Value
from sample_data.sending import Sending
from sample_data.settings import example_settings

_DAY = "dd/mm/yyyy"
_ZIP_TIME = (2018, 11, 14, 9, 0, 0)
_STAMP = re.compile(rb"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def workbook_bytes(sending: Sending) -> bytes:
    """Give the bytes of the workbook of one return: the cover and the sheets that the sending has."""
    book = Workbook()
    book.properties.creator = "Contract manager"
    cover = book.active
    cover.title = "Cover"
    for row, field in enumerate(fields_of(Sheet.COVER, sending.service), start=1):
        cover.cell(row, 1, field.label).font = Font(bold=True)
        _write(cover, row, 2, sending.cover.get(field.key))
    cover.column_dimensions["A"].width = 26
    cover.column_dimensions["B"].width = 28
    for sheet, rows in sending.sheets.items():
        _table(book.create_sheet(sheet.value), fields_of(sheet, sending.service), rows, sending)
    buffer = io.BytesIO()
    book.save(buffer)
    sent = datetime.combine(_submitted(sending), datetime.min.time()).isoformat() + "Z"
    return same_every_time(buffer.getvalue(), sent.encode())


def write_returns(folder: Path, sendings: Iterable[Sending]) -> list[Path]:
    """Write the workbooks into a folder, which is made when it is missing, and give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for sending in sendings:
        path = folder / sending.file_name
        path.write_bytes(workbook_bytes(sending))
        paths.append(path)
    return paths


def _submitted(sending: Sending) -> date:
    day = sending.cover["submitted_on"]
    return day if isinstance(day, date) else sending.period.end


def _table(sheet: Worksheet, fields: tuple[Field, ...], rows: Iterable[Record], sending: Sending) -> None:
    for column, field in enumerate(fields, start=1):
        sheet.cell(1, column, field.label).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = max(12, len(field.label) + 2)
    sheet.freeze_panes = "B2"
    for number, row in enumerate(rows, start=2):
        for column, field in enumerate(fields, start=1):
            _write(sheet, number, column, as_typed(field, row.get(field.key), sending))


def as_typed(field: Field, value: Value, sending: Sending) -> Value:
    """Give a value as the sender's staff type it: a label or a code, several with semicolons between."""
    if value is None or isinstance(value, (int, float, date)):
        return value
    if isinstance(value, tuple):
        return "; ".join(str(as_typed(field, item, sending)) for item in value)
    if sending.as_codes or field.kind is Kind.YES_NO:
        return value
    if field.kind is Kind.AREA:
        label = example_settings().area_label(value)
        return sending.spellings.get(label, label)
    return field.code_list_for(sending.service).label(value) if field.coded else value


def _write(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    if value is not None:
        cell = sheet.cell(row, column, value)
        if isinstance(value, date):
            cell.number_format = _DAY


def same_every_time(content: bytes, sent: bytes) -> bytes:
    """Write the archive again with fixed dates and the one canonical form of its XML.

    The writing library stamps the current time into the document and the archive, and how it spells XML
    depends on which XML library is installed.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _STAMP.sub(sent, part)
            text = ElementTree.canonicalize(part.decode())
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3  # otherwise it names the machine's own system
            new.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode())
    return out.getvalue()

"""What a fast reader cannot tell of a workbook, taken from its XML.

Hidden rows and columns, formulas, Excel errors, merged cells, its true extent. The XML of a sheet is searched and not parsed: a sheet
may have millions of cells, and few of them are of interest here.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from itertools import islice
from xml.etree.ElementTree import Element  # only the type; parsing is defusedxml's

from defusedxml import DTDForbidden
from defusedxml.ElementTree import fromstring

from data_access.spreadsheets.refusals import CELL_LIMIT

MERGED_LIMIT = 10_000
"""Merged cells that are looked at, from the top; more are in no return, and only headers are joined by them."""

_COLUMNS = 16_384
_ROOT = re.compile(rb"<(\w+:)?worksheet\b")
_AT = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_ROW_NUMBER = re.compile(rb"\br=\"(\d{1,7})\"")
_HIDDEN = re.compile(rb"\bhidden=\"(?:1|true)\"")


@dataclass(frozen=True, slots=True)
class _Written:
    """What to search for in a sheet, by the prefix that its writer gives every element."""

    cell: bytes
    cell_end: bytes
    row_start: bytes
    row_end: bytes
    row: re.Pattern[bytes]
    column: re.Pattern[bytes]
    merged: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    stored: re.Pattern[bytes]

    @classmethod
    def of(cls, xml: bytes) -> _Written:
        root = _ROOT.search(xml, 0, 65_536)
        p = (root[1] if root else None) or b""
        merged = rb"\s[^>]*?\bref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\""
        return cls(
            b"<" + p + b"c ",
            b"</" + p + b"c>",
            b"<" + p + b"row",
            b"</" + p + b"row>",
            re.compile(b"<" + p + rb"row\s([^>]*)>"),
            re.compile(b"<" + p + rb"col\s([^>]*)>"),
            re.compile(b"<" + p + b"mergeCell" + merged),
            re.compile(b"<" + p + rb"f[\s/>]"),
            re.compile(b"<" + p + rb"v(?:\s[^>]*)?>[^<]"),
        )


@dataclass(slots=True)
class SheetParts:
    """What one sheet hides, calculates and joins. Rows count from 1, columns from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    formulas: int = 0
    unstored: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)
    merged: tuple[tuple[int, int, int, int], ...] = ()


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each sheet, by the sheet's name.

    Raises
    ------
    KeyError, ValueError, xml.etree.ElementTree.ParseError
        When the archive is no workbook.
    """
    targets = {
        _local(link, "Id"): posixpath.normpath(posixpath.join("xl", _local(link, "Target"))).lstrip("/")
        for link in fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
        if _local(link, "TargetMode") != "External"
    }
    book = fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
    sheets = [element for element in book.iter() if _tag(element) == "sheet"]
    return {
        _local(sheet, "name"): targets[_local(sheet, "id")]
        for sheet in sheets
        if _local(sheet, "id") in targets
    }


def counts_from_1904(archive: zipfile.ZipFile) -> bool:
    """Whether the workbook counts its days from 1904."""
    book = fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
    said = (_local(e, "date1904") for e in book.iter() if _tag(e) == "workbookPr")
    return any(value in ("1", "true", "on") for value in said)


def searchable(xml: bytes) -> bytes:
    """The XML of a sheet so that it can be searched: in one alphabet, with one kind of quotation mark.

    Raises
    ------
    defusedxml.DTDForbidden
        When it declares what a sheet never does.
    """
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        xml = xml.decode("utf-16").encode()
    if xml.find(b"<!DOCTYPE", 0, 65_536) >= 0:
        raise DTDForbidden("worksheet", None, None)
    return xml.replace(b"'", b'"') if b" r='" in xml else xml


def extent(xml: bytes) -> tuple[int, int]:
    """Last row (from 1) and number of columns that any filled cell reaches, whatever the sheet says of itself.

    The columns are counted only where a cell lies so far out that the sheet would be too large; else the number is 0.
    """
    written = _Written.of(xml)
    last = xml.rfind(written.cell_end)
    at = xml.rfind(written.row_start, 0, max(last, 0))
    number = _ROW_NUMBER.search(xml, at, xml.find(b">", at)) if at >= 0 else None
    rows = int(number[1]) if number else xml.count(written.row_end)  # a row need not say where it stands
    most = CELL_LIMIT // max(rows, 1)
    if most >= _COLUMNS:
        return rows, 0
    wide = (at for at in re.finditer(_beyond(most), xml) if xml[at.end() - 2 : at.end() - 1] != b"/")
    return rows, max((column_index(at[1].decode()) + 1 for at in wide), default=0)


def _beyond(most: int) -> bytes:
    """What finds a cell in a column further out than so many, or not much nearer."""
    first = chr(64 + min(most // 26, 26)) if most >= 26 else ""
    letters = f"[{first}-Z][A-Z]|[A-Z]{{3}}" if first else "[A-Z]{1,3}"
    return rf' r="({letters})\d{{1,7}}"[^<>]*>'.encode()


def look_at_sheet(xml: bytes) -> SheetParts:
    """What a sheet hides, calculates and joins."""
    parts, written = SheetParts(), _Written.of(xml)
    if b'hidden="' in xml:
        _look_for_hidden(xml, written, parts)
    for formula in written.formula.finditer(xml):
        parts.formulas += 1
        cell = _cell_around(xml, formula.start(), written)
        # Excel stores an empty text as an empty value of type "str"; without that type nothing was ever calculated.
        if not written.stored.search(cell) and b't="str"' not in cell[: cell.find(b">")]:
            parts.unstored |= _place(cell)
    at = xml.find(b' t="e"')
    while at >= 0:
        parts.errors |= _place(_cell_around(xml, at, written))
        at = xml.find(b' t="e"', at + 6)
    if (at := xml.find(b"mergeCells")) >= 0:
        found = islice(written.merged.finditer(xml, at), MERGED_LIMIT)
        parts.merged = tuple(
            (int(m[2]), column_index(m[1].decode()), int(m[4]), column_index(m[3].decode())) for m in found
        )
    return parts


def _look_for_hidden(xml: bytes, written: _Written, parts: SheetParts) -> None:
    for row in written.row.finditer(xml):
        if _HIDDEN.search(row[1]) and (number := _ROW_NUMBER.search(row[1])):
            parts.hidden_rows.append(int(number[1]))
    for column in written.column.finditer(xml):
        limits = dict(re.findall(rb'\b(min|max)="(\d{1,5})"', column[1]))
        if _HIDDEN.search(column[1]) and len(limits) == 2:
            first, last = int(limits[b"min"]), int(limits[b"max"])
            parts.hidden_columns += range(first - 1, min(last, first + 200))


def _cell_around(xml: bytes, at: int, written: _Written) -> bytes:
    """The cell that something stands in, its opening tag first."""
    start = xml.rfind(written.cell, max(at - 500, 0), at)
    end = xml.find(written.cell_end, at)
    return xml[start:end] if 0 <= start < end else b""


def _place(cell: bytes) -> set[tuple[int, int]]:
    at = _AT.search(cell)
    return {(int(at[2]), column_index(at[1].decode()))} if at else set()


def column_index(letters: str) -> int:
    """The index of a column from its letters: A is 0, AA is 26; -1 for none."""
    index = 0
    for character in letters:
        index = index * 26 + ord(character) - 64
    return index - 1


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _local(element: Element, name: str) -> str:
    """An attribute by its name without a namespace; blank when there is none."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")

"""What a fast reader cannot tell of a workbook, taken from its XML.

Hidden rows and columns, formulas, Excel errors, its true extent.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element  # only the type; parsing is defusedxml's

from defusedxml.ElementTree import fromstring, iterparse

_LOOK_CLOSER = re.compile(rb"<(?:\w+:)?f[\s/>]|\bhidden=\"|\bt=\"e\"")
_FILLED_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*(?<!/)>")


@dataclass(slots=True)
class SheetParts:
    """What one sheet hides and calculates. Rows count from 1, columns from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    formulas: int = 0
    unstored: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each sheet, by the sheet's name.

    Raises
    ------
    KeyError, ValueError, xml.etree.ElementTree.ParseError
        When the archive is no workbook.
    """
    targets = {
        _local(link, "Id"): posixpath.normpath(posixpath.join("xl", _local(link, "Target"))).lstrip("/")
        for link in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        if _local(link, "TargetMode") != "External"
    }
    book = fromstring(archive.read("xl/workbook.xml"))
    sheets = [element for element in book.iter() if _tag(element) == "sheet"]
    return {
        _local(sheet, "name"): targets[_local(sheet, "id")]
        for sheet in sheets
        if _local(sheet, "id") in targets
    }


def extent(xml: bytes) -> tuple[int, int]:
    """Last row (from 1) and number of columns that any written cell reaches.

    Whatever the sheet says of itself.
    """
    cells = _FILLED_CELL.findall(xml)
    columns = {letters for letters, _ in cells}
    rows = {number for _, number in cells}
    return max(map(int, rows), default=0), max((column_index(c.decode()) for c in columns), default=-1) + 1


def sheet_parts(xml: bytes) -> SheetParts:
    """What a sheet hides and calculates; a sheet that does neither is not parsed at all."""
    parts = SheetParts()
    if not _LOOK_CLOSER.search(xml):
        return parts
    for element in _elements(xml):
        match _tag(element):
            case "col" if element.get("hidden") in ("1", "true"):
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                parts.hidden_columns += range(first - 1, min(last, first + 200))
            case "row":
                if element.get("hidden") in ("1", "true"):
                    parts.hidden_rows.append(int(element.get("r", "0")))
                element.clear()
            case "c":
                _look_at_cell(element, parts)
    return parts


def _look_at_cell(cell: Element, parts: SheetParts) -> None:
    match = re.fullmatch(r"([A-Z]{1,3})(\d+)", cell.get("r", ""))
    if not match:
        return
    at = (int(match[2]), column_index(match[1]))
    children = {_tag(child): child for child in cell}
    if cell.get("t") == "e":
        parts.errors.add(at)
    if "f" in children:
        parts.formulas += 1
        value = children.get("v")
        # Excel stores an empty text as an empty value of type "str"; without that type nothing was
        # ever calculated.
        if (value is None or not value.text) and cell.get("t") != "str":
            parts.unstored.add(at)


def _elements(xml: bytes) -> Iterator[Element]:
    for _, element in iterparse(io.BytesIO(xml), events=("end",)):
        yield element


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

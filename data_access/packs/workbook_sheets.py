"""A sheet of a pack's workbook that every reader can use: one title, lines of text, at most one table that is marked as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table as MarkedTable
from openpyxl.worksheet.table import TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from domain.cell_text import FORMULA_STARTS
from domain.figure_table import HIDDEN
from domain.look import Look

Value: TypeAlias = "str | int | float | date | None"

OWN_COLOUR: Final = "#1f4e79"
"""The dashboard's own, where the council has set none."""
_FONT: Final = "Arial"
_TEXT, _HEADING, _TITLE = 12, 14, 16
_NARROWEST, _FIRST_WIDE = 14, 60
"""Widths in letters; the first column also carries the lines above a table."""
_WIDEST: Final = ((3, 70), (6, 40), (99, 26))
"""The widest a column may be, in a table of so many columns: each sheet is printed as wide as one page."""
_LINE: Final = 1.25
"""How high a line is, for the size of its letters."""
_NUMBER: Final = re.compile(rf"{HIDDEN}|[-+]?£?[\d,.]+%?")
_NO_SIGNS: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold, and the library does not look for."""
_ILLEGAL_TITLE: Final = re.compile(r"[\[\]:*?/\\]|^'+|'+$")
MOST_OF_A_TITLE: Final = 31
"""So many letters may the title of a sheet have."""
_LONG: Final = 20
"""A table of more rows than these keeps its headers in sight. On a shorter one they would only take room from whoever enlarges it."""


class Book:
    """A workbook that is being written, in one look."""

    def __init__(self, look: Look) -> None:
        self.book = Workbook()
        self.book.remove(self.book.active)
        colour = look.colour or OWN_COLOUR
        self._fill = PatternFill("solid", start_color=f"FF{colour[1:].upper()}")
        self._ink = f"FF{look.ink(colour)[1:].upper()}"
        self._tables: set[str] = set()

    def add(self, title: str) -> Sheet:
        """A new sheet at the end, under a title that is free."""
        sheet = self.book.create_sheet(free_title(title, self.book.sheetnames))
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
        return Sheet(self, sheet)

    def table_name(self, wanted: str) -> str:
        """A name for a table that is legal and free."""
        legal = "table_" + re.sub(r"\W+", "_", wanted, flags=re.ASCII).strip("_").lower()
        name, number = legal, 1
        while name in self._tables:
            number += 1
            name = f"{legal}_{number}"
        self._tables.add(name)
        return name

    def as_header(self, cell: Cell) -> None:
        """Make a cell the header of a column: told apart by its place and its bold letters, not by the colour alone."""
        cell.font, cell.fill = Font(name=_FONT, size=_TEXT, bold=True, color=self._ink), self._fill


class Sheet:
    """One sheet, filled from the top."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self._book, self._sheet, self._row = book, sheet, 0
        sheet.column_dimensions["A"].width = _FIRST_WIDE

    @property
    def title(self) -> str:
        """What its tab says."""
        return str(self._sheet.title)

    def heading(self, text: str, *, first: bool = False) -> None:
        """A heading in the first column, marked as one; the title of the sheet where it is the first."""
        size = _TITLE if first else _HEADING
        cell = self._line(text, size)
        cell.style = "Headline 1" if first else "Headline 2"
        cell.font = Font(name=_FONT, size=size, bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")

    def line(self, text: str, *, to: str = "") -> None:
        """One line of text, if there is any; `to` is the address it leads to."""
        if text:
            cell = self._line(text)
            if to:
                cell.hyperlink = Hyperlink(ref=cell.coordinate, target=to, tooltip=to)
                cell.font = Font(name=_FONT, size=_TEXT, underline="single", color="FF0B4F9E")

    def footer(self, text: str) -> None:
        """What stands at the foot of each printed page: at most 255 letters, in which & would be a command."""
        self._sheet.oddFooter.left.text = legal_text(text).replace("&", "&&")[:200].rstrip("&")
        self._sheet.oddFooter.right.text = "&P / &N"

    def table(
        self, name: str, headers: Sequence[str], rows: Iterable[Sequence[Value]], *, links: Sequence[str] = ()
    ) -> None:
        """The one table of the sheet, below what stands there, marked and named; without rows there is none.

        Parameters
        ----------
        links : the titles of the sheets that the cells of the first column lead to, one a row.
        """
        filled = [list(row) for row in rows]
        if not filled:
            return
        unique = unique_headers(headers)
        top = self._row + 1
        for place, text in enumerate(unique, start=1):
            self._book.as_header(self._put(top, place, text))
        for number, row in enumerate(filled, start=top + 1):
            for place, value in enumerate(row, start=1):
                self._put(number, place, value)
        for number, title in enumerate(links, start=top + 1):
            cell = self._sheet.cell(number, 1)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(title)}!A1")
            cell.font = Font(name=_FONT, size=_TEXT, underline="single", color="FF0B4F9E")
        self._row = top + len(filled)
        self._mark(name, unique, top)
        widths = self._widen(unique, filled, lines_above=top > 1)
        self._raise(top, unique, widths)
        for number, cells in enumerate(filled, start=top + 1):
            self._raise(number, cells, widths)
        self._set_right(filled, top)
        self._sheet.print_title_rows = f"{top}:{top}"
        if len(filled) > _LONG:
            self._sheet.freeze_panes = self._sheet.cell(top + 1, 1)

    def numbers(
        self, name: str, headers: Sequence[str], rows: Sequence[Sequence[Value]], *, space: int
    ) -> tuple[Worksheet, int]:
        """A second table, of what a chart is drawn from, below so many empty rows in which the chart stands.

        Returns
        -------
        tuple of Worksheet and int
            The sheet, and the row of the headers.
        """
        unique = unique_headers(headers)
        top = self._row + space + 1
        for place, text in enumerate(unique, start=1):
            self._book.as_header(self._put(top, place, text))
        for number, row in enumerate(rows, start=top + 1):
            for place, value in enumerate(row, start=1):
                self._put(number, place, value)
        known = self._sheet.column_dimensions
        for place in range(1, len(unique) + 1):
            letter = get_column_letter(place)
            known[letter].width = max(known[letter].width, _NARROWEST)
        self._raise(
            top, unique, [int(known[get_column_letter(place + 1)].width) for place in range(len(unique))]
        )
        self._set_right(rows, top)
        # On paper chart and numbers stand on a page of their own, and nowhere under the headers of a table that ended before.
        self._sheet.row_breaks.append(Break(id=self._row))
        self._sheet.freeze_panes, self._sheet._print_rows = None, None
        self._row = top + len(rows)
        self._mark(name, unique, top)
        return self._sheet, top

    def _mark(self, name: str, headers: Sequence[str], top: int) -> None:
        area = f"A{top}:{get_column_letter(len(headers))}{self._row}"
        named = self._book.table_name(name)
        # With columns of its own it gets no filter buttons, which stand in the way of a screen reader.
        columns = [TableColumn(id=place, name=text) for place, text in enumerate(headers, start=1)]
        self._sheet.add_table(MarkedTable(displayName=named, name=named, ref=area, tableColumns=columns))

    def _widen(
        self, headers: Sequence[str], rows: Sequence[Sequence[Value]], *, lines_above: bool
    ) -> list[int]:
        widest, widths = next(wide for most, wide in _WIDEST if len(headers) <= most), []
        for place, header in enumerate(headers):
            longest = max(
                len(str(value)) for value in (header, *(row[place] for row in rows)) if value is not None
            )
            width = min(max(longest + 3, _NARROWEST), widest)
            if place == 0 and lines_above:
                width = _FIRST_WIDE
            self._sheet.column_dimensions[get_column_letter(place + 1)].width = width
            widths.append(width)
        return widths

    def _set_right(self, rows: Sequence[Sequence[Value]], top: int) -> None:
        """Set columns of numbers to the right, with their header and with what is hidden in them."""
        for place in range(1, len(rows[0])):
            cells = [row[place] for row in rows if row[place] not in (None, "")]
            if cells and all(_is_number(cell) for cell in cells):
                for number in range(top, top + len(rows) + 1):
                    self._sheet.cell(number, place + 1).alignment = Alignment(
                        horizontal="right", indent=1, wrap_text=True, vertical="top"
                    )

    def _raise(self, row: int, cells: Sequence[Value], widths: Sequence[int], size: int = _TEXT) -> None:
        """Make a row as high as its longest cell, because not every program does so by itself."""
        room = [max(int(width * _TEXT / size), 1) for width in widths]
        lines = max(
            sum(max(-(-len(line) // wide), 1) for line in str("" if cell is None else cell).split("\n"))
            for cell, wide in zip(cells, room, strict=True)
        )
        self._sheet.row_dimensions[row].height = lines * size * _LINE + 2

    def _line(self, text: str, size: int = _TEXT) -> Cell:
        self._row += 1
        self._raise(self._row, [text], [_FIRST_WIDE], size)
        return self._put(self._row, 1, text)

    def _put(self, row: int, column: int, value: Value) -> Cell:
        clean = legal_text(value) if isinstance(value, str) else value
        cell = self._sheet.cell(row, column, clean)
        cell.font = Font(name=_FONT, size=_TEXT)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if isinstance(clean, str) and clean:
            cell.data_type = "s"  # what starts with = is a text here, and nothing to calculate
            cell.quotePrefix = clean.startswith(FORMULA_STARTS)
        elif isinstance(clean, date):
            cell.number_format = "d mmm yyyy"
        return cell


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) or (isinstance(value, str) and bool(_NUMBER.fullmatch(value)))


def legal_text(text: str) -> str:
    """A text without signs that a workbook cannot hold."""
    return _NO_SIGNS.sub("", ILLEGAL_CHARACTERS_RE.sub("", text))


def free_title(wanted: str, taken: Iterable[str]) -> str:
    """A legal title of a sheet that no other has in any case: 'Outcomes', then 'Outcomes 2'.

    >>> free_title("In/out: [a]?", []), free_title("outcomes", ["Outcomes"])
    ('In out a', 'outcomes 2')
    """
    used = {title.casefold() for title in taken} | {"history"}
    legal = " ".join(_ILLEGAL_TITLE.sub(" ", legal_text(wanted)).split()) or "Sheet"
    title, number = _cut(legal, MOST_OF_A_TITLE), 1
    while title.casefold() in used:
        number += 1
        end = f" {number}"
        title = f"{_cut(legal, MOST_OF_A_TITLE - len(end))}{end}"
    return title


def _cut(text: str, most: int) -> str:
    """A text of so many letters at most, cut between two words where that leaves enough of it."""
    if len(text) > most:
        words = text[: most + 1].rpartition(" ")[0]
        text = words if len(words) > most // 2 else text[:most]
    return text.strip(" '")


def unique_headers(headers: Sequence[str]) -> list[str]:
    """The headers of a table, none blank and none twice: whoever hears them must tell the columns apart.

    >>> unique_headers(["Share", "", "share"])
    ['Share', 'Column 2', 'share (3)']
    """
    found: list[str] = []
    for place, text in enumerate(headers, start=1):
        clean = " ".join(legal_text(text).split()) or f"Column {place}"
        known = {one.casefold() for one in found}
        found.append(f"{clean} ({place})" if clean.casefold() in known else clean)
    return found

"""Tables on slides: how wide their columns are, which rows stand on which slide, and writing one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches

from data_access.packs.slides_places import GREY, INK, LANGUAGE, Box
from data_access.packs.slides_text import POINTS, lines_of, plain, width_of
from domain.figure_table import HIDDEN
from domain.formats import NOTHING
from domain.table import Cell, Table

SIZES: Final = (20.0, 18.0, 16.0, 14.0, 12.0)
"""Of the letters in a table, the first that lets it stand on the fewest slides."""
BESIDE: Final = (16.0, 14.0, 12.0)
"""Of the letters in a table beside a chart."""
_A: Final = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_INSET: Final = 0.1
_ROOM: Final = 2 * _INSET + 0.04
"""What a column takes beside its words; a little more than its margins, so that no word is wrapped by a hair."""
_LINE: Final = 1.2
_FROM_AFAR: Final = 14.0
_HAIR: Final = 1e-6
_MOST_SPARE: Final = 1.2
"""More room than this between two columns, and the eye loses the row."""
_UNBROKEN: Final = 14
"""A cell of so few letters, as a date, stands on one line."""
_NUMBERLIKE: Final = re.compile(r"[-−–]?[\d,]+(\.\d+)?%?( ?\(.*\))?\*?|–|c|")
_NO_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it is laid out: its words, the size of its letters, its columns in inches, and the rows of each slide by place."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    size: float
    columns: tuple[float, ...]
    heights: tuple[float, ...]
    """Of the headers, then of each row."""
    pages: tuple[tuple[int, ...], ...]
    squeezed: bool = False
    """Whether a date or a word is broken for want of room."""

    @property
    def airy(self) -> bool:
        """Whether all rows are as high as each other, so mostly of one line, in letters that are read from afar."""
        return self.size >= _FROM_AFAR and len(set(self.heights[1:])) < 2

    @property
    def high(self) -> float:
        """How high it is if it stands on one slide, in inches."""
        return sum(self.heights)

    @property
    def wide(self) -> float:
        """How wide it is, in inches."""
        return sum(self.columns)


def cell_words(cell: Cell) -> str:
    """A cell as it is written on a slide: whole numbers with their thousands apart, everything else as it stands.

    >>> cell_words(1234), cell_words(2.5), cell_words("c"), cell_words(None)
    ('1,234', '2.5', 'c', '–')
    """
    if cell is None:
        return NOTHING
    return f"{cell:,}" if isinstance(cell, int | float) else plain(cell)


def lay_out(table: Table, wide: float, high: float, sizes: Sequence[float] = SIZES) -> Sheet:
    """A table within so many inches: with the largest letters with which it stands on the fewest slides."""
    headers, rows = _words_of(table)
    found = [_laid_out(headers, rows, size, wide, high) for size in sizes]
    return min(found, key=lambda one: (len(one.pages), one.squeezed, not one.airy, -one.size))


def natural_width(table: Table, size: float) -> float:
    """How wide a table is if no cell is wrapped, in inches."""
    return sum(
        max(width_of(text, size, bold=place == 0) for place, text in enumerate(column)) + _ROOM
        for column in _columns(*_words_of(table))
    )


def _words_of(table: Table) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Headers and rows in words, without the columns in which nothing stands."""
    rows = [[cell_words(cell) for cell in row] for row in table.rows]
    kept = [place for place in range(len(table.headers)) if not rows or any(row[place] for row in rows)]
    return tuple(plain(table.headers[place]) for place in kept), tuple(
        tuple(row[place] for place in kept) for row in rows
    )


def _columns(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return [(header, *(row[place] for row in rows)) for place, header in enumerate(headers)]


def _laid_out(
    headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...], size: float, wide: float, high: float
) -> Sheet:
    columns, squeezed = _widths(_columns(headers, rows), size, wide)
    heights = tuple(
        max(
            (
                lines_of(text, size, column - 2 * _INSET, bold=place == 0)
                for text, column in zip(row, columns, strict=True)
            ),
            default=1,
        )
        * size
        * _LINE
        / POINTS
        + 0.1
        for place, row in enumerate((headers, *rows))
    )
    pages: list[list[int]] = [[]]
    used = heights[0]
    for place, tall in enumerate(heights[1:]):
        if pages[-1] and used + tall > high:
            pages.append([])
            used = heights[0]
        pages[-1].append(place)
        used += tall
    return Sheet(headers, rows, size, columns, heights, tuple(tuple(page) for page in pages), squeezed)


def _widths(columns: Sequence[tuple[str, ...]], size: float, wide: float) -> tuple[tuple[float, ...], bool]:
    """What each column takes: all of it where there is room; else headers are wrapped first, then cells; and whether words are broken."""
    full, cells, least = ([_wanted(column, size, how) for column in columns] for how in _HOWS)
    if sum(full) <= wide + _HAIR:
        spare = min((wide - sum(full)) / len(full), _MOST_SPARE)
        return tuple(one + spare for one in full), False
    for low, high in ((cells, full), (least, cells)):
        if sum(low) <= wide + _HAIR:
            more = (wide - sum(low)) / sum(b - a for a, b in zip(low, high, strict=True))
            return tuple(a + (b - a) * more for a, b in zip(low, high, strict=True)), False
    return tuple(one * wide / sum(least) for one in least), True


_HOWS: Final = ("whole", "header wrapped", "all wrapped")


def _wanted(column: tuple[str, ...], size: float, how: str) -> float:
    """How wide a column is where all of it, or its cells, or none of it stands on one line."""
    found = 0.0
    for place, text in enumerate(column):
        wrapped = how == _HOWS[2] if place else how != _HOWS[0]
        parts = text.split() if wrapped and (not place or len(text) > _UNBROKEN) else [text]
        found = max(found, *(width_of(part, size, bold=not place) for part in parts or [""]))
    return found + _ROOM


def write_table(place: Any, sheet: Sheet, page: Sequence[int], box: Box, *, colour: str, ink: str) -> Any:
    """Write some rows of a table into its place on a slide; gives the frame it stands in."""
    frame = place.insert_table(rows=len(page) + 1, cols=len(sheet.headers))
    box.put(frame)
    table = frame.table
    table.first_row, table.first_col, table.horz_banding = True, True, False
    style = table._tbl.tblPr.find(qn("a:tableStyleId"))
    style.text = _NO_STYLE
    for column, wide in zip(table.columns, sheet.columns, strict=True):
        column.width = Inches(wide)
    numbers = [
        all(_NUMBERLIKE.fullmatch(row[place]) for row in sheet.rows) for place in range(len(sheet.headers))
    ]
    # Cell by cell through the library takes most of the time of a whole file, so the rows are written at once.
    rows = table._tbl
    for old in rows.findall(qn("a:tr")):
        rows.remove(old)
    for source in (-1, *page):
        head = source < 0
        texts = sheet.headers if head else sheet.rows[source]
        cells = "".join(
            _cell_xml(
                text, sheet.size, right=number > 0 and numbers[number], fill=colour if head else "", ink=ink
            )
            for number, text in enumerate(texts)
        )
        rows.append(parse_xml(f'<a:tr {_A} h="{Inches(sheet.heights[source + 1])}">{cells}</a:tr>'))
    frame.height = Inches(sum(sheet.heights[source + 1] for source in (-1, *page)))
    return frame


def _cell_xml(text: str, size: float, *, right: bool, fill: str, ink: str) -> str:
    """A cell: a header is filled and bold, and the line below it is firm, so that it is told apart without the colours too."""
    letters = f'lang="{LANGUAGE}" sz="{round(size * 100)}"'
    solid = '<a:solidFill><a:srgbClr val="{}"/></a:solidFill>'
    said = (
        f'<a:r><a:rPr {letters} b="{int(bool(fill))}">{solid.format(ink if fill else INK)}</a:rPr>'
        f"<a:t>{escape(text)}</a:t></a:r>"
        if text
        else ""
    )
    # A blank cell has letters too: of the usual size they would make its row higher than it was reckoned.
    return (
        f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{"r" if right else "l"}"/>{said}'
        f"<a:endParaRPr {letters}/></a:p></a:txBody>"
        f'<a:tcPr marL="{Inches(_INSET)}" marR="{Inches(_INSET)}" marT="36000" marB="36000" anchor="ctr">'
        f'<a:lnB w="{19050 if fill else 6350}">{solid.format(INK if fill else GREY)}</a:lnB>'
        f"{solid.format(fill) if fill else '<a:noFill/>'}</a:tcPr></a:tc>"
    )


def hides(table: Table) -> bool:
    """Whether a number of a table is hidden."""
    return any(cell == HIDDEN for row in table.rows for cell in row)

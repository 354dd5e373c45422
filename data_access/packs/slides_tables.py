"""Tables on slides: how wide their columns are, which rows stand on which slide, and writing one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from data_access.packs.slides_places import GREY, INK, LANGUAGE, Box
from data_access.packs.slides_text import POINTS, lines_of, plain, width_of
from domain.figure_table import HIDDEN
from domain.formats import NOTHING
from domain.table import Cell, Table

SIZES: Final = (16.0, 14.0, 12.0)
"""Of the letters in a table, the first that lets it stand on the fewest slides."""
_INSET: Final = 0.08
_LINE: Final = 1.2
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


def lay_out(table: Table, wide: float, high: float) -> Sheet:
    """A table within so many inches: with the largest letters with which it stands on the fewest slides."""
    headers = tuple(plain(header) for header in table.headers)
    rows = tuple(tuple(cell_words(cell) for cell in row) for row in table.rows)
    found = [_laid_out(headers, rows, size, wide, high) for size in SIZES]
    return min(found, key=lambda one: (len(one.pages), -one.size))


def natural_width(table: Table, size: float) -> float:
    """How wide a table is if no cell is wrapped, in inches."""
    return sum(
        max(width_of(text, size, bold=place == 0) for place, text in enumerate(column)) + 2 * _INSET
        for column in _columns(table.headers, [[cell_words(cell) for cell in row] for row in table.rows])
    )


def _columns(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return [(header, *(row[place] for row in rows)) for place, header in enumerate(headers)]


def _laid_out(
    headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...], size: float, wide: float, high: float
) -> Sheet:
    columns = _widths(_columns(headers, rows), size, wide)
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
    return Sheet(headers, rows, size, columns, heights, tuple(tuple(page) for page in pages))


def _widths(columns: Sequence[tuple[str, ...]], size: float, wide: float) -> tuple[float, ...]:
    """What each column takes: all of its longest cell where there is room, else no less than its longest word."""
    room = 2 * _INSET + 0.04
    full = [max(width_of(text, size, bold=at == 0) for at, text in enumerate(one)) + room for one in columns]
    if sum(full) <= wide:
        spare = (wide - sum(full)) / len(full)
        return tuple(one + spare for one in full)
    least = [
        min(
            max(
                (
                    width_of(word, size, bold=at == 0)
                    for at, text in enumerate(one)
                    for word in text.split() or [""]
                ),
            )
            + room,
            full[place],
        )
        for place, one in enumerate(columns)
    ]
    if sum(least) >= wide:
        return tuple(one * wide / sum(least) for one in least)
    wanted = sum(a - b for a, b in zip(full, least, strict=True))
    return tuple(b + (a - b) * (wide - sum(least)) / wanted for a, b in zip(full, least, strict=True))


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
    for at, source in enumerate((-1, *page)):
        texts = sheet.headers if source < 0 else sheet.rows[source]
        table.rows[at].height = Inches(sheet.heights[source + 1])
        for number, text in enumerate(texts):
            cell = table.cell(at, number)
            _write_cell(cell, text, sheet.size, right=numbers[number] and number > 0)
            _paint(cell, "" if source >= 0 else colour, INK if source >= 0 else ink, head=source < 0)
    frame.height = Inches(sum(sheet.heights[source + 1] for source in (-1, *page)))
    return frame


def _write_cell(cell: Any, text: str, size: float, *, right: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(_INSET)
    cell.margin_top = cell.margin_bottom = Emu(36000)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    run._r.get_or_add_rPr().set("lang", LANGUAGE)


def _paint(cell: Any, fill: str, ink: str, *, head: bool) -> None:
    """Colour a cell and draw the line below it: tables are told apart without the colours too."""
    properties = cell._tc.get_or_add_tcPr()
    line = etree.SubElement(properties, qn("a:lnB"), w="19050" if head else "6350")
    etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"), val=INK if head else GREY)
    if fill:
        etree.SubElement(etree.SubElement(properties, qn("a:solidFill")), qn("a:srgbClr"), val=fill)
    else:
        etree.SubElement(properties, qn("a:noFill"))
    for run in cell.text_frame.paragraphs[0].runs:
        run.font.bold = head
        look = run._r.get_or_add_rPr()
        solid = etree.Element(qn("a:solidFill"))
        etree.SubElement(solid, qn("a:srgbClr"), val=ink)
        look.insert(0, solid)


def hides(table: Table) -> bool:
    """Whether a number of a table is hidden."""
    return any(cell == HIDDEN for row in table.rows for cell in row)

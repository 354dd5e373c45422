"""Tables of the Word document: real ones, with headers that come again on every page and that a screen reader says."""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document as Draft
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from data_access.packs.document_tables import table_data
from data_access.packs.drawings_letters import in_lines
from data_access.packs.drawings_parts import WIDE
from data_access.packs.workbook_sheets import legal_text
from data_access.procurement.word_fields import element
from domain.table import Cell, Table

_LINE: Final = "b1b8bd"
_EDGES: Final = ("top", "bottom", "insideH")
_INSET: Final = 4.0
_TWIPS: Final = 20
_NARROWER: Final = 0.92
"""So wide are the letters of the document at most, of those that tables are measured in; cells stand closer for what is left."""
_MOST_LINES: Final = 6
"""In a cell; a table with more stands on a page that lies."""
_BROKEN: Final = "\u200b"
UPRIGHT, LYING = WIDE, 728.0
"""Points between the margins of a page."""


def cell_text(cell: Cell) -> str:
    """A cell as it is read: numbers with their thousands, nothing where there is nothing."""
    return legal_text(cell) if isinstance(cell, str) else "" if cell is None else f"{cell:,}"


def is_wide(table: Table) -> bool:
    """Whether a table needs a page that lies: a number would break in it, or a cell be much higher than it is wide."""
    plan = table_data(table, UPRIGHT / _NARROWER)
    if plan is None:
        return False
    rows = [plan["headers"], *plan["rows"]]
    if any(_BROKEN in cell for row in rows for cell in row):
        return True
    return any(
        len(in_lines(cell, wide - 2 * _INSET, plan["size"], bold=not place)) > _MOST_LINES
        for place, row in enumerate(rows)
        for cell, wide in zip(row, plan["widths"], strict=True)
    )


def add_table(
    draft: Draft, table: Table, name: str, accent: str, *, lying: bool = False, first: float | None = None
) -> None:
    """A table; one without rows is not drawn.

    Parameters
    ----------
    name : what it is called for who does not see it. accent : of the headers, on which white is read well.
    lying : whether it stands on a page that lies. first : which part of an upright page the first of two columns takes.
    """
    # Widths and letters are those of the printed packs: no word breaks, and no number, where that can be helped.
    plan = table_data(table, (LYING if lying else UPRIGHT) / _NARROWER)
    if plan is None:
        return
    plan["widths"] = [wide * _NARROWER for wide in plan["widths"]]
    if first is not None:
        plan["widths"] = [UPRIGHT * first, UPRIGHT * (1 - first)]
    drawn = draft.add_table(rows=0, cols=len(table.headers))
    drawn.style = draft.styles["Table Grid"]
    drawn.autofit = False
    _set_up(drawn, name, plan["widths"])
    _fill(drawn.add_row(), [legal_text(one) for one in table.headers], plan, together=True)
    _as_header(drawn.rows[0], accent)
    last = len(table.rows) - 1
    for number, row in enumerate(table.rows):
        # A short table stays on one page; of a longer one no header stands alone at the foot of one.
        together = number < last and (plan["together"] or number < 2)
        _fill(drawn.add_row(), [cell_text(cell) for cell in row], plan, together=together)
    after = draft.add_paragraph()
    after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(6)


def _set_up(drawn: WordTable, name: str, widths: list[float]) -> None:
    kept = drawn._tbl.tblPr
    for old in ("w:tblW", "w:tblBorders", "w:tblLook", "w:tblCellMar"):
        for found in kept.findall(qn(old)):
            kept.remove(found)
    edges = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        style = "single" if side in _EDGES else "nil"
        edges.append(element(f"w:{side}", w_val=style, w_sz="4", w_space="0", w_color=_LINE))
    margins = element("w:tblCellMar")
    for side, room in (("top", 3.0), ("left", _INSET), ("bottom", 3.0), ("right", _INSET)):
        margins.append(element(f"w:{side}", w_w=str(int(room * _TWIPS)), w_type="dxa"))
    look = element(
        "w:tblLook", w_val="0420", w_firstRow="1", w_lastRow="0", w_firstColumn="0", w_lastColumn="0", w_noHBand="1", w_noVBand="1"
    )  # fmt: skip
    layout = kept.find(qn("w:tblLayout"))
    # In the order that the format wants.
    kept.find(qn("w:tblStyle")).addnext(element("w:tblW", w_w=str(int(sum(widths) * _TWIPS)), w_type="dxa"))
    layout.addprevious(edges)
    layout.addnext(margins)
    margins.addnext(look)
    look.addnext(element("w:tblCaption", w_val=legal_text(name)))
    for column, wide in zip(drawn.columns, widths, strict=True):
        column.width = Pt(wide)


def _fill(row: _Row, texts: list[str], plan: dict[str, Any], *, together: bool) -> None:
    """Write one row, no cell of which breaks over two pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    for cell, text, wide, figures in zip(row.cells, texts, plan["widths"], plan["right"], strict=True):
        cell.width = Pt(wide)
        said = cell.paragraphs[0]
        said.add_run(text).font.size = Pt(plan["size"])
        kept = said.paragraph_format
        kept.space_after, kept.line_spacing, kept.keep_with_next = Pt(0), 1.0, together
        if figures:
            said.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _as_header(row: _Row, accent: str) -> None:
    """Make a row the one that comes again on every page, told apart by bold letters and not by the colour alone."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for cell in row.cells:
        _shade(cell, accent.removeprefix("#"))
        for run in cell.paragraphs[0].runs:
            run.bold, run.font.color.rgb = True, RGBColor.from_string("ffffff")


def _shade(cell: _Cell, colour: str) -> None:
    kept: BaseOxmlElement = cell._tc.get_or_add_tcPr()
    kept.append(element("w:shd", w_val="clear", w_color="auto", w_fill=colour))

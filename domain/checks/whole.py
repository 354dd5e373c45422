"""Whether everything in a file was read and is ours, cell by cell, so that nobody else's words stand in it unseen."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from domain.cells import as_text, is_blank
from domain.checks.checking import Checking
from domain.checks.cover import PASSED_OVER, Cover
from domain.checks.tables import Table, spellings
from domain.drafts import RawCell
from domain.fields import Sheet, fields_of
from domain.mapping import LEFT_OUT
from domain.vocabulary import plain


def read_whole(checking: Checking) -> bool:
    """Whether every sheet, row, column and line of the file was read, and nothing was left out, dropped or calculated.

    Sheets that the dashboard itself writes, and what a file holds beside its cells, are not looked at here.
    """
    draft, mapping = checking.draft, checking.mapping
    left_out = chain(mapping.sheets, mapping.columns, mapping.values)
    read = {table.name for table in checking.tables}
    return (
        checking.cover is not None
        and not (draft.unread or draft.others or draft.macros or draft.links or checking.unwanted)
        and {sheet.name for sheet in draft.sheets} == read | {checking.cover.draft.name}
        and not any(sheet.formulas for sheet in draft.sheets)
        and not any(said[-1] == LEFT_OUT for said in left_out)
        and all(map(_table_whole, checking.tables))
        and _cover_whole(checking.cover)
    )


def _table_whole(table: Table) -> bool:
    if table.header_row is None or table.left_out or table.above or table.councils:
        return False
    known = {column.index for column in table.columns if column.field or column.repeats}
    below = table.draft.grid[table.header_row - 1 :]
    others = set(range(max(map(len, below), default=0))) - known
    return len(known) == len(table.columns) and all(
        index >= len(row) or is_blank(row[index]) for index in others for row in below
    )


def _cover_whole(cover: Cover) -> bool:
    """Whether every filled cell is a label, our own help, or the one answer beside its label."""
    if cover.unknown or cover.left_out or cover.twice:
        return False
    fields = fields_of(Sheet.COVER)
    ours = {*spellings(fields), *PASSED_OVER, *(plain(field.help) for field in fields)}
    others = [cell for cell in _filled(cover.draft.grid) if plain(as_text(cell)) not in ours]
    version = any(plain(as_text(cell)) == "templateversion" for cell in _filled(cover.draft.grid))
    return len(others) == sum(key in cover.values for key in cover.places) + version


def _filled(grid: Iterable[Iterable[RawCell]]) -> Iterable[RawCell]:
    return (cell for row in grid for cell in row if not is_blank(cell))

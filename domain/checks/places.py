"""Where a problem stands in the sender's own file, by row and column number, so that its cells can be marked there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from domain.accepted import NO_FIGURE
from domain.cells import as_text, is_blank
from domain.checks.checking import Checking
from domain.checks.tables import letter
from domain.drafts import RawCell, SheetDraft
from domain.problem import Problem

_SEARCHED = 40
"""Headers are looked for in so many rows."""


def placed(problems: Iterable[Problem], checking: Checking) -> list[Problem]:
    """The problems with the number of their column; those of a whole column with the row of its header too.

    A problem that names no columns touches the one it stands in, and no figure where that column is not read.
    """
    columns = {(table.name, column.header): column for table in checking.tables for column in table.columns}
    cover = checking.cover.draft if checking.cover else None
    drafts = {sheet.name: sheet for sheet in checking.draft.sheets}
    found = []
    for problem in problems:
        if not problem.column or problem.sheet not in drafts:
            found.append(problem)
        elif cover and problem.sheet == cover.name:
            found.append(replace(problem, index=_on_cover(cover, problem)))
        elif column := columns.get((problem.sheet, problem.column)):
            whole = problem.row is None and not problem.rows
            row = _header_row(drafts[problem.sheet], problem.column, column.index) if whole else None
            fields = problem.fields or ((column.field.key,) if column.field else (NO_FIGURE,))
            found.append(replace(problem, index=column.index, header_row=row, fields=fields))
        else:
            found.append(problem)
    return found


def _on_cover(cover: SheetDraft, problem: Problem) -> int | None:
    """The column of the value that a line of the Cover holds, or of the one below the header where it is laid out across."""
    if problem.row is None or not 0 < problem.row <= len(cover.grid):
        return None
    row = cover.grid[problem.row - 1]
    at = _column_of(row, problem.column)
    if at is not None:
        return next((i for i in range(at + 1, len(row)) if not is_blank(row[i])), at + 1)
    above = (_column_of(cells, problem.column) for cells in cover.grid[: problem.row - 1])
    return next((index for index in above if index is not None), None)


def _column_of(row: Sequence[RawCell], label: str) -> int | None:
    return next((i for i, cell in enumerate(row) if not is_blank(cell) and as_text(cell) == label), None)


def _header_row(sheet: SheetDraft, header: str, index: int) -> int | None:
    """The row of a header; the first row with anything in it where the header is not shown as it is written."""
    named = header.startswith(f"column {letter(index)}")
    for number, row in enumerate(sheet.grid[:_SEARCHED], start=1):
        if index < len(row) and not is_blank(row[index]) and (named or as_text(row[index]) == header):
            return number
    return None

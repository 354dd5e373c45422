"""A screen of a meeting in as many parts as its table needs to be read from the back of a room."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Final

from domain.pack import Screen
from domain.table import Cell, Table

MOST_LINES, LETTERS_ACROSS = 14, 120
"""So many lines of a table stand on one screen that is read from the back of a room; a longer one goes on on the next screen."""
_TITLE_ACROSS: Final = 74
"""About so many letters of a title stand on a line."""
_WIDEST: Final = 42
"""So many letters of a cell stand on a line at most, whatever room there is."""
_SHORT: Final = 14
"""So many letters of a cell are never parted."""


def parts_of(screen: Screen) -> tuple[Screen, ...]:
    """A screen as it is presented: a table that would be too small to read goes on on the next screen."""
    table = _with_words(screen.table)
    if screen.chart is not None or not table.rows:
        return (screen,)
    across, most = _across(table), _most_lines(screen)
    pages: list[list[tuple[Cell, ...]]] = [[]]
    for row in table.rows:
        if pages[-1] and sum(_lines(one, across) for one in [*pages[-1], row]) > most:
            pages.append([])
        pages[-1].append(row)
    if len(pages) == 1:
        return (replace(screen, table=table),)
    return tuple(
        replace(
            screen,
            heading=f"{screen.heading} ({place} of {len(pages)})",
            table=_with_words(Table(table.headers, tuple(page))),
        )
        for place, page in enumerate(pages, start=1)
    )


def _with_words(table: Table) -> Table:
    """The table without the columns in which nothing stands, so that the others have room."""
    kept = [n for n in range(len(table.headers)) if any(row[n] not in (None, "") for row in table.rows)]
    rows = tuple(tuple(_in_one(row[n]) for n in kept) for row in table.rows)
    return Table(tuple(table.headers[n] for n in kept), rows)


def _in_one(cell: Cell) -> Cell:
    """A short cell, as '– No target', stays on one line: it would else cost each row a second one; a joiner keeps the dash."""
    return cell.replace(" ", "\u2060\u00a0") if isinstance(cell, str) and len(cell) <= _SHORT else cell


def _most_lines(screen: Screen) -> int:
    """So many lines of its table stand on a presented screen, below its title and what is said beside it."""
    title = ceil(len(screen.takeaway.title) / _TITLE_ACROSS) - 1
    said = (
        bool(screen.takeaway.sure)
        + bool(screen.before)
        + ceil(len(screen.comment + screen.quote) / LETTERS_ACROSS)
    )
    return max(MOST_LINES - ceil(1.5 * title) - said, 3)


def _across(table: Table) -> tuple[float, ...]:
    """About how many letters stand on a line of each column: more where its cells are longer."""
    longest = [
        min(
            max(len(str(cell)) for cell in (header, *(row[n] for row in table.rows)) if cell is not None),
            _WIDEST,
        )
        for n, header in enumerate(table.headers)
    ]
    share = LETTERS_ACROSS / max(sum(longest), 1)
    return tuple(min(max(share * one, 1), _WIDEST) for one in longest)


def _lines(row: tuple[Cell, ...], across: tuple[float, ...]) -> int:
    """About how many lines a row takes on a presented screen."""
    found = (
        1 if len(str(cell)) <= _SHORT else ceil(len(str(cell)) / wide)
        for cell, wide in zip(row, across, strict=True)
        if cell is not None
    )
    return max(found, default=1)

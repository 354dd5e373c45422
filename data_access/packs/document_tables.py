"""Tables on paper: how wide each column is, which ones stand at the right, and where a word must break that is wider than its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from data_access.packs.drawings_letters import drawn, in_lines, widest_word, width
from data_access.packs.drawings_parts import WIDE
from domain.formats import NOTHING
from domain.table import Cell, Table

INSET: Final = 5.0
"""Points left and right of what stands in a cell."""
_SIZES: Final = (9.5, 9.0, 8.0)
"""Points of the letters: the largest at which no line breaks, if one of the first two will do, else at which no word does."""
_TOGETHER: Final = 400.0
"""Points of a table that stands on one page; a higher one is broken, with its headers again."""
_MAY_BREAK: Final = "\u200b"
_PARTS: Final = re.compile(r"[^/?&]+[/?&]*|[/?&]+")
_SLACK: Final = 1.0
_SENTENCE: Final = 170.0
_FIGURE_SIGNS: Final = frozenset("0123456789.,%£+-–* ")


@dataclass(frozen=True, slots=True)
class _Column:
    """The points that a column needs at least, those at which no line of it breaks, and those at which none below its header does."""

    least: float
    most: float
    below: float


def cell_text(cell: Cell) -> str:
    """A cell as it is read: numbers with their thousands, nothing where there is nothing."""
    return drawn(cell) if isinstance(cell, str) else "" if cell is None else f"{cell:,}"


def table_data(table: Table, wide: float = WIDE) -> dict[str, Any] | None:
    """A table for the document; None for one without rows.

    Parameters
    ----------
    wide : the points that all columns have together.

    Raises
    ------
    ValueError
        When a row has not as many cells as there are headers: its figures would stand under other headers.
    """
    headers = [drawn(header) for header in table.headers]
    rows = [[cell_text(cell) for cell in row] for row in table.rows]
    if any(len(row) != len(headers) for row in rows):
        raise ValueError("a row of a table has as many cells as there are headers")
    if not rows:
        return None
    size, widths = _fitted(headers, rows, wide)
    return {
        "headers": _broken(headers, widths, size, bold=True),
        "rows": [_broken(row, widths, size) for row in rows],
        "right": [_is_figures(column) for column in zip(*rows, strict=True)],
        "widths": [round(one, 2) for one in widths],
        "size": size,
        "inset": INSET,
        "together": _height(rows, widths, size) <= _TOGETHER,
    }


def breaking(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """A text in which words that are wider than the room may break, an address between its parts first; any other as it is."""
    return " ".join(
        _MAY_BREAK.join(
            piece for part in _PARTS.findall(word) for piece in in_lines(part, room, size, bold=bold)
        )
        if width(word, size, bold=bold) > room
        else word
        for word in text.split(" ")
    )


def _height(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float) -> float:
    """About how many points high the rows are."""
    lines = (
        max(len(in_lines(cell, room - 2 * INSET, size)) for cell, room in zip(row, widths, strict=True))
        for row in rows
    )
    return sum(1.4 * size * many + 8 for many in lines)


def _broken(cells: Sequence[str], widths: Sequence[float], size: float, *, bold: bool = False) -> list[str]:
    return [
        breaking(cell, room - 2 * INSET, size, bold=bold) for cell, room in zip(cells, widths, strict=True)
    ]


def _is_figures(column: Sequence[str]) -> bool:
    """Whether a column holds numbers alone, or what stands in the place of one."""
    said = [cell for cell in column if cell not in ("", "c", NOTHING)]
    return bool(said) and all(_FIGURE_SIGNS.issuperset(cell) for cell in said)


def _fitted(headers: Sequence[str], rows: Sequence[Sequence[str]], wide: float) -> tuple[float, list[float]]:
    """The size of the letters and the widths of the columns."""
    for size in _SIZES[:2]:
        columns = _columns(headers, rows, size)
        if sum(one.most for one in columns) <= wide:
            return size, [one.most for one in columns]
    for size in _SIZES:
        columns = _columns(headers, rows, size)
        if sum(one.least for one in columns) <= wide:
            return size, _shared(columns, wide)
    return size, _even(columns, wide)


def _columns(headers: Sequence[str], rows: Sequence[Sequence[str]], size: float) -> list[_Column]:
    edges = 2 * INSET + _SLACK
    found = []
    for place, header in enumerate(headers):
        cells = [row[place] for row in rows]
        least = max(widest_word(header, size, bold=True), *(widest_word(cell, size) for cell in cells))
        below = max(least, *(width(cell, size) for cell in cells))
        most = max(below, width(header, size, bold=True))
        found.append(_Column(least + edges, most + edges, below + edges))
    return found


def _shared(columns: Sequence[_Column], wide: float) -> list[float]:
    """The page shared out: each column its widest word, and of what is left as much as its lines are longer.

    A column of sentences counts for no more than some words, so that a date beside it need not stand on three lines.
    """
    left = wide - sum(one.least for one in columns)
    longer = [min(one.below, max(one.least, _SENTENCE)) - one.least for one in columns]
    if not any(longer):
        longer = [one.most - one.least for one in columns]
    return [one.least + left * more / sum(longer) for one, more in zip(columns, longer, strict=True)]


def _even(columns: Sequence[_Column], wide: float) -> list[float]:
    """The page shared out where not even the widest words have room: narrow columns keep theirs, and in the others words break."""
    left, found = wide, dict.fromkeys(range(len(columns)), 0.0)
    waiting = sorted(found, key=lambda place: columns[place].least)
    for done, place in enumerate(waiting):
        found[place] = min(columns[place].least, left / (len(waiting) - done))
        left -= found[place]
    return list(found.values())

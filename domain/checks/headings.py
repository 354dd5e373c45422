"""Finding the headers of a sheet: below titles, in one row or in two, with merged cells above or beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from domain.cells import as_text, is_blank
from domain.drafts import RawCell, SheetDraft

HEADER_SEARCH = 30
"""Headers are looked for in so many rows, since some files carry a title and notes above them."""

Knows: TypeAlias = "Callable[[str], str]"
"""Gives the key of what a header means; blank when it means nothing."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The header of one column, as a person reads it; blank where there is none. `key` is what it means; blank when nothing."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Headings:
    """The headers of a sheet: the first and last of their rows, from 0, and one header a column.

    `hits` is how many different columns are known by them.
    """

    first: int
    last: int
    cells: tuple[Heading, ...]
    hits: int = 0


def find_headings(draft: SheetDraft, knows: Knows) -> Headings | None:
    """The headers: the row, or the two rows, in which the most are known.

    None when none is known: a filled row would then be taken for headers, and what stands in it shown. A row with only one known
    header must be as wide as any above it and not say it again below, since an answer in a row of data may read like a header.
    """
    known = lru_cache(maxsize=None)(knows)
    searched, widest = draft.grid[:HEADER_SEARCH], 0
    candidates: list[tuple[int, int, Headings]] = []
    for number, row in enumerate(searched):
        width = sum(not is_blank(cell) for cell in row)
        below = searched[number + 1] if number + 1 < len(searched) else ()
        one = _read([_single(cell) for cell in row], number, number, known)
        two = _read(_doubled(draft, number, row, below), number, number + 1, known) if any(below) else None
        tied = _grouped(draft, number, below) or (one and _under_groups(one, below))
        for found, liking in ((one, 1), (two, 2 if tied else 0)):
            if found and found.hits and (found.hits > 1 or (width >= widest and _once(found, searched))):
                candidates.append((found.hits, liking, found))
        widest = max(widest, width)
    return max(candidates, key=lambda candidate: candidate[:2], default=(0, 0, None))[2]


def _single(cell: RawCell) -> tuple[str, ...]:
    return (as_text(cell),) if isinstance(cell, str) and not is_blank(cell) else ()


def _read(texts: Sequence[tuple[str, ...]], first: int, last: int, known: Knows) -> Headings | None:
    if not any(texts):
        return None
    cells = []
    for spellings in texts:
        found = next(((text, key) for text in spellings if (key := known(text))), None)
        cells.append(Heading(*found) if found else Heading(spellings[0] if spellings else ""))
    return Headings(first, last, tuple(cells), len({cell.key for cell in cells if cell.key}))


def _doubled(
    draft: SheetDraft, number: int, above: Sequence[RawCell], below: Sequence[RawCell]
) -> list[tuple[str, ...]]:
    """The headers of two rows as one: with the group above, by its own text, and by the one above where its own is blank.

    Nothing when the lower row holds anything but text, as rows of data do.
    """
    if any(not isinstance(cell, str) and not is_blank(cell) for cell in (*above, *below)):
        return []
    groups = _groups(draft, number, above, max(len(above), len(below)))
    found: list[tuple[str, ...]] = []
    for index, group in enumerate(groups):
        own = as_text(below[index]) if index < len(below) else ""
        stands = as_text(above[index]) if index < len(above) else ""
        if own and group and group != own:
            found.append((f"{group} {own}", own, f"{own} {group}"))
        else:
            found.append((own or stands,) if own or stands else ())
    return found


def _groups(draft: SheetDraft, number: int, above: Sequence[RawCell], width: int) -> list[str]:
    """The text above each column: that of its merged cell, else the last one to its left."""
    merged = {
        index: left
        for top, left, bottom, right in draft.merged
        if top <= number + 1 <= bottom
        for index in range(left, min(right, width) + 1)
    }
    found: list[str] = []
    for index in range(width):
        at = merged.get(index, index)
        text = as_text(above[at]) if at < len(above) else ""
        found.append(text or (found[-1] if found and index not in merged else ""))
    return found


def _grouped(draft: SheetDraft, number: int, below: Sequence[RawCell]) -> bool:
    """Whether merged cells tie a row to the one below: a header across both, or groups over some of its columns.

    A title is the only text in its row.
    """
    if sum(not is_blank(cell) for cell in draft.grid[number]) < 2:
        return False
    width = sum(not is_blank(cell) for cell in below)
    for top, left, bottom, right in draft.merged:
        if top == number + 1 and (bottom == top + 1 or (bottom == top and 1 < right - left + 1 < width)):
            return True
    return False


def _under_groups(one: Headings, below: Sequence[RawCell]) -> bool:
    """Whether the row below has texts only under headers that mean nothing by themselves and stand several times, as groups do."""
    filled = [index for index, cell in enumerate(below) if not is_blank(cell)]
    if (
        not one.hits
        or len(filled) < 2
        or any(one.cells[index].key for index in filled if index < len(one.cells))
    ):
        return False
    groups = [one.cells[index].text if index < len(one.cells) else "" for index in filled]
    return groups[0] != "" and len({text for text in groups if text}) < len(filled)


def _once(found: Headings, searched: Sequence[Sequence[RawCell]]) -> bool:
    """Whether no known header stands again in its column below."""
    for index, cell in enumerate(found.cells):
        under = (row[index] for row in searched[found.last + 1 :] if index < len(row))
        if cell.key and any(isinstance(other, str) and as_text(other) == cell.text for other in under):
            return False
    return True


def below_headings(draft: SheetDraft, found: Headings) -> Iterator[tuple[int, tuple[RawCell, ...]]]:
    """The filled rows below the headers, each with its Excel row number."""
    for number in range(found.last + 1, len(draft.grid)):
        row = draft.grid[number]
        for cell in row:
            if not (cell is None or cell == "" or is_blank(cell)):
                yield number + 1, row
                break

"""A file that was opened, as it travels from the child process: every cell's value once, and where it stands.

The cells of a return repeat (codes, dates, blanks), so this is a tenth of the grid and read back at the speed of C.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.drafts import Draft, RawCell, SheetDraft

_TRUE, _FALSE = object(), object()
"""Stand for themselves while cells are packed, since True and 1 are one key of a dictionary."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The grid of a sheet.

    Parameters
    ----------
    values : every different value. places : of each cell, row by row, the place of its value, as an array of 'I'.
    lengths : how many cells each row has, as an array of 'I'; just one number when all rows have as many.
    """

    values: list[RawCell]
    places: bytes
    lengths: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft whose sheets have no grids yet, and the grids of its sheets in the same order.

    `oversize` are sheets that were not read because of where their last cell stands: name, rows and columns.
    """

    draft: Draft
    grids: tuple[Packed, ...] = ()
    oversize: tuple[tuple[str, int, int], ...] = ()


class _Index(dict[object, int]):
    def __missing__(self, value: object) -> int:
        place = self[value] = len(self)
        return place


def pack(rows: Iterable[Sequence[RawCell]], *, truths: bool = True) -> Packed:
    """Pack a grid. `truths` is False when no cell holds TRUE or FALSE, which is quicker."""
    index, places, lengths = _Index(), array("I"), array("I")
    look = index.__getitem__
    for row in rows:
        if truths:
            row = [_TRUE if cell is True else _FALSE if cell is False else cell for cell in row]  # type: ignore[misc]
        places.extend(map(look, row))
        lengths.append(len(row))
    values = [True if v is _TRUE else False if v is _FALSE else v for v in index]
    if len(set(lengths)) == 1:
        del lengths[1:]
    return Packed(values, places.tobytes(), lengths.tobytes())  # type: ignore[arg-type]


def unpack(packed: Packed) -> tuple[tuple[RawCell, ...], ...]:
    """The grid again; equal values are one object."""
    places, lengths = array("I"), array("I")
    places.frombytes(packed.places)
    lengths.frombytes(packed.lengths)
    cells = tuple(map(packed.values.__getitem__, places))
    if len(lengths) == 1 and lengths[0]:
        return tuple(cells[at : at + lengths[0]] for at in range(0, len(cells), lengths[0]))
    rows, at = [], 0
    for length in lengths:
        rows.append(cells[at : at + length])
        at += length
    return tuple(rows)


def sheets_of(opened: Opened) -> tuple[SheetDraft, ...]:
    """The sheets with their grids."""
    return tuple(
        replace(sheet, grid=unpack(packed))
        for sheet, packed in zip(opened.draft.sheets, opened.grids, strict=True)
    )

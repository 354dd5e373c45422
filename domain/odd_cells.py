"""Cells that a person understands at once and a column of dates, numbers or answers does not hold as such.

Excel's day numbers that lost their format, dates in words that two countries read differently, and marks such as '-' for no answer.
Each is read in one way, and that is said once for a column. `docs/decisions/0016-reading-apart.md` says which are read and which refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.cell_text import as_text
from domain.coded_cells import Sender
from domain.drafts import RawCell
from domain.fields import Field, Kind


class Oddity(StrEnum):
    """In what way a cell is not what its column holds."""

    DAY_NUMBER = "day number"
    DAY_FIRST = "day first"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class OddCell:
    """What a cell was taken for, instead of what stands in it."""

    oddity: Oddity
    meant: RawCell


@dataclass(frozen=True, slots=True)
class OddNote:
    """One odd cell of a table: the header and key of its column, its row, what stands there and what it was taken for."""

    header: str
    key: str
    row: int
    cell: RawCell
    odd: OddCell


_FROM_1900, _FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
_EARLIEST = date(2000, 1, 1)
"""No service here is as old, so a smaller number is no day."""
_DAY_NUMBER = re.compile(r"\d{5}")
_LIKE_A_DATE = re.compile(
    r"\d{1,4}([/.-])\d{1,2}\1\d{2,4}\b.*|\d{1,2}(?:st|nd|rd|th)?[ -][A-Za-z]{3,9}[ -]\d{4}"
)
_READ_TWO_WAYS = re.compile(r"(0?[1-9]|1[0-2])([/.-])(0?[1-9]|1[0-2])\2([1-9]\d{3})(?: [\d:]+)?")

_MARKS = frozenset({"-", "--", "\u2013", "\u2014", ".", "..", "...", "\u2026", "?", "??"})
"""What stands for no answer in every column."""
_IN_TEXT = _MARKS | {"n/a"}
_IN_NUMBERS = _IN_TEXT | {
    *("na", "n.a.", "not applicable", "n/k", "nk", "not known", "unknown", "unk", "dk"),
    *("tbc", "tba", "to be confirmed", "not recorded"),
}
"""The same where no code list says what such a word means; 'none' and 'nil' are not among them, since they may stand for 0."""
_WORDS = {Kind.DATE: _IN_NUMBERS, Kind.WHOLE: _IN_NUMBERS, Kind.NUMBER: _IN_NUMBERS, Kind.TEXT: _IN_TEXT}
_CODED = (Kind.CODE, Kind.CODES, Kind.YES_NO, Kind.AREA, Kind.PROVIDER, Kind.SERVICE)


def odd_cells(
    field: Field, cells: Mapping[RawCell, int], until: date | None, from_1904: bool | None
) -> dict[RawCell, OddCell]:
    """Which of a column's different values are odd, and what each is taken for.

    Parameters
    ----------
    field : the column. cells : how often each value stands in it.
    until : the last day that a number may stand for; None where the period is not known, and then no number is read as a day.
    from_1904 : whether the file counts its days from 1904; None where it does not say.
    """
    marks = _WORDS.get(field.kind) or (_MARKS if field.kind in _CODED else frozenset())
    odd = {cell: OddCell(Oddity.MARK, None) for cell in cells if _is_mark(cell, marks)}
    if field.kind is not Kind.DATE:
        return odd
    dated = 0
    for cell, times in cells.items():
        if isinstance(cell, date) or (isinstance(cell, str) and _LIKE_A_DATE.fullmatch(as_text(cell))):
            dated += times
            if day := _day_of_two(cell):
                odd[cell] = OddCell(Oddity.DAY_FIRST, day)
    days = {c: day for c in cells if c not in odd and (day := _day_of_number(c, until, from_1904))}
    filled = sum(
        times for cell, times in cells.items() if cell not in (None, "") and not _is_mark(cell, marks)
    )
    if 2 * (dated + sum(cells[cell] for cell in days)) > filled:
        odd |= {cell: OddCell(Oddity.DAY_NUMBER, day) for cell, day in days.items()}
    return odd


def as_meant(
    field: Field, cells: Sequence[RawCell], sender: Sender, from_1904: bool | None
) -> tuple[Sequence[RawCell], list[tuple[int, RawCell, OddCell]]]:
    """A column with its odd cells as they are meant; and where each stood, what it was and what it was taken for.

    What a person said that an answer means goes before.
    """
    odd = {
        cell: found
        for cell, found in odd_cells(field, Counter(cells), sender.until, from_1904).items()
        if found.oddity is not Oddity.MARK or sender.meant(field, as_text(cell)) is None
    }
    if not odd:
        return cells, []
    taken = [(at, cell, odd[cell]) for at, cell in enumerate(cells) if cell in odd]
    return tuple(odd[cell].meant if cell in odd else cell for cell in cells), taken


def _is_mark(cell: RawCell, marks: frozenset[str]) -> bool:
    # Nearly every other cell is longer, and no more of it need be looked at.
    longest = 24 if marks is _IN_NUMBERS else 8
    return isinstance(cell, str) and len(cell) <= longest and as_text(cell).casefold() in marks


def _day_of_two(cell: RawCell) -> date | None:
    """The day of a date that would be another one with the month first; None for a date that is not in doubt."""
    match = _READ_TWO_WAYS.fullmatch(as_text(cell)) if isinstance(cell, str) else None
    if match is None or int(match[1]) == int(match[3]):
        return None
    return date(int(match[4]), int(match[3]), int(match[1]))


def _day_of_number(cell: RawCell, until: date | None, from_1904: bool | None) -> date | None:
    """The day that a number of days stands for; None where it is none that may be, or where it could be two.

    A file that does not say from when it counts could mean either day, unless one of them lies outside what may be.
    """
    if isinstance(cell, (bool, date, datetime)) or until is None:
        return None
    text = as_text(cell)
    if not _DAY_NUMBER.fullmatch(text):
        return None
    starts = (_FROM_1900, _FROM_1904) if from_1904 is None else (_FROM_1904 if from_1904 else _FROM_1900,)
    days = [start + timedelta(days=int(text)) for start in starts]
    possible = [day for day in days if _EARLIEST <= day <= until]
    return possible[0] if len(possible) == 1 else None

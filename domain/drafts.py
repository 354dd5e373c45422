"""A return as it was read, before anything is checked.

Its sheets as grids of raw cells, and what the file itself says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from domain.field_kinds import Sheet
from domain.periods import Period
from domain.returns import Record

RawCell: TypeAlias = "str | int | float | bool | date | datetime | time | timedelta | None"
"""What a file holds in one cell; a blank cell is None or an empty text."""

ROW_LIMIT = 50_000
"""The most rows that one sheet may hold below its headers."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file could not be opened at all, in the words of a problem."""

    found: str
    wanted: str
    repair: str


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """One sheet as it was read.

    Parameters
    ----------
    name : as written in the file.
    grid : every row from Excel row 1 on, so that `grid[n - 1]` is row n; rows may differ in length.
    hidden, hidden_rows, hidden_columns : what a person does not see when opening the file; rows from 1,
        columns from 0.
    formulas : how many cells hold a formula; their stored values stand in the grid.
    unstored, errors : (row from 1, column from 0) of formulas without a stored value, and of cells that show
        an Excel error.
    merged : (first row, first column, last row, last column) of merged cells, rows from 1 and columns from 0; only the first cell
        of each holds the value.
    guesses : how the sheet was read where the file left it open, each a sentence for its sender.
    from_1904 : whether a plain number of days counts from 1904 here, and not from 1900; None where the file does not say.
    """

    name: str
    grid: tuple[tuple[RawCell, ...], ...]
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    formulas: int = 0
    unstored: frozenset[tuple[int, int]] = frozenset()
    errors: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    guesses: tuple[str, ...] = ()
    from_1904: bool | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as it was read. `refusal` is set, and there are no sheets, when it could not be opened.

    `unread` names the sheets that were left alone because no return has them; `macros` and `links` say that
    the workbook carries
    programs or reads from other files, neither of which is ever followed. `form` is what the file is, by its content:
    xlsx, xls, ods or csv; `guesses` are sentences on how it was read where it left that open. `others` are the sheets of `unread` that
    were read all the same, as far as they are of an ordinary size, so that a person can say which sheet of a return they are.
    """

    file_name: str
    digest: str
    sheets: tuple[SheetDraft, ...] = ()
    unread: tuple[str, ...] = ()
    macros: bool = False
    links: bool = False
    refusal: Refusal | None = None
    form: str = ""
    guesses: tuple[str, ...] = ()
    others: tuple[SheetDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownCases:
    """What the provider's other current returns say, so that a return need not repeat it.

    Parameters
    ----------
    cases : by case reference, the current row with at least the dates and answers that rules compare.
    helped : references of the cases that have an activity there. satisfied : those with a positive survey answer.
    written : every reference that any return has ever had for the provider, the council's among them, the first met first.
    """

    cases: Mapping[str, Record] = field(default_factory=dict)
    helped: frozenset[str] = frozenset()
    satisfied: frozenset[str] = frozenset()
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownRows:
    """What the provider's current returns have on the sheets beside Cases.

    Parameters
    ----------
    replaced : by sheet, the keys of the rows that a return for a period would replace, in the words of the file that had them.
    written : by sheet, the references of complaints, answers and agreements as they were first written.
    """

    replaced: Mapping[Sheet, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    written: Mapping[Sheet, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownReturns:
    """What is already known when a return is checked.

    Parameters
    ----------
    periods : (service, provider, period) of every current return. in_totals : those of them that hold totals in place of cases.
    today : the day on which it is checked; given by the caller, so that nothing below asks what day it is.
    accepted : of a service and provider, and the period that is checked: for each of the provider's last three current returns
        before it, the latest first, how often each warning was accepted, by the name of its rule.
    find_rows : of a service and provider, and the period that is checked: what stands on the sheets beside Cases.
    find_lengths : of a service, how many cases that have ended lasted how many days, from referral to outcome.
    find_cases : what the current returns of a service and provider say, without those that a return for a
        period would replace (None: all of them). Only asked when a rule needs it.
    """

    today: date
    periods: tuple[tuple[str, str, Period], ...] = ()
    find_cases: Callable[[str, str, Period | None], KnownCases] = field(
        default=lambda service, provider, period: KnownCases(), compare=False
    )
    accepted: Callable[[str, str, Period], tuple[Mapping[str, int], ...]] = field(
        default=lambda service, provider, period: (), compare=False
    )

    find_rows: Callable[[str, str, Period], KnownRows] = field(
        default=lambda service, provider, period: KnownRows(), compare=False
    )
    find_lengths: Callable[[str], Mapping[int, int]] = field(default=lambda service: {}, compare=False)

    in_totals: frozenset[tuple[str, str, Period]] = frozenset()

    def of(self, service: str, provider: str) -> tuple[Period, ...]:
        """The periods of the current returns of one provider for one service, in order."""
        return tuple(sorted(period for s, p, period in self.periods if (s, p) == (service, provider)))

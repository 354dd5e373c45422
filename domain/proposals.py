"""What is proposed for a sender's spreadsheet: for each sheet, column and answer what it means, and by what that is known."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from domain.fields import Field, Sheet
from domain.periods import Period

SAMPLES = 3
"""The most values of a column that are shown beside it."""


class How(StrEnum):
    """By what a sheet, column or answer is understood."""

    EXACT = "exact"
    ALIAS = "alias"
    HEADERS = "headers"
    """Only of a sheet: its name says nothing, and its headers leave no doubt."""
    REMEMBERED = "remembered"
    NEAR = "near"
    UNKNOWN = "unknown"
    LEFT_OUT = "left out"


GUESSED = frozenset({How.NEAR})
"""Shown as proposed; counts for nothing until a person confirms it."""


@dataclass(frozen=True, slots=True)
class SheetMatch:
    """One sheet of the file.

    Parameters
    ----------
    name : as in the file. sheet : the sheet of a return that it is, or seems to be; None when it is none.
    choices : what else it may be, the likeliest first; empty where there is nothing to choose.
    """

    name: str
    sheet: Sheet | None
    how: How
    choices: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """One column of a sheet, or one line of the Cover.

    Parameters
    ----------
    sheet, sheet_name : which sheet it stands on, as ours and as in the file. header : as in the file, or 'column C' where that may
        not be shown. letter : of the column as Excel shows it; the row number of a line of the Cover.
    field : what it means, or seems to mean; None when it is none of ours.
    samples : up to three different values, none of them personal; empty for a column that looks personal.
    personal : what an unknown column seems to hold, such as 'a name'. It is dropped whatever is chosen, and has no choices.
    choices : what may be chosen instead, the likeliest first; empty where there is nothing to choose.
    """

    sheet: Sheet
    sheet_name: str
    header: str
    letter: str
    field: Field | None
    how: How
    samples: tuple[str, ...] = ()
    personal: str = ""
    choices: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueMatch:
    """One answer of a coded column that the list does not have as its own.

    Parameters
    ----------
    sheet, sheet_name, header : where it stands. field : the column it answers.
    text : as written in the file, the first spelling met. rows : how many rows have it.
    code : the key of what it means, or seems to mean; None when nothing is near. label : of the code, as a person reads it.
    choices : (code, label) of what may be chosen, the likeliest first.
    """

    sheet: Sheet
    sheet_name: str
    header: str
    field: Field
    text: str
    rows: int
    code: str | None
    how: How
    label: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a file is understood so far, and what a person must say.

    Parameters
    ----------
    asks_cover : the lines that neither the Cover nor the person has said, of service, provider, period start and period end.
    unsure : whether anything is to be confirmed or chosen; else the file is understood, and nothing need be shown.
    service, provider : keys, and the period, where they are known by now.
    """

    sheets: tuple[SheetMatch, ...] = ()
    columns: tuple[ColumnMatch, ...] = ()
    values: tuple[ValueMatch, ...] = ()
    asks_cover: tuple[Field, ...] = ()
    unsure: bool = False
    service: str | None = None
    provider: str | None = None
    period: Period | None = None


Choice: TypeAlias = "str | tuple[str, str] | tuple[Sheet, str, str]"
"""What was chosen for: a sheet by its name in the file; a column by (name of the sheet, header); an answer by
(sheet, key of the field, text)."""
Chosen: TypeAlias = "AnyMapping[Choice, str]"
"""By choice: a sheet of a return, the key of a field, or a code; `LEFT_OUT` for none of ours."""

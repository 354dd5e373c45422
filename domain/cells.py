"""Reading one cell.

A raw value becomes what its field holds, nothing when it is blank, or a fault that says what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from domain.cell_text import Fault, as_text, is_blank, quoted, write_day
from domain.coded_cells import (
    Sender,
    read_answer,
    read_area,
    read_code,
    read_codes,
    read_provider,
    read_question,
    read_service,
)
from domain.drafts import RawCell
from domain.fields import Field, Kind
from domain.personal_data import value_kind
from domain.returns import Value
from domain.settings import Settings, SurveyQuestion

__all__ = [
    "TEXT_LIMIT",
    "Fault",
    "as_text",
    "is_blank",
    "quoted",
    "read_cell",
    "read_cell_of",
    "read_survey_answer",
    "write_day",
]

A_DATE = "A real date such as 28/02/2025."
TEXT_LIMIT = 200
"""The longest text kept from a field that names no limit of its own."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+Z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?: [\d:]+)?")
_MONTH_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})[ -](\d{4})")
_MONTHS = tuple(date(2000, month, 1).strftime("%B").casefold() for month in range(1, 13))
_SHORT_YEAR = re.compile(r"\d{1,2}([/. -])(?:\d{1,2}|[A-Za-z]{3,9})\1\d{2}")
_AS_WRITTEN = frozenset({Kind.TEXT, Kind.QUESTION, Kind.TERM})
"""Kinds whose cells may be kept as they are written."""
FIRST_YEAR = 2000
"""A date of an earlier year is a slip, unless its field has another year as its minimum: no service here is as old."""
_WHOLE = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.0+)?")
_NUMBER = re.compile(r"(\d{1,9}(?:\.\d{1,20})?|\.\d{1,20}) ?(%?)")
"""A number as a share of one or of a hundred: 0.5, .5 or 50%."""


def read_cell(
    field: Field,
    raw: RawCell,
    settings: Settings,
    service: str | None = None,
    provider: str | None = None,
) -> Value | Fault:
    """What a cell of a field holds.

    Parameters
    ----------
    field : the column it stands in. raw : as read from the file. settings : the providers and areas there
        are. service, provider : whose return it is, for lists and questions that depend on them.

    Returns
    -------
    the value, None for a blank cell, or a Fault. A value that looks personal is a fault of the rule on
    personal data, and is not quoted.
    """
    return read_cell_of(field, raw, Sender(settings, service, provider))


def read_cell_of(field: Field, raw: RawCell, sender: Sender) -> Value | Fault:
    """As `read_cell`, for a sender that is known, and with what a person said that its answers mean."""
    return None if is_blank(raw) else _personal_kept_out(field, raw, _READERS[field.kind](field, raw, sender))


def read_survey_answer(
    field: Field, raw: RawCell, question: SurveyQuestion | None, sender: Sender | None = None
) -> Value | Fault:
    """What a cell with an answer holds, on the scale of the question in its row; as `read_cell` in all else."""
    if is_blank(raw):
        return None
    return _personal_kept_out(field, raw, read_answer(field, raw, question, sender))


def _personal_kept_out(field: Field, raw: RawCell, found: Value | Fault) -> Value | Fault:
    if field.kind in _AS_WRITTEN or isinstance(found, Fault):
        dated = isinstance(raw, (date, datetime)) and field.kind is not Kind.DATE
        kind = (
            "a date, perhaps of birth,"
            if dated
            else value_kind(as_text(raw), dates=field.kind is not Kind.DATE)
        )
        if kind:
            return _personal(kind)
    return found


def _personal(kind: str) -> Fault:
    return Fault(
        "V30",
        f"The cell looks as if it holds {kind.rstrip(',')}. We have not kept it and do not show it.",
        "No personal details: only your own reference and answers from the lists.",
        "Remove it from the file. If it is your own reference and only looks like this, put a "
        "letter directly before it, in every return.",
    )


def _read_text(field: Field, raw: RawCell, sender: Sender) -> Value | Fault:
    text, limit = as_text(raw), field.maximum or TEXT_LIMIT
    if len(text) > limit:
        return Fault(
            "V20", f"The text has {len(text)} characters.", f"At most {limit} characters.", "Shorten it."
        )
    return text


def _read_date(field: Field, raw: RawCell, sender: Sender) -> Value | Fault:
    found = _day_meant(raw)
    first = FIRST_YEAR if field.minimum is None else field.minimum
    if isinstance(found, date) and found.year < first:
        return _not_a_date(f"We read {write_day(found)}, which is too long ago.", "Correct the year.")
    return found


def _day_meant(raw: RawCell) -> date | Fault:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = as_text(raw)
    if isinstance(raw, (time, timedelta)):
        return _not_a_date(f"We read the time {quoted(text)}, which has no day.", "Enter the date.")
    if isinstance(raw, (int, float)) or text.isdigit():
        return _not_a_date(
            f"We read the number {quoted(text)}, and cannot be sure which day it means.",
            "Format the cell as a date in Excel and check the day it then shows.",
        )
    if match := _ISO.fullmatch(text):
        return _day(text, int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        return _day(text, int(match[4]), int(match[3]), int(match[1]))
    if match := _MONTH_IN_WORDS.fullmatch(text):
        word = match[2].casefold()
        months = [n for n, name in enumerate(_MONTHS, start=1) if word in (name, name[:3], name[:4])]
        if months:
            return _day(text, int(match[3]), months[0], int(match[1]))
    if _SHORT_YEAR.fullmatch(text):
        return _not_a_date(
            f"We read {quoted(text)}, whose year has only two digits.", "Write the year with four digits."
        )
    return _not_a_date(
        f"We read {quoted(text)}, which is not a date we can read.",
        "Enter the date with the day first, or leave the cell blank when it is not known.",
    )


def _day(text: str, year: int, month: int, day: int) -> date | Fault:
    try:
        return date(year, month, day)
    except ValueError:
        if month > 12 >= day:
            return _not_a_date(
                f"We read {quoted(text)}, which has no month {month}.", "Put the day first, then the month."
            )
        return _not_a_date(
            f"We read {quoted(text)}, which is not a day in the calendar.", "Correct the date."
        )


def _not_a_date(found: str, repair: str) -> Fault:
    return Fault("V05", found, A_DATE, repair)


def _read_whole(field: Field, raw: RawCell, sender: Sender) -> Value | Fault:
    text = as_text(raw)
    least, most = field.minimum, field.maximum
    limits = (
        f" from {least} to {most}"
        if least is not None and most is not None
        else f" of {least} or more"
        if least is not None
        else ""
    )
    wanted = f"A whole number{limits}."
    match = None if isinstance(raw, (bool, date, time, timedelta)) else _WHOLE.fullmatch(text)
    if not match:
        return Fault(
            "V20",
            f"We read {quoted(text)}, which is not a whole number.",
            wanted,
            "Enter the number, or leave the cell blank.",
        )
    number = int(match[1] + match[2].replace(",", ""))
    if (least is not None and number < least) or (most is not None and number > most):
        return Fault(
            "V20",
            f"We read {number:,}.",
            wanted,
            "Correct the number, or leave the cell blank when it is not known.",
        )
    return number


def _read_number(field: Field, raw: RawCell, sender: Sender) -> Value | Fault:
    text, least, most = as_text(raw), field.minimum, field.maximum
    limits = f" from {least} to {most}" if least is not None and most is not None else ""
    wanted = f"A number{limits}, such as 0.5."
    match = None if isinstance(raw, (bool, date, time, timedelta)) else _NUMBER.fullmatch(text)
    if not match:
        return Fault(
            "V20",
            f"We read {quoted(text)}, which is not a number.",
            wanted,
            "Enter the number, or leave the cell blank.",
        )
    number = float(match[1]) / (100 if match[2] else 1)
    if (least is not None and number < least) or (most is not None and number > most):
        return Fault(
            "V20",
            f"We read {quoted(text)}.",
            wanted,
            "Correct the number, or leave the cell blank when it is not known.",
        )
    return number


_READERS: dict[Kind, Callable[[Field, RawCell, Sender], Value | Fault]] = {
    Kind.TEXT: _read_text,
    Kind.DATE: _read_date,
    Kind.WHOLE: _read_whole,
    Kind.NUMBER: _read_number,
    Kind.QUESTION: read_question,
    Kind.YES_NO: read_code,
    Kind.CODE: read_code,
    Kind.CODES: read_codes,
    Kind.PROVIDER: read_provider,
    Kind.AREA: read_area,
    Kind.SERVICE: read_service,
    Kind.TERM: _read_text,
}

"""Reading one cell.

A raw value becomes what its field holds, nothing when it is blank, or a fault that says what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from domain.cell_text import Fault, as_text, is_blank, quoted, write_day
from domain.drafts import RawCell
from domain.fields import Field, Kind
from domain.personal_data import value_kind
from domain.returns import Value
from domain.services import SERVICES
from domain.settings import Settings
from domain.vocabulary import absent_codes, plain

__all__ = ["TEXT_LIMIT", "Fault", "as_text", "is_blank", "quoted", "read_cell", "write_day"]

A_DATE = "A real date such as 28/02/2025."
TEXT_LIMIT = 200
"""The longest text kept from a field that names no limit of its own."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+Z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?: [\d:]+)?")
_MONTH_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})[ -](\d{4})")
_MONTHS = tuple(date(2000, month, 1).strftime("%B").casefold() for month in range(1, 13))
_SHORT_YEAR = re.compile(r"\d{1,2}([/. -])(?:\d{1,2}|[A-Za-z]{3,9})\1\d{2}")
FIRST_YEAR = 2000
"""A date of an earlier year is a slip, unless its field has another year as its minimum: no service here is as old."""
_WHOLE = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.0+)?")
_OTHER_SPELLINGS = {"n/a": "NA", "refused": "REF", "do not know": "DK"}


def read_cell(field: Field, raw: RawCell, settings: Settings) -> Value | Fault:
    """What a cell of a field holds.

    Parameters
    ----------
    field : the column it stands in. raw : as read from the file. settings : the providers and areas there
        are.

    Returns
    -------
    the value, None for a blank cell, or a Fault. A value that looks personal is a fault of the rule on
    personal data, and is not quoted.
    """
    if is_blank(raw):
        return None
    found = _READERS[field.kind](field, raw, settings)
    if field.kind is Kind.TEXT or isinstance(found, Fault):
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


def _read_text(field: Field, raw: RawCell, settings: Settings) -> Value | Fault:
    text, limit = as_text(raw), field.maximum or TEXT_LIMIT
    if len(text) > limit:
        return Fault(
            "V20", f"The text has {len(text)} characters.", f"At most {limit} characters.", "Shorten it."
        )
    return text


def _read_date(field: Field, raw: RawCell, settings: Settings) -> Value | Fault:
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


def _read_whole(field: Field, raw: RawCell, settings: Settings) -> Value | Fault:
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


def _read_code(field: Field, raw: RawCell, settings: Settings) -> Value | Fault:
    return _one_code(field, as_text(raw))


def _one_code(field: Field, text: str) -> str | Fault:
    known = field.code_list
    if key := known.find(text) or _absent(text):
        return key
    spellings = {
        s.casefold(): code.label for code in known.entries for s in (code.key, code.label, *code.aliases)
    }
    labels = [code.label for code in known.entries]
    return _not_in_list(text, spellings, labels)


def _absent(text: str) -> str | None:
    folded = " ".join(text.casefold().replace("'", "").replace("\u2019", "").split())
    for key, label in absent_codes().items():
        if folded in (key.casefold(), label.casefold().replace("'", "")):
            return key
    return _OTHER_SPELLINGS.get(folded)


def _read_codes(field: Field, raw: RawCell, settings: Settings) -> Value | Fault:
    parts = [
        part.strip()
        for part in re.split(r"[;\n]", str(raw) if isinstance(raw, str) else as_text(raw))
        if part.strip()
    ]
    keys: list[str] = []
    for part in parts:
        key = _one_code(field, part)
        if isinstance(key, Fault):
            return key
        keys.append(key)
    alone = next((key for key in keys if key == "NONE" or key in absent_codes()), None)
    if alone and len(set(keys)) > 1:
        label = field.code_list.label(alone)
        return Fault(
            "V04",
            f"{quoted(label)} stands together with other answers.",
            "Either that answer alone, or the others.",
            "Remove one of them.",
        )
    return tuple(sorted(set(keys), key=field.code_list.order)) or None


def _not_in_list(text: str, spellings: dict[str, str], labels: list[str]) -> Fault:
    """The fault of an answer that no list knows, with the nearest one that it does."""
    close = get_close_matches(text.casefold(), list(spellings), n=1, cutoff=0.6)
    shown = "; ".join(labels[:12]) + ("; and others" if len(labels) > 12 else "")
    repair = f"Did you mean {quoted(spellings[close[0]])}?" if close else "Choose one of them."
    # A long text that is like no answer is a note, and notes hold names: it is not shown again.
    what = quoted(text) if close or len(text) <= 40 else f"a text of {len(text)} characters"
    return Fault("V04", f"We read {what}, which is not in the list.", f"One of: {shown}.", repair)


def _read_area(field: Field, raw: RawCell, settings: Settings) -> Value | Fault:
    text = as_text(raw)
    if key := settings.find_area(text):
        return key
    spellings = {s.casefold(): area.label for area in settings.areas for s in (area.label, *area.aliases)}
    return _not_in_list(
        text, spellings, [*(area.label for area in settings.areas), "UNK when it is not known"]
    )


def _read_provider(field: Field, raw: RawCell, settings: Settings) -> Value | Fault:
    text = as_text(raw)
    if key := settings.find_provider(text):
        return key
    names = [provider.label for provider in settings.providers]
    fault = _not_in_list(
        text, {name.casefold(): name for name in names}, names or ["a provider that is in Settings"]
    )
    return _unknown(fault, text, "provider")


def _read_service(field: Field, raw: RawCell, settings: Settings) -> Value | Fault:
    text = as_text(raw)
    names = {
        plain(spelling): service.key for service in SERVICES for spelling in (service.key, service.label)
    }
    if key := names.get(plain(text)):
        return key
    labels = [service.label for service in SERVICES]
    return _unknown(
        _not_in_list(text, {label.casefold(): label for label in labels}, labels), text, "service"
    )


def _unknown(fault: Fault, text: str, what: str) -> Fault:
    nearest = f"{fault.repair} " if fault.repair.startswith("Did") else ""
    repair = f"{nearest}Correct it, or ask an administrator to add it in Settings."
    return Fault("V02", f"We read {quoted(text)}, which is not a {what} that we know.", fault.wanted, repair)


_READERS: dict[Kind, Callable[[Field, RawCell, Settings], Value | Fault]] = {
    Kind.TEXT: _read_text,
    Kind.DATE: _read_date,
    Kind.WHOLE: _read_whole,
    Kind.YES_NO: _read_code,
    Kind.CODE: _read_code,
    Kind.CODES: _read_codes,
    Kind.PROVIDER: _read_provider,
    Kind.AREA: _read_area,
    Kind.SERVICE: _read_service,
}

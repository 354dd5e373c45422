"""The text of a cell as a person sees it, and the words for one that could not be taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.drafts import RawCell

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
"""Characters that nobody sees, such as those that come along when a text is copied from a web page.

The first of them, a zero, is one that PostgreSQL keeps in no text: it must not reach a save.
"""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With what a text starts that a spreadsheet would calculate."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell could not be taken, by the rule it breaks, in the words of a problem; `lacks` as there."""

    check: str
    found: str
    wanted: str
    repair: str
    lacks: tuple[tuple[str, str], ...] = ()


def is_blank(raw: RawCell) -> bool:
    """Whether a cell is blank: nothing, or only spaces and characters that nobody sees."""
    if not isinstance(raw, str):
        return raw is None
    # Nearly every cell starts with a letter or a figure, and no more of it need be looked at.
    return not raw or not (raw[0].isalnum() or _seen(raw).strip())


def as_text(raw: RawCell) -> str:
    """A raw cell as the text a person would see; whole numbers lose their '.0'."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(sep=" ")
    return " ".join(_seen(str(raw)).split())


def _seen(text: str) -> str:
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)


def quoted(text: str) -> str:
    """A text as it is quoted to a person: cut when it is long."""
    return f"'{text}'" if len(text) <= 60 else f"'{text[:57]}...'"


def write_day(day: date) -> str:
    """A day as a person reads it: '3 March 2024'."""
    return f"{day.day} {day:%B %Y}"

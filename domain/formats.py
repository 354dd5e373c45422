"""How every number, date, share and list is written; nothing else turns a figure into text."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from math import isfinite

from domain.cell_text import FORMULA_STARTS
from domain.disclosure import Figure
from domain.periods import time_label, write_month
from domain.returns_calendar import CLOCK
from domain.rounding import exact, half_up
from domain.rounding import percent as rounded_percent
from domain.statistics import wilson_interval

NOTHING = "–"
"""What stands where there is no value."""


def number(value: float | None, digits: int = 0) -> str:
    """A number with thousands separated, rounded half up: 1,234 or 26.3; a dash where there is none."""
    if value is None or not isfinite(value):
        return NOTHING
    return f"{half_up(value, digits):,f}"


def percent(share: float | None) -> str:
    """A share of 0 to 1 as a whole percentage: 0.8217 is '82%'.

    >>> percent(0.825), percent(None)
    ('83%', '–')
    """
    if share is None or not isfinite(share):
        return NOTHING
    return f"{half_up(exact(share) * 100)}%"


def percent_of(met: int, base: int) -> str:
    """X of Y as a whole percentage, from the two whole numbers; a dash without a base.

    'None' and 'all' are said only where it is none and all: otherwise decimals are added until it shows.

    >>> percent_of(387, 471), percent_of(10, 2064), percent_of(1209, 1213), percent_of(92, 92)
    ('82%', '0.5%', '99.7%', '100%')
    """
    if not base:
        return NOTHING
    digits = 0
    while 0 < met < base and rounded_percent(met, base, digits) in (0, 100):
        digits += 1
    return f"{rounded_percent(met, base, digits)}%"


def share_of(met: int, base: int) -> str:
    """A share with what it is made of: '82% (387 of 471)'."""
    return f"{percent_of(met, base)} ({number(met)} of {number(base)})"


def interval(low: float | None, high: float | None) -> str:
    """The 95% limits of a share: '78% to 85%'."""
    if low is None or high is None or not (isfinite(low) and isfinite(high)):
        return NOTHING
    return f"{percent(low)} to {percent(high)}"


def limits_of(met: int, base: int) -> str:
    """The 95% limits of X of Y; a dash where it is no share, because nothing or less is in the base.

    >>> limits_of(387, 471), limits_of(0, 0)
    ('78% to 85%', '–')
    """
    return interval(*wilson_interval(met, base)) if 0 <= met <= base else NOTHING


def share_with_limits(met: int, base: int) -> str:
    """A share and its limits in words, for what is said where a mark is pointed at.

    >>> share_with_limits(387, 471)
    '82% (387 of 471), 95% limits 78% to 85%'
    """
    limits = limits_of(met, base)
    return share_of(met, base) if limits == NOTHING else f"{share_of(met, base)}, 95% limits {limits}"


def day(value: date | None) -> str:
    """A day: '31 Oct 2018'."""
    return f"{value.day} {value:%b %Y}" if value else NOTHING


def moment(at: datetime) -> str:
    """A moment as a person reads it, by the clock in England: '3 Oct 2026, 14:05'."""
    here = at.astimezone(CLOCK)
    return f"{day(here)}, {here:%H:%M}"


def month(value: int | None) -> str:
    """A stored month: 201810 is 'Oct 2018'."""
    return time_label("month", write_month(value)) if value else NOTHING


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: '1 case', '23 cases'."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def listed(items: Sequence[str], most: int = 6) -> str:
    """A list in a sentence: 'a, b and c'; a long one is cut and says how many more.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    shown = list(items[:most])
    if len(items) > most:
        return f"{', '.join(shown)} and {len(items) - most} more"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def few_cases(figure: Figure) -> str:
    """The mark of a small cell, 'few cases (3)', with the smaller of its two sides; blank otherwise."""
    if not figure.small:
        return ""
    sides = [count for count in (figure.met, figure.base - figure.met) if count > 0]
    return f"few cases ({min(sides)})"


def sentence_case(text: str) -> str:
    """The text with its first letter as a capital, and the rest as it was."""
    return text[:1].upper() + text[1:]


def unmarked(text: str) -> str:
    r"""A text in which Markdown reads nothing, for names that people typed.

    >>> unmarked("A*B [x]")
    'A\\*B \\[x\\]'

    A colon before a space begins nothing, and stays as it is: a screen reader reads the marks in the name of a field aloud.

    >>> unmarked("Column F: ':red[x]'")
    "Column F: '\\:red\\[x\\]'"
    """
    return re.sub(r"([\\`*_{}\[\]<>#|~$]|:(?=\S))", r"\\\1", text)


def csv_cell(value: str | float | None) -> str | float:
    """A cell of a CSV file that a spreadsheet will not run as a formula."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value

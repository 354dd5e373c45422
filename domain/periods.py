"""Months, quarters and years, and the periods that returns cover. A month is stored as a whole number, such as 201804."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class PeriodKind(StrEnum):
    """How much time a return covers; a cumulative one runs from the start of the contract year to a month's end."""

    MONTH = "month"
    QUARTER = "quarter"
    CUMULATIVE = "cumulative"


TIME_KEYS = ("month", "quarter", "financial_year", "calendar_year")
"""The groupings by time, from the finest; every one is a sum of months."""


def month_of(day: date) -> int:
    """The month of a day, as stored: 2018-04-17 gives 201804."""
    return day.year * 100 + day.month


def parse_month(text: str) -> int:
    """The stored month for a written one.

    Raises
    ------
    ValueError
        When the text is not a month such as '2018-04'.
    """
    match = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    if not match or not 1 <= int(match[2]) <= 12:
        raise ValueError(f"'{text}' is not a month such as 2018-04")
    return int(match[1]) * 100 + int(match[2])


def write_month(month: int) -> str:
    """The month as written in an address and a file: 201804 gives '2018-04'."""
    return f"{month // 100:04d}-{month % 100:02d}"


def next_month(month: int, steps: int = 1) -> int:
    """The month so many steps later (earlier when negative)."""
    at = month // 100 * 12 + month % 100 - 1 + steps
    return at // 12 * 100 + at % 12 + 1


def months_between(first: int, last: int) -> tuple[int, ...]:
    """Every month from first to last, both included; empty when first is later."""
    found = []
    while first <= last:
        found.append(first)
        first = next_month(first)
    return tuple(found)


def month_start(month: int) -> date:
    """First day of a month."""
    return date(month // 100, month % 100, 1)


def month_end(month: int) -> date:
    """Last day of a month."""
    return date(month // 100, month % 100, calendar.monthrange(month // 100, month % 100)[1])


def quarter_of(month: int) -> Period:
    """The quarter a month falls in: Apr-Jun, Jul-Sep, Oct-Dec or Jan-Mar."""
    first = month // 100 * 100 + (month % 100 - 1) // 3 * 3 + 1
    return Period(month_start(first), month_end(next_month(first, 2)))


def financial_year_of(month: int) -> str:
    """The year from April to March a month falls in: 201804 gives '2018-19'."""
    year = month // 100 if month % 100 >= 4 else month // 100 - 1
    return f"{year}-{(year + 1) % 100:02d}"


# Remembered, as what follows: a figure by place and month asks it of each of its rows.
@lru_cache(maxsize=2_000)
def time_key(grouping: str, month: int) -> str:
    """The key of the month, quarter or year that a month belongs to.

    >>> [time_key(g, 201805) for g in TIME_KEYS]
    ['2018-05', '2018-04..2018-06', '2018-19', '2018']
    """
    match grouping:
        case "month":
            return write_month(month)
        case "quarter":
            return quarter_of(month).key
        case "financial_year":
            return financial_year_of(month)
        case "calendar_year":
            return str(month // 100)
    raise ValueError(f"'{grouping}' is not a grouping by time; it may be {', '.join(TIME_KEYS)}")


@lru_cache(maxsize=2_000)
def time_label(grouping: str, key: str) -> str:
    """What a person reads for the key of a month, quarter or year."""
    match grouping:
        case "month":
            month = parse_month(key)
            return f"{calendar.month_abbr[month % 100]} {month // 100}"
        case "quarter":
            return Period.parse(key).label
        case "financial_year":
            return key.replace("-", "/")
    return key


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The whole months that a return covers, both days included."""

    start: date
    end: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period for '2018-04..2018-06' or '2018-10'. Raises ValueError when it is neither."""
        first, _, last = text.partition("..")
        start, end = parse_month(first), parse_month(last or first)
        if end < start:
            raise ValueError(f"'{text}' ends before it starts")
        return cls(month_start(start), month_end(end))

    @property
    def key(self) -> str:
        """As written in an address and a file: '2018-04..2018-06', or '2018-10' for one month."""
        first, last = write_month(self.first_month), write_month(self.last_month)
        return first if first == last else f"{first}..{last}"

    @property
    def first_month(self) -> int:
        """The month it starts in."""
        return month_of(self.start)

    @property
    def last_month(self) -> int:
        """The month it ends in."""
        return month_of(self.end)

    @property
    def months(self) -> tuple[int, ...]:
        """Its months in order."""
        return months_between(self.first_month, self.last_month)

    @property
    def kind(self) -> PeriodKind | None:
        """Month or quarter; None when it is neither, or does not start and end with a month."""
        if self.start != month_start(self.first_month) or self.end != month_end(self.last_month):
            return None
        if self.first_month == self.last_month:
            return PeriodKind.MONTH
        return PeriodKind.QUARTER if quarter_of(self.first_month) == self else None

    @property
    def label(self) -> str:
        """What a person reads: 'Apr-Jun 2018 (Q1 2018/19)', 'Oct 2018', 'Apr 2017-Oct 2018'."""
        first, last = (
            time_label("month", write_month(self.first_month)),
            time_label("month", write_month(self.last_month)),
        )
        if self.kind is PeriodKind.MONTH:
            return first
        if self.kind is PeriodKind.QUARTER:
            number = (self.first_month % 100 - 4) // 3 % 4 + 1
            year = financial_year_of(self.first_month).replace("-", "/")
            return f"{first[:3]}-{last} (Q{number} {year})"
        return f"{first}-{last}"

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.start <= other.end and other.start <= self.end

    def covers(self, other: Period) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def next(self) -> Period:
        """The period of the same length that follows."""
        first = month_of(self.end + timedelta(days=1))
        return Period(month_start(first), month_end(next_month(first, len(self.months) - 1)))


def month_keys(key: str) -> tuple[str, ...]:
    """The keys of the months of a period, by its own.

    >>> month_keys("2018-04..2018-06")
    ('2018-04', '2018-05', '2018-06')
    """
    return tuple(write_month(month) for month in Period.parse(key).months)

"""The series that a forecast goes on from: complete periods in order, and what was left out of it and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.periods import month_end, month_start, next_month, time_key, time_label

MONTHS_IN: Final = {"month": 1, "quarter": 3, "financial_year": 12}
"""The periods by which demand is carried forward, and how many months each has; the smallest first."""


@dataclass(frozen=True, slots=True)
class History:
    """Referrals in complete periods, in order, none missing between the first and the last.

    Parameters
    ----------
    grouping : a key of `MONTHS_IN`. first : the first month of the first period, as 202004.
    values : cases; a fraction only where it is what a period is expected to come to (`expected`, their places).
    left_out : which periods were left out and why, a sentence each, without a full stop.
    rests_on : what the numbers are, in words, as 'Referrals counted here, all providers, all areas'. published : whether a document
        printed them. example : a sentence on example or unsaved data; blank for real ones.
    version : the moment of the figures; None where they are no figures of ours.
    """

    grouping: str
    first: int
    values: tuple[float, ...]
    expected: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()
    rests_on: str = ""
    published: bool = False
    example: str = ""
    version: int | None = None

    @property
    def season(self) -> int:
        """How many of its periods make a year; 1 where a period is a year."""
        return 12 // MONTHS_IN[self.grouping]

    def first_month(self, place: int) -> int:
        """The first month of a period by its place; places from `len(values)` on are still to come."""
        return next_month(self.first, place * MONTHS_IN[self.grouping])

    def key(self, place: int) -> str:
        """The key of a period by its place, as on the command line: '2018-04', '2018-04..2018-06', '2018-19'."""
        return time_key(self.grouping, self.first_month(place))

    def label(self, place: int) -> str:
        """The same as a person reads it."""
        return time_label(self.grouping, self.key(place))

    @property
    def next_first(self) -> int:
        """The first month that is still to come."""
        return self.first_month(len(self.values))

    @property
    def span(self) -> str:
        """Its first and last day in words; blank where it holds nothing."""
        if not self.values:
            return ""
        last = month_end(next_month(self.next_first, -1))
        return f"{month_start(self.first):%b %Y} to {last:%b %Y}"

"""Rates: how many of one thing for so many of another, such as complaints for each 100 cases open in a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.columns import in_words
from domain.measure_kinds import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCases(Measure):
    """The cases open at any time in a period. `counted` takes the columns, the first and the last day; None leaves that end open."""

    @staticmethod
    def counted(c: Any, first: date | None, last: date) -> Any:
        """Referred by the last day, neither ended nor gone from the returns before the first."""
        found = (c.referral_date <= last) | (c.referral_date.is_(None) & (c.entered_date <= last))
        if first is None:
            return found
        still = (c.outcome_date.is_(None) | ~(c.outcome_date < first)) & (
            c.vanished_on.is_(None) | ~(c.vanished_on < first)
        )
        return found & still

    @property
    def definition(self) -> str:
        """Which cases, in words."""
        return (
            "Cases open at any time in the period: referred on or before its last day (entered, where the day of referral is "
            "blank), and neither ended nor no longer reported before its first."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts(Measure):
    """The posts in post at the end of a month, as full-time equivalents.

    `counted` are the posts, `unclear` those of which it is not known whether they are or how much of a post they are.
    """

    counted: Any
    unclear: Any

    @property
    def at_a_date(self) -> bool:
        """It says how things stand at the end of a month."""
        return True

    @property
    def definition(self) -> str:
        """Which posts, in words."""
        return (
            f"Posts where {in_words(self.counted)}, added up by 'Full-time equivalent'; a post in post that has no role, or that "
            "is such a post without a full-time equivalent, is left out and counted beside."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Measure):
    """How many of `over` for each `times` of `of`. In a tally `met` and `base` are the two counts.

    Parameters
    ----------
    over : what is counted: a count of a period or a stock at a date.
    of : what it is divided by: open cases with a count, posts with a stock.
    per : what one lot of the divisor is called, such as '100 open cases'.
    """

    over: Measure
    of: OpenCases | Posts
    times: int = 1
    per: str

    @property
    def at_a_date(self) -> bool:
        """Whether both counts are of the end of a month."""
        return self.of.at_a_date

    @property
    def definition(self) -> str:
        """The two counts, in words."""
        return (
            f"{self.over.definition.removesuffix('.')}; for each {self.per}. Divided by: {self.of.definition}"
        )


def in_post(c: Any) -> Any:
    """The condition on a post that it is filled on the day in question; one without a first day is not known to be."""
    return (c.in_post_from <= c.day) & (c.in_post_to.is_(None) | ~(c.in_post_to < c.day))

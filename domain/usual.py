"""What a number may be without anything special having happened, from the numbers before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LIMIT_FACTOR = 2.66
"""Average moving ranges from the mean to either limit."""
SCREEN_FACTOR = 3.267
"""A moving range of so many average ones is left out of the average, once."""


@dataclass(frozen=True, slots=True)
class UsualRange:
    """The mean of some numbers, and the limits within which the next is expected."""

    mean: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a number lies within the limits, both included."""
        return self.low <= value <= self.high


def usual_range(values: Sequence[float]) -> UsualRange:
    """The range that numbers in their order in time lead to expect: an individuals and moving range chart.

    Raises
    ------
    ValueError
        With fewer than two numbers.

    Examples
    --------
    The series by which NHSRplotthedots shows the screening of moving ranges.

    >>> found = usual_range([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])
    >>> round(found.mean, 6), round(found.low, 6), round(found.high, 6)
    (1.944444, -0.715556, 4.604444)
    """
    if len(values) < 2:
        raise ValueError("a range needs two numbers or more")
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    average = sum(ranges) / len(ranges)
    kept = [one for one in ranges if one < SCREEN_FACTOR * average] or ranges
    average = sum(kept) / len(kept)
    mean = sum(values) / len(values)
    return UsualRange(mean, mean - LIMIT_FACTOR * average, mean + LIMIT_FACTOR * average)

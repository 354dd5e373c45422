"""The middle half of a spread: between which values half of the cases lie, a quarter of them below and a quarter above."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate


def middle_half(spread: Mapping[int, int]) -> tuple[float, float] | None:
    """The lower and the upper quartile of whole values, such as days, given the count of cases for each; None without cases.

    Between two cases they are taken evenly from one to the other, as spreadsheets do (QUARTILE.INC).

    Examples
    --------
    >>> middle_half({10: 2, 20: 1, 40: 1, 50: 1})
    (10.0, 40.0)
    >>> middle_half({1: 1, 2: 1, 3: 1, 4: 1})
    (1.75, 3.25)
    """
    values = sorted(value for value, count in spread.items() if count > 0)
    if not values:
        return None
    reached = list(accumulate(spread[value] for value in values))

    def at(part: Fraction) -> float:
        place = part * (reached[-1] - 1)
        below = int(place)
        low, high = (
            values[bisect_right(reached, position)] for position in (below, min(below + 1, reached[-1] - 1))
        )
        return float(low + (place - below) * (high - low))

    return at(Fraction(1, 4)), at(Fraction(3, 4))

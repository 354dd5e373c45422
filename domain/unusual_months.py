"""Unusual months: the average and limits of a monthly series (XmR), and the four rules of Making Data Count that flag its points.

The limits are of a series that stays as it is: whether one does is told in `domain.steady`. A new average begins only where a person
has said so, with a reason; never by itself because a rule has flagged something.

References
----------
NHS England, Making Data Count; the R package NHSRplotthedots (spc_standard, calculate_point_type).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

LIMITS_AT = 2.66
"""Limits stand so many average moving ranges from the average: three standard deviations."""
NEAR_AT = LIMITS_AT * 2 / 3
SCREENED_AT = 3.267
"""A move of so many average moves is left out of their average, once: one odd month would widen the limits that should show it."""
TRIAL_UNDER = 12
"""With fewer points the limits are on trial."""
LIMITS_FROM = 7
"""With fewer points there are none: the months are drawn, and nothing is called unusual."""
_RUN = 7


class Signal(StrEnum):
    """What a point is flagged as, in the words of Making Data Count."""

    NONE = "Common Cause"
    ABOVE = "Above UCL"
    BELOW = "Below LCL"
    RISING = "7 Point Trend (Increasing)"
    FALLING = "7 Point Trend (Decreasing)"
    NEAR_ABOVE = "2 in 3 Above CL"
    NEAR_BELOW = "2 in 3 Below CL"
    HIGHER = "7 Points Above CL"
    LOWER = "7 Points Below CL"


@dataclass(frozen=True, slots=True)
class Limits:
    """The average of a stretch, its average moving range, and the limits made of them; not cut to what counts can be."""

    mean: float
    moving_range: float

    @property
    def lower(self) -> float:
        """The lower limit."""
        return self.mean - LIMITS_AT * self.moving_range

    @property
    def upper(self) -> float:
        """The upper limit."""
        return self.mean + LIMITS_AT * self.moving_range

    @property
    def near_lower(self) -> float:
        """Two thirds of the way down to the lower limit."""
        return self.mean - NEAR_AT * self.moving_range

    @property
    def near_upper(self) -> float:
        """Two thirds of the way up to the upper limit."""
        return self.mean + NEAR_AT * self.moving_range

    def drawn(self, *, cap: float | None = None) -> tuple[float, float]:
        """The limits as they are drawn: no count is below 0, and no share above its cap. What is unusual goes by the uncut ones."""
        return max(0.0, self.lower), self.upper if cap is None else min(cap, self.upper)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points with one average: the places of the first and of the one after the last, and their limits; None for too few points."""

    start: int
    end: int
    limits: Limits | None
    signals: tuple[Signal, ...]

    @property
    def trial(self) -> bool:
        """Whether the limits are on trial."""
        return self.limits is not None and self.end - self.start < TRIAL_UNDER


def stretches(
    values: Sequence[float],
    breaks: Sequence[int] = (),
    *,
    screened: bool = True,
    fix_after: int | None = None,
) -> tuple[Stretch, ...]:
    """A series in stretches of one average each.

    Parameters
    ----------
    breaks : places of the points with which a person has let a new average begin; runs of the rules begin anew there too.
    screened : whether very large moves are left out of the average move, once.
    fix_after : the average and limits of a stretch are those of so many of its first points; None for all of them.
    """
    edges = sorted({0, *(at for at in breaks if 0 < at < len(values)), len(values)})
    found = []
    for start, end in pairwise(edges):
        part = values[start:end]
        limits = limits_of(part[:fix_after], screened=screened) if len(part) >= LIMITS_FROM else None
        signals = signals_of(part, limits) if limits else (Signal.NONE,) * len(part)
        found.append(Stretch(start, end, limits, signals))
    return tuple(found)


def limits_of(values: Sequence[float], *, screened: bool = True) -> Limits:
    """The average and the average moving range of two points or more.

    Examples
    --------
    >>> found = limits_of([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])
    >>> f"{found.lower:.2f} to {found.upper:.2f}"
    '-0.72 to 4.60'
    """
    moves = [abs(later - earlier) for earlier, later in pairwise(values)]
    moving_range = sum(moves) / len(moves)
    kept = [move for move in moves if move < SCREENED_AT * moving_range]
    if screened and kept:
        moving_range = sum(kept) / len(kept)
    return Limits(sum(values) / len(values), moving_range)


def signals_of(values: Sequence[float], limits: Limits) -> tuple[Signal, ...]:
    """What each point is flagged as; where several rules flag it, by the first of them."""
    outside = [_outside(value, limits) for value in values]
    moves = [_sign(later - earlier) for earlier, later in pairwise(values)]
    sides = [_sign(value - limits.mean) for value in values]
    trend = _in_runs(moves, _RUN - 1, len(values), extra=1)
    near = _two_in_three(values, sides, outside, limits)
    shift = _in_runs(sides, _RUN, len(values))
    names = {
        1: (Signal.RISING, Signal.NEAR_ABOVE, Signal.HIGHER),
        -1: (Signal.FALLING, Signal.NEAR_BELOW, Signal.LOWER),
    }
    found = []
    for place, first in enumerate(outside):
        flagged = [
            names[side][rule] for rule, side in enumerate((trend[place], near[place], shift[place])) if side
        ]
        found.append(first if first is not Signal.NONE else next(iter(flagged), Signal.NONE))
    return tuple(found)


def _outside(value: float, limits: Limits) -> Signal:
    if value > limits.upper:
        return Signal.ABOVE
    return Signal.BELOW if value < limits.lower else Signal.NONE


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _in_runs(signs: Sequence[int], least: int, points: int, *, extra: int = 0) -> list[int]:
    """The sign of the run that each point belongs to, 0 for none; every point of a run is flagged, not only its last.

    `extra` points belong to a run beyond its signs: six rises are made of seven points.
    """
    found, start = [0] * points, 0
    for end in range(1, len(signs) + 1):
        if end < len(signs) and signs[end] == signs[start]:
            continue
        if signs[start] and end - start >= least:
            found[start : end + extra] = [signs[start]] * (end + extra - start)
        start = end
    return found


def _two_in_three(
    values: Sequence[float], sides: Sequence[int], outside: Sequence[Signal], limits: Limits
) -> list[int]:
    """Of three points in a row on one side, two between the near limit and the limit: those near it are flagged."""
    near = [
        side if is_in is Signal.NONE and (value > limits.near_upper or value < limits.near_lower) else 0
        for value, side, is_in in zip(values, sides, outside, strict=True)
    ]
    found = [0] * len(values)
    for first in range(len(values) - 2):
        three = range(first, first + 3)
        side = sides[first]
        if side and all(sides[at] == side for at in three) and sum(near[at] == side for at in three) >= 2:
            for at in three:
                found[at] = found[at] or near[at]
    return found

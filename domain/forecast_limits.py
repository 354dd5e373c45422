"""How far limits that were given held what came, and how much wider they should have been."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist
from typing import Final

import numpy as np

from domain.forecast_methods import CONFIDENCES, Step

MOST_STRETCHED: Final = 10.0
"""Limits are not made wider than so many times: for a series that never changed before there would be no end to it."""
_PRIOR: Final = 0.5
"""Half a case more than the past had (Jeffreys): where none ever came, that none comes is not certain."""


def chance_about(value: float, shares: Sequence[float], known: int, *, line: bool = False) -> float:
    """How far chance alone moves a sum of counts that is expected to be so large: the least standard deviation that it can have.

    A short history may lie on a line, or not change at all, by chance: limits made of its misses alone would then be of no width. At the
    least, counts are Poisson about a steady rate, and that rate is known from so few of them.

    Parameters
    ----------
    value : what is expected of the sum. shares : of each period to come, how much of it is in the sum. known : periods of the history.
    line : whether the first and the last of these carry a line on (drift), which chance in either turns.

    >>> round(chance_about(144, (1,) * 12, 24), 2), round(chance_about(8, (1,), 3, line=True), 2)
    (14.71, 5.35)
    """
    periods = sum(shares)
    cases = max(value, 0.0) + _PRIOR * periods / known
    if not line:
        return sqrt(cases * (1 + periods / known))
    turned = sum(share * ahead for ahead, share in enumerate(shares, 1)) / (known - 1)
    return sqrt(cases / periods * (periods + (periods + turned) ** 2 + turned**2))


def no_surer_than_chance(steps: Sequence[Step], known: int, *, line: bool = False) -> tuple[Step, ...]:
    """The same with limits at least as far away as chance alone puts them; `known` and `line` as for `chance_about`.

    >>> (step,) = no_surer_than_chance([Step(100, 99, 101, 60, 140)], 8)
    >>> round(step.low_80), round(step.high_80), step.low_95, step.high_95
    (86, 114, 60, 140)
    """
    by_80, by_95 = (NormalDist().inv_cdf((1 + share) / 2) for share in CONFIDENCES)
    found = []
    for before, step in enumerate(steps):
        away = chance_about(step.value, (*(0.0 for _ in range(before)), 1.0), known, line=line)
        found.append(
            Step(
                step.value,
                max(min(step.low_80, step.value - by_80 * away), 0.0),
                max(step.high_80, step.value + by_80 * away),
                max(min(step.low_95, step.value - by_95 * away), 0.0),
                max(step.high_95, step.value + by_95 * away),
            )
        )
    return tuple(found)


def stretch_of(steps: Sequence[Step], came: Sequence[float]) -> float:
    """How many times as wide the limits must be for 80 and 95 of 100 to hold what came; never less than 1.

    >>> stretch_of([Step(100, 90, 110, 80, 120)] * 4, [95, 104, 125, 100])
    2.5
    """
    wanted = 1.0
    for share, low, high in ((0.8, "low_80", "high_80"), (0.95, "low_95", "high_95")):
        far = []
        for step, value in zip(steps, came, strict=True):
            edge = getattr(step, high if value > step.value else low)
            missed, width = abs(value - step.value), abs(edge - step.value)
            far.append(missed / width if width > 0 else (MOST_STRETCHED if missed > 0 else 0.0))
        wanted = max(wanted, float(np.quantile(far, share, method="inverted_cdf")))
    return min(wanted, MOST_STRETCHED)

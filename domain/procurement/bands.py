"""The volumes that a tender may name: three ways to arrive at low, expected and high, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Final

import numpy as np

from domain.formats import number
from domain.procurement.history import History
from domain.procurement.scenario import Bands
from domain.procurement.volumes import Volumes
from domain.rounding import half_up

STEADY, FORECAST, CAUTIOUS = "steady", "forecast", "cautious"
_TENS_FROM: Final = 100
"""Numbers from here on are rounded to tens, smaller ones to fives."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to arrive at the volumes of a year.

    Parameters
    ----------
    why, change : a sentence of reasoning, and one of what would change it, without a full stop. exact : the numbers before rounding, so
        that nobody takes round numbers for what was worked out.
    """

    key: str
    label: str
    bands: Bands
    exact: tuple[float, float, float]
    why: str
    change: str


def suggested(volumes: Volumes, *, last_year: int | None = None) -> tuple[Option, Option, Option]:
    """Three options: a steady year, the forecast, and the last contract year at its widest.

    Parameters
    ----------
    last_year : how many the last full year brought (`last_year_of`); where nobody knows, steady means as the first contract year.
    """
    return _steady(volumes, last_year), _forecast(volumes), _cautious(volumes)


def last_year_of(history: History) -> int | None:
    """How many the last twelve complete months brought; None where there are fewer."""
    if len(history.values) < history.season:
        return None
    return int(half_up(sum(history.values[-history.season :])))


def _steady(volumes: Volumes, last_year: int | None) -> Option:
    middle, (low, high) = volumes.middle[0], volumes.limits(0, 0.8)
    if last_year is None or not middle:
        exact = (float(low), middle, float(high))
        why = "Demand stays where it is expected in the first contract year; low and high are where 8 of 10 such years lie"
    else:
        exact = (last_year * low / middle, float(last_year), last_year * high / middle)
        why = (
            f"Demand stays at the {number(last_year)} of the last full year; low and high lie as far from it, in proportion,"
            " as 8 of 10 first contract years lie from what is expected of them"
        )
    return Option(
        STEADY,
        "As the last full year" if last_year is not None else "As the first contract year",
        outward(*exact),
        exact,
        why,
        "Growth that goes on, or a fall: either would leave these volumes behind by the second year",
    )


def _forecast(volumes: Volumes) -> Option:
    mean = volumes.draws.mean(axis=1)
    low, high = (float(np.quantile(mean, tail, method="inverted_cdf")) for tail in (0.1, 0.9))
    exact = (low, sum(volumes.middle) / volumes.years, high)
    each = "of the contract years together, a year" if volumes.years > 1 else "of the contract year"
    return Option(
        FORECAST,
        "As forecast",
        outward(*exact),
        exact,
        f"The number expected {each}; low and high are where 8 of 10 such contracts lie, so that single years go beyond them more often"
        if volumes.years > 1
        else f"The number expected {each}; low and high are where 8 of 10 such years lie",
        "A year more of returns, a new assumption or another length of the contract, with any of which it would be worked out again",
    )


def _cautious(volumes: Volumes) -> Option:
    last = volumes.years - 1
    low, high = volumes.limits(last)
    exact = (float(low), volumes.middle[last], float(high))
    which = "last contract year, which is known least" if last else "contract year"
    return Option(
        CAUTIOUS,
        "Cautious",
        outward(*exact),
        exact,
        f"The {which}, with its 95% limits: low and high are where 19 of 20 such years lie",
        "A longer history or a shorter contract: both would bring low and high closer together",
    )


def outward(low: float, expected: float, high: float) -> Bands:
    """Round numbers for a tender: to tens, under 100 to fives; the limits away from each other, the expected number half up.

    >>> outward(562.4, 746.25, 861.0), outward(31.0, 41.2, 52.0)
    (Bands(low=560, expected=750, high=870), Bands(low=30, expected=40, high=55))
    """
    least, most = floor(low / _step(low)) * _step(low), ceil(high / _step(high)) * _step(high)
    middle = int(half_up(expected / _step(expected))) * _step(expected)
    return Bands(least, min(max(middle, least), most), most)


def _step(value: float) -> int:
    return 10 if value >= _TENS_FROM else 5

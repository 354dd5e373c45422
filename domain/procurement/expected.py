"""How many referrals each contract year may bring: a history carried forward, or three numbers somebody entered, with what is assumed.

What the council's own decisions lead to is worked out in `domain.procurement.drivers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt
from typing import Final

import numpy as np

from domain.forecast_limits import chance_about
from domain.forecast_methods import Numbers
from domain.forecasting import Method
from domain.formats import number
from domain.late_entry import months_apart
from domain.paths import misses_of_sums
from domain.periods import next_month
from domain.procurement.outlook import YEAR, Outlook
from domain.procurement.scenario import Assumption
from domain.procurement.volumes import DRAWS, SEED, Counts, Stream, Volumes, chance_of

_OWN: Final = "The commissioner's own numbers of a year, low {}, likely {} and high {}: 9 of 10 years lie between low and high"
_OUTSIDE: Final = 0.05
"""The share of years below the low number, and above the high one."""


def volumes_of(outlook: Outlook, assumptions: Sequence[Assumption] = ()) -> Volumes:
    """The contract years of a history carried forward.

    Raises
    ------
    ValueError
        Where there is no forecast; `Outlook.why_not` says why.

    Examples
    --------
    >>> from domain.procurement.history import History
    >>> from domain.procurement.outlook import outlook_of
    >>> found = volumes_of(outlook_of(History("financial_year", 202004, (195, 271, 429, 598, 636)), 202504, 1))
    >>> found.middle, found.limits(0), found.validated
    ((746.25,), (520, 972), False)
    """
    return with_assumptions(_carried(outlook), assumptions)


@lru_cache(maxsize=16)
def _carried(outlook: Outlook) -> Volumes:
    found, history = outlook.forecast, outlook.history
    if found is None:
        raise ValueError(outlook.why_not)
    values = np.array([step.value for step in found.steps])
    middle = np.array([values @ np.array(year.shares) for year in outlook.ahead])
    weights = np.column_stack([year.weights for year in outlook.ahead])
    misses = misses_of_sums(
        history.values, found.method, weights, season=history.season, draws=DRAWS, seed=SEED
    )
    misses = misses * np.array([year.stretch for year in outlook.ahead])
    if found.method is not Method.LOG_LINEAR:
        line, known = found.method is Method.DRIFT, len(history.values)
        chance = [
            chance_about(one, year.shares, known, line=line)
            for one, year in zip(middle, outlook.ahead, strict=True)
        ]
        misses = _no_surer_than(misses, np.array(chance))
    stretched = middle + misses
    how = found.method.label if outlook.validated else f"{found.method.label} (scenario, not validated)"
    return Volumes(
        outlook.starts,
        _whole(stretched),
        tuple(float(one) for one in middle),
        outlook.validated,
        f"{history.rests_on or 'Referrals'}, {history.span}, carried forward: {how}",
    )


def _no_surer_than(misses: Numbers, chance: Numbers) -> Numbers:
    """Each draw at least as far from what is expected as chance alone puts the one that lies as high among its like.

    Parameters
    ----------
    misses : (draws, years). chance : how far chance alone moves each year, a standard deviation.
    """
    from scipy.special import ndtri

    draws = len(misses)
    # Where the method misses by nothing, chance says which future lies high: in all its years, because they share what is not known.
    order = np.broadcast_to(chance_of(Stream.CHANCE).permutation(draws)[:, None], misses.shape)
    ranks = np.argsort(np.lexsort((order, misses), axis=0), axis=0)
    alone = ndtri((ranks + 0.5) / draws) * chance
    return np.where(np.abs(alone) > np.abs(misses), alone, misses)


def own_volumes(
    numbers: tuple[int, int, int], assumptions: Sequence[Assumption], starts: int, years: int
) -> Volumes:
    """The contract years as somebody expects them: low, likely and high of a year.

    9 of 10 years lie between low and high. How high they lie is drawn once a future, for all of them, because whoever is wrong about one
    year is wrong about the next; from a triangle with its peak at the likely number, that leaves 1 of 20 on either side.

    Raises
    ------
    ValueError
        Where the three do not rise, or one is below zero.

    Examples
    --------
    >>> found = own_volumes((500, 600, 800), (), 202604, 2)
    >>> found.middle, found.limits(0, 0.9)
    ((600.0, 600.0), (500, 800))
    """
    low, likely, high = numbers
    if not 0 <= low <= likely <= high:
        raise ValueError(f"Low, likely and high rise from 0 on: {low}, {likely}, {high}.")
    below, above = float(likely - low), float(high - likely)
    left, right = below, above
    for _ in range(100):
        both = _OUTSIDE * (left + right)
        left, right = below + sqrt(both * left), above + sqrt(both * right)
    level = _triangle(likely - left, likely, likely + right, Stream.ENTERED)
    draws = _whole(np.repeat(level[:, None], years, axis=1))
    said = _OWN.format(*(number(one) for one in numbers))
    return with_assumptions(Volumes(starts, draws, (float(likely),) * years, False, said), assumptions)


def with_assumptions(volumes: Volumes, assumptions: Sequence[Assumption]) -> Volumes:
    """The same with what the history cannot know.

    How large each assumption turns out is drawn once a future from the triangle of its limits and its value. In a year in which it begins
    it counts for the share of months left, as if referrals came evenly. Nobody has tried it on the past, so what rests on it is not
    validated.

    Examples
    --------
    >>> plain = own_volumes((600, 600, 600), (), 202604, 2)
    >>> with_assumptions(plain, [Assumption("a new duty", 202610, 10, 10, 10)]).middle
    (630.0, 660.0)
    """
    if not assumptions:
        return volumes
    factors: Numbers = np.ones(volumes.draws.shape)
    middle = np.array(volumes.middle)
    for place, one in enumerate(assumptions):
        share = np.array([_months_in(one, volumes.starts, year) / YEAR for year in range(volumes.years)])
        drawn = _triangle(one.low, one.percent, one.high, Stream.ASSUMED, place) / 100
        factors = factors * (1 + drawn[:, None] * share)
        middle = middle * (1 + one.percent / 100 * share)
    said = "with 1 assumption" if len(assumptions) == 1 else f"with {len(assumptions)} assumptions"
    return Volumes(
        volumes.starts,
        _whole(volumes.draws * factors),
        tuple(float(one) for one in middle),
        validated=False,
        rests_on=f"{volumes.rests_on}, {said}",
    )


def _months_in(one: Assumption, starts: int, year: int) -> int:
    """How many months of a contract year an assumption holds in."""
    return min(max(months_apart(one.since, next_month(starts, YEAR * (year + 1))), 0), YEAR)


def _triangle(low: float, likely: float, high: float, stream: Stream, *which: int) -> Numbers:
    """Numbers of a triangle at even steps of its distribution, in an order by chance: its limits come out exactly."""
    if low == high:
        return np.full(DRAWS, float(likely))
    even = chance_of(stream, *which).permutation(DRAWS) / DRAWS + 0.5 / DRAWS
    rising = low + np.sqrt(even * (high - low) * (likely - low))
    falling = high - np.sqrt((1 - even) * (high - low) * (high - likely))
    return np.where(even * (high - low) < likely - low, rising, falling)


def _whole(numbers: Numbers) -> Counts:
    """Whole numbers, halves up, none below zero; nobody may write into them, because they are kept."""
    found = np.floor(np.maximum(numbers, 0) + 0.5).astype(np.int64)
    found.flags.writeable = False
    return found

"""Intervals, comparisons and averages that the figures on screen carry.

Every function takes counts, never cases. "No value" is ``nan``, so that a figure without a base can
never pass for a figure of zero. ``confidence`` lies between 0 and 1 (ValueError otherwise).
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import inf, nan, sqrt
from statistics import NormalDist

# Byar's approximation is good enough from ten events up; below that the exact limits are used.
BYAR_FROM = 10


@dataclass(frozen=True, slots=True)
class Difference:
    """First share minus second share, with its limits, all from -1 to 1 (``nan``: no value)."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero; False where there is no value."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class RateRatio:
    """First rate divided by second rate, with its limits (``nan``: no value; ``inf``: no upper limit)."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out one, which means no change; False where there is no value."""
        return self.low > 1 or self.high < 1


@cache
def _normal_deviate(confidence: float) -> float:
    """Return the two-sided standard normal deviate: 1.959964 for 0.95, 3.090232 for 0.998."""
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence lies between 0 and 1, not {confidence}.")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson_interval(met: int, base: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson score interval of the share ``met / base``.

    Parameters
    ----------
    met, base : int
        Counts, ``0 <= met <= base``.

    Returns
    -------
    tuple of float
        Lower and upper limit, 0 to 1; ``(nan, nan)`` where the base is 0.

    Raises
    ------
    ValueError
        If ``met`` is below zero or above ``base``.

    Notes
    -----
    As in UKHSA's PHEindicatormethods (``wilson_lower``, ``wilson_upper``).

    Examples
    --------
    >>> low, high = wilson_interval(387, 471)
    >>> f"{low:.6f} to {high:.6f}"
    '0.784525 to 0.853583'
    """
    if not 0 <= met <= base:
        raise ValueError(f"{met} out of {base} is not a share: the first must lie between 0 and the second.")
    if base == 0:
        return nan, nan
    z = _normal_deviate(confidence)
    middle = 2 * met + z * z
    spread = z * sqrt(z * z + 4 * met * (1 - met / base))
    scale = 2 * (base + z * z)
    # At the ends the limit is exactly 0 or 1; binary rounding would miss it by a hair.
    low = (middle - spread) / scale if met > 0 else 0.0
    high = (middle + spread) / scale if met < base else 1.0
    return low, high


def newcombe_difference(
    met_1: int, base_1: int, met_2: int, base_2: int, *, confidence: float = 0.95
) -> Difference:
    """Difference between two independent shares: **first minus second**.

    To say how a later period differs from an earlier one, give the later period first; a value above
    zero then means a rise.

    Returns
    -------
    Difference
        ``nan`` throughout where either base is 0. Newcombe (1998), method 10: built on the Wilson limits
        of each share, with the errors of `wilson_interval`.

    Examples
    --------
    Mediations held out of outcomes, Norfolk, 2024 against 2023: no clear change.

    >>> change = newcombe_difference(270, 630, 255, 549)
    >>> f"{100 * change.value:.2f} points, {100 * change.low:.2f} to {100 * change.high:+.2f}"
    '-3.59 points, -9.25 to +2.09'
    >>> change.clear
    False
    """
    low_1, high_1 = wilson_interval(met_1, base_1, confidence=confidence)
    low_2, high_2 = wilson_interval(met_2, base_2, confidence=confidence)
    if base_1 == 0 or base_2 == 0:
        return Difference(nan, nan, nan)
    share_1, share_2 = met_1 / base_1, met_2 / base_2
    value = share_1 - share_2
    return Difference(
        value,
        value - sqrt((share_1 - low_1) ** 2 + (high_2 - share_2) ** 2),
        value + sqrt((high_1 - share_1) ** 2 + (share_2 - low_2) ** 2),
    )


def count_limits(count: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Limits of a count of events: Byar's from ten up, exact Poisson limits below.

    Returns
    -------
    tuple of float
        Lower and upper limit, in events; for a rate, divide both by the population.

    Raises
    ------
    ValueError
        If the count is below zero.

    Notes
    -----
    As ``phe_rate`` in UKHSA's PHEindicatormethods. The exact limits are half a quantile of the
    chi-square distribution, which is the inverse of the regularised incomplete gamma function.

    Examples
    --------
    >>> ["%.4f" % limit for limit in count_limits(636)]
    ['587.5248', '687.4080']
    """
    if count < 0:
        raise ValueError(f"A count cannot be below zero: {count}.")
    z = _normal_deviate(confidence)
    if count >= BYAR_FROM:
        above = count + 1
        return (
            count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3,
            above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3,
        )
    # Loaded here because it takes a third of a second, and only small counts need it.
    from scipy.special import gammaincinv

    tail = (1 - confidence) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))


def rate_ratio_clear(
    count_1: int, months_1: float, count_2: int, months_2: float, *, confidence: float = 0.95
) -> RateRatio:
    """Compare two monthly rates, such as referrals a month after and before a date.

    The ratio is **first rate over second rate**: give the later period first, and a value above one
    means a rise. Counts are taken as Poisson; where months vary more than that, the interval is too
    narrow.

    Parameters
    ----------
    count_1, count_2 : int
        Events in each period, 0 or more.
    months_1, months_2 : float
        Length of each period in months (or any one unit of exposure), above zero.

    Returns
    -------
    RateRatio
        ``nan`` throughout where neither period has an event.

    Raises
    ------
    ValueError
        If a count is below zero, or a length is not above zero.

    Notes
    -----
    Given the total, the first count is binomial (Przyborowski and Wilenski, 1940, Biometrika 31); the
    Wilson limits of that share, as odds over the exposures, are the limits of the ratio.

    Examples
    --------
    >>> change = rate_ratio_clear(265, 7, 275, 12)
    >>> f"{change.value:.2f}, {change.low:.2f} to {change.high:.2f}", change.clear
    ('1.65, 1.40 to 1.96', True)
    """
    if count_1 < 0 or count_2 < 0:
        raise ValueError(f"Counts cannot be below zero: {count_1} and {count_2}.")
    if not (months_1 > 0 and months_2 > 0):
        raise ValueError(f"Both periods must be longer than zero months: {months_1} and {months_2}.")
    total = count_1 + count_2
    if total == 0:
        return RateRatio(nan, nan, nan)
    exposure = months_2 / months_1
    low, high = wilson_interval(count_1, total, confidence=confidence)
    return RateRatio(
        _odds(count_1 / total) * exposure if count_2 else inf,
        _odds(low) * exposure,
        _odds(high) * exposure if count_2 else inf,
    )


def _odds(share: float) -> float:
    return share / (1 - share)


def rolling_mean(values: Sequence[float | None], window: int = 3) -> list[float | None]:
    """Trailing mean of the last ``window`` values, blank until there are that many.

    Parameters
    ----------
    values : sequence of float or None
        One a period, in order; None where a period has no complete value.
    window : int
        Number of periods, 1 or more.

    Returns
    -------
    list of float or None
        As long as ``values``; None where any value of the window is missing.

    Raises
    ------
    ValueError
        If the window is below one.

    Examples
    --------
    >>> [None if mean is None else round(mean, 4) for mean in rolling_mean([20, 31, 28, 36])]
    [None, None, 26.3333, 31.6667]
    """
    if window < 1:
        raise ValueError(f"A rolling mean needs a window of at least one period, not {window}.")
    means: list[float | None] = []
    for end in range(1, len(values) + 1):
        known = [value for value in values[max(0, end - window) : end] if value is not None]
        means.append(sum(known) / window if len(known) == window else None)
    return means


def mean_of_spread(spread: Mapping[int, int]) -> float:
    """Average whole values, such as days, given the count of cases for each.

    The answer is in the unit of the values, ``nan`` without cases; a count below zero is a ValueError.

    >>> mean_of_spread({10: 1, 20: 3})
    17.5
    """
    cases = sum(_counts(spread, spread))
    return sum(value * count for value, count in spread.items()) / cases if cases else nan


def median_of_spread(spread: Mapping[int, int]) -> float:
    """Find the median of whole values, such as days, given the count of cases for each.

    For an even number of cases it lies halfway between the two middle ones. Unit and errors are those of
    `mean_of_spread`.

    Examples
    --------
    >>> median_of_spread({10: 2, 20: 1, 40: 1})
    15.0
    """
    values = sorted(spread)
    reached = list(accumulate(_counts(spread, values)))
    if not reached or reached[-1] == 0:
        return nan
    below, above = ((reached[-1] - 1) // 2, reached[-1] // 2)
    return (values[bisect_right(reached, below)] + values[bisect_right(reached, above)]) / 2


def _counts(spread: Mapping[int, int], values: Iterable[int]) -> list[int]:
    counts = [spread[value] for value in values]
    if any(count < 0 for count in counts):
        raise ValueError(f"A count cannot be below zero: {min(counts)}.")
    return counts

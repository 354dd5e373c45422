"""Limits of counts still to come, and how well limits once given have held. What chooses a forecast is in `domain.forecasting`."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, nan
from statistics import fmean, variance

# Counts are called more varied than Poisson only when chance alone would show it more seldom than this.
CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Spread:
    """How counts vary about their own mean.

    Parameters
    ----------
    ratio : variance over mean; 1 for Poisson counts.
    chance : how often Poisson counts show a ratio at least as large (chi-square on n - 1).
    size : `k` of the negative binomial, variance m + m²/k; None where Poisson serves.
    """

    ratio: float
    chance: float
    size: float | None


def outward(low: float, high: float) -> tuple[int, int]:
    """Round the limits of a count to whole numbers, away from each other; the lower one is never below zero.

    Examples
    --------
    >>> outward(558.38, 860.26), outward(-12.5, 3)
    ((558, 861), (0, 3))
    """
    return max(floor(low), 0), ceil(high)


def poisson_limits(mean: float, *, confidence: float = 0.95) -> tuple[int, int]:
    """Limits of one more count, given the mean to expect.

    Parameters
    ----------
    mean : events to expect, 0 or more.

    Returns
    -------
    tuple of int
        Lower and upper limit; whole numbers that hold a Poisson count at least so often.

    Raises
    ------
    ValueError
        If the mean is below zero, or the confidence is not between 0 and 1.

    Examples
    --------
    >>> poisson_limits(37.8), poisson_limits(37.8, confidence=0.8)
    ((26, 50), (30, 46))
    """
    from scipy.stats import poisson

    tail = _tail(mean, confidence)
    return int(poisson.ppf(tail, mean)) if mean else 0, int(poisson.ppf(1 - tail, mean)) if mean else 0


def negative_binomial_limits(mean: float, size: float, *, confidence: float = 0.95) -> tuple[int, int]:
    """Limits of one more count that varies more than Poisson: variance ``mean + mean**2 / size``.

    Returns and errors are those of `poisson_limits`; a size not above zero is a ValueError too.

    Examples
    --------
    >>> negative_binomial_limits(37.8, 20)
    (20, 60)
    """
    from scipy.stats import nbinom

    if not size > 0:
        raise ValueError(f"The size of a negative binomial is above zero, not {size}.")
    tail, share = _tail(mean, confidence), size / (size + mean)
    return int(nbinom.ppf(tail, size, share)) if mean else 0, int(
        nbinom.ppf(1 - tail, size, share)
    ) if mean else 0


def _tail(mean: float, confidence: float) -> float:
    if not mean >= 0:
        raise ValueError(f"A mean count cannot be below zero: {mean}.")
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence lies between 0 and 1, not {confidence}.")
    return (1 - confidence) / 2


def spread_of(counts: Sequence[int]) -> Spread:
    """Say whether counts about one mean vary more than Poisson counts do.

    Parameters
    ----------
    counts : two or more counts, 0 or more each, without trend or season.

    Raises
    ------
    ValueError
        If there are fewer than two counts, or one is below zero.

    Notes
    -----
    Fisher's index of dispersion: (n - 1) variance / mean is chi-square on n - 1 degrees of freedom. The size is that of
    moments, ``mean**2 / (variance - mean)``, and is given only where that chance is below `CHANCE`.

    Examples
    --------
    >>> found = spread_of([31, 42, 37, 35, 44, 38, 29, 41, 52, 33, 36, 40])
    >>> f"{found.ratio:.4f}", f"{found.chance:.2f}", found.size
    ('1.0234', '0.42', None)
    """
    from scipy.stats import chi2

    if len(counts) < 2 or min(counts) < 0:
        raise ValueError(f"How counts vary needs two of them or more, none below zero, not {list(counts)}.")
    mean, about = fmean(counts), variance(counts)
    if mean == 0:
        return Spread(nan, nan, None)
    chance = float(chi2.sf((len(counts) - 1) * about / mean, len(counts) - 1))
    return Spread(
        about / mean, chance, mean**2 / (about - mean) if chance < CHANCE and about > mean else None
    )


def naive_scale(history: Sequence[float]) -> float:
    """Mean size of the steps from one value to the next: what the naive forecast misses by, one step ahead.

    >>> naive_scale([20, 31, 28, 36, 33, 40])
    6.4
    """
    if len(history) < 2:
        return nan
    return fmean(abs(after - before) for before, after in pairwise(history))


def scaled_error(history: Sequence[float], came: Sequence[float], forecast: Sequence[float]) -> float:
    """Mean absolute scaled error: below 1, the forecast beats the naive one.

    Parameters
    ----------
    history : what the forecast was made from.
    came, forecast : what came and what was forecast, in the same order.

    Returns
    -------
    float
        ``nan`` where nothing came, or the history never changed.

    References
    ----------
    Hyndman and Koehler (2006), International Journal of Forecasting 22.

    Examples
    --------
    >>> scaled_error([20, 31, 28, 36, 33, 40], [38, 45], [41, 41])
    0.546875
    """
    scale = naive_scale(history)
    if not came or not scale > 0:
        return nan
    return fmean(abs(one - other) for one, other in zip(came, forecast, strict=True)) / scale


def interval_score(low: float, high: float, came: float, *, confidence: float = 0.95) -> float:
    """Width of an interval, and a penalty where the value came to lie outside it; lower is better.

    References
    ----------
    Gneiting and Raftery (2007), Journal of the American Statistical Association 102.

    Examples
    --------
    >>> interval_score(26, 50, 37), interval_score(26, 50, 55)
    (24.0, 224.0)
    """
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence lies between 0 and 1, not {confidence}.")
    missed = max(low - came, came - high, 0)
    return float(round(high - low + 2 * missed / (1 - confidence), 9))

"""Methods that carry a series of counts forward. Which one serves, and how well it did, is in `domain.forecasting`.

Each takes the history (one number a period, in order, none missing) and how many periods to go, and gives a `Step` for
each period to come; exponential smoothing is in `domain.smoothing`. Limits below zero are cut off at zero. scipy is loaded
inside because it takes a third of a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, sqrt
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from domain.prediction import CHANCE, outward

Numbers = NDArray[np.float64]
CONFIDENCES = (0.8, 0.95)
DRAWS, SEED = 4000, 7
"""How many futures are drawn where no formula gives their limits, and from which seed: the same history gives the same limits."""
HIGHEST_GROWTH = 25.0
"""Log of the largest mean that is drawn: beyond it counts overflow, and no council has as many cases."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is expected of one period to come, with the limits that hold 80 and 95 of 100 such periods."""

    value: float
    low_80: float
    high_80: float
    low_95: float
    high_95: float

    @property
    def whole_80(self) -> tuple[int, int]:
        """The 80% limits as whole numbers, rounded outward."""
        return outward(self.low_80, self.high_80)

    @property
    def whole_95(self) -> tuple[int, int]:
        """The 95% limits as whole numbers, rounded outward."""
        return outward(self.low_95, self.high_95)


def steps_about(values: Sequence[float], errors: Sequence[float], freedom: float) -> tuple[Step, ...]:
    """Put limits of Student's t about the values; normal ones where `freedom` is infinite."""
    from scipy.stats import norm, t

    wide = [
        float(norm.ppf((1 + c) / 2) if freedom == inf else t.ppf((1 + c) / 2, freedom)) for c in CONFIDENCES
    ]
    found = []
    for value, error in zip(values, errors, strict=True):
        a, b = (x * error for x in wide)
        found.append(Step(*(max(float(x), 0.0) for x in (value, value - a, value + a, value - b, value + b))))
    return tuple(found)


def naive(history: Sequence[float], periods: int) -> tuple[Step, ...]:
    """Carry the last value forward; the limits widen with the root of the distance (random walk without drift).

    Raises
    ------
    ValueError
        If there are fewer than two values.

    Examples
    --------
    >>> naive([20, 31, 28, 36], 1)[0].value
    36.0
    """
    needs(history, 2)
    steps = np.diff(history)
    error = sqrt(float(np.mean(steps**2)))
    ahead = range(1, periods + 1)
    return steps_about([history[-1]] * periods, [error * sqrt(h) for h in ahead], len(steps))


def drift(history: Sequence[float], periods: int) -> tuple[Step, ...]:
    """Random walk with drift: the mean step from first to last goes on.

    Raises
    ------
    ValueError
        If there are fewer than three values: two leave nothing to tell how far off the drift may be.

    Notes
    -----
    Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.5; limits of Student's t on n - 2 degrees of
    freedom, because with so few values normal limits understate how little is known.

    Examples
    --------
    >>> step = drift([195, 271, 429, 598, 636], 1)[0]
    >>> f"{step.value:.2f}, {step.low_95:.0f} to {step.high_95:.0f}"
    '746.25, 520 to 972'
    """
    mean, spread = drift_and_spread(history)
    steps = len(history) - 1
    ahead = range(1, periods + 1)
    errors = [spread * sqrt(h * (1 + h / steps)) for h in ahead]
    return steps_about([history[-1] + h * mean for h in ahead], errors, steps - 1)


def drift_and_spread(history: Sequence[float]) -> tuple[float, float]:
    """Give the mean step and the standard deviation of what the steps leave over; errors as `drift`.

    >>> ["%.2f" % value for value in drift_and_spread([195, 271, 429, 598, 636])]
    ['110.25', '63.57']
    """
    needs(history, 3)
    steps = np.diff(history)
    return float(np.mean(steps)), float(np.std(steps, ddof=1))


def log_linear(history: Sequence[float], periods: int) -> tuple[Step, ...]:
    """Let small counts grow or shrink by a steady rate: Poisson, or negative binomial where they vary more.

    Raises
    ------
    ValueError
        If there are fewer than eight values, or one is below zero.

    Notes
    -----
    Fitted by iteratively reweighted least squares. Its limits are quantiles of drawn futures, in which the rate itself is
    drawn too: the limits of `domain.prediction` take the mean as known. With fewer than three periods that have a case no
    rate can be fitted, and the mean stays as it is (gamma prior of Jeffreys).

    Examples
    --------
    >>> step = log_linear([3, 2, 4, 3, 5, 4, 4, 6, 5], 1)[0]
    >>> step.low_95 < step.value < step.high_95
    True
    """
    needs(history, 8)
    if min(history) < 0:
        raise ValueError(f"A count cannot be below zero: {min(history)}.")
    draws = np.random.default_rng(SEED)
    fitted = _fit_with_spread(np.asarray(history, dtype=float))
    found = []
    for ahead in range(1, periods + 1):
        if fitted is None:
            means = draws.gamma(sum(history) + 0.5, 1 / len(history), DRAWS)
            value, size = fmean(history), None
        else:
            rate, spread, size = fitted
            place = np.array([1.0, (len(history) - 1) / 2 + ahead])
            logs = draws.normal(place @ rate, sqrt(place @ spread @ place), DRAWS)
            means = np.exp(np.minimum(logs, HIGHEST_GROWTH))
            value = exp(min(float(place @ rate), HIGHEST_GROWTH))
        if size is not None:
            means = draws.gamma(size, means / size)
        came = np.quantile(draws.poisson(means), [0.1, 0.9, 0.025, 0.975], method="closest_observation")
        found.append(Step(value, *(float(limit) for limit in came)))
    return tuple(found)


def _fit_with_spread(counts: Numbers) -> tuple[Numbers, Numbers, float | None] | None:
    """Fit a rate, as negative binomial where Poisson would vary less; None where it cannot be fitted."""
    from scipy.stats import chi2

    if np.count_nonzero(counts) < 3:
        return None
    rate, spread = fit_rate(counts)
    means = np.exp(_places(len(counts)) @ rate)
    misses, freedom = (counts - means) ** 2, len(counts) - 2
    if chi2.sf(np.sum(misses / means), freedom) >= CHANCE:
        return rate, spread, None
    more = float(np.sum(misses) * len(counts) / freedom - np.sum(means))
    size = float(np.sum(means**2)) / more if more > 0 else None
    return (*(fit_rate(counts, size) if size else (rate, spread)), size)


def _places(periods: int) -> Numbers:
    return np.column_stack([np.ones(periods), np.arange(periods) - (periods - 1) / 2])


def fit_rate(counts: Numbers, size: float | None = None) -> tuple[Numbers, Numbers]:
    """Fit log mean = a + b (periods from the middle of the series) by iteratively reweighted least squares.

    Parameters
    ----------
    counts : not all of them zero.
    size : of a negative binomial; None for Poisson.

    Returns
    -------
    tuple of array
        (a, b), and their covariance.

    Examples
    --------
    >>> rate, _ = fit_rate(np.array([195.0, 271, 429, 598, 636]))
    >>> f"{np.exp(rate[1]) - 1:.1%} more each year, next {np.exp(rate @ [1, 3]):.0f}"
    '34.2% more each year, next 946'
    """
    places, rate = _places(len(counts)), np.array([np.log(np.mean(counts)), 0.0])
    for _ in range(50):
        means = np.exp(np.clip(places @ rate, -HIGHEST_GROWTH, HIGHEST_GROWTH))
        weights = means / (1 + means / size) if size else means
        spread = np.linalg.pinv((places.T * weights) @ places)
        change = spread @ ((places.T * (weights / means)) @ (counts - means))
        rate = rate + change
        if np.max(np.abs(change)) < 1e-10:
            break
    return rate, spread


def needs(history: Sequence[float], values: int) -> None:
    """Refuse a history that is too short, with both numbers."""
    if len(history) < values:
        raise ValueError(f"This forecast needs {values} values or more; there are {len(history)}.")

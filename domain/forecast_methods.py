"""Methods that carry a series of counts forward. Which one serves, and how well it did, is in `domain.forecasting`.

Each takes the history (one number a period, in order, none missing) and how many periods to go, and gives a `Step` for
each period to come; exponential smoothing is in `domain.smoothing`. Limits below zero are cut off at zero. scipy is loaded
inside because it takes a while.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, sqrt
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from domain.prediction import CHANCE
from domain.rounding import half_up

Numbers = NDArray[np.float64]
CONFIDENCES = (0.8, 0.95)
DRAWS, SEED = 4000, 7
"""How many futures are drawn where no formula gives their limits, and from which seed: the same history gives the same limits."""
GROWS_FOR = 4
"""So many periods a steady rate of growth is carried on, as far as it is tried on the past; from there the number stays. A new service that
grew by half each month would have millions of cases in its second year."""
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

    def stretched(self, by: float) -> "Step":
        """The same with limits so many times as far away, none below zero."""
        if by == 1:
            return self
        edges = (self.low_80, self.high_80, self.low_95, self.high_95)
        return Step(self.value, *(max(self.value + by * (edge - self.value), 0.0) for edge in edges))

    @property
    def whole_80(self) -> tuple[int, int]:
        """The 80% limits as whole numbers, halves up: as they are shown."""
        return int(half_up(self.low_80)), int(half_up(self.high_80))

    @property
    def whole_95(self) -> tuple[int, int]:
        """The 95% limits as whole numbers, halves up: as they are shown."""
        return int(half_up(self.low_95)), int(half_up(self.high_95))


def steps_about(values: Sequence[float], errors: Sequence[float], freedom: float) -> tuple[Step, ...]:
    """Put limits of Student's t about the values; normal ones where `freedom` is infinite."""
    from scipy.special import ndtri, stdtrit

    wide = [
        float(ndtri((1 + c) / 2) if freedom == inf else stdtrit(freedom, (1 + c) / 2)) for c in CONFIDENCES
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
    """Let small counts grow or shrink by a steady rate for `GROWS_FOR` periods, as Poisson counts, or negative binomial ones.

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
    futures = log_linear_paths(history, periods, draws=DRAWS, seed=SEED)
    fitted = _fit_with_spread(np.asarray(history, dtype=float))
    found = []
    for ahead in range(1, periods + 1):
        value = fmean(history)
        if fitted is not None:
            value = exp(min(float(_place(history, ahead) @ fitted[0]), HIGHEST_GROWTH))
        came = np.quantile(futures[:, ahead - 1], [0.1, 0.9, 0.025, 0.975], method="closest_observation")
        found.append(Step(value, *(float(limit) for limit in came)))
    return tuple(found)


def log_linear_paths(history: Sequence[float], periods: int, *, draws: int, seed: int) -> Numbers:
    """Draw whole futures of `log_linear`, a row each: the rate once a future, so that all its periods lie high or low together."""
    chance = np.random.default_rng(seed)
    fitted = _fit_with_spread(np.asarray(history, dtype=float))
    if fitted is None:
        mean = chance.gamma(sum(history) + 0.5, 1 / len(history), (draws, 1))
        means, size = np.repeat(mean, periods, axis=1), None
    else:
        rate, spread, size = fitted
        rates = chance.multivariate_normal(rate, spread, draws, method="cholesky")
        places = np.column_stack([_place(history, ahead) for ahead in range(1, periods + 1)])
        means = np.exp(np.clip(rates @ places, -HIGHEST_GROWTH, HIGHEST_GROWTH))
    if size is not None:
        means = chance.gamma(size, means / size)
    return np.asarray(chance.poisson(means), dtype=np.float64)


def _place(history: Sequence[float], ahead: int) -> Numbers:
    """Where a period to come lies, counted from the middle of the history; far ahead, where the last one that grows does."""
    return np.array([1.0, (len(history) - 1) / 2 + min(ahead, GROWS_FOR)])


def _fit_with_spread(counts: Numbers) -> tuple[Numbers, Numbers, float | None] | None:
    """Fit a rate, as negative binomial where Poisson would vary less; None where it cannot be fitted."""
    from scipy.special import chdtrc

    if np.count_nonzero(counts) < 3:
        return None
    rate, spread = fit_rate(counts)
    means = np.exp(_places(len(counts)) @ rate)
    misses, freedom = (counts - means) ** 2, len(counts) - 2
    if chdtrc(freedom, np.sum(misses / means)) >= CHANCE:
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

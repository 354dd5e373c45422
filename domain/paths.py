"""Whole futures of a series, drawn by the method that carries it forward: what a sum over several periods needs.

The limits of single periods (`domain.forecasting`) cannot be added up. A trend that is thought too high is so in every period to come, and
what a random walk has lost it has lost for good; so each future here is drawn as a whole. Taken one by one its periods have the same
limits as the steps of the method, within the error of so many draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

import numpy as np

from domain.forecast_methods import (
    Numbers,
    Step,
    drift,
    drift_and_spread,
    log_linear,
    log_linear_paths,
    naive,
)
from domain.forecasting import Method
from domain.smoothing import damped, fitted

DRAWS: Final = 10_000
SEED: Final = 20_260_401
"""So many futures are drawn, from this seed: the same scenario on the same figures gives the same numbers, whoever looks."""
_SPREAD_FROM: Final = 3
"""With fewer degrees of freedom Student's t has no spread, and with one no mean: what it costs on average could not be said."""
_ENDS: Final = (0.005, 0.995)


def misses_of_sums(
    history: Sequence[float],
    method: Method,
    weights: Numbers,
    *,
    season: int = 12,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Numbers:
    """Draw by how much sums over the periods to come will miss what is expected of them, the same future for all sums of a row.

    Parameters
    ----------
    weights : (periods, sums), how much of the miss of each period is in each sum.

    Returns
    -------
    array
        (draws, sums), not rounded. Where the distribution of a sum is known (Student's t, for all methods but the log-linear one) its draws
        are put at even steps of it in the order in which they were drawn: the limits are then exact, and the sums still hang together.
        With fewer than three degrees of freedom none lies beyond the 99% limits: without that, a few draws would make any mean of them.
    """
    known, periods = tuple(float(value) for value in history), len(weights)
    if method is Method.LOG_LINEAR:
        values = values_of(known, method, periods, season=season)
        return np.asarray((log_linear_paths(known, periods, draws=draws, seed=seed) - values) @ weights)
    from scipy.special import stdtrit

    shape, error, freedom = _shape(known, method, periods, season)
    together = weights.T @ shape
    drawn = _drawn(together, freedom, draws, seed)
    steps = (np.arange(draws) + 0.5) / draws
    if freedom < _SPREAD_FROM:
        steps = steps.clip(*_ENDS)
    evenly = stdtrit(freedom, steps)
    sizes = error * np.sqrt(np.sum(together**2, axis=1))
    return np.asarray(evenly[np.argsort(np.argsort(drawn, axis=0), axis=0)] * sizes)


def _drawn(shape: Numbers, freedom: int, draws: int, seed: int) -> Numbers:
    """Misses of size 1 that hang together as `shape` says. The size of one is drawn too, once a future: it is known from few."""
    chance = np.random.default_rng(seed)
    sizes = np.sqrt(freedom / chance.chisquare(freedom, (draws, 1)))
    return np.asarray(sizes * (chance.standard_normal((draws, shape.shape[1])) @ shape.T))


def values_of(history: Sequence[float], method: Method, periods: int, *, season: int = 12) -> Numbers:
    """What a method expects of each period to come."""
    return np.array([step.value for step in steps_of(history, method, periods, season=season)])


def steps_of(history: Sequence[float], method: Method, periods: int, *, season: int = 12) -> tuple[Step, ...]:
    """The steps of a method, with its own limits."""
    match method:
        case Method.NAIVE:
            return naive(history, periods)
        case Method.DRIFT:
            return drift(history, periods)
        case Method.DAMPED:
            return damped(history, periods)
        case Method.SEASON:
            return damped(history, periods, period=season)
        case Method.LOG_LINEAR:
            return log_linear(history, periods)


def _shape(
    history: tuple[float, ...], method: Method, periods: int, season: int
) -> tuple[Numbers, float, int]:
    """How the miss of each period is made of independent ones, the size of one, and the degrees of freedom that this size is known with."""
    steps = len(history) - 1
    walk = np.tril(np.ones((periods, periods)))
    if method is Method.NAIVE:
        return walk, sqrt(float(np.mean(np.diff(history) ** 2))), steps
    if method is Method.DRIFT:
        slope = np.arange(1, periods + 1)[:, None] / sqrt(steps)
        return np.hstack([slope, walk]), drift_and_spread(history)[1], steps - 1
    found = fitted(history, season if method is Method.SEASON else 0)
    return found.smoothed.shape(periods), found.error, found.freedom

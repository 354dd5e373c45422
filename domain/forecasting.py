"""Which method carries a series forward, how well it did on the series' own past, and what else may come.

The methods are in `domain.forecast_methods` and `domain.smoothing`. A history holds complete periods only: leave out the
periods still being entered, or put in what is expected of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from math import isfinite, isnan, nan, sqrt
from statistics import fmean
from types import MappingProxyType
from typing import Final

from domain.forecast_limits import no_surer_than_chance, stretch_of
from domain.forecast_methods import Step, drift, log_linear, naive, needs
from domain.prediction import interval_score, naive_scale
from domain.smoothing import damped

LEAST_TRAINING, FURTHEST = 8, 4
"""The back-test stands at each of the latest periods with so many before it, and looks up to so far ahead."""
ORIGINS = 12
"""No more periods than these, the latest, are stood at: a year of months, and a page that does not keep anybody waiting."""
FOR_SEASON: Final = MappingProxyType({12: 24, 4: 12})
"""A season is tried with more periods than these: two years of months, or three of quarters."""
SMALL = 10
DAYS_A_MONTH = 30.4375

Steps = tuple[Step, ...]
Run = Callable[[Sequence[float], int], Steps]


class Method(StrEnum):
    """How a series is carried forward."""

    NAIVE = "naive"
    DRIFT = "drift"
    DAMPED = "damped"
    SEASON = "season"
    LOG_LINEAR = "log_linear"

    @property
    def label(self) -> str:
        """The method in words.

        >>> Method.NAIVE.label
        'as in the last period'
        """
        return _LABELS[self]


_LABELS = {
    Method.NAIVE: "as in the last period",
    Method.DRIFT: "the mean change goes on",
    Method.DAMPED: "a trend that levels off",
    Method.SEASON: "a trend that levels off, and the time of year",
    Method.LOG_LINEAR: "a steady rate of growth of small counts",
}


@dataclass(frozen=True, slots=True)
class Trials:
    """How a method did when it stood at earlier periods and knew no later ones.

    Parameters
    ----------
    of : how many single forecasts came to be compared with what came.
    mase : mean absolute scaled error; below 1 beats carrying the last value one step. ``nan`` where the history never changed.
    held_80, held_95 : how many of them lay inside the 80% and the 95% limits.
    score : mean interval score of the 95% limits, in the unit of the series; lower is better.
    stretch : how many times as wide both limits would have had to be to hold 80 and 95 of 100 of them; 1 where they did.
    """

    of: int
    mase: float
    held_80: int
    held_95: int
    score: float
    stretch: float = 1.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """What may come, by which method, and what speaks for it.

    Parameters
    ----------
    steps : one for each period to come.
    trials : each method that was tried on the series' own past; empty where the history is too short for it.
    stretch : how many times as wide as the method's own the limits in `steps` are made, because its own held too little of the past;
        those further ahead than was tried are wider still.
    scenarios : for a history under eight periods, the value of the next period if nothing changes ('no_growth') and if the mean
        growth goes on ('mean_growth', left out where the series begins or ends at zero).
    """

    method: Method
    steps: Steps
    trials: Mapping[Method, Trials]
    scenarios: Mapping[str, float]
    stretch: float = 1.0

    @property
    def validated(self) -> bool:
        """Whether the method was tried on the series' own past."""
        return self.method in self.trials

    @property
    def label(self) -> str:
        """What the forecast is, for its title."""
        return self.method.label if self.validated else "scenario, not validated"


def forecast(history: Sequence[float], periods: int, *, season: int = 12) -> Forecast:
    """Choose a method by how long the history is, try it on that history, and carry the series forward.

    Fewer than 8 periods: drift, not validated. From 8: a damped trend, or a log-linear rate where the mean is under 10. From two years
    of months or three of quarters: with a season, if that did better in the back-test. The naive method instead of any of these where
    it did better. Limits that held too little of the past are widened until they would have held what they claim, and those further
    ahead than was tried more and more (`beyond`). None are narrower than chance alone gives a count of that size.

    Parameters
    ----------
    history : complete periods in order, three or more, each finite and 0 or more.
    periods : how many to go on, 1 or more.
    season : periods in a year: 12 for months, 4 for quarters, 1 for years, which have none.

    Raises
    ------
    ValueError
        If the history is too short or holds something that is no count, or `periods` or `season` is below one.

    Examples
    --------
    >>> found = forecast([195, 271, 429, 598, 636], 1, season=1)
    >>> found.label, f"{found.steps[0].value:.0f}", {name: f"{value:.0f}" for name, value in found.scenarios.items()}
    ('scenario, not validated', '746', {'no_growth': '636', 'mean_growth': '855'})
    """
    needs(history, 3)
    if any(not isfinite(value) or value < 0 for value in history):
        raise ValueError("A history holds one finite number for each period, none below zero.")
    if periods < 1 or season < 1:
        raise ValueError(
            f"A forecast goes one period or more, in seasons of one or more, not {periods} and {season}."
        )
    return _forecast(tuple(float(value) for value in history), periods, season)


@lru_cache(maxsize=200)
def _forecast(history: tuple[float, ...], periods: int, season: int) -> Forecast:
    """The same for a history that was checked; kept, because pages ask again and again for the same."""
    if len(history) < LEAST_TRAINING:
        steps = no_surer_than_chance(drift(history, periods), len(history), line=True)
        return Forecast(Method.DRIFT, steps, {}, scenarios(history))
    runs = _candidates(history, season)
    # All are tried from the same periods, so that none has the easier ones.
    first = least_training(Method.SEASON, season) if Method.SEASON in runs else LEAST_TRAINING
    tried = (
        {method: back_test(run, history, first=first) for method, run in runs.items()}
        if len(history) > first
        else {}
    )
    chosen = _best(tuple(runs), tried)
    stretch = tried[chosen].stretch if chosen in tried else 1.0
    reach = FURTHEST if tried else 1
    steps = tuple(
        step.stretched(stretch * beyond(chosen, ahead, reach))
        for ahead, step in enumerate(runs[chosen](history, periods), 1)
    )
    if chosen is not Method.LOG_LINEAR:  # which draws counts, with their chance
        steps = no_surer_than_chance(steps, len(history))
    return Forecast(chosen, steps, tried, {}, stretch)


def beyond(method: Method, ahead: int, tried: int) -> float:
    """How much wider the limits of exponential smoothing are made further ahead than it was tried: as the root of the distance.

    A short history often seems to wander less than it does, and then the method's own limits hardly widen: of simulated series they held
    57 to 78 of 100 years in the third year, in place of 95 (`benchmarks.backtest`). The misses of what wanders grow as the root. The other
    methods allow for it: the naive one and drift wander themselves, and of small counts the rate is drawn.

    >>> beyond(Method.DAMPED, 16, 4), beyond(Method.NAIVE, 16, 4), beyond(Method.SEASON, 2, 4)
    (2.0, 1.0, 1.0)
    """
    smoothed = method in (Method.DAMPED, Method.SEASON)
    return sqrt(max(ahead / tried, 1.0)) if smoothed else 1.0


def least_training(method: Method, season: int) -> int:
    """The fewest periods that a method is tried with."""
    return FOR_SEASON.get(season, max(24, 2 * season)) if method is Method.SEASON else LEAST_TRAINING


def _candidates(history: Sequence[float], season: int) -> dict[Method, Run]:
    """The methods that the length and the size of the series allow, the one to prefer first."""
    if fmean(history) < SMALL:
        return {Method.LOG_LINEAR: log_linear, Method.NAIVE: naive}
    runs: dict[Method, Run] = {Method.DAMPED: damped, Method.NAIVE: naive}
    if season > 1 and len(history) > least_training(Method.SEASON, season):
        runs[Method.SEASON] = partial(damped, period=season)
    return runs


def _best(methods: Sequence[Method], tried: Mapping[Method, Trials]) -> Method:
    """The first method, unless another one missed by less."""
    best = methods[0]
    for method in methods[1:]:
        if method in tried and tried[method].mase < tried[best].mase:
            best = method
    return best


def scenarios(history: Sequence[float]) -> dict[str, float]:
    """The next period if nothing changes, and if the mean growth goes on: two plain bounds beside a drift.

    >>> [f"{value:.0f}" for value in scenarios([195, 271, 429, 598, 636]).values()]
    ['636', '855']
    """
    needs(history, 2)
    plain = {"no_growth": float(history[-1])}
    if history[0] > 0 and history[-1] > 0:
        plain["mean_growth"] = history[-1] * growth(history)
    return plain


def growth(history: Sequence[float]) -> float:
    """Mean growth from one period to the next, as a factor: 1.34 for 34%; ``nan`` where the series begins at zero.

    >>> f"{growth([195, 271, 429, 598, 636]):.2f}"
    '1.34'
    """
    needs(history, 2)
    return float((history[-1] / history[0]) ** (1 / (len(history) - 1))) if history[0] > 0 else nan


def back_test(
    run: Run, history: Sequence[float], *, first: int = LEAST_TRAINING, furthest: int = FURTHEST
) -> Trials:
    """Try a method from a rolling origin: at each earlier period, with what was known then, up to `furthest` periods ahead.

    Parameters
    ----------
    first : the fewest values that the method is given.

    Raises
    ------
    ValueError
        If the history leaves no period after the first `first`.

    Notes
    -----
    Each error is scaled by the mean step of the history that the forecast was made from, `domain.prediction.scaled_error`. Only the
    latest `ORIGINS` periods are stood at.

    Examples
    --------
    >>> found = back_test(naive, [20, 31, 28, 36, 33, 40, 38, 45, 41, 44])
    >>> found.of, found.held_95
    (3, 3)
    """
    needs(history, first + 1)
    pairs = list(_tried(run, history, first, furthest))
    scaled = [abs(step.value - came) / scale for step, came, scale in pairs if scale > 0]
    return Trials(
        of=len(pairs),
        mase=fmean(scaled) if scaled else nan,
        held_80=sum(step.low_80 <= came <= step.high_80 for step, came, _ in pairs),
        held_95=sum(step.low_95 <= came <= step.high_95 for step, came, _ in pairs),
        score=fmean(interval_score(step.low_95, step.high_95, came) for step, came, _ in pairs),
        stretch=stretch_of([step for step, _, _ in pairs], [came for _, came, _ in pairs]),
    )


def _tried(
    run: Run, history: Sequence[float], first: int, furthest: int
) -> Iterator[tuple[Step, float, float]]:
    """Each forecast, what came, and the mean step of what it was made from."""
    for origin in range(max(first, len(history) - ORIGINS), len(history)):
        known, came = history[:origin], history[origin : origin + furthest]
        for step, value in zip(run(known, len(came)), came, strict=True):
            yield step, value, naive_scale(known)


def live_cases(arrivals_a_month: float, mean_days: float) -> float:
    """How many cases are open at a time (Little's law): arrivals a month times how long a case lasts.

    Raises
    ------
    ValueError
        If either is below zero.

    Examples
    --------
    >>> f"{live_cases(37.8, 55):.4f}"
    '68.3039'
    """
    if arrivals_a_month < 0 or mean_days < 0 or isnan(arrivals_a_month + mean_days):
        raise ValueError(f"Neither arrivals nor days can be below zero: {arrivals_a_month} and {mean_days}.")
    return arrivals_a_month * mean_days / DAYS_A_MONTH

"""Whether a monthly series is steady, so that an average and limits say something of it: large enough, without trend, without season.

In a series that rises, or has its seasons, nearly every month would be flagged as unusual: there, the same month of the year before
and a sentence on the trend say more. The tests stand here, so that the screen can say which one decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from statistics import NormalDist, median

LEAST_MEAN = 5.0
"""Under about so many a month the limits of XmR mean nothing."""
SEASON_FROM = 24
"""A season shows only over two years."""
CLEAR = 0.05
_DEALS = 5_000
_SEED = 7


@dataclass(frozen=True, slots=True)
class Trend:
    """Whether a series rises or falls: `chance` that it would so without a trend, and the middle of its changes a month."""

    chance: float
    a_month: float

    @property
    def clear(self) -> bool:
        """Whether there is a trend by more than chance, and one that is not nought."""
        return self.chance < CLEAR and self.a_month != 0


@dataclass(frozen=True, slots=True)
class Steadiness:
    """What decides whether limits may be drawn.

    `season` is the chance of such differences between calendar months without a season; None for under two years.
    """

    mean: float
    trend: Trend
    season: float | None

    @property
    def large_enough(self) -> bool:
        """Whether there are enough cases a month."""
        return self.mean >= LEAST_MEAN

    @property
    def seasonal(self) -> bool:
        """Whether calendar months differ by more than chance."""
        return self.season is not None and self.season < CLEAR

    @property
    def steady(self) -> bool:
        """Whether an average and limits say something."""
        return self.large_enough and not self.trend.clear and not self.seasonal


def steadiness(values: Sequence[float], months: Sequence[int], breaks: Sequence[int] = ()) -> Steadiness:
    """How steady a series is.

    Parameters
    ----------
    values : one a month, in order of time; one at least.
    months : the calendar month of each, 1 to 12.
    breaks : places where a person has let a new average begin: what changes there is explained, and no trend.
    """
    edges = sorted({0, *(at for at in breaks if 0 < at < len(values)), len(values)})
    parts = [tuple(values[start:end]) for start, end in pairwise(edges)]
    trend = trend_of(parts)
    # A rise is far larger than a season, and would hide it: years of one height are compared.
    slope = trend.a_month if trend.clear else 0.0
    level = [[value - slope * at for at, value in enumerate(part)] for part in parts]
    levelled = [value - sum(part) / len(part) for part in level for value in part]
    season = season_chance(tuple(levelled), tuple(months)) if len(values) >= SEASON_FROM else None
    return Steadiness(sum(values) / len(values), trend, season)


def trend_of(parts: Sequence[Sequence[float]]) -> Trend:
    """Mann-Kendall's test and Sen's slope, each pair of points compared within its own stretch.

    Notes
    -----
    Normal approximation, corrected for ties and for continuity (Mann 1945, Kendall 1975, Sen 1968); seasonal strata add up in the same
    way (Hirsch and others 1982).

    Examples
    --------
    >>> found = trend_of([[20, 22, 21, 25, 27, 26, 30, 31]])
    >>> f"{found.chance:.3f}, {found.a_month:.2f} a month"
    '0.004, 1.63 a month'
    """
    score, variance, slopes = 0, 0.0, []
    for part in parts:
        n = len(part)
        pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
        score += sum((part[j] > part[i]) - (part[j] < part[i]) for i, j in pairs)
        slopes += [(part[j] - part[i]) / (j - i) for i, j in pairs]
        ties = [part.count(value) for value in set(part)]
        variance += (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    if not variance:
        return Trend(1.0, 0.0)
    deviate = max(0, abs(score) - 1) / sqrt(variance)
    return Trend(2 * (1 - NormalDist().cdf(deviate)), median(slopes))


@lru_cache(maxsize=64)
def season_chance(values: tuple[float, ...], months: tuple[int, ...]) -> float:
    """How often calendar months would differ as much as they do without a season: Kruskal and Wallis, dealt out many times.

    With two or three years a calendar month has two or three values, too few for the tables of the test.
    """
    import numpy as np

    order = np.argsort(np.asarray(values), kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(1, len(values) + 1)
    found = np.asarray(values)
    for value in np.unique(found):
        ranks[found == value] = ranks[found == value].mean()
    places = np.asarray(months)
    groups = [np.flatnonzero(places == month) for month in np.unique(places)]
    deals = np.random.default_rng(_SEED).permuted(np.tile(ranks, (_DEALS, 1)), axis=1)

    def apart(dealt: np.ndarray) -> np.ndarray:
        return sum((dealt[:, group].sum(axis=1) ** 2 / len(group) for group in groups), np.zeros(len(dealt)))

    as_far = apart(deals) >= apart(ranks[None, :]) - 1e-9
    return (int(as_far.sum()) + 1) / (_DEALS + 1)

"""How different from average a group is, for its size: funnel limits of a share, and whether the groups differ more than chance gives.

Nothing here ranks. A small group strays further by chance alone, so each is held against the limits for its own number of cases.
Every function takes counts; shares and limits are numbers from 0 to 1.

References
----------
Spiegelhalter (2005), Funnel plots for comparing institutional performance, and Handling over-dispersion of performance indicators;
Essex Trailblazers checks, E22.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import accumulate
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist

EXACT_UNDER = 30
"""Under so many cases the limits are those of the binomial distribution itself."""
RARE_UNDER = 5
"""So are they where an average group has fewer on one side: at 99.7% normal ones let four times as many out of 99.8% as they say."""
WIDEN_FROM = 10
"""Limits are widened from so many groups on: of k groups none can lie further out than the root of k - 1 widened deviations, so that of
few groups none could ever be outside."""
COMPARED_FROM = 3
"""With fewer groups each is most of the average that it is held against."""
INNER, OUTER = 0.95, 0.998
"""The two pairs of limits: 1 group in 20 is outside the first by chance, 1 in 500 outside the second."""
BY_CHANCE = 0.05
_DRAWS = 50_000
_SEED = 7
_HAIR = 1e-9
"""What binary arithmetic may miss by: a group on a limit is inside, and a drawn table like the one found is as far apart."""


class Standing(StrEnum):
    """Where a group stands against the limits for its size."""

    INSIDE = "inside"
    OUTSIDE_95 = "outside the 95% limits"
    OUTSIDE_998 = "outside the 99.8% limits"


@dataclass(frozen=True, slots=True)
class Group:
    """One group and its X of Y; the base is above zero."""

    key: str
    label: str
    met: int
    base: int

    @property
    def share(self) -> float:
        """X of Y, 0 to 1."""
        return self.met / self.base


@dataclass(frozen=True, slots=True)
class Limits:
    """The 95% and the 99.8% limits of one size, 0 to 1. On a limit is inside."""

    low: float
    high: float
    far_low: float
    far_high: float

    def standing(self, share: float) -> Standing:
        """Where a share stands against them."""
        if not self.far_low - _HAIR <= share <= self.far_high + _HAIR:
            return Standing.OUTSIDE_998
        return Standing.INSIDE if self.low - _HAIR <= share <= self.high + _HAIR else Standing.OUTSIDE_95


@dataclass(frozen=True, slots=True)
class Placed:
    """A group against the limits for its size.

    `plain` are the limits of chance alone, `used` the ones that decide: widened where the groups differ more than chance gives.
    `chance` is the two-sided exact probability of a share as unlikely as this one, were the group an average one.
    """

    group: Group
    plain: Limits
    used: Limits
    chance: float
    above: bool

    @property
    def standing(self) -> Standing:
        """Where it stands against the limits that decide."""
        return self.used.standing(self.group.share)

    @property
    def plainly(self) -> Standing:
        """Where it stands against the limits of chance alone."""
        return self.plain.standing(self.group.share)


@dataclass(frozen=True)
class Funnel:
    """Groups against their average.

    Parameters
    ----------
    met, base : of all together, with those of whom it is not known which group they belong to.
    placed : every group with a base, in the order given.
    chi_square : how far the groups differ from what they have in common; `chance` how often chance alone gives as much.
    dispersion : the same for each degree of freedom: 1 where chance alone is at work.
    """

    met: int
    base: int
    placed: tuple[Placed, ...]
    chi_square: float
    chance: float
    dispersion: float

    @property
    def average(self) -> float:
        """The share of all together."""
        return self.met / self.base

    @property
    def comparable(self) -> bool:
        """Whether there are enough groups to hold each against all."""
        return len(self.placed) >= COMPARED_FROM

    @property
    def differ(self) -> bool:
        """Whether the groups together differ more than chance gives."""
        return self.comparable and self.chance < BY_CHANCE and self.dispersion > 1

    @property
    def widened(self) -> bool:
        """Whether the limits that decide are wider than those of chance alone."""
        return _widens(len(self.placed), self.chance, self.dispersion)

    @property
    def expected(self) -> float:
        """How many groups chance alone puts outside the plain 95% limits."""
        return len(self.placed) * BY_CHANCE

    @cached_property
    def outside_plain(self) -> tuple[Placed, ...]:
        """The groups outside the plain 95% limits."""
        return tuple(one for one in self.placed if one.plainly is not Standing.INSIDE)

    @cached_property
    def outside(self) -> tuple[Placed, ...]:
        """The groups outside the 95% limits that decide."""
        return tuple(one for one in self.placed if one.standing is not Standing.INSIDE)

    @cached_property
    def clear(self) -> tuple[Placed, ...]:
        """The groups that stand clear: outside the 99.8% limits that decide."""
        return tuple(one for one in self.placed if one.standing is Standing.OUTSIDE_998)

    def limits(self, base: int, *, widened: bool | None = None) -> Limits:
        """The limits for a number of cases; those that decide, unless it is said which."""
        wide = self.widened if widened is None else widened
        return limits_for(self.met, self.base, base, self.dispersion if wide else 1.0)


def funnel(groups: Sequence[Group], met: int, base: int, *, every: bool = True) -> Funnel:
    """Hold groups against the average of all.

    Parameters
    ----------
    groups : those to compare; without a base they are left out. Those of whom the group is not known belong into `met` and `base` only.
    met, base : X of Y of all together; ValueError without a base.
    every : whether these are all groups. Of some of them nothing is said of all together, and nothing widened: where small numbers are
        hidden, those that are left were not chosen by chance.
    """
    if base <= 0:
        raise ValueError("Without a case there is no average to hold a group against.")
    known = [group for group in groups if group.base]
    chi_square, chance = difference_between(tuple((one.met, one.base) for one in known) if every else ())
    dispersion = chi_square / (len(known) - 1) if len(known) > 1 else 0.0
    wide = dispersion if _widens(len(known), chance, dispersion) else 1.0
    placed = tuple(
        Placed(
            group,
            limits_for(met, base, group.base),
            limits_for(met, base, group.base, wide),
            chance_of(group.met, group.base, met / base),
            group.share > met / base,
        )
        for group in known
    )
    return Funnel(met, base, placed, chi_square, chance, dispersion)


def _widens(groups: int, chance: float, dispersion: float) -> bool:
    return groups >= WIDEN_FROM and dispersion > 1 and chance < BY_CHANCE


@lru_cache(maxsize=4096)
def limits_for(met: int, base: int, size: int, dispersion: float = 1.0) -> Limits:
    """The limits for a group of one size against an average of `met` of `base`, widened by a dispersion."""
    low, high = funnel_limits(met / base, size, confidence=INNER, dispersion=dispersion)
    return Limits(low, high, *funnel_limits(met / base, size, confidence=OUTER, dispersion=dispersion))


def funnel_limits(
    average: float, size: int, *, confidence: float, dispersion: float = 1.0
) -> tuple[float, float]:
    """Where the share of an average group of one size lies with this confidence.

    Exact binomial limits under 30 cases or where fewer than 5 are expected on one side, else normal ones; their distance from the
    average is multiplied by the root of the dispersion, and nothing goes below 0 or above 1.

    Examples
    --------
    >>> low, high = funnel_limits(387 / 471, 22, confidence=0.95)
    >>> f"{100 * high:.1f}"  # Castle Point; the normal limit would be 98.2%.
    '95.5'
    """
    exact = size < EXACT_UNDER or 0 < size * min(average, 1 - average) < RARE_UNDER
    low, high = (exact_limits if exact else normal_limits)(average, size, confidence=confidence)
    wide = sqrt(dispersion)
    return max(0.0, average - wide * (average - low)), min(1.0, average + wide * (high - average))


def normal_limits(average: float, size: int, *, confidence: float) -> tuple[float, float]:
    """Limits from the normal distribution, cut to 0 and 1.

    Examples
    --------
    >>> low, high = normal_limits(387 / 471, 70, confidence=0.95)
    >>> f"{100 * low:.3f} to {100 * high:.3f}"
    '73.198 to 91.133'
    """
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(average * (1 - average) / size)
    return max(0.0, average - reach), min(1.0, average + reach)


def exact_limits(average: float, size: int, *, confidence: float) -> tuple[float, float]:
    """Limits from the binomial distribution: beyond each lies at most half of what the confidence leaves."""
    if not 0 < average < 1:
        return average, average
    rest, yes, no = (1 - confidence) / 2, log(average), log1p(-average)
    ways = (lgamma(size + 1) - lgamma(k + 1) - lgamma(size - k + 1) for k in range(size + 1))
    reached = list(accumulate(exp(way + k * yes + (size - k) * no) for k, way in enumerate(ways)))
    low = next(k for k, so_far in enumerate(reached) if so_far >= rest)
    high = next((k for k, so_far in enumerate(reached) if so_far >= 1 - rest), size)
    return low / size, high / size


@lru_cache(maxsize=4096)
def chance_of(met: int, base: int, average: float) -> float:
    """Two-sided exact probability: how often a group of this size has a count as unlikely as this, or more so.

    Examples
    --------
    >>> round(chance_of(45, 48, 387 / 471), 3)
    0.036
    """
    import numpy as np

    if not 0 < average < 1:
        return 1.0 if met == average * base else 0.0
    steps = np.arange(base)
    logs = np.concatenate(
        [[0.0], np.cumsum(np.log((base - steps) / (steps + 1)) + np.log(average / (1 - average)))]
    )
    logs += base * np.log1p(-average)
    as_unlikely = logs <= logs[met] + 1e-7
    return min(1.0, float(np.exp(logs[as_unlikely]).sum()))


@lru_cache(maxsize=256)
def difference_between(counts: tuple[tuple[int, int], ...]) -> tuple[float, float]:
    """Whether groups differ at all: chi-square of X of Y for each, and how often chance alone gives as much.

    The chance is counted: the same cases are dealt out among groups of the same sizes, many times, always from the same start.

    Examples
    --------
    >>> chi_square, chance = difference_between(((9, 10), (5, 10), (8, 10)))
    >>> f"{chi_square:.2f}, {chance:.2f}"
    '4.43, 0.19'
    """
    import numpy as np

    met, base = np.array([one for one, _ in counts]), np.array([of for _, of in counts])
    common = met.sum() / base.sum() if len(counts) else 0.0
    if len(counts) < 2 or not 0 < common < 1:
        return 0.0, 1.0
    weight = base * common * (1 - common)
    found = float(((met - base * common) ** 2 / weight).sum())
    drawn = np.random.default_rng(_SEED).multivariate_hypergeometric(
        base, int(met.sum()), size=_DRAWS, method="marginals"
    )
    as_far = ((drawn - base * common) ** 2 / weight).sum(axis=1) >= found - _HAIR
    return found, (int(as_far.sum()) + 1) / (_DRAWS + 1)

"""What an offer costs over the drawn contract years: what is expected, how far it may go, and how a fixed price stands to its N.

Every offer is priced on the same futures, so that two of them differ by their prices alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from domain.procurement.offers import ByStage, FixedAndExtra, Offer
from domain.procurement.prices import (
    Cases,
    Pence,
    amounts,
    indexed,
    missing,
    name_of,
    pence,
    price_of,
    whole_counts,
)
from domain.procurement.volumes import Stream, chance_of
from domain.procurement.work import Work
from domain.rounding import half_up


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over the drawn futures, with its standard error: what drawing no more of them leaves open."""

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A cost in pence.

    Parameters
    ----------
    middle : at the expected number of cases, in whole cases and without chance: what a sum by hand gives.
    mean : over all futures. p10, p50, p90 : so many of 100 cost no more. low, high : the 95% limits.
    """

    middle: int
    mean: Mean
    p10: int
    p50: int
    p90: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Included:
    """One contract year of a fixed price for N cases.

    Parameters
    ----------
    over : the chance of more than N. extra, unused : how many cases beyond N, and how many of N not used, on average.
    extra_cost, unused_cost : the same in pence; an unused case costs its part of the fixed price.
    """

    over: Mean
    extra: Mean
    unused: Mean
    extra_cost: Mean
    unused_cost: Mean


@dataclass(frozen=True, slots=True, eq=False)
class Cost:
    """What one offer costs; nothing but its name and what it lacks where it is not complete.

    Parameters
    ----------
    missing : what it lacks, in words. draws : pence, a future and a contract year. years : each year.
    year : any year of the contract. whole : all of it. included : by year, and `any_over` the chance of more than N in at least one year;
        for a fixed price alone.
    """

    offer: Offer
    name: str
    missing: tuple[str, ...] = ()
    draws: Pence | None = None
    years: tuple[Spread, ...] = ()
    year: Spread | None = None
    whole: Spread | None = None
    included: tuple[Included, ...] = ()
    any_over: Mean | None = None

    @property
    def over(self) -> float | None:
        """The chance that a year of the contract, whichever, brings more than N; None where there is no N."""
        return sum(one.over.value for one in self.included) / len(self.included) if self.included else None

    @property
    def unused_cost(self) -> float | None:
        """What unused cases cost in an average year, in pence; None where there is no N."""
        if not self.included:
            return None
        return sum(one.unused_cost.value for one in self.included) / len(self.included)


def cost_of(offer: Offer, work: Work) -> Cost:
    """Price an offer over every drawn contract year.

    Late cancellations are drawn beside the meetings held, each cancelled with the share that the offer names.
    """
    name = name_of(offer)
    if lacks := missing(offer, work.lines):
        return Cost(offer, name, lacks)
    cases = drawn_cases(offer, work)
    years = range(work.volumes.years)
    draws = np.column_stack(
        [amounts(offer, Cases(cases.keys, cases.by_line[:, y], cases.late[:, y]), y) for y in years]
    )
    middle = [int(price_of(offer, whole_counts(work, year), year).scaleb(2)) for year in years]
    contract = draws.sum(axis=1)
    whole = spread_of(contract, sum(middle))
    included = tuple(_included(offer, work, y) for y in years) if isinstance(offer, FixedAndExtra) else ()
    any_over = None
    if isinstance(offer, FixedAndExtra):
        any_over = mean_of(np.asarray((work.volumes.draws > offer.included).any(axis=1)))
    return Cost(
        offer,
        name,
        draws=draws,
        years=tuple(spread_of(draws[:, y], middle[y]) for y in years),
        year=spread_of(
            draws.ravel(), int(half_up(Fraction(sum(middle), len(middle)))), _each(whole.mean, len(middle))
        ),
        whole=whole,
        included=included,
        any_over=any_over,
    )


def drawn_cases(offer: Offer, work: Work) -> Cases:
    """The cases of every future and year, with the late cancellations that this offer pays for."""
    keys = tuple(line.key for line in work.lines)
    late = np.zeros(work.volumes.draws.shape, dtype=np.int64)
    if isinstance(offer, ByStage) and offer.late_share:
        held = work.draws[:, :, [line.held for line in work.lines]].sum(axis=2)
        late = chance_of(Stream.LATE).binomial(held, offer.late_share)
    return Cases(keys, work.draws, late)


def spread_of(draws: Pence, middle: int, mean: Mean | None = None) -> Spread:
    """How far costs go. `mean` is given where futures and years are mixed: years of one future are not independent of each other."""
    low, p10, p50, p90, high = (
        int(one) for one in np.quantile(draws, (0.025, 0.1, 0.5, 0.9, 0.975), method="inverted_cdf")
    )
    return Spread(middle, mean or mean_of(draws), p10, p50, p90, low, high)


def mean_of(draws: NDArray[np.int64] | NDArray[np.float64] | NDArray[np.bool_]) -> Mean:
    """The mean of one value a future, with its standard error."""
    return Mean(float(np.mean(draws)), float(np.std(draws, ddof=1) / np.sqrt(len(draws))))


def _each(mean: Mean, parts: int) -> Mean:
    return Mean(mean.value / parts, mean.error / parts)


def _included(offer: FixedAndExtra, work: Work, year: int) -> Included:
    came = work.volumes.draws[:, year]
    extra, unused = np.maximum(came - offer.included, 0), np.maximum(offer.included - came, 0)
    rise = offer.indexation
    each_extra = indexed(pence(offer.extra), rise, year)
    each_included = indexed(pence(offer.fixed), rise, year) / offer.included
    return Included(
        mean_of(came > offer.included),
        mean_of(extra),
        mean_of(unused),
        mean_of(extra * each_extra),
        mean_of(unused * each_included),
    )

"""What matters most to the cost of a contract: each uncertain input at a low and at a high value while the others stay as expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.periods import next_month
from domain.procurement.offers import ByStage, Hourly, Offer
from domain.procurement.prices import indexed, late_of, pence, price_of, whole_counts
from domain.procurement.scenario import Assumption
from domain.procurement.simulate import Cost
from domain.procurement.volumes import Stream, chance_of
from domain.procurement.work import Work
from domain.rounding import half_up

NUMBER, MIX, LATE, ASSUMED = "number", "mix", "late", "assumed"
_TAILS: Final = (0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Effect:
    """What one input does to the cost of the whole contract under one offer.

    Parameters
    ----------
    name : of the offer. key : `NUMBER`, `MIX`, `LATE` or `ASSUMED`; label : the same in words.
    low, high : how much less (below zero) or more than `base` the contract costs at the input's low and high value, in pence.
    """

    name: str
    key: str
    label: str
    base: int
    low: int
    high: int

    @property
    def width(self) -> int:
        """How far apart the two costs are."""
        return abs(self.high - self.low)


def effects_of(cost: Cost, work: Work, assumptions: Sequence[Assumption] = ()) -> tuple[Effect, ...]:
    """Every input that changes what a complete offer costs, the one that changes it most first.

    Every input goes from what it stays under in 1 of 10 futures to what it stays under in 9 of 10. Assumptions are a part of the number:
    what they do is not to be added to it.
    """
    if cost.whole is None:
        return ()
    offer, base = cost.offer, cost.whole.middle
    found = [Effect(cost.name, NUMBER, "Number of referrals", base, *_less(_by_number(offer, work), base))]
    if isinstance(offer, ByStage | Hourly):
        found.append(Effect(cost.name, MIX, "How referrals end", base, *_by_mix(offer, work)))
    if isinstance(offer, ByStage) and offer.late_share:
        found.append(Effect(cost.name, LATE, "Late cancellations", base, *_by_late(offer, work)))
    for one in assumptions:
        edges = _by_assumption(offer, work, one)
        if edges is not None and one.low != one.high:
            found.append(Effect(cost.name, ASSUMED, f"Assumption: {one.words}", base, *_less(edges, base)))
    return tuple(sorted((one for one in found if one.width), key=lambda one: -one.width))


def _less(edges: tuple[int, int], base: int) -> tuple[int, int]:
    return edges[0] - base, edges[1] - base


def _at(offer: Offer, work: Work, numbers: Sequence[float]) -> int:
    """The contract at other numbers of referrals a year, in the expected mix, in pence."""
    priced = (
        price_of(offer, whole_counts(work, year, int(half_up(number))), year)
        for year, number in enumerate(numbers)
    )
    return sum(int(one.scaleb(2)) for one in priced)


def _by_number(offer: Offer, work: Work) -> tuple[int, int]:
    """The contract with few and with many referrals, spread over its years as expected."""
    middle = work.volumes.middle
    total = sum(middle)
    few, many = np.quantile(work.volumes.draws.sum(axis=1), _TAILS, method="inverted_cdf")
    if not total:
        return (_at(offer, work, middle),) * 2
    low, high = (_at(offer, work, [one * float(edge) / total for one in middle]) for edge in (few, many))
    return low, high


def _by_mix(offer: ByStage | Hourly, work: Work) -> tuple[int, int]:
    """How far the drawn mixes move the cost of the expected number of referrals."""
    costs = np.zeros(len(work.draws))
    usual = np.asarray(work.ended) / sum(work.ended)
    for year, number in enumerate(work.volumes.middle):
        came = work.volumes.draws[:, year, None]
        mix = np.where(came > 0, work.draws[:, year] / np.maximum(came, 1), usual)
        costs += (mix - usual) @ _each(offer, work, year) * number
    low, high = np.quantile(costs, _TAILS)
    return int(half_up(float(low))), int(half_up(float(high)))


def _each(offer: ByStage | Hourly, work: Work, year: int) -> NDArray[np.float64]:
    """What a case of each line costs in a year, in pence, its late cancellations included."""
    if isinstance(offer, Hourly):
        rate, hours = indexed(pence(offer.rate), offer.indexation, year), dict(offer.hours)
        return np.array([float(hours[line.key]) * rate for line in work.lines])
    prices, late = dict(offer.prices), 0.0
    if offer.late_cancellation is not None:
        late = indexed(pence(offer.late_cancellation), offer.indexation, year) * offer.late_share
    return np.array(
        [indexed(pence(prices[line.key]), offer.indexation, year) + late * line.held for line in work.lines]
    )


def _by_late(offer: ByStage, work: Work) -> tuple[int, int]:
    """How far chance in the late cancellations of the expected meetings moves the cost."""
    random = chance_of(Stream.LATE_ALONE)
    costs = np.zeros(len(work.draws), dtype=np.int64)
    for year in range(work.volumes.years):
        counts = whole_counts(work, year)
        held = sum(counts[line.key] for line in work.lines if line.held)
        came = random.binomial(held, offer.late_share, size=len(costs))
        costs += (came - late_of(offer, counts)) * indexed(
            pence(offer.late_cancellation or Decimal(0)), offer.indexation, year
        )
    low, high = np.quantile(costs, _TAILS, method="inverted_cdf")
    return int(low), int(high)


def _by_assumption(offer: Offer, work: Work, one: Assumption) -> tuple[int, int] | None:
    """The contract at a low and at a high value of an assumption; None where it takes all referrals away or does not reach it."""
    shares = [_share_of_year(work, year, one.since) for year in range(work.volumes.years)]
    now = [1 + share * one.percent / 100 for share in shares]
    if min(now) <= 0 or not any(shares):
        return None
    low, high = (
        _at(
            offer,
            work,
            [
                number * (1 + share * edge / 100) / held
                for number, share, held in zip(work.volumes.middle, shares, now, strict=True)
            ],
        )
        for edge in (_of_triangle(one, tail) for tail in _TAILS)
    )
    return low, high


def _of_triangle(one: Assumption, tail: float) -> float:
    """What an assumption stays under with that probability: it is drawn from the triangle of its limits and its value."""
    wide, below = one.high - one.low, one.percent - one.low
    if tail * wide < below:
        return one.low + sqrt(tail * wide * below)
    return one.high - sqrt((1 - tail) * wide * (one.high - one.percent))


def _share_of_year(work: Work, year: int, since: int) -> float:
    """How much of a contract year lies in or after a month."""
    months = [next_month(work.volumes.starts, 12 * year + month) for month in range(12)]
    return sum(month >= since for month in months) / len(months)

"""Where two ways of paying cost the same: what each costs at so many cases a year, in the expected mix and the first year's prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from domain.procurement.offers import ByStage, Hourly, Offer
from domain.procurement.prices import Cases, Pence, amounts, pence
from domain.procurement.work import Work
from domain.rounding import exact


@dataclass(frozen=True, slots=True)
class Turn:
    """A number of cases at which another offer becomes the cheaper one.

    Parameters
    ----------
    before, after : places of the offers, cheaper up to and from there on. last : up to so many cases the first is; from `since` on the
        second; both cost the same between.
    """

    before: int
    after: int
    last: int
    since: int


def curve_of(offer: Offer, work: Work, highest: int) -> Pence:
    """What an offer costs in the first year at 0, 1, 2 ... cases, in pence.

    By stage and by hours it is the expected cost of a case in the mix of past endings, times the cases, rounded half up to the penny.
    """
    cases = np.arange(highest + 1, dtype=np.int64)
    if not isinstance(offer, ByStage | Hourly):
        return amounts(offer, Cases(("all",), cases[:, None], np.zeros_like(cases)))
    each = _a_case(offer, work)
    return np.array(
        [(2 * n * each.numerator + each.denominator) // (2 * each.denominator) for n in range(highest + 1)],
        dtype=np.int64,
    )


def _a_case(offer: ByStage | Hourly, work: Work) -> Fraction:
    """The expected cost of one case in the expected mix, in pence, exactly."""
    mix = sum(work.ended)
    if isinstance(offer, Hourly):
        hours = dict(offer.hours)
        spent = sum(
            (ended * exact(hours[line.key]) for line, ended in zip(work.lines, work.ended, strict=True)),
            Fraction(0),
        )
        return spent * pence(offer.rate) / mix
    prices = dict(offer.prices)
    paid = sum(ended * pence(prices[line.key]) for line, ended in zip(work.lines, work.ended, strict=True))
    held = sum(ended for line, ended in zip(work.lines, work.ended, strict=True) if line.held)
    late = held * exact(offer.late_share) * pence(offer.late_cancellation) if offer.late_cancellation else 0
    return (paid + Fraction(late)) / mix


def turns(first: Pence, second: Pence, places: tuple[int, int] = (0, 1)) -> tuple[Turn, ...]:
    """Every number of cases, from 1 on, at which the cheaper of two curves changes: none, one or several."""
    sign = np.sign(first[1:] - second[1:])
    differ = np.flatnonzero(sign) + 1
    found = []
    for one, other in pairwise(differ):
        if sign[one - 1] != sign[other - 1]:
            cheaper = places if sign[one - 1] < 0 else places[::-1]
            found.append(Turn(*cheaper, int(one), int(other)))
    return tuple(found)


def cheapest(curves: Sequence[Pence], low: int, high: int) -> tuple[tuple[int, int, int], ...]:
    """Which of several curves is the lowest from where to where, as (place, first, last); of equal ones the one that was so far."""
    found: list[tuple[int, int, int]] = []
    stacked = np.stack([curve[low : high + 1] for curve in curves])
    least = stacked.min(axis=0)
    for step in range(high - low + 1):
        if found and stacked[found[-1][0], step] == least[step]:
            found[-1] = (found[-1][0], found[-1][1], low + step)
        else:
            found.append((int(np.argmin(stacked[:, step])), low + step, low + step))
    return tuple(found)

"""Choosing the number of cases that a fixed price includes (N): what each N would cost at the price of an included and of an extra case."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.procurement.offers import FixedAndExtra
from domain.procurement.prices import indexed, pence
from domain.procurement.simulate import Mean
from domain.procurement.work import Work

NEAR: Final = 0.01
"""An N is as good as the best where it costs at most this share more."""
ROWS: Final = 9
"""So many steps of N are shown between the lowest and the highest."""
STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)
MOST_TRIED: Final = 1_000_000
"""No N above this is tried: one future in ten thousand may be far beyond everything, and need not fill the memory."""
_Costs = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """What including so many cases a year would mean, for any year of the contract.

    Parameters
    ----------
    cost : expected, in pence a year. p90 : 9 of 10 years cost no more. over : the chance of more than N.
    unused, extra : cases a year, on average.
    """

    included: int
    cost: Mean
    p90: int
    over: float
    unused: float
    extra: float


@dataclass(frozen=True, slots=True)
class Choices:
    """The choice of N at held prices.

    Parameters
    ----------
    offer : the prices are its own: an included case costs `fixed` / `included`, an extra one `extra`.
    each, extra : these two in pence, in the first contract year.
    rows : rising in N; the offer's own, the best and the ends of `near` are among them.
    best : the N of least expected cost; None where an extra case costs no more than an included one. near : from which to which N the
        expected cost is at most `NEAR` more. by_year : the best N of each contract year by itself; empty where `best` is None.
    """

    offer: FixedAndExtra
    each: Fraction
    extra: int
    rows: tuple[Choice, ...]
    best: int | None
    near: tuple[int, int] | None
    by_year: tuple[int, ...] = ()

    @property
    def share(self) -> float:
        """The chance of being needed from which on including one case more pays: what it costs, out of what an extra one costs."""
        return float(self.each / self.extra)

    def row(self, included: int) -> Choice:
        """The row of an N that is among the rows. Raises StopIteration when it is not."""
        return next(one for one in self.rows if one.included == included)


def choices(offer: FixedAndExtra, work: Work) -> Choices:
    """Every N against the same drawn years, each N at the offer's own price per included and per extra case.

    Of all years with their own prices, the cost of N is `f N + e max(D - N, 0)`. It is least where the chance that one more included case
    is needed falls to f / e: the (1 - f / e) quantile of the referrals (the newsvendor's rule). Every N from nought to the highest
    number drawn is tried, so that rising prices need no formula.
    """
    draws = work.volumes.draws
    years, highest = draws.shape[1], min(int(draws.max()), MOST_TRIED)
    each = np.array([indexed(pence(offer.fixed), offer.indexation, y) / offer.included for y in range(years)])
    extra = np.array(
        [indexed(pence(offer.extra), offer.indexation, y) for y in range(years)], dtype=np.float64
    )
    tried = np.arange(highest + 1)
    beyond = np.stack([_beyond(draws[:, y], highest) for y in range(years)])
    costs = each[:, None] * tried + extra[:, None] * beyond
    expected = np.asarray(costs.mean(axis=0), dtype=np.float64)
    held, price = Fraction(pence(offer.fixed), offer.included), pence(offer.extra)
    best, near = (None, None) if price <= held else _least(expected)
    ends = [n for n in (offer.included, best, *(near or ())) if n is not None]
    low = min(work.volumes.limits(y)[0] for y in range(years))
    high = max(work.volumes.limits(y)[1] for y in range(years))
    shown = sorted({*grid(min(low, *ends), max(high, *ends)), *ends})
    rows = tuple(_choice(n, draws, each, extra) for n in shown)
    by_year = () if best is None else tuple(int(one) for one in np.argmin(costs, axis=1))
    return Choices(offer, held, price, rows, best, near, by_year)


def grid(low: int, high: int, rows: int = ROWS) -> tuple[int, ...]:
    """About so many round numbers that hold both ends.

    >>> grid(432, 861)
    (400, 450, 500, 550, 600, 650, 700, 750, 800, 850, 900)
    """
    wide = max(high - low, 1)
    step = next((one for one in STEPS if wide / one <= rows), STEPS[-1])
    return tuple(range(low // step * step, ceil(high / step) * step + 1, step))


def _beyond(came: NDArray[np.int64], highest: int) -> _Costs:
    """How many cases beyond N there are on average, for every N from 0 to the highest."""
    far = np.maximum(came - highest, 0).mean()
    seen = np.bincount(np.minimum(came, highest), minlength=highest + 1)
    more = len(came) - np.cumsum(seen)
    # The sum of the chances of more than N, more than N + 1 and so on is the mean number beyond N.
    return np.asarray(np.cumsum(more[::-1])[::-1] / len(came) + far, dtype=np.float64)


def _least(expected: _Costs) -> tuple[int, tuple[int, int]]:
    best = int(np.argmin(expected))
    # The cost is convex in N, so that what is near the least is one stretch.
    near = np.flatnonzero(expected <= expected[best] * (1 + NEAR))
    return best, (int(near[0]), int(near[-1]))


def _choice(included: int, draws: NDArray[np.int64], each: _Costs, extra: _Costs) -> Choice:
    beyond = np.maximum(draws - included, 0)
    costs = each * included + extra * beyond
    futures = costs.mean(axis=1)
    return Choice(
        included,
        Mean(float(futures.mean()), float(futures.std(ddof=1) / np.sqrt(len(futures)))),
        round(float(np.quantile(costs, 0.9, method="inverted_cdf"))),
        float((draws > included).mean()),
        float(np.maximum(included - draws, 0).mean()),
        float(beyond.mean()),
    )

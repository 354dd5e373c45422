"""How many referrals each contract year may bring: drawn years, so that what follows from them keeps their uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.paths import DRAWS as DRAWS
from domain.paths import SEED as SEED
from domain.periods import month_end, month_start, next_month

FIRST_LIMIT: Final = 0.95

Counts = NDArray[np.int64]


class Stream(IntEnum):
    """What is drawn beside the number of referrals: each from a stream of chance of its own, or one would follow the other.

    The number itself is drawn from the seed alone, so that another assumption or another price leaves it as it is.
    """

    ASSUMED = 1
    MIX = 2
    LATE = 3
    LATE_ALONE = 4
    ENTERED = 5
    TIME_OF_YEAR = 6
    CHANCE = 7


def chance_of(stream: Stream, *which: int) -> np.random.Generator:
    """A stream of chance, the same each time; `which` tells several of one kind apart."""
    return np.random.default_rng((SEED, stream, *which))


@dataclass(frozen=True, slots=True, eq=False)
class Volumes:
    """Referrals of each contract year.

    Parameters
    ----------
    starts : the first month of the contract, as 202604.
    draws : whole numbers, one row a drawn future and one column a contract year.
    middle : the expected number of each year, without chance: the deterministic case.
    validated : whether the method was tried on the series' own past.
    rests_on : what they rest on, a sentence without a full stop.
    """

    starts: int
    draws: Counts
    middle: tuple[float, ...]
    validated: bool
    rests_on: str

    @property
    def years(self) -> int:
        """How many contract years."""
        return len(self.middle)

    def label(self, year: int) -> str:
        """A contract year by its place, as 'Apr 2026 to Mar 2027'."""
        first = next_month(self.starts, 12 * year)
        return f"{month_start(first):%b %Y} to {month_end(next_month(first, 11)):%b %Y}"

    def quantile(self, year: int, share: float) -> int:
        """The number of referrals that a year stays at or under with that probability."""
        return int(np.quantile(self.draws[:, year], share, method="inverted_cdf"))

    def limits(self, year: int, confidence: float = FIRST_LIMIT) -> tuple[int, int]:
        """What holds so many of 100 such years."""
        tail = (1 - confidence) / 2
        return self.quantile(year, tail), self.quantile(year, 1 - tail)

    def chance_over(self, year: int, cases: int) -> float:
        """The probability that a year brings more than so many."""
        return float(np.mean(self.draws[:, year] > cases))

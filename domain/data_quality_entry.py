"""How long after their referral cases are entered, by the month in which they were entered.

A month of referral looks quick at first, because its late cases are still to come. A month of entry is complete once it is over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from domain.statistics import median_of_spread

FEW_ENTERED: Final = 10
"""With fewer cases entered in a month, one of them moves the median by days."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Cases of one provider entered in one month, so many days after their referral; `late` of them after the month of referral."""

    provider: str
    month: int
    days: int
    cases: int
    late: int


@dataclass(frozen=True, slots=True)
class Delay:
    """The delay of the cases of one month or one provider."""

    cases: int
    late: int
    median: float


def by_month(found: Iterable[Entered]) -> dict[int, Delay]:
    """The delay of the cases entered in each month, in their order."""
    groups: dict[int, list[Entered]] = {}
    for one in found:
        groups.setdefault(one.month, []).append(one)
    return {month: delay_of(groups[month]) for month in sorted(groups)}


def delay_of(found: Iterable[Entered]) -> Delay:
    """The delay of some cases together. Raises ValueError for none."""
    spread: Counter[int] = Counter()
    late = 0
    for one in found:
        spread[one.days] += one.cases
        late += one.late
    return Delay(sum(spread.values()), late, median_of_spread(spread))

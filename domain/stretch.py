"""One side of a date: how many months, how many cases, and how many a month."""

from __future__ import annotations

from dataclasses import dataclass

from domain.statistics import count_limits


@dataclass(frozen=True, slots=True)
class Stretch:
    """One side of a date: its name, how many whole months it has, and how many cases came in them."""

    label: str
    months: int
    count: int

    @property
    def mean(self) -> float:
        """Cases a month."""
        return self.count / self.months

    @property
    def limits(self) -> tuple[float, float]:
        """95% limits of the cases a month."""
        low, high = count_limits(self.count)
        return low / self.months, high / self.months

"""Seeded choices that come out alike on every Python version and machine."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A source of chance with a name: the same name gives the same choices, whatever else is drawn elsewhere.

    Only ``random()`` of Python's generator is used, because it is the one method whose results are promised
    to stay the same between versions.
    """

    def __init__(self, name: str) -> None:
        self._random = random.Random(f"example returns: {name}")

    def share(self) -> float:
        """A number from 0 up to 1."""
        return self._random.random()

    def below(self, limit: int) -> int:
        """A whole number from 0 to ``limit`` - 1."""
        return int(self._random.random() * limit)

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included; ``least`` when ``most`` is smaller."""
        return least + self.below(max(most - least, 0) + 1)

    def pick(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """The items in another order."""
        found = list(items)
        for at in range(len(found) - 1, 0, -1):
            other = self.below(at + 1)
            found[at], found[other] = found[other], found[at]
        return found

    def some(self, items: Iterable[T], number: int) -> list[T]:
        """So many of the items. Raises ValueError when there are not enough."""
        found = self.shuffled(items)
        if number > len(found):
            raise ValueError(f"{number} wanted out of {len(found)}")
        return found[:number]


def spread(counts: Mapping[T, int]) -> list[T]:
    """Write every key as often as its count says."""
    return [key for key, count in counts.items() for _ in range(count)]

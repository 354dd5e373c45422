"""One number as it is shown, or the name of one that is hidden; and when a number is small."""

from __future__ import annotations

from dataclasses import dataclass

SMALL = 5
"""A cell of 1 to 4 is small, on either side: met, or base less met."""
FEW = 10
"""A group smaller than this in which all or none are met is flagged: what is said of it is said of each of them."""


def is_small(met: int, base: int) -> bool:
    """Whether 1 to 4 cases stand on either side, so that the figure could point at somebody.

    >>> is_small(15, 16), is_small(0, 20), is_small(3, 9)
    (True, False, True)
    """
    return 0 < met < SMALL or 0 < base - met < SMALL


@dataclass(frozen=True, slots=True)
class Figure:
    """One released group: what `TallyRow` holds, and whether it is small (never to leave the commissioning team)."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    met: int
    base: int
    missing: int
    unsure: int
    value: float | None
    low: float | None
    high: float | None
    small: bool
    divisor: float | None = None

    @property
    def label(self) -> str:
        """The group in words; 'All' for the figure of everything."""
        return ", ".join(self.labels) or "All"

    @property
    def flag(self) -> str:
        """What must be known of a share that says the same of everybody in a small group; blank for any other figure.

        >>> Figure((), (), 3, 3, 0, 0, 1.0, None, None, small=True).flag
        'all of a small group'
        """
        if self.value is None or self.met not in (0, self.base) or not 0 < self.base < FEW:
            return ""
        return "all of a small group" if self.met else "none of a small group"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A group whose figure an audience may not see: what it is called, and nothing else. `place` is where it stands among the groups."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    place: int

    @property
    def label(self) -> str:
        """The group in words; 'All' for the figure of everything."""
        return ", ".join(self.labels) or "All"

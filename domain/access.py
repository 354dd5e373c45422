"""Who is looking, what they may read, and who will see the result."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who will see a view, a file or a pack; it decides what is hidden and is printed on it."""

    US = "us"

    @property
    def label(self) -> str:
        """As printed under every view."""
        return "For the commissioning team only"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who reads, and the rows they may read. None means all of them."""

    user: str
    providers: tuple[str, ...] | None = None
    areas: tuple[str, ...] | None = None

    @property
    def scope(self) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        """What two viewers must share to be shown the same figures."""
        return self.providers, self.areas


COMMISSIONER = Viewer("commissioner")
"""The one reader there is until login is built: sees every provider and area."""

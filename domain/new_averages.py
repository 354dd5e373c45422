"""A new average: from which month on a person has said that a monthly series is another one, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MOST_OF_A_REASON = 200


@dataclass(frozen=True, slots=True)
class NewAverage:
    """From which month on a series has a new average, and why.

    Parameters
    ----------
    provider : of whose series; blank for that of all providers together.
    month : as 201804. id : its number where it is kept.
    who, at : who said so and when, for whoever may change it; blank and None for others.
    """

    service: str
    measure: str
    month: int
    reason: str
    provider: str = ""
    id: int = 0
    who: str = ""
    at: datetime | None = None

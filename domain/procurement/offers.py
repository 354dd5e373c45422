"""The ways of paying that are put side by side. Every price is what somebody entered: none is invented, and no provider's bid is compared.

Pounds are exact decimals of a year's prices in the first contract year; `indexation` is the rise of every later year, in percent, by which
each price goes up from the price of the year before and is rounded to the penny (half up).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

Pounds = Decimal


@dataclass(frozen=True, slots=True)
class ByStage:
    """A price for each way a case may end, and one for a meeting cancelled late.

    Parameters
    ----------
    prices : the key of a line of work (`domain.procurement.lines`) and pounds a case. late_cancellation : pounds for each.
    late_share : of meetings held, how many more are cancelled late, 0 to 1.
    """

    key: ClassVar[str] = "stages"
    label: ClassVar[str] = "Price list by stage"
    prices: tuple[tuple[str, Pounds], ...] = ()
    late_cancellation: Pounds | None = None
    late_share: float = 0.0
    indexation: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class FixedAndExtra:
    """A fixed price a year for N cases, and a price for each beyond them."""

    key: ClassVar[str] = "fixed"
    label: ClassVar[str] = "Fixed price for N cases, then a price per extra case"
    included: int = 0
    fixed: Pounds = Decimal(0)
    extra: Pounds = Decimal(0)
    indexation: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class PerCase:
    """One price for every referral, however it ends."""

    key: ClassVar[str] = "per_case"
    label: ClassVar[str] = "Price per case"
    price: Pounds = Decimal(0)
    indexation: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Hourly:
    """A price an hour, and how many hours a case takes by how it ends."""

    key: ClassVar[str] = "hourly"
    label: ClassVar[str] = "Hourly rate"
    rate: Pounds = Decimal(0)
    hours: tuple[tuple[str, Decimal], ...] = ()
    indexation: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Block:
    """A price a year for each band of volume, and a price for each case above the last.

    Parameters
    ----------
    bands : up to how many cases, and pounds a year, rising.
    """

    key: ClassVar[str] = "block"
    label: ClassVar[str] = "Block price with volume bands"
    bands: tuple[tuple[int, Pounds], ...] = ()
    beyond: Pounds = Decimal(0)
    indexation: Decimal = Decimal(0)


Offer = ByStage | FixedAndExtra | PerCase | Hourly | Block
KINDS: tuple[type[Offer], ...] = (ByStage, FixedAndExtra, PerCase, Hourly, Block)
"""In the order shown."""

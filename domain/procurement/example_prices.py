"""Example prices, which nobody has offered: round numbers with which to learn what the page does.

They are told from real ones wherever they stand.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from domain.procurement.lines import lines_of
from domain.procurement.offers import Block, ByStage, FixedAndExtra, Hourly, Offer, PerCase
from domain.services import Service

EXAMPLE_PRICES: Final = "Example prices, not real: no provider has offered them"
"""What stands wherever one of them is in a figure."""
_MUCH, _LITTLE, _MANY_HOURS, _FEW_HOURS = Decimal(600), Decimal(150), Decimal(10), Decimal("2.5")
_LATE, _LATE_SHARE = Decimal(300), 0.05
_MEAN: Final = Decimal(360)
_LEAST: Final = 5
"""With fewer cases two of the bands would end at the same one."""


def example_offers(service: Service, cases: int) -> tuple[Offer, ...]:
    """One offer of each way of paying, for about so many cases a year.

    Parameters
    ----------
    cases : how many a year the fixed price and the bands are set for, at least 5.
    """
    lines = lines_of(service)
    meets = any(line.held for line in lines)
    # A meeting is most of the work; where there is none, a case that ends well: one price for every ending would teach nothing.
    much = {line.key for line in lines if (line.held if meets else set(line.outcomes) & set(service.good))}
    most = max(cases, _LEAST)
    return (
        ByStage(
            tuple((line.key, _MUCH if line.key in much else _LITTLE) for line in lines),
            *((_LATE, _LATE_SHARE) if meets else ()),
        ),
        FixedAndExtra(most, _MEAN * most, Decimal(450)),
        PerCase(_MEAN),
        Hourly(
            Decimal(60),
            tuple((line.key, _MANY_HOURS if line.key in much else _FEW_HOURS) for line in lines),
        ),
        Block(
            tuple((-(-most * part // 100), _MEAN * -(-most * part // 100)) for part in (80, 100, 120)),
            Decimal(450),
        ),
    )


def is_example(offer: Offer, service: Service) -> bool:
    """Whether its prices are example prices, for however many cases and however they rise.

    >>> from domain.services import SEND
    >>> all(is_example(one, SEND) for one in example_offers(SEND, 630))
    True
    >>> example_offers(SEND, 0)[-1].bands
    ((4, Decimal('1440')), (5, Decimal('1800')), (6, Decimal('2160')))
    >>> is_example(PerCase(Decimal("361.50")), SEND)
    False
    """
    plain, examples = replace(offer, indexation=Decimal(0)), example_offers(service, 1)
    if isinstance(plain, FixedAndExtra):
        return plain.extra == Decimal(450) and plain.fixed == _MEAN * plain.included
    if isinstance(plain, Block):
        return plain.beyond == Decimal(450) and all(price == _MEAN * upto for upto, price in plain.bands)
    if isinstance(plain, ByStage):
        # Whatever share is cancelled late, it is no price.
        return any(
            isinstance(one, ByStage) and replace(plain, late_share=one.late_share) == one for one in examples
        )
    return plain in examples


def with_examples(offers: tuple[Offer, ...], service: Service, cases: int) -> tuple[Offer, ...]:
    """The offers with an example for each way of paying that has none."""
    held = {one.key: one for one in offers}
    return tuple(held.get(one.key, one) for one in example_offers(service, cases))


def without_examples(offers: tuple[Offer, ...], service: Service) -> tuple[Offer, ...]:
    """The offers that are not examples."""
    return tuple(one for one in offers if not is_example(one, service))

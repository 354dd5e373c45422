"""What can be wrong in a way of paying: each problem is a sentence that says where, what was found and what would be accepted.

What it still lacks is no problem here (`domain.procurement.prices.missing`): it is kept as it is, and not priced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from domain.formats import number
from domain.procurement.lines import lines_of
from domain.procurement.offers import Block, ByStage, FixedAndExtra, Hourly, Offer, PerCase
from domain.services import Service

MOST_POUNDS: Final = Decimal(100_000_000)
MOST_CASES: Final = 100_000
MOST_HOURS: Final = Decimal(1_000)
MOST_RATE: Final = Decimal(1_000)
"""Pounds an hour. With so many cases, hours and yearly rises no sum in pence leaves 64 bits."""
LEAST_RISE, MOST_RISE = Decimal(-20), Decimal(50)
"""Percent a year by which prices may rise; a fall is below zero."""
MOST_BANDS: Final = 12
_PENCE: Final = 2


def pounds_problems(where: str, pounds: Decimal, *, most: Decimal = MOST_POUNDS) -> Iterator[str]:
    """What is wrong with a price.

    >>> list(pounds_problems("The hourly rate", Decimal("-1")))
    ['The hourly rate is -£1. Enter £0 or more.']
    >>> list(pounds_problems("The hourly rate", Decimal("87.355")))
    ['The hourly rate is £87.355, which has parts of a penny. Enter pounds and pence.']
    """
    yield from _amount_problems(where, pounds, most, "£")
    if pounds.is_finite() and abs(pounds) <= most and pounds != round(pounds, _PENCE):
        yield f"{where} is £{pounds:f}, which has parts of a penny. Enter pounds and pence."


def cases_problems(where: str, cases: int, *, least: int = 0) -> Iterator[str]:
    """What is wrong with a number of cases a year."""
    if cases < least:
        yield f"{where} is {number(cases)}. Enter {least} or more."
    if cases > MOST_CASES:
        yield f"{where} is {number(cases)}. Enter cases in a year, up to {number(MOST_CASES)}."


def offer_problems(offer: Offer, service: Service) -> tuple[str, ...]:
    """Everything that is wrong with a way of paying; each sentence begins with its name."""
    found = (*_of_kind(offer, service), *_rise_problems(offer.indexation))
    return tuple(f"{offer.label}: {_lower(one)}" for one in found)


def _of_kind(offer: Offer, service: Service) -> Iterator[str]:
    match offer:
        case ByStage():
            yield from _stage_problems(offer, service)
        case FixedAndExtra():
            yield from cases_problems("The number of cases included", offer.included)
            yield from pounds_problems("The fixed price", offer.fixed)
            yield from pounds_problems("The price of an extra case", offer.extra)
        case PerCase():
            yield from pounds_problems("The price of a case", offer.price)
        case Hourly():
            yield from pounds_problems("The hourly rate", offer.rate, most=MOST_RATE)
            yield from _line_problems("the hours", (key for key, _ in offer.hours), service)
            for key, hours in offer.hours:
                yield from _amount_problems(f"The hours of '{_label(key, service)}'", hours, MOST_HOURS)
        case Block():
            yield from _band_problems(offer)


def _stage_problems(offer: ByStage, service: Service) -> Iterator[str]:
    yield from _line_problems("the prices", (key for key, _ in offer.prices), service)
    for key, pounds in offer.prices:
        yield from pounds_problems(f"The price of '{_label(key, service)}'", pounds)
    if offer.late_cancellation is not None:
        yield from pounds_problems("The price of a late cancellation", offer.late_cancellation)
    if not 0 <= offer.late_share <= 1:
        yield f"The share cancelled late is {number(100 * offer.late_share)}%. Enter 0% to 100%."


def _band_problems(offer: Block) -> Iterator[str]:
    if len(offer.bands) > MOST_BANDS:
        yield f"There are {len(offer.bands)} bands. Enter up to {MOST_BANDS}."
    for place, (upto, pounds) in enumerate(offer.bands, 1):
        yield from cases_problems(f"The volume of band {place}", upto, least=1)
        yield from pounds_problems(f"The price of band {place}", pounds)
    steps = list(zip(offer.bands, offer.bands[1:], strict=False))
    for place, (one, other) in enumerate(steps, 2):
        if other[0] <= one[0]:
            said = f"{number(other[0])}, not above the {number(one[0])} of the band before"
            yield f"The volume of band {place} is {said}. Let the bands rise."
        if one[1].is_finite() and other[1].is_finite() and other[1] < one[1]:
            said = f"£{other[1]:,f}, below the £{one[1]:,f} of the band before"
            yield f"The price of band {place} is {said}. Let the prices rise with the volume."
    yield from pounds_problems("The price of a case above the last band", offer.beyond)


def _line_problems(what: str, keys: Iterable[str], service: Service) -> Iterator[str]:
    found, known = list(keys), [line.key for line in lines_of(service)]
    if strange := [key for key in found if key not in known]:
        yield f"In {what} '{strange[0]}' is no way that a referral ends. Choose from the list."
    if len(set(found)) < len(found):
        yield f"In {what} a way that a referral ends stands twice. Enter each once."


def _rise_problems(rise: Decimal) -> Iterator[str]:
    if not rise.is_finite() or not LEAST_RISE <= rise <= MOST_RISE:
        yield f"The yearly rise is {rise}%. Enter {LEAST_RISE}% to {MOST_RISE}%."


def _amount_problems(where: str, amount: Decimal, most: Decimal, sign: str = "") -> Iterator[str]:
    if not amount.is_finite():
        yield f"{where} is no number. Enter {sign}0 or more."
    elif amount < 0:
        yield f"{where} is -{sign}{-amount:,f}. Enter {sign}0 or more."
    elif amount > most:
        # A number of many digits is not said back: it would fill the page.
        yield f"{where} is more than {sign}{most:,}. Look for a figure too many."


def _label(key: str, service: Service) -> str:
    return next((line.label for line in lines_of(service) if line.key == key), key)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]

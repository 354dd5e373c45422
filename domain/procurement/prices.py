"""What an offer lacks, its prices in a later year, and what it comes to: in whole pence, the same for one year and for thousands.

Money is whole pence in 64 bits, so that no sum is off by a penny; `domain.procurement.simulate` and the plain sums both go through
`amounts`. Nothing here draws or shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.formats import number
from domain.procurement.lines import Line, lines_of
from domain.procurement.offers import Block, ByStage, FixedAndExtra, Hourly, Offer, PerCase
from domain.procurement.work import Work
from domain.rounding import exact, half_up
from domain.services import SEND

Pence = NDArray[np.int64]
WHOLE_POUNDS_FROM: Final = 100_00
"""From so many pence on, an amount is shown in whole pounds."""
_HELD: Final = frozenset(line.key for line in lines_of(SEND) if line.held)
"""Lines that are meetings, which may be cancelled late; only SEND has such lines."""


def pence(pounds: Decimal) -> int:
    """Pounds as whole pence.

    >>> pence(Decimal("412.505"))
    41251
    """
    return int(half_up(exact(pounds) * 100))


def money(amount: float) -> str:
    """Pence as a person reads them: whole pounds from £100 on, pence below.

    >>> money(40250049), money(8550), money(-120000), money(0)
    ('£402,500', '£85.50', '-£1,200', '£0')
    """
    sign, size = "-" if amount < 0 else "", abs(amount)
    if size >= WHOLE_POUNDS_FROM or not size:
        return f"{sign}£{number(size / 100)}"
    return f"{sign}£{number(size / 100, 2)}"


def price_words(amount: int) -> str:
    """A price, exactly: '£805' or '£412.50'.

    >>> price_words(80500), price_words(41250)
    ('£805', '£412.50')
    """
    return f"£{Decimal(amount) / 100:,.2f}".removesuffix(".00")


def indexed(price: int, percent: Decimal, year: int) -> int:
    """A price of the first year, in pence, as it stands `year` years later: every year's is the last one's, raised and rounded half up.

    >>> [indexed(10010, Decimal("2.5"), year) for year in range(3)]
    [10010, 10260, 10517]
    """
    for _ in range(year):
        price = int(half_up(price * (1 + exact(percent) / 100)))
    return price


def name_of(offer: Offer) -> str:
    """An offer in few words, as a chart names it."""
    match offer:
        case FixedAndExtra():
            return f"Fixed price for {number(offer.included)}" if offer.included else "Fixed price"
        case Block():
            return "Block price"
        case ByStage():
            return "Price list"
        case PerCase():
            return "Price per case"
        case _:
            return "Hourly rate"


def missing(offer: Offer, lines: Sequence[Line]) -> tuple[str, ...]:
    """What an offer still needs before it can be priced, in words; empty where it is complete.

    A price of nought counts as not entered where it is the offer's only one; in a list by line it is a price, as of what is free of charge.
    """
    labels = {line.key: line.label for line in lines}
    match offer:
        case ByStage():
            named = dict(offer.prices)
            found = [
                f"a price for '{label}'" for key, label in labels.items() if not _is_price(named.get(key))
            ]
            late = 0 < offer.late_share <= 1 and any(line.held for line in lines)
            if not 0 <= offer.late_share <= 1:
                found.append("a share of late cancellations from 0% to 100%")
            if late and not _is_price(offer.late_cancellation):
                found.append("a price for a late cancellation")
        case FixedAndExtra():
            found = _unset(offer.fixed, "the fixed price") + _unset(offer.extra, "the price per extra case")
            if offer.included < 1:
                found.insert(0, "the number of cases included")
        case PerCase():
            found = _unset(offer.price, "the price per case")
        case Hourly():
            hours = dict(offer.hours)
            found = _unset(offer.rate, "the price an hour")
            found += [
                f"hours for '{label}'" for key, label in labels.items() if not _is_price(hours.get(key))
            ]
        case Block():
            edges = [upto for upto, _ in offer.bands]
            found = _unset(offer.beyond, "the price of each case above the last band")
            if not edges:
                found.insert(0, "at least one band with its price")
            elif (
                sorted(set(edges)) != edges or edges[0] < 1 or not all(price > 0 for _, price in offer.bands)
            ):
                found.insert(0, "bands that rise, each with a price")
    if not -100 < offer.indexation < 100:
        found.append("a yearly rise between -100% and 100%")
    return tuple(found)


def _unset(price: Decimal, words: str) -> list[str]:
    return [] if price > 0 else [words]


def _is_price(value: Decimal | None) -> bool:
    return value is not None and value >= 0


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases to be paid for, one entry a year or many.

    Parameters
    ----------
    keys : the lines, in the order of the last axis of `by_line`. late : late cancellations, as many entries.
    """

    keys: tuple[str, ...]
    by_line: Pence
    late: Pence

    @property
    def total(self) -> Pence:
        """All referrals; a late cancellation is none of its own."""
        return np.asarray(self.by_line.sum(axis=-1), dtype=np.int64)


def amounts(offer: Offer, cases: Cases, year: int = 0) -> Pence:
    """What an offer comes to in a contract year (0 the first), in pence, for each entry of `cases`.

    The offer is complete (`missing`): what it does not name costs nothing.
    """
    total, rise = cases.total, offer.indexation
    match offer:
        case ByStage():
            named = {key: indexed(pence(price), rise, year) for key, price in offer.prices}
            late = indexed(pence(offer.late_cancellation or Decimal(0)), rise, year)
            each = np.array([named.get(key, 0) for key in cases.keys], dtype=np.int64)
            return np.asarray((cases.by_line * each).sum(axis=-1) + cases.late * late, dtype=np.int64)
        case FixedAndExtra():
            fixed, extra = (indexed(pence(one), rise, year) for one in (offer.fixed, offer.extra))
            return np.asarray(fixed + np.maximum(total - offer.included, 0) * extra, dtype=np.int64)
        case PerCase():
            return total * indexed(pence(offer.price), rise, year)
        case Hourly():
            return _by_hours(offer, cases, indexed(pence(offer.rate), rise, year))
        case Block():
            return _in_bands(offer, total, year)


def _by_hours(offer: Hourly, cases: Cases, rate: int) -> Pence:
    """Cases times hours times rate, each line rounded half up to the penny."""
    hours = dict(offer.hours)
    exactly = [exact(hours.get(key, Decimal(0))) * rate for key in cases.keys]
    whole = np.array([one.numerator for one in exactly], dtype=np.int64)
    parts = np.array([one.denominator for one in exactly], dtype=np.int64)
    each = (2 * cases.by_line * whole + parts) // (2 * parts)
    return np.asarray(each.sum(axis=-1), dtype=np.int64)


def _in_bands(offer: Block, total: Pence, year: int) -> Pence:
    """The price of the band that holds the number; above the last band that one's, and a price for each case more."""
    edges = np.array([upto for upto, _ in offer.bands], dtype=np.int64)
    prices = np.array([indexed(pence(one), offer.indexation, year) for _, one in offer.bands], dtype=np.int64)
    place = np.minimum(np.searchsorted(edges, total, side="left"), len(edges) - 1)
    beyond = indexed(pence(offer.beyond), offer.indexation, year)
    return np.asarray(prices[place] + np.maximum(total - edges[-1], 0) * beyond, dtype=np.int64)


def late_of(offer: Offer, counts: Mapping[str, int]) -> int:
    """How many late cancellations are expected beside so many meetings held, a whole number (half up); none but in a price list."""
    if not isinstance(offer, ByStage) or not offer.late_share:
        return 0
    return int(half_up(sum(count for key, count in counts.items() if key in _HELD) * exact(offer.late_share)))


def price_of(offer: Offer, counts_by_line: Mapping[str, int], year: int = 0) -> Decimal:
    """What an offer comes to for whole numbers of cases, in pounds, to the penny.

    Parameters
    ----------
    counts_by_line : the key of a line of work and its cases; late cancellations are reckoned from the meetings held (`late_of`).
    year : the contract year, 0 the first.

    Examples
    --------
    >>> offer = FixedAndExtra(included=500, fixed=Decimal(400_000), extra=Decimal("912.35"))
    >>> price_of(offer, {"held": 270, "changed": 360})
    Decimal('518605.50')
    """
    keys = tuple(counts_by_line)
    by_line = np.array([counts_by_line[key] for key in keys], dtype=np.int64)
    late = np.asarray(late_of(offer, counts_by_line), dtype=np.int64)
    return Decimal(int(amounts(offer, Cases(keys, by_line, late), year))).scaleb(-2)


def whole_counts(work: Work, year: int, total: int | None = None) -> dict[str, int]:
    """The expected cases of a contract year by line as whole numbers that add up: what the sums by hand are made on.

    Expected numbers need not be whole, but only whole cases are paid for: the year's number is rounded half up, and what rounding the
    lines down leaves goes to those with the largest remainders, the first of equal ones.

    Parameters
    ----------
    total : another number of referrals, in the same mix.
    """
    if total is None:
        total = int(half_up(work.volumes.middle[year]))
    mix, ended = sum(work.ended), work.ended
    shares = [Fraction(total * one, mix) for one in ended]
    found = [floor(share) for share in shares]
    order = sorted(range(len(shares)), key=lambda place: (found[place] - shares[place], place))
    for place in order[: total - sum(found)]:
        found[place] += 1
    return {line.key: count for line, count in zip(work.lines, found, strict=True)}

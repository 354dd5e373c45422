"""The sum by hand: what each way of paying comes to at the expected cases of the first contract year, line by line, to the penny."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from domain.formats import NOTHING, listed, number
from domain.pack import Screen, Takeaway
from domain.procurement.offers import Block, ByStage, FixedAndExtra, Hourly, PerCase
from domain.procurement.prices import late_of, pence, price_of, price_words, whole_counts
from domain.procurement.show_parts import base_of, needs_screen
from domain.procurement.simulate import Cost
from domain.procurement.work import Work
from domain.rounding import exact, half_up
from domain.table import Cell, Table

ITEM: Final = "prices"
_Row = tuple[str, int, str, int]
"""What is paid for, how many, at what price in words, and what it comes to in pence."""


def worked_screen(priced: Sequence[Cost], work: Work) -> Screen:
    """A row for each sum, and the total of each way of paying."""
    counts = whole_counts(work, 0)
    cases = sum(counts.values())
    rows: list[tuple[Cell, ...]] = []
    totals: list[tuple[int, str]] = []
    for one in priced:
        for words, many, price, comes in worked_rows(one, work, counts):
            rows.append((one.name, words, many, price, price_words(comes)))
        total = pence(price_of(one.offer, counts))
        totals.append((total, one.name))
        rows.append((one.name, "Total, referrals", cases, NOTHING, price_words(total)))
    least = min(total for total, _ in totals)
    names = [name for total, name in totals if total == least]
    what = f"At the {number(cases)} referrals expected from {work.volumes.label(0)}, "
    what += f"{listed(names)} {'come' if len(names) > 1 else 'comes'} to {price_words(least)}"
    if len(totals) > len(names):
        what += ", the least of them"
    elif len(names) > 1:
        what += " alike"
    return needs_screen(
        ITEM,
        "prices_worked",
        Takeaway(what, "A sum by hand, without chance: what is expected of costs is above"),
        Table(("Way of paying", "For", "How many", "Price", "Comes to"), tuple(rows)),
        base=base_of(work.volumes),
        about="The expected number of referrals is rounded to a whole number and divided by the mix of past endings into whole cases that"
        " add up to it. Hours times rate are rounded to the penny for each line.",
    )


def worked_rows(cost: Cost, work: Work, counts: dict[str, int]) -> Iterator[_Row]:
    """What a complete offer comes to in its first year, in the parts that its price is made of."""
    offer, labels, cases = cost.offer, {line.key: line.label for line in work.lines}, sum(counts.values())
    match offer:
        case ByStage():
            prices = dict(offer.prices)
            for key, many in counts.items():
                yield labels[key], many, price_words(pence(prices[key])), many * pence(prices[key])
            if late := late_of(offer, counts):
                each = pence(offer.late_cancellation or Decimal(0))
                yield "Late cancellation", late, price_words(each), late * each
        case FixedAndExtra():
            fixed, extra = pence(offer.fixed), pence(offer.extra)
            yield f"Fixed price for {number(offer.included)} cases", 1, f"{price_words(fixed)} a year", fixed
            more = max(cases - offer.included, 0)
            yield "Extra case", more, price_words(extra), more * extra
        case PerCase():
            yield "Case", cases, price_words(pence(offer.price)), cases * pence(offer.price)
        case Hourly():
            hours, rate = dict(offer.hours), pence(offer.rate)
            for key, many in counts.items():
                comes = int(half_up(exact(hours[key]) * many * rate))
                yield labels[key], many, f"{hours[key].normalize():f} hours at {price_words(rate)}", comes
        case Block():
            upto, price = next((one for one in offer.bands if cases <= one[0]), offer.bands[-1])
            yield f"Band up to {number(upto)} cases", 1, f"{price_words(pence(price))} a year", pence(price)
            more, each = max(cases - upto, 0), pence(offer.beyond)
            yield "Case above the last band", more, price_words(each), more * each

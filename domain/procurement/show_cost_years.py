"""Screens of each contract year: what each way of paying costs in it, at its own prices, and how a fixed price stands to its N."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Final

from domain.formats import NOTHING, number
from domain.pack import Screen, Takeaway
from domain.procurement.offers import Offer
from domain.procurement.prices import money, price_words
from domain.procurement.show_parts import base_of, chance, drawn_note, give_or_take, needs_screen
from domain.procurement.simulate import Cost, Spread
from domain.procurement.work import Work
from domain.table import Cell, Table

ITEM: Final = "prices"
ABOUT: Final = (
    "Every way of paying is priced on the same drawn futures of the contract, so that they differ by their prices alone. Expected: the"
    " mean of what may come. At the expected number: the expected cases in whole numbers, without chance, as in a sum by hand."
    " A later year's price is the last year's, raised by the yearly rise and rounded to the penny."
)


def year_screens(priced: Sequence[Cost], work: Work) -> tuple[Screen, ...]:
    """What each year costs; and how it stands to the cases included, for fixed prices alone."""
    fixed = [one for one in priced if one.included]
    return (_costs(priced, work), *((_included(fixed, work),) if fixed else ()))


def _costs(priced: Sequence[Cost], work: Work) -> Screen:
    rises = any(one.offer.indexation for one in priced) and work.volumes.years > 1
    rows: list[tuple[Cell, ...]] = []
    for one in priced:
        for place, year in enumerate(one.years):
            risen = (_risen(one.offer, place),) if rises else ()
            rows.append((one.name, work.volumes.label(place), *risen, *_spread(year)))
        if one.whole is not None and len(one.years) > 1:
            rows.append((one.name, "Whole contract", *((NOTHING,) if rises else ()), *_spread(one.whole)))
    least = min(priced, key=lambda one: one.whole.mean.value if one.whole else inf)
    first, last = least.years[0], least.years[-1]
    if len(least.years) > 1:
        what = f"{least.name}: from {money(first.mean.value)} in the first contract year to {money(last.mean.value)} in the last"
        sure = f"9 of 10 last years cost less than {money(last.p90)}"
    else:
        what = f"{least.name}: {money(first.mean.value)} in the contract year"
        sure = f"9 of 10 such years cost less than {money(first.p90)}"
    headers = (
        "Way of paying",
        "Contract year",
        *(("Prices up since the first year",) if rises else ()),
        "At the expected number",
        "Expected",
        "Give or take",
        "1 of 10 cost less than",
        "Half cost less than",
        "9 of 10 cost less than",
    )
    return needs_screen(
        ITEM,
        "prices_years",
        Takeaway(what, sure),
        Table(headers, tuple(rows)),
        base=base_of(work.volumes),
        about=ABOUT,
        notes=(drawn_note(work.volumes),),
    )


def _spread(one: Spread) -> tuple[Cell, ...]:
    costs = (money(one.p10), money(one.p50), money(one.p90))
    return (price_words(one.middle), money(one.mean.value), give_or_take(one.mean.error), *costs)


def _included(fixed: Sequence[Cost], work: Work) -> Screen:
    """Each year of a fixed price: the chance of more than its N, and what extra and unused cases cost."""
    rows: list[tuple[Cell, ...]] = []
    for one in fixed:
        rows += [
            (
                one.name,
                work.volumes.label(place),
                chance(year.over.value),
                number(year.extra.value, 1),
                money(year.extra_cost.value),
                number(year.unused.value, 1),
                money(year.unused_cost.value),
            )
            for place, year in enumerate(one.included)
        ]
        if one.any_over is not None and len(one.included) > 1:
            none = (NOTHING,) * 4
            rows.append((one.name, "At least one of these years", chance(one.any_over.value), *none))
    first = fixed[0]
    start, end = (chance(one.over.value) for one in (first.included[0], first.included[-1]))
    if len(first.included) > 1:
        whole = chance(first.any_over.value if first.any_over else None)
        what = f"{first.name}: the chance of more cases is {start} in the first contract year and {end} in the last"
        sure = f"That at least one year goes over has a chance of {whole}"
    else:
        what = f"{first.name}: the chance of more cases is {start}"
        sure = ""
    headers = (
        "Way of paying",
        "Contract year",
        "Chance of more than the cases included",
        "Extra cases expected",
        "Extra cases cost",
        "Unused cases expected",
        "Unused cases cost",
    )
    return needs_screen(
        ITEM,
        "prices_included",
        Takeaway(what, sure),
        Table(headers, tuple(rows)),
        base=base_of(work.volumes),
        about="Means over the drawn futures, those without any extra or unused case among them. An unused case costs its part of the fixed"
        " price, which is paid in any case: it is not to be added to the cost.",
    )


def _risen(offer: Offer, year: int) -> str:
    return f"{number(float(((1 + offer.indexation / 100) ** year - 1) * 100), 1)}%"

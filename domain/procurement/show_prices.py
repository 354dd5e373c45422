"""Screens of what each way of paying costs: side by side, worked out by hand, and year by year. For the commissioning team alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from domain.formats import NOTHING, listed
from domain.pack import Chart, Form, Screen, Series, Takeaway
from domain.procurement.example_prices import EXAMPLE_PRICES, is_example
from domain.procurement.offers import KINDS, ByStage, Hourly, Offer
from domain.procurement.prices import missing, money
from domain.procurement.scenario import Scenario
from domain.procurement.show_choosing import choosing_screens
from domain.procurement.show_cost_years import ABOUT, year_screens
from domain.procurement.show_curves import curve_screens
from domain.procurement.show_matters import matter_screens
from domain.procurement.show_parts import (
    base_of,
    chance,
    drawn_note,
    give_or_take,
    needs_screen,
    whole_pounds,
)
from domain.procurement.show_worked import worked_screen
from domain.procurement.simulate import Cost, Spread
from domain.procurement.work import Work
from domain.screens.marks import alt_of
from domain.services import service
from domain.table import Cell, Table

ITEM: Final = "prices"
SAME: Final = 0.01
"""Two expected costs no further apart than this share are called about the same."""
_PULLED: Final = 1.25
"""A mean so many times the median is made by few."""
_OF_EVERY_LINE: Final[Mapping[type[Offer], tuple[str, ...]]] = {
    ByStage: ("a price for each way that a case may end",),
    Hourly: ("the hours that a case takes for each way that it may end",),
}
"""What a way of paying by line wants where nothing is entered: said once, and not of every line."""
_ENTERED: Final = (
    "Prices are those entered here. None is a provider's bid, and VAT is neither added nor taken off."
)


def price_screens(costs: Sequence[Cost], work: Work | None, scenario: Scenario) -> tuple[Screen, ...]:
    """Everything that the prices entered lead to; one screen that says what to enter where none is complete.

    Parameters
    ----------
    costs : one an offer, in the order of the scenario; of the commissioning team alone. work : None where nothing is expected yet.
    """
    if work is None:
        return (_nothing_to_price(),)
    priced = [one for one in costs if one.year is not None]
    if not priced:
        return (_to_enter(costs),)
    about = service(scenario.service)
    invented = [one.name for one in priced if is_example(one.offer, about)]
    return tuple(_told(one, invented) for one in _screens(costs, priced, work, scenario))


def _screens(
    costs: Sequence[Cost], priced: Sequence[Cost], work: Work, scenario: Scenario
) -> tuple[Screen, ...]:
    return (
        _side_by_side(costs, work),
        *curve_screens(priced, work),
        *choosing_screens(priced, work),
        *matter_screens(priced, work, scenario.assumptions),
        *year_screens(priced, work),
        worked_screen(priced, work),
    )


def _told(screen: Screen, invented: Sequence[str]) -> Screen:
    """The screen as it is, or with example prices said in its title and under it."""
    if not invented:
        return screen
    said = f"{EXAMPLE_PRICES} ({listed(invented)})."
    takeaway = replace(screen.takeaway, what=f"With example prices: {screen.takeaway.what}")
    chart = screen.chart and replace(screen.chart, alt=f"{EXAMPLE_PRICES}. {screen.chart.alt}")
    return replace(screen, takeaway=takeaway, chart=chart, notes=(said, *screen.notes))


def _nothing_to_price() -> Screen:
    """What stands where no referrals are expected, or nothing says how they end."""
    why = "A cost needs a number of referrals to expect and how referrals have ended; one of them is not there yet"
    return needs_screen(
        ITEM,
        "prices",
        Takeaway("No way of paying is priced yet", why),
        Table(("Way of paying",), ()),
        about=ABOUT,
    )


def _to_enter(costs: Sequence[Cost]) -> Screen:
    """What is to be entered before anything can be priced."""
    wanted: list[tuple[str, tuple[str, ...]]] = [(one.name, one.missing) for one in costs]
    if not costs:
        wanted = [(kind.label, (*missing(kind(), ()), *_OF_EVERY_LINE.get(kind, ()))) for kind in KINDS]
    what = "No price is entered yet" if not costs else "No way of paying is complete yet"
    return needs_screen(
        ITEM,
        "prices",
        Takeaway(what, "Enter the prices of at least one way of paying to see what it may cost"),
        Table(("Way of paying", "What to enter"), tuple((name, listed(lacks, 12)) for name, lacks in wanted)),
        about=ABOUT,
        notes=("No price is invented: until one is entered, nothing is said of costs.",),
    )


def _side_by_side(costs: Sequence[Cost], work: Work) -> Screen:
    """Each way of paying in a row, the risk beside the cost."""
    priced = [(one, one.year, one.whole) for one in costs if one.year is not None and one.whole is not None]
    several = work.volumes.years > 1
    takeaway = _cheapest(costs)
    contract = ("Whole contract, expected", "9 of 10 contracts cost less than") if several else ()
    headers = (
        "Way of paying",
        "A year, at the expected number",
        "A year, expected",
        "Give or take",
        "Half of all years cost less than",
        "9 of 10 years cost less than",
        "95% limits of a year",
        *contract,
        "Chance of more than the cases included, a year",
        *(("In at least one year",) if several else ()),
        "Unused cases cost, a year",
        "Cheapest in so many of 100 contracts",
        "What is missing",
    )
    least = _how_often_cheapest(costs)
    rows = tuple(_row(one, len(headers), least.get(one.name), several=several) for one in costs)
    names = tuple(one.name for one, _, _ in priced)
    read = tuple(f"{money(year.mean.value)} ({_limits(year)})" for _, year, _ in priced)
    chart = Chart(
        Form.BARS,
        names,
        (
            Series(
                "Expected a year",
                tuple(whole_pounds(year.mean.value) for _, year, _ in priced),
                tuple(whole_pounds(year.low) for _, year, _ in priced),
                tuple(whole_pounds(year.high) for _, year, _ in priced),
            ),
        ),
        share=False,
        # The limits are drawn; written out too they would leave no room for the names on a telephone.
        words=tuple(money(year.mean.value) for _, year, _ in priced),
        alt=alt_of(takeaway, "Expected cost a year, with 95% limits", names, read),
        unit="£",
    )
    return needs_screen(
        ITEM,
        "prices",
        takeaway,
        Table(headers, rows),
        chart=chart,
        base=base_of(work.volumes),
        about=ABOUT,
        notes=(
            drawn_note(work.volumes),
            *_pulled_up([one.whole for one in costs]),
            *_missing_notes(costs),
            _ENTERED,
        ),
    )


def _pulled_up(wholes: Sequence[Spread | None]) -> tuple[str, ...]:
    """That a few futures make most of the mean; nothing where they do not."""
    if all(one is None or one.mean.value <= _PULLED * max(one.p50, 1) for one in wholes):
        return ()
    return (
        "A few futures with very many referrals pull what is expected far above what half of all contracts cost, because so little is"
        " known of the number: go by what half and 9 of 10 cost less than, and not by what is expected.",
    )


def _how_often_cheapest(costs: Sequence[Cost]) -> dict[str, float]:
    """In how many futures the contract costs least with each; of equal ones each is the cheapest. Empty for fewer than two."""
    drawn = {one.name: one.draws.sum(axis=1) for one in costs if one.draws is not None}
    if len(drawn) < 2:
        return {}
    least = np.min(np.stack(list(drawn.values())), axis=0)
    return {name: float(np.mean(draws == least)) for name, draws in drawn.items()}


def _row(one: Cost, columns: int, cheapest: float | None, *, several: bool) -> tuple[Cell, ...]:
    if one.year is None or one.whole is None:
        return (one.name, *(NOTHING for _ in range(columns - 2)), listed(one.missing, 12))
    contract = (money(one.whole.mean.value), money(one.whole.p90)) if several else ()
    again = (chance(one.any_over.value if one.any_over else None),) if several else ()
    return (
        one.name,
        money(one.year.middle),
        money(one.year.mean.value),
        give_or_take(one.year.mean.error),
        money(one.year.p50),
        money(one.year.p90),
        _limits(one.year),
        *contract,
        chance(one.over),
        *again,
        NOTHING if one.unused_cost is None else money(one.unused_cost),
        chance(cheapest),
        "",
    )


def _cheapest(costs: Sequence[Cost]) -> Takeaway:
    """Which way of paying is expected to cost least, as far as the prices entered go."""
    found = sorted(
        ((one.year.mean.value, one.name, one.year) for one in costs if one.year), key=lambda row: row[0]
    )
    least, name, year = found[0]
    sure = (
        f"Half of all years cost less than {money(year.p50)}, and 9 of 10 years less than {money(year.p90)}"
    )
    if len(found) == 1:
        return Takeaway(f"{name}: expected to cost {money(least)} a year", sure)
    close = [row for row in found if row[0] <= least * (1 + SAME)]
    if len(close) > 1:
        alike = listed([f"{one} ({money(mean)})" for mean, one, _ in close])
        safest = min(close, key=lambda row: row[2].p90)
        sure = f"9 of 10 years cost less than {money(safest[2].p90)} with {safest[1]}, the lowest of them"
        return Takeaway(f"{alike} are expected to cost about the same a year", sure)
    often = chance(_how_often_cheapest(costs).get(name))
    return Takeaway(
        f"{name} is expected to cost least, {money(least)} a year",
        f"It costs least in {often} of the contracts that may come. {sure}, with {name}",
        f"next is {found[1][1]} with {money(found[1][0])}",
    )


def _missing_notes(costs: Sequence[Cost]) -> tuple[str, ...]:
    return tuple(f"Not priced: {one.name} lacks {listed(one.missing, 12)}." for one in costs if one.missing)


def _limits(one: Spread) -> str:
    return f"{money(one.low)} to {money(one.high)}"

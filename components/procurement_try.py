"""Trying another number of cases in the fixed price: a slider that answers at once, and changes nothing until it is taken over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import streamlit as st

from components.frame import section, show_table
from components.procurement_state import Place, filled, revise, start_afresh, typed
from domain.formats import number
from domain.procurement.offers import FixedAndExtra
from domain.procurement.prices import money, price_words
from domain.procurement.scenario import Scenario
from domain.procurement.show_parts import chance
from domain.procurement.simulate import Cost, cost_of
from domain.procurement.work import Work
from domain.rounding import exact, half_up
from domain.table import Cell, Table

_TRY: Final = "try_n"
_WIDE: Final = 1.25
"""How far beyond the highest year that is likely the slider goes."""


def at_another(offer: FixedAndExtra, included: int) -> FixedAndExtra:
    """The offer with another N, each included case at the same price; the fixed price is rounded half up to the penny.

    >>> from decimal import Decimal
    >>> at_another(FixedAndExtra(500, Decimal(180_000), Decimal(450)), 640).fixed
    Decimal('230400.00')
    """
    fixed = half_up(exact(offer.fixed) * included / offer.included, 2)
    return replace(offer, included=included, fixed=fixed)


@st.fragment
def try_included(place: Place, now: Cost, work: Work, may: Callable[[], bool]) -> None:
    """Draw the slider and what it answers. Only this part of the page runs when it is moved.

    Parameters
    ----------
    now : of the fixed price as it is entered. may : whether who looks may still see prices: this part runs without the rest of the page.
    """
    offer = _fixed(now)
    if now.missing or not may():
        return
    section("Try another N")
    years = range(work.volumes.years)
    most = int(_WIDE * max(*(work.volumes.limits(year)[1] for year in years), offer.included))
    # Its name holds the N that is entered, so that the slider starts from there when that is changed.
    key = filled(place, f"{_TRY}_{offer.included}", offer.included)
    st.slider(
        "Cases a year in the fixed price (N), each at the same price as now",
        1,
        most,
        key=key,
        help="The fixed price goes with N; the price of an extra case stays.",
    )
    tried = at_another(offer, int(typed(key)))
    found = now if tried == offer else cost_of(tried, work)
    show_table(tried_table(now, found), "Another N")
    if tried.included != offer.included and st.button(
        f"Take N = {number(tried.included)} for {money(int(tried.fixed * 100))} a year",
        icon=":material/input:",
        key="procurement_take_n",
    ):
        start_afresh(place, "offer_fixed")
        revise(place, lambda held: _with(held, tried))
        st.rerun()


def _with(scenario: Scenario, offer: FixedAndExtra) -> Scenario:
    offers = tuple(offer if isinstance(one, FixedAndExtra) else one for one in scenario.offers)
    return replace(scenario, offers=offers)


def tried_table(now: Cost, tried: Cost) -> Table:
    """What is entered and what is tried, side by side, for any year of the contract."""
    same = now.offer == tried.offer
    costs = [now] if same else [now, tried]
    heads = ["As entered", "Tried"][: len(costs)]
    rows: list[tuple[Cell, ...]] = [
        ("N, cases a year", *(number(_fixed(one).included) for one in costs)),
        ("Fixed price a year", *(price_words(int(_fixed(one).fixed * 100)) for one in costs)),
        ("Expected cost a year", *(money(one.year.mean.value) if one.year else "" for one in costs)),
        ("Half of all years cost less than", *(money(one.year.p50) if one.year else "" for one in costs)),
        ("9 of 10 years cost less than", *(money(one.year.p90) if one.year else "" for one in costs)),
        ("A year brings more than N", *(f"{chance(one.over)} of years" for one in costs)),
        ("Paid for and not used, a year", *(_unused(one) for one in costs)),
    ]
    return Table(("Any year of the contract", *heads), tuple(rows))


def _fixed(cost: Cost) -> FixedAndExtra:
    if not isinstance(cost.offer, FixedAndExtra):
        raise TypeError("only a fixed price has a number of included cases")
    return cost.offer


def _unused(cost: Cost) -> str:
    cases = sum(one.unused.value for one in cost.included) / max(len(cost.included), 1)
    return f"{number(cases)} cases, {money(cost.unused_cost or 0)}"

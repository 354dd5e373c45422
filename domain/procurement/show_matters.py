"""The screen of what matters most: how far each uncertain input moves the cost of the whole contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.formats import listed
from domain.pack import Chart, Form, Screen, Series, Takeaway
from domain.procurement.matters import Effect, effects_of
from domain.procurement.prices import money
from domain.procurement.scenario import Assumption
from domain.procurement.show_parts import base_of, needs_screen, whole_pounds
from domain.procurement.simulate import Cost
from domain.procurement.work import Work
from domain.screens.marks import alt_of
from domain.table import Table

ITEM: Final = "prices"
_DRAWN: Final = 12
"""So many bars are drawn, the longest; the table has all."""


def matter_screens(
    priced: Sequence[Cost], work: Work, assumptions: Sequence[Assumption]
) -> tuple[Screen, ...]:
    """One screen; none where nothing uncertain changes any cost."""
    found = [one for cost in priced for one in effects_of(cost, work, assumptions)]
    found.sort(key=lambda one: -one.width)
    still = [cost.name for cost in priced if all(one.name != cost.name for one in found)]
    if not found:
        return ()
    top = found[0]
    takeaway = Takeaway(
        f"{top.label} matters most: it moves the cost of the whole contract by {money(top.width)} under {top.name}",
        f"From {_change(top.low)} to {_change(top.high)} than at the expected number",
    )
    drawn = found[:_DRAWN]
    names = tuple(f"{one.label}: {one.name}" for one in drawn)
    read = tuple(f"{money(one.width)} ({_change(one.low)} to {_change(one.high)})" for one in drawn)
    chart = Chart(
        Form.BARS,
        names,
        (Series("Between a low and a high value", tuple(whole_pounds(one.width) for one in drawn)),),
        share=False,
        words=tuple(money(one.width) for one in drawn),
        alt=alt_of(takeaway, "How far the cost of the whole contract moves", names, read),
        unit="£",
    )
    headers = (
        "Input",
        "Way of paying",
        "Whole contract at the expected number",
        "At a low value",
        "At a high value",
        "Between them",
    )
    return (
        needs_screen(
            ITEM,
            "prices_matters",
            takeaway,
            Table(headers, tuple(_row(one) for one in found)),
            chart=chart,
            base=base_of(work.volumes),
            about="Each input goes from a low value (1 of 10 futures stays under it) to a high one (9 of 10 do), while the others stay as"
            " expected. An assumption is a part of the number of referrals: what it does is not to be added to that.",
            notes=(f"Nothing uncertain moves the cost of {listed(still)}." if still else "",),
        ),
    )


def _row(one: Effect) -> tuple[str, ...]:
    return one.label, one.name, money(one.base), _change(one.low), _change(one.high), money(one.width)


def _change(amount: int) -> str:
    if not amount:
        return "no change"
    return f"{money(abs(amount))} {'more' if amount > 0 else 'less'}"

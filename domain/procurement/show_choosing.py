"""The screen of the choice of N, the cases that a fixed price includes, at its own prices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.formats import listed, number, percent
from domain.pack import Chart, Form, Screen, Series, Takeaway
from domain.procurement.choosing import Choice, Choices, choices
from domain.procurement.offers import FixedAndExtra
from domain.procurement.prices import money
from domain.procurement.show_parts import base_of, chance, give_or_take, needs_screen, whole_pounds
from domain.procurement.simulate import Cost
from domain.procurement.work import Work
from domain.table import Cell, Table

ITEM: Final = "prices"
_ABOUT: Final = (
    "Each number of cases included (N) against the same futures, at the price of an included case (the fixed price divided by"
    " its N) and of an extra case as entered. A provider may ask another price for another N: then enter that price."
)
_MEET: Final = "Where hardly any year goes beyond so large an N, nearly every year costs the fixed price and no more: both lines meet."
_NOT_OF_SERVICE: Final = (
    "This is about cost alone. It does not say whether a provider keeps people ready for cases"
    " that nobody pays for in advance."
)


def choosing_screens(priced: Sequence[Cost], work: Work) -> tuple[Screen, ...]:
    """One screen where there is a fixed price; none where there is not."""
    return tuple(
        _screen(one.name, choices(one.offer, work), work)
        for one in priced
        if isinstance(one.offer, FixedAndExtra)
    )


def _screen(name: str, found: Choices, work: Work) -> Screen:
    takeaway = _takeaway(found)
    names = tuple(number(row.included) for row in found.rows)
    expected = tuple(whole_pounds(row.cost.value) for row in found.rows)
    series = [
        Series("Expected a year", expected),
        Series("9 of 10 years cost less than", tuple(whole_pounds(row.p90) for row in found.rows)),
    ]
    marks = [(found.offer.included, f"{name}, as entered")]
    if found.best is not None and found.best != found.offer.included:
        marks.append((found.best, f"Least expected cost, at {number(found.best)}"))
    for included, words in marks:
        at = tuple(
            value if row.included == included else None
            for row, value in zip(found.rows, expected, strict=True)
        )
        series.append(Series(words, at))
    costs = tuple(money(row.cost.value) for row in found.rows)
    read = "; ".join(
        f"{n} included {said} expected, 9 of 10 years less than {money(row.p90)}"
        for n, said, row in zip(names, costs, found.rows, strict=True)
    )
    chart = Chart(
        Form.CURVES,
        names,
        tuple(series),
        share=False,
        words=costs,
        alt=f"{takeaway.sentence} Cost of a contract year by the number of cases included: {read}.",
        unit="£",
    )
    headers = (
        "Cases included a year (N)",
        "Expected a year",
        "Give or take",
        "9 of 10 years cost less than",
        "Chance of more than N",
        "Extra cases expected, a year",
        "Unused cases expected, a year",
        "Note",
    )
    return needs_screen(
        ITEM,
        "prices_choosing",
        takeaway,
        Table(headers, tuple(_row(row, found) for row in found.rows)),
        chart=chart,
        base=base_of(work.volumes),
        about=_ABOUT,
        notes=(_sentence(found), _flat(found), _year_by_year(found), _MEET, _NOT_OF_SERVICE),
    )


def _row(row: Choice, found: Choices) -> tuple[Cell, ...]:
    notes = ["as entered"] if row.included == found.offer.included else []
    if row.included == found.best:
        notes.append("least expected cost")
    elif row.included in (found.near or ()):
        notes.append("at most 1% more than the least")
    return (
        row.included,
        money(row.cost.value),
        give_or_take(row.cost.error),
        money(row.p90),
        chance(row.over),
        number(row.extra, 1),
        number(row.unused, 1),
        ", ".join(notes),
    )


def _takeaway(found: Choices) -> Takeaway:
    own = found.row(found.offer.included)
    sure = f"With the {number(own.included)} entered, the chance of more than that in a year is {chance(own.over)}"
    if found.best is None or found.near is None:
        return Takeaway("At these prices including fewer cases is always cheaper, or as cheap", sure)
    low, high = found.near
    return Takeaway(
        f"Including {number(found.best)} cases a year is expected to cost least;"
        f" from {number(low)} to {number(high)} it costs at most 1% more",
        sure,
    )


def _sentence(found: Choices) -> str:
    """The rule in one sentence that can be said again."""
    each, extra = money(float(found.each)), money(found.extra)
    if found.best is None:
        return (
            f"An extra case costs {extra} and an included one {each}, used or not:"
            " nothing is saved by including it, so the lowest N is cheapest."
        )
    return (
        f"An included case costs {each} whether it is used or not, an extra one {extra}:"
        f" so one case more pays for itself as long as the chance that it is needed is above {percent(found.share)}"
        f" ({each} out of {extra}), and beyond {number(found.best)} cases it no longer is."
    )


def _flat(found: Choices) -> str:
    if found.near is None:
        return ""
    low, high = found.near
    return (
        f"The choice is flat: between {number(low)} and {number(high)} the expected cost differs by no more than 1%,"
        " so that within it the chance of more than N, and how steady the provider's income is, may decide."
    )


def _year_by_year(found: Choices) -> str:
    """What the best N would be for each contract year by itself, where they differ."""
    if len(set(found.by_year)) < 2:
        return ""
    return (
        f"Year by year the N of least expected cost would be {listed([number(one) for one in found.by_year], 10)}:"
        " one N for all years pays for unused cases in those with few and for extra ones in those with many."
    )

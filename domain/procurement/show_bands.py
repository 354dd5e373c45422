"""Screens of the volumes that a tender names: the chosen ones, three ways to arrive at them, and what bidders are told."""

from __future__ import annotations

from typing import Final

import numpy as np

from domain.formats import number
from domain.pack import Chart, Form, Screen, Series, Takeaway
from domain.procurement.bands import Option, suggested
from domain.procurement.scenario import Bands, Scenario
from domain.procurement.show_parts import base_of, chance, needs_screen
from domain.procurement.volumes import Volumes
from domain.screens.marks import alt_of
from domain.table import Cell, Table

ITEM: Final = "bands"
_ABOUT: Final = (
    "Referrals in a contract year that the tender names as low, expected and high. Suggested ones are rounded to tens, under"
    " 100 to fives, the low one down and the high one up."
)
_NOT_CHOSEN: Final = "No volumes are chosen yet, and bidders are told none until they are."
_NONE_NAMED: Final = "The council has not chosen volumes for this tender yet, so that none are named here."
_CHOSEN: Final = "Chosen by the council for this tender."
_NOT_GUARANTEED: Final = "The volumes are for planning; none of them is guaranteed."


def band_screens(
    volumes: Volumes | None,
    scenario: Scenario,
    *,
    bidders: bool,
    last_year: int | None = None,
    withheld: str = "",
) -> tuple[Screen, ...]:
    """The volumes for the tender.

    Parameters
    ----------
    volumes : None where there are none, and `withheld` says why. last_year : how many the last full year brought (`bands.last_year_of`).
    bidders : whether it is their version: the chosen volumes and no others. What is worked out from the figures that everybody may see
        can be far from what the council itself expects, and a number in a tender is taken for the council's.
    """
    chosen = scenario.bands
    if bidders:
        return (_nothing(_NONE_NAMED) if chosen is None else _named(chosen, _CHOSEN, _NOT_GUARANTEED),)
    if volumes is None:
        return (_nothing(withheld),) if chosen is None else (_named(chosen),)
    options = suggested(volumes, last_year=last_year)
    own = () if chosen else (_NOT_CHOSEN,)
    return (*((_chosen(volumes, chosen),) if chosen else ()), _options(volumes, options, own))


def _nothing(withheld: str) -> Screen:
    """What stands where there is nothing to name volumes from."""
    why = withheld or "There is no expected number of referrals yet"
    return needs_screen(
        ITEM, "bands", Takeaway("Volumes for the tender: not shown"), Table(("Volumes",), ()), withheld=why
    )


def _named(bands: Bands, *notes: str) -> Screen:
    """Three numbers and nothing of how likely they are."""
    takeaway = Takeaway(
        f"Volumes for planning: {number(bands.expected)} referrals a year expected,"
        f" {number(bands.low)} as the low and {number(bands.high)} as the high number"
    )
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Low", bands.low),
        ("Expected", bands.expected),
        ("High", bands.high),
    )
    return needs_screen(
        ITEM,
        "bands",
        takeaway,
        Table(("Volume", "Referrals a year"), rows),
        about=_ABOUT,
        notes=notes,
    )


def _chosen(volumes: Volumes, bands: Bands) -> Screen:
    """The chosen volumes, with how often a year would fall under or go over them."""
    every = range(volumes.years)
    rows: list[tuple[Cell, ...]] = [
        (
            volumes.label(year),
            bands.low,
            bands.expected,
            bands.high,
            number(volumes.middle[year]),
            chance(_under(volumes, year, bands.low)),
            chance(volumes.chance_over(year, bands.expected)),
            chance(volumes.chance_over(year, bands.high)),
        )
        for year in every
    ]
    draws = volumes.draws
    under, over = float(np.mean(draws < bands.low)), float(np.mean(draws > bands.high))
    if volumes.years > 1:
        rows.append(
            (
                "Any contract year",
                bands.low,
                bands.expected,
                bands.high,
                number(sum(volumes.middle) / volumes.years),
                chance(under),
                chance(float(np.mean(draws > bands.expected))),
                chance(over),
            )
        )
    takeaway = Takeaway(
        f"Chosen for the tender: {number(bands.expected)} referrals a year, from {number(bands.low)} to {number(bands.high)}",
        f"The chance that a contract year falls under the low one is {chance(under)}, that it goes over the high one {chance(over)}",
    )
    headers = (
        "Contract year",
        "Low",
        "Expected",
        "High",
        "Referrals expected",
        "Chance of fewer than low",
        "Chance of more than expected",
        "Chance of more than high",
    )
    return needs_screen(
        ITEM, "bands_chosen", takeaway, Table(headers, tuple(rows)), base=base_of(volumes), about=_ABOUT
    )


def _under(volumes: Volumes, year: int, cases: int) -> float:
    return float(np.mean(volumes.draws[:, year] < cases))


_WAYS = (
    "Way",
    "Low",
    "Expected",
    "High",
    "Before rounding",
    "Chance of fewer than low",
    "Chance of more than high",
)


def _options(volumes: Volumes, options: tuple[Option, ...], more: tuple[str, ...]) -> Screen:
    """Three ways to arrive at volumes, side by side."""
    draws = volumes.draws
    rows = tuple(
        (
            one.label,
            one.bands.low,
            one.bands.expected,
            one.bands.high,
            " / ".join(number(value) for value in one.exact),
            chance(float(np.mean(draws < one.bands.low))),
            chance(float(np.mean(draws > one.bands.high))),
        )
        for one in options
    )
    expected = [one.bands.expected for one in options]
    lows, highs = [one.bands.low for one in options], [one.bands.high for one in options]
    what = (
        f"Each of three ways to arrive at volumes expects about {number(expected[0])} a year"
        if len(set(expected)) == 1
        else f"Three ways to arrive at volumes expect {number(min(expected))} to {number(max(expected))} a year"
    )
    takeaway = Takeaway(what, f"At their widest they reach from {number(min(lows))} to {number(max(highs))}")
    names = tuple(one.label for one in options)
    words = tuple(
        f"{number(one.bands.expected)}, from {number(one.bands.low)} to {number(one.bands.high)}"
        for one in options
    )
    chart = Chart(
        Form.BARS,
        names,
        (Series("Low", tuple(lows)), Series("Expected", tuple(expected)), Series("High", tuple(highs))),
        share=False,
        words=words,
        alt=alt_of(takeaway, "Referrals a year", names, words),
    )
    return needs_screen(
        ITEM,
        "bands_options",
        takeaway,
        Table(_WAYS, rows),
        chart=chart,
        base=base_of(volumes),
        about=_ABOUT,
        notes=(
            *more,
            *(
                f"{one.label}: {one.why}. What would change it: {one.change[:1].lower()}{one.change[1:]}."
                for one in options
            ),
        ),
    )

"""How rates moved over the years, and what a published document gives, as screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.benchmarks import labels
from domain.benchmarks_send import SINGLE_RECORDS_SINCE
from domain.formats import NOTHING, listed, number
from domain.pack import Chart, Form, Screen, Series, Takeaway
from domain.procurement.decisions import published_count
from domain.procurement.drivers import HUNDRED, Asked, DriverFigures, Rate, look_back
from domain.procurement.why_words import (
    CHANCE_ONLY,
    ITEM,
    PRINTED,
    SHORT,
    about_of,
    rate_cells,
    rate_limits,
    said_rate,
    what_of,
)
from domain.rounding import half_up
from domain.screens.marks import alt_of
from domain.services import SEND
from domain.table import Cell, Table

Year = tuple[int, tuple[Rate | None, ...]]
_DRAWN: Final = 2
"""So many kinds are asked about often enough to be seen beside each other."""


def years_screen(figures: DriverFigures, over: Sequence[Year]) -> Screen:
    """The rate of each kind in every year of which both sides are known."""
    kind, what = figures.kinds[0], what_of(figures)
    told = [f"{said_rate(first)} in {year}" for year, (first, *_) in over if first]
    limits = [rate_limits(first) for _, (first, *_) in over if first]
    asked = (
        "mediation was asked for this many times" if figures.by_reason else "so many households were referred"
    )
    said = Takeaway(
        f"For each {HUNDRED} {kind.many} {asked}: {listed(told, len(told))}{_beside(figures, over)}",
        f"95% limits for {kind.many} {listed(limits, len(limits))}",
    )
    rows: list[tuple[Cell, ...]] = [
        (str(year), one.kind.label, *rate_cells(one)) if one else (str(year), kind.label, *[NOTHING] * 4)
        for year, rates in over
        for kind, one in zip(figures.kinds, rates, strict=True)
    ]
    headers = ("Year", "Decisions", "How many decisions", what, f"For each {HUNDRED} decisions", "95% limits")
    back = tuple(
        f"The rates of {year - 1} would have given about {number(given)} referrals for the decisions of {year}; {number(came)} came."
        for year, given, came in look_back(figures)
    )
    years = [year for year, _ in over]
    return Screen(
        "why_years",
        ITEM,
        "Whether the rates stay as they are",
        said,
        Table(headers, tuple(rows)),
        chart=_chart(figures, over, said),
        base=f"n = {len(years)} calendar years, {figures.rests_on}",
        about=about_of(figures, [e for _, rates in over for one in rates if one for e in one.known.editions]),
        notes=(
            *back,
            CHANCE_ONLY,
            *((SHORT,) if SINGLE_RECORDS_SINCE in years and figures.service == SEND.key else ()),
        ),
    )


def _beside(figures: DriverFigures, over: Sequence[Year]) -> str:
    """The same of the second kind, which the chart draws beside the first and which may go the other way."""
    if len(figures.kinds) < _DRAWN or not all(rates[1] for _, rates in over):
        return ""
    told = [said_rate(second) for _, (_, second, *_) in over if second]
    return f"; for each {HUNDRED} {figures.kinds[1].many}: {listed(told, len(told))}"


def _chart(figures: DriverFigures, over: Sequence[Year], said: Takeaway) -> Chart | None:
    """Only the first kinds: those of the takeaway."""
    kinds = figures.kinds[:_DRAWN]
    names = tuple(str(year) for year, _ in over)
    values = [
        # One decimal, as in the table: a chart may print the numbers themselves.
        tuple(float(half_up(one.per_hundred, 1)) if (one := rates[place]) else None for _, rates in over)
        for place in range(len(kinds))
    ]
    if not any(values[0]):
        return None
    words = tuple(said_rate(rates[0]) if rates[0] else NOTHING for _, rates in over)
    what = f"{what_of(figures)} for each {HUNDRED} decisions"
    return Chart(
        Form.COLUMNS,
        names,
        tuple(Series(kind.label, row) for kind, row in zip(kinds, values, strict=True)),
        share=False,
        words=words,
        alt=alt_of(
            said,
            what,
            [f"{kind.label} {name}" for kind in kinds for name in names],
            [NOTHING if one is None else number(one, 1) for row in values for one in row],
        ),
    )


def printed_screen(figures: DriverFigures, printed: Asked) -> Screen:
    """What a published document gives of the same, as it printed it, for each 100 decisions that official statistics give."""
    areas = figures.printed_areas
    known = [published_count(kind, areas, printed.year) for kind in figures.kinds]
    rates = [
        Rate(kind, asked, each.count, each.count, each)
        for kind, asked, each in zip(figures.kinds, printed.by_kind, known, strict=True)
        if asked is not None and each.count
    ]
    named, whose = rates[:2], listed([labels()[area] for area in areas])
    each = [
        f"{number(one.asked)} for {number(one.decisions)} {one.kind.many} ({said_rate(one)} for each {HUNDRED})"
        for one in named
    ]
    said = Takeaway(
        f"As printed for {whose}, {printed.year}: mediation asked for {listed(each, len(each))}",
        f"95% limits {listed([rate_limits(one) for one in named], len(named))}",
    )
    headers = (
        "Decisions",
        "Who counts them",
        f"Decisions in {printed.year}",
        f"Reasons printed for {printed.year}",
        f"For each {HUNDRED} decisions",
        "95% limits",
    )
    rows = tuple((one.kind.label, one.known.source, *rate_cells(one)) for one in rates)
    return Screen(
        "why_printed",
        ITEM,
        "As printed",
        said,
        Table(headers, rows),
        base=f"n = {number(sum(one.asked for one in rates))} reasons printed, with {number(printed.referrals)} outcomes of the same year",
        about=f"Reasons: {printed.source}. {about_of(figures, [e for one in rates for e in one.known.editions])}",
        notes=(PRINTED,),
    )

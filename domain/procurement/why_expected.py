"""The first scenario as a screen: from the decisions that are expected a year to the referrals they bring, with what is unsure of it."""

from __future__ import annotations

from collections.abc import Sequence

from domain.formats import NOTHING, listed, number
from domain.pack import Chart, Form, PackFigure, Screen, Series, Takeaway
from domain.procurement.drivers import (
    HUNDRED,
    Asked,
    DriverFigures,
    Rate,
    driver_volumes,
    moved,
    rates_of,
    rates_over_time,
    why_not,
)
from domain.procurement.scenario import Basis, Scenario
from domain.procurement.show_parts import NOT_VALIDATED
from domain.procurement.why_words import (
    ITEM,
    OWN,
    WAY_ON,
    base_of,
    entered_notes,
    said_rate,
    several_notes,
    what_of,
)
from domain.screens.marks import alt_of
from domain.table import Cell, Table


def expected_screen(figures: DriverFigures, scenario: Scenario) -> Screen:
    """The first scenario: from the decisions that are expected to the referrals they bring."""
    heading = "From the decisions expected to referrals"
    now, volumes = figures.now, driver_volumes(figures, scenario)
    if volumes is None or now is None:
        return Screen(
            "why_expected",
            ITEM,
            heading,
            Takeaway("No number of referrals follows from the decisions", why_not(figures, scenario)),
            Table(("What is missing",), ((why_not(figures, scenario),),)),
            # What to do about it is said to who may.
            notes=() if figures.gated else (f"{WAY_ON}.", f"{OWN}."),
        )
    rates = rates_of(figures, scenario)
    expected, (low, high) = number(volumes.middle[0]), volumes.limits(0)
    limits = f"{number(low)} to {number(high)}"
    alone = "" if moved(figures) is not None else ", for chance alone"
    said = Takeaway(_said(rates, expected, now), f"95% limits {limits} in one year{alone}: {NOT_VALIDATED}")
    return Screen(
        "why_expected",
        ITEM,
        heading,
        said,
        _table(figures, now, rates, expected, limits),
        chart=_chart(now, volumes.middle[0], (low, high), said),
        base=base_of(figures, now),
        about=(
            "Each rate of the year counted, times the decisions expected in a contract year"
            + (", added up and turned into referrals." if figures.by_reason else ".")
            + " Every contract year is taken to have as many decisions."
        ),
        notes=(*_notes(figures, scenario, rates), *several_notes(figures, now)),
        figures=(
            PackFigure(
                "why:expected",
                "Referrals a year from the decisions expected",
                f"{expected} ({limits})",
                value=volumes.middle[0],
            ),
        ),
    )


def _said(rates: Sequence[Rate], expected: str, now: Asked) -> str:
    changed = [one for one in rates if one.expected != one.decisions]
    if not changed:
        return f"With as many decisions a year as in {now.year}, about {expected} referrals a year"
    each = [f"{number(one.expected)} {one.kind.many} in place of {number(one.decisions)}" for one in changed]
    return f"With {listed(each, len(each))}, about {expected} referrals a year in place of {number(now.referrals)}"


def _table(figures: DriverFigures, now: Asked, rates: Sequence[Rate], expected: str, limits: str) -> Table:
    what = what_of(figures)
    rows: list[tuple[Cell, ...]] = [
        (
            one.kind.label,
            one.decisions,
            one.expected,
            said_rate(one),
            one.asked,
            number(one.asked * one.expected / one.decisions),
        )
        for one in rates
    ]
    if figures.by_reason:
        given = sum(one.asked for one in rates)
        later = sum(one.asked * one.expected / one.decisions for one in rates)
        rows.append(("All reasons given", NOTHING, NOTHING, NOTHING, given, number(later)))
        rows.append(("Referrals", NOTHING, NOTHING, NOTHING, now.referrals, expected))
    rows.append(("95% limits of the referrals expected", NOTHING, NOTHING, NOTHING, NOTHING, limits))
    return Table(
        (
            "What",
            f"Decisions in {now.year}",
            "Decisions expected a year",
            f"For each {HUNDRED} decisions",
            f"{what} in {now.year}",
            f"{'Reasons' if figures.by_reason else what} expected a year",
        ),
        tuple(rows),
    )


def _chart(now: Asked, middle: float, limits: tuple[int, int], said: Takeaway) -> Chart:
    names = (f"In {now.year}", "Expected in a contract year")
    words = (number(now.referrals), f"{number(middle)} ({number(limits[0])} to {number(limits[1])})")
    counted_here = None if now.referrals is None else float(now.referrals)
    return Chart(
        Form.BARS,
        names,
        (Series("Referrals", (counted_here, middle), (None, float(limits[0])), (None, float(limits[1]))),),
        share=False,
        words=words,
        alt=alt_of(said, "Referrals", names, words),
    )


def _notes(figures: DriverFigures, scenario: Scenario, rates: Sequence[Rate]) -> tuple[str, ...]:
    """What the limits hold, which numbers were entered, and whether the scenario goes by these numbers."""
    years = [one for one, _ in rates_over_time(figures)]
    chance = "The limits hold chance in the year counted and in each year to come"
    change = (
        f"{chance}. How much the rates change from year to year is not known here, so the true limits are wider."
        if moved(figures) is None
        else f"{chance}, and as much change in the rates from one year to the next as there was from {years[0]} to {years[-1]}."
    )
    other = "The numbers of the next parts do not go by these referrals: another way was chosen there."
    later = "The assumptions of this scenario are not in these numbers; they are added where years are shown."
    return (
        change,
        *entered_notes(figures, scenario, rates),
        *((later,) if scenario.assumptions else ()),
        *((other,) if scenario.basis is not Basis.DECISIONS else ()),
    )

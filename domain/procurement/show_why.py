"""The part 'Why demand comes' as screens: referrals for each 100 decisions, and what the decisions expected make of them."""

from __future__ import annotations

from collections.abc import Sequence

from domain.benchmarks_send import SINGLE_RECORDS_SINCE
from domain.formats import NOTHING, listed
from domain.pack import Chart, Form, PackFigure, Screen, Series, Takeaway
from domain.procurement.drivers import HUNDRED, Asked, DriverFigures, Rate, rates_of, rates_over_time, why_not
from domain.procurement.scenario import Scenario
from domain.procurement.why_expected import expected_screen
from domain.procurement.why_words import (
    ITEM,
    OWN,
    PRINTED,
    SHORT,
    WAY_ON,
    about_of,
    always,
    base_of,
    entered_notes,
    lacking_notes,
    rate_cells,
    rate_limits,
    rate_words,
    said_rate,
    several_notes,
    what_of,
)
from domain.procurement.why_years import printed_screen, years_screen
from domain.screens.marks import alt_of
from domain.services import SEND
from domain.table import Cell, Table


def why_screens(figures: DriverFigures, scenario: Scenario) -> tuple[Screen, ...]:
    """The screens of the part, of figures as their audience may see them: at least one, which says why where there is nothing else."""
    if not figures.kinds:
        return (_nothing_known(figures),)
    if figures.withheld or figures.now is None:
        said = Takeaway("Why demand comes: not shown")
        why = figures.withheld or "No calendar year is in whole, so that there is no rate."
        return (
            Screen(
                "why_rates", ITEM, "Decisions and referrals", said, Table(("Decisions",), ()), withheld=why
            ),
        )
    found = [_rates_screen(figures, scenario)]
    if rates_of(figures, scenario):
        found.append(expected_screen(figures, scenario))
    over = [(year, rates) for year, rates in rates_over_time(figures) if rates[0]]
    if len(over) > 1:
        found.append(years_screen(figures, over))
    if figures.printed is not None and not scenario.published:
        found.append(printed_screen(figures, figures.printed))
    return tuple(found)


def _nothing_known(figures: DriverFigures) -> Screen:
    return Screen(
        "why_rates",
        ITEM,
        "What leads to a referral",
        Takeaway("No count is published of what leads to a referral"),
        Table((), ()),
        notes=(
            "No official statistics are known to us that referrals could be set against, so no rate stands here. "
            "How many to expect rests on the referrals counted so far, or on numbers of the council's own.",
            *(() if figures.gated else (f"{OWN}.",)),
        ),
    )


def _point(figures: DriverFigures, rates: Sequence[Rate], year: int, *, printed: bool) -> Takeaway:
    """The rates of the first two kinds, which a council decides on its own; of one kind alone that one."""
    named = rates[:2]
    what = "times" if figures.by_reason else "households were referred"
    each = listed(
        [f"{said_rate(one)} {what} for each {HUNDRED} {one.kind.many}" for one in named], len(named)
    )
    asked = "mediation was asked for " if figures.by_reason else ""
    return Takeaway(
        f"{'As printed, in' if printed else 'In'} {year} {asked}{each}",
        f"95% limits {listed([rate_limits(one) for one in named], len(named))}",
    )


def _rates_screen(figures: DriverFigures, scenario: Scenario) -> Screen:
    """Referrals for each 100 decisions of each kind, in the year looked at."""
    now = figures.now or Asked(0, None, ())
    rates = rates_of(figures, scenario)
    named = (
        _point(figures, rates, now.year, printed=scenario.published)
        if rates
        else Takeaway(f"No rate can be said for {now.year}", why_not(figures, scenario))
    )
    by_kind = {one.kind.key: one for one in rates}
    rows = [
        (kind.label, by_kind[kind.key].known.source, *rate_cells(by_kind[kind.key]))
        if kind.key in by_kind
        else (kind.label, NOTHING, NOTHING, _asked_cell(now, place), NOTHING, NOTHING)
        for place, kind in enumerate(figures.kinds)
    ]
    headers = (
        "Decisions",
        "Who counts them",
        f"Decisions in {now.year}",
        f"{what_of(figures)} in {now.year}",
        f"For each {HUNDRED} decisions",
        "95% limits",
    )
    return Screen(
        "why_rates",
        ITEM,
        "Decisions and referrals",
        named,
        Table(headers, tuple(rows)),
        chart=_rates_chart(figures, rates, named),
        base=base_of(figures, now),
        about=about_of(figures, [edition for one in rates for edition in one.known.editions]),
        notes=(
            *lacking_notes(figures, scenario),
            *((PRINTED,) if scenario.published else ()),
            *entered_notes(figures, scenario, rates),
            *((SHORT,) if now.year == SINGLE_RECORDS_SINCE and figures.service == SEND.key else ()),
            *(() if rates or figures.gated else (f"{WAY_ON}.", f"{OWN}.")),
            *several_notes(figures, now),
            *always(figures),
            *figures.notes,
        ),
        figures=tuple(
            PackFigure(
                f"why:{one.kind.key}",
                f"{what_of(figures)} for each {HUNDRED} {one.kind.many}, {now.year}",
                rate_words(one),
                met=one.asked,
                value=one.per_hundred,
            )
            for one in rates
        ),
    )


def _asked_cell(now: Asked, place: int) -> Cell:
    return NOTHING if now.by_kind[place] is None else now.by_kind[place]


def _rates_chart(figures: DriverFigures, rates: Sequence[Rate], said: Takeaway) -> Chart | None:
    if not any(one.asked for one in rates):
        return None
    names = tuple(one.kind.label for one in rates)
    words = tuple(rate_words(one) for one in rates)
    what = f"{what_of(figures)} for each {HUNDRED} decisions"
    return Chart(
        Form.BARS,
        names,
        (
            Series(
                what,
                tuple(one.per_hundred for one in rates),
                tuple(one.limits[0] for one in rates),
                tuple(one.limits[1] for one in rates),
            ),
        ),
        share=False,
        words=words,
        alt=alt_of(said, what, names, words),
    )

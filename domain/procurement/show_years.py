"""The contract years in a table, with and without what is assumed, beside the latest twelve months; and what is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.formats import month, number, sentence_case
from domain.pack import PackFigure, Screen, Takeaway
from domain.periods import month_end, month_start, next_month
from domain.procurement.bands import last_year_of
from domain.procurement.history import History
from domain.procurement.outlook import Outlook
from domain.procurement.peaks import whole
from domain.procurement.scenario import Assumption
from domain.procurement.show_parts import NOT_VALIDATED
from domain.procurement.show_trials import tried_words
from domain.procurement.volumes import Volumes
from domain.table import Cell, Table

_LIMITS: Final = (
    "8 of 10 years from",
    "8 of 10 years to",
    "95 of 100 years from",
    "95 of 100 years to",
)
_FAR: Final = 1.5
"""An expected year so many times the latest twelve months, or they so many times it, is said to lie far from what was counted."""


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest twelve months that are complete: the one number that everybody holds a forecast against.

    Parameters
    ----------
    cases : what they brought. when : which they are, as 'Oct 2017 to Sep 2018'.
    """

    cases: int
    when: str


def latest_of(history: History | None) -> Latest | None:
    """The latest twelve months of a history; None where it has fewer, or nothing came in them.

    >>> latest_of(History("quarter", 201704, (45, 78, 99, 83, 111, 100)))
    Latest(cases=393, when='Oct 2017 to Sep 2018')
    """
    cases = last_year_of(history) if history is not None else None
    if history is None or not cases:
        return None
    first = history.first_month(len(history.values) - history.season)
    last = month_end(next_month(history.next_first, -1))
    return Latest(cases, f"{month_start(first):%b %Y} to {last:%b %Y}")


def years_screen(
    outlook: Outlook | None,
    volumes: Volumes,
    plain: Volumes,
    assumptions: Sequence[Assumption],
    latest: Latest | None = None,
) -> Screen:
    """What each contract year may bring, with and without what is assumed, and against the latest twelve months."""
    low, high = (number(edge) for edge in volumes.limits(0))
    last = volumes.years - 1
    brought = f". The latest twelve months, {latest.when}, brought {number(latest.cases)}" if latest else ""
    takeaway = Takeaway(
        f"{number(volumes.middle[0])} expected in {volumes.label(0)}, {low} to {high}",
        f"{_how_sure(outlook, volumes)}{brought}",
        f"{number(volumes.middle[last])} in {volumes.label(last)}" if last else "",
    )
    headers = ["Contract year", "Expected", *_LIMITS]
    if latest is not None:
        headers.append(f"Against the {number(latest.cases)} of {latest.when}")
    if assumptions:
        headers += ["Expected without what is assumed", *(f"{one}, without" for one in _LIMITS[2:])]
    if outlook is not None:
        headers.append("Tried so far ahead on the past")
    rows = []
    for year in range(volumes.years):
        cells: list[Cell] = [volumes.label(year), whole(volumes.middle[year])]
        cells += [*volumes.limits(year, 0.8), *volumes.limits(year)]
        if latest is not None:
            cells.append(signed(100 * (volumes.middle[year] / latest.cases - 1)))
        if assumptions:
            cells += [whole(plain.middle[year]), *plain.limits(year)]
        if outlook is not None:
            cells.append(tried_words(outlook, year))
        rows.append(tuple(cells))
    return Screen(
        "forecast_years",
        "forecast",
        "Each contract year",
        takeaway,
        Table(tuple(headers), tuple(rows)),
        about="Referrals of twelve months. A period that lies only partly in a contract year counts by its share of months.",
        notes=(*_far_from(volumes, latest), *_years_notes(volumes)),
        figures=tuple(
            PackFigure(
                f"expected:{year + 1}",
                f"Expected, {volumes.label(year)}",
                f"{number(volumes.middle[year])} ({' to '.join(number(edge) for edge in volumes.limits(year))})",
                value=volumes.middle[year],
            )
            for year in range(volumes.years)
        ),
    )


def _how_sure(outlook: Outlook | None, volumes: Volumes) -> str:
    held = "95 of 100 such years are thought to lie between these limits"
    if volumes.validated:
        return held
    if outlook is not None and any(one.trial is not None for one in outlook.ahead):
        return (
            f"{held}; what lies further ahead than was tried, or rests on an assumption, is a {NOT_VALIDATED}"
        )
    return f"{sentence_case(NOT_VALIDATED)}: {held}, but that could not be tried"


def _far_from(volumes: Volumes, latest: Latest | None) -> tuple[str, ...]:
    """That a year is expected far from what the latest twelve months brought; nothing where none is."""
    if latest is None:
        return ()
    times = [one / latest.cases for one in volumes.middle]
    year = max(range(volumes.years), key=lambda place: max(times[place], 1 / max(times[place], 1e-9)))
    if 1 / _FAR <= times[year] <= _FAR:
        return ()
    return (
        f"{number(volumes.middle[year])} in {volumes.label(year)} is {number(times[year], 1)} times the {number(latest.cases)} of "
        f"{latest.when}. A change seen over a short time, carried on for years, soon leads far from anything that was counted: hold the "
        "number against what else is known before it is named to anybody.",
    )


def _years_notes(volumes: Volumes) -> tuple[str, ...]:
    return (
        f"{volumes.rests_on}.",
        "Whole futures are drawn, so that a year is as sure as its months are together: the limits of its periods are not added up.",
    )


def assumptions_screen(volumes: Volumes, plain: Volumes, assumptions: Sequence[Assumption]) -> Screen:
    """What the history cannot know, as somebody assumed it, and what it changes."""
    last = volumes.years - 1
    takeaway = Takeaway(
        f"{number(volumes.middle[last])} expected in {volumes.label(last)} with what is assumed",
        "Assumed, not counted: nobody has tried it on the past",
        f"{number(plain.middle[last])} without it",
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.words,
            month(one.since),
            *(as_entered(edge) for edge in (one.percent, one.low, one.high)),
            None,
            None,
        )
        for one in assumptions
    ]
    rows += [
        (volumes.label(year), *("",) * 4, whole(volumes.middle[year]), whole(plain.middle[year]))
        for year in range(volumes.years)
    ]
    headers = (
        "What is assumed",
        "From",
        "Change",
        "At the least",
        "At the most",
        "Expected with it",
        "Expected without it",
    )
    return Screen(
        "forecast_assumptions", "forecast", "What is assumed", takeaway, Table(headers, tuple(rows))
    )


def signed(percent: float) -> str:
    """A change in percent with its sign."""
    said = number(abs(percent), 0 if float(percent).is_integer() or abs(percent) >= 1 else 1)
    return f"{'+' if percent > 0 else '-' if percent < 0 else ''}{said}%"


def as_entered(percent: float) -> str:
    """A change in percent as somebody entered it: 7.25 is not 7.

    >>> as_entered(7.25), as_entered(-20.0), as_entered(0)
    ('+7.25%', '-20%', '0%')
    """
    return f"{percent:+.10g}%" if percent else "0%"

"""How well a method did on the past, in words: periods ahead, and contract years as far ahead."""

from __future__ import annotations

from math import isfinite
from typing import Final

from domain.forecasting import FURTHEST, Forecast, Method, Trials
from domain.formats import counted, number, sentence_case
from domain.pack import Screen, Takeaway
from domain.procurement.outlook import ContractYear, Outlook
from domain.procurement.show_parts import NOT_VALIDATED
from domain.table import Table

NOUNS: Final = {"month": "month", "quarter": "quarter", "financial_year": "year"}
_HEADERS: Final = (
    "What was tried",
    "Forecasts compared with what came",
    "Missed by, against 'as in the last period'",
    "Missed by, in usual changes from one period to the next",
    "Inside the 80% limits",
    "Inside the 95% limits",
    "Used",
)
_AS_BEFORE: Final = "'as in the last period'"


def tried_words(outlook: Outlook, year: int) -> str:
    """Whether a contract year was tried on the past as far ahead as it lies."""
    noun, one = NOUNS[outlook.history.grouping], outlook.ahead[year]
    if one.trial is not None:
        return (
            f"Yes: {number(one.trial.held_95)} of {number(one.trial.of)} earlier years inside the 95% limits"
        )
    found = outlook.forecast
    if found is None or not found.validated:
        return "No: too few periods to try anything"
    return f"No: tried up to {counted(_reach(outlook), noun)} ahead; this year lies {_ahead(one)} ahead"


def _reach(outlook: Outlook) -> int:
    """How many periods ahead the method was tried."""
    return max([FURTHEST, *(one.furthest for one in outlook.ahead if one.trial is not None)])


def _ahead(one: ContractYear) -> str:
    return f"{one.nearest} to {one.furthest}" if one.nearest < one.furthest else number(one.nearest)


def trials_screen(outlook: Outlook, found: Forecast) -> Screen:
    """Each method that was tried, how it did, and which is used."""
    noun = NOUNS[outlook.history.grouping]
    tried = found.trials.get(found.method)
    if tried is None:
        held = len(outlook.history.values)
        takeaway = Takeaway(
            f"Not tried on the past: {counted(held, noun)} are too few",
            sentence_case(NOT_VALIDATED),
        )
        rows: tuple[tuple[str | int | None, ...], ...] = (
            (sentence_case(found.method.label), 0, "not tried", "", None, None, "yes"),
            (f"Complete {noun}s in the history", held, "", "", None, None, ""),
        )
        return Screen("forecast_method", "forecast", _HEADING, takeaway, Table(_HEADERS, rows))
    rows = tuple(_row(method, one, found) for method, one in found.trials.items())
    takeaway = Takeaway(
        _how_good(found),
        f"{number(tried.held_95)} of {number(tried.of)} lay inside its 95% limits, {number(tried.held_80)} inside its 80% limits",
    )
    return Screen(
        "forecast_method",
        "forecast",
        _HEADING,
        takeaway,
        Table(_HEADERS, (*rows, *_years(outlook, noun))),
        about=(
            f"At each of the latest {noun}s the method was given only what was known then, and looked up to "
            f"{counted(FURTHEST, noun)} ahead. A usual change is the mean one, up or down, from one {noun} to the next (mean absolute "
            "scaled error)."
        ),
        notes=_notes(outlook, found),
    )


_HEADING: Final = "How well the method did on the past"


def _how_good(found: Forecast) -> str:
    label, against = sentence_case(found.method.label), _against(found.trials[found.method], found)
    if found.method is Method.NAIVE:
        return f"{label}: nothing that was tried missed by less"
    return (
        f"{label}: misses {against} times as much as {_AS_BEFORE}" if against else f"{label}: nothing to miss"
    )


def _against(tried: Trials, found: Forecast) -> str:
    """Its miss as a part of what the naive method missed by; blank where that missed nothing."""
    plain = found.trials[Method.NAIVE].mase
    return number(tried.mase / plain, 2) if isfinite(tried.mase) and plain > 0 else ""


def _row(method: Method, tried: Trials, found: Forecast) -> tuple[str | int | None, ...]:
    used = "yes" if method is found.method else "no"
    label = sentence_case(method.label)
    missed = number(tried.mase, 2) if isfinite(tried.mase) else "the history never changed"
    return label, tried.of, _against(tried, found), missed, tried.held_80, tried.held_95, used


def _years(outlook: Outlook, noun: str) -> tuple[tuple[str | int | None, ...], ...]:
    """The earlier years that were carried forward as far ahead as a contract year lies."""
    return tuple(
        (
            f"A whole year, {_ahead(one)} {noun}s ahead, as contract year {place} lies",
            one.trial.of,
            "",
            f"{counted(round(one.trial.missed), 'case')} of {number(one.trial.came)} a year",
            one.trial.held_80,
            one.trial.held_95,
            "yes",
        )
        for place, one in enumerate(outlook.ahead, 1)
        if one.trial is not None
    )


def _notes(outlook: Outlook, found: Forecast) -> tuple[str, ...]:
    names = [method.label for method in found.trials if method is not found.method]
    notes = [
        f"Used because it missed least of what was tried; tried too: {'; '.join(names)}." if names else "",
        "The forecasts overlap, so that they are worth fewer than as many independent ones.",
    ]
    if found.stretch > 1:
        notes.append(
            f"Counted inside the limits of the method alone. Those shown are {number(found.stretch, 1)} times as wide, so that "
            "they would have held 80 and 95 of 100."
        )
    wider = [
        f"{number(one.stretch, 1)} times in contract year {place}"
        for place, one in enumerate(outlook.ahead, 1)
        if one.stretch > 1
    ]
    if wider:
        notes.append(f"The limits of whole years are widened too: {', '.join(wider)}.")
    return tuple(one for one in notes if one)

"""How many to expect: the history and where it leads, the contract years, how the method did on the past, and what is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from domain.forecast_methods import GROWS_FOR, Step
from domain.forecasting import FURTHEST, LEAST_TRAINING, Forecast, Method
from domain.formats import counted, number, sentence_case
from domain.pack import Chart, Form, PackFigure, Screen, Series, Takeaway
from domain.procurement.history import History
from domain.procurement.needs import part
from domain.procurement.outlook import Outlook
from domain.procurement.peaks import whole
from domain.procurement.scenario import Assumption
from domain.procurement.show_parts import NOT_VALIDATED
from domain.procurement.show_trials import NOUNS, trials_screen
from domain.procurement.show_years import assumptions_screen, latest_of, signed, years_screen
from domain.procurement.volumes import Volumes
from domain.rounding import half_up
from domain.screens.marks import alt_of
from domain.table import Cell, Table

ITEM: Final = "forecast"
_FAN_HEADERS: Final = (
    "Period",
    "Counted",
    "Expected",
    "8 of 10 from",
    "8 of 10 to",
    "95 of 100 from",
    "95 of 100 to",
)
_SCENARIOS: Final = {"no_growth": "if nothing changes", "mean_growth": "if the mean growth goes on"}
_ABOUT: Final = (
    "How many referrals each period may bring, carried forward from complete periods only: with fewer than {least} of them the mean change "
    "goes on, with more a trend that levels off, or as in the last period where that misses by less. 95 of 100 such periods are "
    "thought to lie between the limits, which are never closer together than chance alone would put them."
)


def forecast_screens(
    outlook: Outlook | None,
    volumes: Volumes | None,
    plain: Volumes | None,
    assumptions: Sequence[Assumption] = (),
    *,
    history: History | None = None,
) -> tuple[Screen, ...]:
    """The screens of how many to expect.

    Parameters
    ----------
    outlook : None where the number comes from elsewhere than the history. volumes, plain : the contract years with and without the
        assumptions; None where there are none to show. history : what was counted, which the years are held against.
    """
    found: list[Screen] = []
    if outlook is not None:
        if outlook.forecast is None:
            return (_without(outlook),)
        found.append(_fan_screen(outlook.history, outlook.forecast))
    if volumes is not None and plain is not None:
        found.append(years_screen(outlook, volumes, plain, assumptions, latest_of(history)))
    if outlook is not None and outlook.forecast is not None:
        found.append(trials_screen(outlook, outlook.forecast))
    if assumptions and volumes is not None and plain is not None:
        found.append(assumptions_screen(volumes, plain, assumptions))
    return tuple(found)


def _without(outlook: Outlook) -> Screen:
    """Why nothing is carried forward, with what there is."""
    history = outlook.history
    rows = tuple((history.label(place), whole(value)) for place, value in enumerate(history.values))
    return Screen(
        "forecast",
        ITEM,
        part(ITEM).label,
        Takeaway("No forecast", outlook.why_not),
        Table(("Period", "Counted"), rows),
        notes=_history_notes(history),
        withheld="" if history.values else f"{outlook.why_not}.",
    )


def _fan_screen(history: History, found: Forecast) -> Screen:
    """The history and the fan of what may come."""
    first, last = found.steps[0], len(history.values) - 1
    takeaway = Takeaway(
        f"{number(history.values[-1])} in {history.label(last)}",
        _sure(found),
        f"{number(first.value)} expected in {history.label(last + 1)}, {_limits(first)}",
    )
    names = tuple(history.label(place) for place in range(len(history.values) + len(found.steps)))
    words = (
        *(
            f"{number(value)}{' (expected once late cases are entered)' if place in history.expected else ''}"
            for place, value in enumerate(history.values)
        ),
        *(f"{number(step.value)} ({_limits(step)})" for step in found.steps),
    )
    return Screen(
        "forecast",
        ITEM,
        "The history and where it leads",
        takeaway,
        _fan_table(history, found),
        chart=_fan(history, found, takeaway, names, words),
        base=f"n = {number(sum(history.values))} in {counted(len(history.values), NOUNS[history.grouping])}, {history.span}",
        about=_ABOUT.format(least=LEAST_TRAINING),
        notes=(*_fan_notes(history, found), *_history_notes(history)),
        figures=tuple(
            PackFigure(
                f"forecast:{history.key(last + ahead)}",
                f"Expected, {history.label(last + ahead)}",
                f"{number(step.value)} ({_limits(step)})",
                value=step.value,
            )
            for ahead, step in enumerate(found.steps, 1)
        ),
    )


def _sure(found: Forecast) -> str:
    """How sure the next period is: tried on the past, or not, and then between which plain numbers it lies."""
    if found.validated:
        tried = found.trials[found.method]
        return (
            f"Tried on the past: {number(tried.held_95)} of {number(tried.of)} lay inside the method's own 95% limits, "
            f"{number(tried.held_80)} inside its 80% limits{', so both are widened' if found.stretch > 1 else ''}"
        )
    named = [
        f"{words} {number(found.scenarios[key])}"
        for key, words in _SCENARIOS.items()
        if key in found.scenarios
    ]
    return sentence_case("; ".join([NOT_VALIDATED, *named]))


def _fan(
    history: History, found: Forecast, takeaway: Takeaway, names: tuple[str, ...], words: tuple[str, ...]
) -> Chart:
    before: tuple[float | None, ...] = (None,) * len(history.values)
    after: tuple[float | None, ...] = (None,) * len(found.steps)
    expected = (*before, *(float(half_up(step.value)) for step in found.steps))

    def edges(name: str) -> tuple[float | None, ...]:
        return (*before, *(float(half_up(getattr(step, name))) for step in found.steps))

    return Chart(
        Form.FAN,
        names,
        (
            Series("Counted", (*(float(half_up(value)) for value in history.values), *after)),
            Series("Expected, with 95% limits", expected, edges("low_95"), edges("high_95")),
            Series("Expected, with 80% limits", expected, edges("low_80"), edges("high_80")),
        ),
        share=False,
        words=words,
        alt=alt_of(takeaway, "Referrals", names, words),
        unfinished=history.expected,
    )


def _fan_table(history: History, found: Forecast) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (history.label(place), whole(value), *(None,) * 5) for place, value in enumerate(history.values)
    ]
    for ahead, step in enumerate(found.steps):
        edges = (step.low_80, step.high_80, step.low_95, step.high_95)
        label = history.label(len(history.values) + ahead)
        rows.append((label, None, whole(step.value), *(whole(edge) for edge in edges)))
    following = history.label(len(history.values))
    rows += [
        (f"{following}, {words}", None, whole(found.scenarios[key]), *(None,) * 4)
        for key, words in _SCENARIOS.items()
        if key in found.scenarios
    ]
    if found.validated:
        tried = found.trials[found.method]
        name = f"Inside the method's own limits when tried on the past, of {number(tried.of)}"
        rows.append((name, None, None, tried.held_80, None, tried.held_95, None))
    return Table(_FAN_HEADERS, tuple(rows))


def _fan_notes(history: History, found: Forecast) -> tuple[str, ...]:
    notes = [f"Method: {found.method.label}."]
    if found.method is Method.LOG_LINEAR:
        notes.append(
            f"The rate goes on for {counted(GROWS_FOR, NOUNS[history.grouping])}; from there the number stays."
        )
    if found.stretch > 1:
        notes.append(
            f"The method's own limits held too little of the past, so they are made {number(found.stretch, 1)} times as wide."
        )
    if found.validated and len(found.steps) > FURTHEST:
        tried = counted(FURTHEST, NOUNS[history.grouping])
        notes.append(
            f"Tried up to {tried} ahead. What lies further ahead is a {NOT_VALIDATED}; its limits widen."
        )
    if not found.validated:
        few = counted(len(history.values), NOUNS[history.grouping])
        notes.append(f"{sentence_case(NOT_VALIDATED)}: {few} are too few to try the method on the past.")
    return tuple(notes)


def _history_notes(history: History) -> tuple[str, ...]:
    """What the history is, what was left out of it, and how it grew."""
    expected = [history.label(place) for place in history.expected]
    named = (
        f"Taken as what they are expected to come to once late cases are entered: {', '.join(expected)}. "
        "The limits do not hold how sure that is"
    )
    said = (
        f"Source: {history.rests_on}{f', {history.span}' if history.values else ''}"
        if history.rests_on
        else "",
        named if expected else "",
        *history.left_out,
        _growth(history),
        history.example.rstrip("."),
    )
    return tuple(f"{one}." for one in said if one)


def _growth(history: History) -> str:
    """How each year changed against the one before; blank for less than two years."""
    season = history.season
    years = [
        sum(history.values[end - season : end]) for end in range(len(history.values), season - 1, -season)
    ][::-1]
    if len(years) < 2 or 0 in years[:-1]:
        return ""
    changes = ", ".join(signed(100 * (after / before - 1)) for before, after in pairwise(years))
    return f"Each year against the one before, up to {history.label(len(history.values) - 1)}: {changes}"


def _limits(step: Step) -> str:
    return f"{number(step.low_95)} to {number(step.high_95)}"

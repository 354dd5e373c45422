"""Events beside figures over time: marked on the chart, said in the notes and to those who do not see the chart."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import cycle
from string import ascii_uppercase

from components.charts.event_marks import mark_events
from components.panel import Panel
from domain.events import Event
from domain.formats import day
from domain.periods import months_between, time_key


def with_events(panel: Panel, events: Iterable[Event], grouping: str, keys: Sequence[str]) -> Panel:
    """The panel with the events that fall in the periods of its chart; as it was where none does.

    Parameters
    ----------
    grouping : 'month', 'quarter', 'financial_year' or 'calendar_year'.
    keys : the periods in the order in which the chart has them, from left to right.
    """
    shown = [event for event in events if time_key(grouping, event.month) in keys]
    if not shown or panel.figure is None:
        return panel
    lettered = list(zip(cycle(ascii_uppercase), shown, strict=False))
    at: dict[float, list[tuple[str, Event]]] = defaultdict(list)
    for letter, event in lettered:
        at[_place(event, grouping, keys)].append((letter, event))
    figure = deepcopy(panel.figure)
    mark_events(
        figure,
        [
            (place, " ".join(letter for letter, _ in found), "<br>".join(_words(one) for _, one in found))
            for place, found in at.items()
        ],
        len(keys),
    )
    said = [f"{letter}: {_words(event)}" for letter, event in lettered]
    return replace(
        panel,
        figure=figure,
        alt=f"{panel.alt} Events: {'; '.join(_words(event) for event in shown)}.",
        notes=(
            *panel.notes,
            f"What else happened. {'. '.join(said)}. That it came first does not make it the cause.",
        ),
    )


def _words(event: Event) -> str:
    return f"{day(event.day)} {event.label} ({event.area})"


def _place(event: Event, grouping: str, keys: Sequence[str]) -> float:
    """Where the day lies on a scale on which each period takes one step, with its name in the middle."""
    key = time_key(grouping, event.month)
    year = event.day.year
    months = [
        m for m in months_between((year - 1) * 100 + 1, (year + 1) * 100 + 12) if time_key(grouping, m) == key
    ]
    within = (event.day.day - 1) / monthrange(year, event.day.month)[1]
    return keys.index(key) - 0.5 + round((months.index(event.month) + within) / len(months), 3)

"""How long it took, in bands: in time, late or not done in a pattern of its own each, with a line at the limit."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, count_steps, draw, step_axis, upright_line
from components.theme import LINE, MAIN, QUIET
from domain.formats import number, sentence_case
from domain.tally import Source
from domain.timeliness import Lengths, State

NOT_DONE = "Not done"
NO_LENGTH = "Length not known"
_LOOKS: dict[State, tuple[str, str]] = {
    State.ON_TIME: (MAIN, ""),
    State.LATE: (LINE, "x"),
    State.NOT_DONE: (QUIET, "/"),
}


def bands_of(lengths: Lengths) -> dict[str, dict[State, int]]:
    """Each band with its states in order; what was not done stands last, and what has no length before it where there is any."""
    found: dict[str, dict[State, int]] = {}
    shares = {state: lengths.banded(state) for state in (State.ON_TIME, State.LATE)}
    for place, label in enumerate(lengths.timed.band_labels):
        found[label] = {state: counts[place] for state, counts in shares.items()}
    if lengths.not_known:
        found[NO_LENGTH] = {state: lengths.taken.get((None, state), 0) for state in shares}
    found[NOT_DONE] = {State.NOT_DONE: lengths.count(State.NOT_DONE)}
    return found


def length_bands(lengths: Lengths, source: Source) -> go.Figure:
    """Draw one bar a band, with the limit as a line where it is the same for every case."""
    bands = bands_of(lengths)
    labels = list(bands)
    shapes, notes = [], []
    if lengths.timed.limit_band is not None:
        shape, note = upright_line(lengths.timed.limit_band + 0.5, f"Limit: {lengths.timed.limit}")
        shapes, notes = [shape], [note]
    most = max((sum(states.values()) for states in bands.values()), default=0)
    return draw(
        [_bars(state, bands) for state in State if any(states.get(state) for states in bands.values())],
        source,
        barmode="stack",
        shapes=shapes,
        annotations=notes,
        showlegend=True,
        margin={"l": 8, "r": 16, "t": 84, "b": 8},
        legend={**LEGEND, "y": 1.1, "traceorder": "normal"},
        xaxis=step_axis(
            labels,
            labelalias={NOT_DONE: "Not<br>done", NO_LENGTH: "Not<br>known"},
            title={"text": sentence_case(lengths.timed.unit), "font": {"size": 13}},
        ),
        yaxis={"rangemode": "tozero", "fixedrange": True, "title": None, **count_steps(most, 6)},
    )


def _bars(state: State, bands: dict[str, dict[State, int]]) -> dict[str, Any]:
    colour, pattern = _LOOKS[state]
    held = {label: states.get(state, 0) for label, states in bands.items() if state in states}
    return {
        "type": "bar",
        "name": state.label,
        "x": list(held),
        "y": list(held.values()),
        "text": [number(count) if count else "" for count in held.values()],
        "textposition": "outside" if pattern else "auto",
        "textangle": 0,
        "cliponaxis": False,
        "insidetextfont": {"color": "#ffffff"},
        "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.3}},
        "hovertemplate": "%{x}, %{fullData.name}: %{y}<extra></extra>",
    }

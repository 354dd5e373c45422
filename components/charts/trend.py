"""Counts over time: a bar a period, unfinished ones hatched, and the mean of three months as a line."""

from collections.abc import Collection
from typing import Any

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, count_steps, draw, upright_line
from components.formats import number
from components.theme import HATCHED, LINE, MAIN, QUIET
from domain.disclosure import Figure, Released
from domain.statistics import rolling_mean

WINDOW = 3


def dated(released: Released) -> tuple[Figure, ...]:
    """The figures that belong to a period; cases without a date are left out."""
    return tuple(figure for figure in released.figures if figure.keys[0])


def trend(
    released: Released,
    *,
    unfinished: Collection[str] = (),
    mark_key: str = "",
    mark_words: str = "",
) -> go.Figure:
    """Draw counts over time.

    Parameters
    ----------
    released : Released
        A count grouped by month, quarter or year.
    unfinished : collection of str
        Keys of the periods that not every provider has reported in full: hatched, and left out of the mean.
    mark_key, mark_words : str
        The period at whose start a line is drawn, and its words; blank for none.
    """
    figures = dated(released)
    shapes, notes = [], []
    keys = [figure.keys[0] for figure in figures]
    if mark_key in keys:
        shape, note = upright_line(keys.index(mark_key) - 0.5, mark_words)
        shapes, notes = [shape], [note]
    traces = [
        _bars(
            "Complete" if not set(keys).isdisjoint(unfinished) else released.measure.label,
            [f for f in figures if f.keys[0] not in unfinished],
            {"color": MAIN},
        ),
        _bars(
            "Not reported in full",
            [f for f in figures if f.keys[0] in unfinished],
            {"color": QUIET, "pattern": HATCHED},
        ),
    ]
    traces = [trace for trace in traces if trace["x"]]
    if released.by[0] == "month" and len(figures) >= WINDOW:
        traces.append(_mean_line(figures, unfinished))
    most = max((figure.met for figure in figures), default=0)
    return draw(
        traces,
        released.source,
        shapes=shapes,
        annotations=notes,
        margin={"l": 8, "r": 16, "t": 72 if notes else 44, "b": 8},
        legend={**LEGEND, "y": 1.1 if notes else LEGEND["y"]},
        showlegend=len(traces) > 1,
        xaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [figure.labels[0] for figure in figures],
            # A quarter in two lines, so that its name takes little room also where it is turned.
            "labelalias": {f.labels[0]: f.labels[0].replace(" (", "<br>(") for f in figures},
            "fixedrange": True,
            "automargin": True,
            "title": None,
        },
        yaxis={"rangemode": "tozero", "fixedrange": True, "title": None, **count_steps(most, 6)},
    )


def _bars(name: str, figures: list[Figure], marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": name,
        "x": [figure.labels[0] for figure in figures],
        "y": [figure.met for figure in figures],
        "text": [number(figure.met) for figure in figures],
        # Inside, at the foot of the bar, where the line of the mean does not cross it.
        "textposition": "outside" if "pattern" in marker else "auto",
        "insidetextanchor": "start",
        "insidetextfont": {"color": "#ffffff"},
        "textangle": 0,
        "cliponaxis": False,
        "marker": marker,
        "hovertemplate": "%{x}: %{y}<extra></extra>",
    }


def _mean_line(figures: tuple[Figure, ...], unfinished: Collection[str]) -> dict[str, Any]:
    means = rolling_mean([None if f.keys[0] in unfinished else f.met for f in figures], WINDOW)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "Mean of the last three months",
        "x": [figure.labels[0] for figure in figures],
        "y": means,
        "line": {"color": LINE, "width": 2},
        "marker": {"symbol": "diamond", "size": 6},
        "hovertemplate": "%{x}: mean %{y:.1f}<extra></extra>",
    }

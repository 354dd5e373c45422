"""A figure month by month with its limits, and a band that somebody reports as usual: a reference, never a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, draw, step_axis
from components.theme import LINE, MAIN, QUIET
from domain.formats import number
from domain.tally import Source


@dataclass(frozen=True, slots=True)
class Point:
    """One month: its words, the figure and its limits, and whether every return is in. None where it is not known."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    words: str = ""
    complete: bool = True


def band_line(
    points: Sequence[Point], source: Source, *, name: str, band: Sequence[float] = (), band_name: str = ""
) -> go.Figure:
    """Draw the months. `band` are the two edges of what is reported as usual; empty for none. Months not complete are open marks."""
    labels = [point.label for point in points]
    highest = max([*(point.high or point.value or 0 for point in points), *band, 1])
    shown = [place for place, point in enumerate(points) if point.value is not None]
    traces: list[dict[str, Any]] = [
        *([_band(labels, band, band_name)] if band else []),
        {
            "type": "scatter",
            "mode": "lines+markers+text",
            "name": name,
            "x": labels,
            "y": [point.value for point in points],
            # Only the latest is written: the others stand in the table.
            "text": [
                f"\u2002{number(point.value, 1).removesuffix('.0')}" if shown and place == shown[-1] else ""
                for place, point in enumerate(points)
            ],
            "textposition": "middle right",
            "textfont": {"size": 14},
            "cliponaxis": False,
            "line": {"color": MAIN, "width": 3},
            "marker": {
                "symbol": ["circle" if point.complete else "circle-open" for point in points],
                "size": 10,
                "color": MAIN,
                "line": {"width": 2, "color": MAIN},
            },
            "error_y": {
                "type": "data",
                "symmetric": False,
                "array": [_above(point) for point in points],
                "arrayminus": [_below(point) for point in points],
                "thickness": 1.5,
                "width": 3,
                "color": QUIET,
            },
            "customdata": [_said(point) for point in points],
            "hovertemplate": "%{x}: %{customdata}<extra></extra>",
        },
    ]
    return draw(
        traces,
        source,
        height=420,
        margin={"l": 8, "r": 44, "t": 72, "b": 8},
        legend={**LEGEND, "y": 1.04},
        showlegend=True,
        xaxis=step_axis(labels),
        yaxis={"range": [0, highest * 1.1], "nticks": 6, "fixedrange": True, "title": None},
    )


def _band(labels: Sequence[str], band: Sequence[float], name: str) -> dict[str, Any]:
    """The band as one closed shape, which the legend names."""
    low, high = min(band), max(band)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [*labels, *reversed(labels)],
        "y": [*[low] * len(labels), *[high] * len(labels)],
        "fill": "toself",
        "fillpattern": {
            "shape": "/",
            "fgcolor": LINE,
            "bgcolor": "rgba(0,0,0,0)",
            "size": 8,
            "solidity": 0.2,
        },
        "line": {"color": LINE, "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
    }


def _above(point: Point) -> float:
    return point.high - point.value if point.high is not None and point.value is not None else 0


def _below(point: Point) -> float:
    return point.value - point.low if point.low is not None and point.value is not None else 0


def _said(point: Point) -> str:
    if point.low is None or point.high is None:
        return point.words
    return f"{point.words}: {number(point.value, 1)}, 95% limits {number(point.low, 1)} to {number(point.high, 1)}"

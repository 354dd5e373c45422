"""One KPI over the quarters: points with their 95% limits, a line for the target, and lines to compare with. No colour says a status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, count_steps, draw, period_axis
from components.theme import LINE, MAIN, QUIET
from domain.formats import interval
from domain.tally import Source


@dataclass(frozen=True, slots=True)
class Point:
    """One quarter: its name, its value and what is written at it; limits where it is a share."""

    label: str
    value: float | None
    words: str
    low: float | None = None
    high: float | None = None


def kpi_trend(
    points: Sequence[Point],
    source: Source,
    *,
    share: bool,
    target: float | None = None,
    references: Sequence[float] = (),
) -> go.Figure:
    """Draw the quarters from left to right."""
    labels = [point.label for point in points]
    known = [point for point in points if point.value is not None]
    values = [point.value or 0.0 for point in known]
    highest = max([*values, *(p.high or 0.0 for p in known), target or 0.0, *references, 0.1 if share else 1])
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "Raw figure" if any(p.low is not None for p in known) else "Figure",
            "x": [point.label for point in known],
            "y": values,
            "text": [point.words for point in known],
            "line": {"color": MAIN, "width": 2},
            "marker": {"size": 9, "color": MAIN},
            "cliponaxis": False,
            "error_y": {
                "type": "data",
                "symmetric": False,
                "array": [
                    (p.high if p.high is not None else p.value or 0.0) - (p.value or 0.0) for p in known
                ],
                "arrayminus": [
                    (p.value or 0.0) - (p.low if p.low is not None else p.value or 0.0) for p in known
                ],
                "color": QUIET,
                "thickness": 1.5,
                "width": 4,
            },
            "customdata": [
                point.words
                if point.low is None
                else f"{point.words}, 95% limits {interval(point.low, point.high)}"
                for point in known
            ],
            "hovertemplate": "%{x}: %{customdata}<extra></extra>",
        }
    ]
    # Clear of the limits, which would run through the words, and of a target that lies above all of them.
    lows = [p.low if p.low is not None else p.value or 0.0 for p in known]
    below = target is not None and target >= max(values, default=0.0) and min(lows, default=0.0) > highest / 5
    highs = [p.high if p.high is not None else p.value or 0.0 for p in known]
    traces.append(
        {
            "type": "scatter",
            "mode": "text",
            "x": [point.label for point in known],
            "y": [one - highest / 50 for one in lows] if below else [one + highest / 50 for one in highs],
            "text": [point.words for point in known],
            "textposition": "bottom center" if below else "top center",
            "cliponaxis": False,
            "showlegend": False,
            "hoverinfo": "skip",
        }
    )
    if target is not None:
        traces.append(_level(labels, target, "Target", LINE, "dash"))
    traces += [_level(labels, one, "To compare with", QUIET, "dot") for one in references]
    for again in traces[len(traces) - len(references) + 1 :] if references else []:
        again["showlegend"] = False
    return draw(
        traces,
        source,
        height=320,
        legend=LEGEND,
        showlegend=len(traces) > 2,
        margin={"l": 8, "r": 40, "t": 64, "b": 8},
        xaxis=period_axis(labels),
        yaxis={
            "range": [0, highest * 1.15],
            "fixedrange": True,
            "title": None,
            **_scale([*values, *references, target or 0.0], highest, share=share),
        },
    )


def _scale(values: Sequence[float], highest: float, *, share: bool) -> dict[str, Any]:
    """How the scale is divided: shares in percent, and where all are whole numbers never into parts of one."""
    if not share and all(value == round(value) for value in values):
        return count_steps(highest, 5)
    return {"tickformat": ".0%" if share else ",", "nticks": 5}


def _level(labels: Sequence[str], value: float, name: str, colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": list(labels),
        "y": [value] * len(labels),
        "line": {"color": colour, "width": 2, "dash": dash},
        "hoverinfo": "skip",
    }

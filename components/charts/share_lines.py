"""Shares over time as lines: each in a shape and a dash of its own, with the latest value written at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Final

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, draw, period_axis
from components.charts.latest_words import latest_words
from components.theme import LINE, MAIN, QUIET, WELL
from domain.formats import percent_of, share_with_limits
from domain.tally import Source

_LOOKS: Final = (
    (MAIN, "circle", "solid"),
    (LINE, "diamond", "dash"),
    (WELL, "square", "dot"),
    (QUIET, "triangle-up", "dashdot"),
)


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One line: its words, and X of Y at each point of the scale; None where it is not known. `apart` has marks and no line."""

    name: str
    parts: tuple[tuple[int, int] | None, ...]
    apart: bool = False


def share_lines(labels: Sequence[str], lines: Sequence[ShareLine], source: Source) -> go.Figure:
    """Draw the lines over the points of the scale."""
    traces = []
    shares = [[part[0] / part[1] if part and part[1] else None for part in line.parts] for line in lines]
    highest = max([value for values in shares for value in values if value is not None], default=0.1)
    top = 1.2 * max(highest, 0.1)
    ends = latest_words([_end(line, values) for line, values in zip(lines, shares, strict=True)], top)
    for line, values, (words, side), (colour, symbol, dash) in zip(
        lines, shares, ends, cycle(_LOOKS), strict=False
    ):
        last = max((place for place, value in enumerate(values) if value is not None), default=None)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text" if line.apart else "lines+markers+text",
                "name": line.name,
                "x": list(labels),
                "y": values,
                "text": [words if place == last else "" for place in range(len(values))],
                "textposition": side,
                "textfont": {"size": 14},
                "cliponaxis": False,
                "line": {"color": colour, "width": 3, "dash": dash},
                "marker": {"symbol": symbol, "size": 14 if line.apart else 8, "color": colour},
                "customdata": [share_with_limits(*part) if part else "" for part in line.parts],
                "hovertemplate": "%{x}: %{customdata}<extra>%{fullData.name}</extra>",
            }
        )
    return draw(
        traces,
        source,
        height=420,
        margin={"l": 8, "r": 24, "t": 40 + 24 * len(lines), "b": 8},
        legend={**LEGEND, "orientation": "v"},
        showlegend=True,
        xaxis=period_axis(labels, nticks=8),
        yaxis={
            "range": [0, top],
            "tickformat": ".0%",
            "nticks": 5,
            "fixedrange": True,
            "title": None,
        },
    )


def _end(line: ShareLine, values: Sequence[float | None]) -> tuple[int, float, str] | None:
    """The place of the latest share of a line, the share and its words."""
    for place in reversed(range(len(values))):
        value, part = values[place], line.parts[place]
        if value is not None and part is not None:
            return place, value, percent_of(*part)
    return None

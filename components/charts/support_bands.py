"""How many cases fall in each band of a length, and the share of them that had ended by its end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, count_steps, draw, step_axis
from components.theme import LINE, MAIN
from domain.disclosure import Figure
from domain.formats import number, share_with_limits
from domain.tally import Source

CASES, SO_FAR = "Cases that took so long", "Share that took so long or less"


def cumulated(figures: Sequence[Figure]) -> tuple[int, ...]:
    """How many cases fall in each band or one before it."""
    return tuple(accumulate(figure.met for figure in figures))


def support_bands(figures: Sequence[Figure], source: Source) -> go.Figure:
    """Draw a bar a band with its count, and the cumulative share as a line on a scale of its own at the right."""
    labels = [figure.label for figure in figures]
    counts = [figure.met for figure in figures]
    so_far, base = cumulated(figures), sum(counts)
    most = max(counts, default=0)
    return draw(
        [
            {
                "type": "bar",
                "name": CASES,
                "x": labels,
                "y": counts,
                "text": [number(count) for count in counts],
                # Inside, at the foot of the bar, where the line does not cross it.
                "textposition": "inside",
                "insidetextanchor": "start",
                "insidetextfont": {"color": "#ffffff"},
                "textangle": 0,
                "marker": {"color": MAIN},
                "hovertemplate": "%{x}: %{y} cases<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": SO_FAR,
                "x": labels,
                "y": [part / base if base else 0 for part in so_far],
                "yaxis": "y2",
                "cliponaxis": False,
                "line": {"color": LINE, "width": 3},
                "marker": {"symbol": "diamond", "size": 8},
                "customdata": [share_with_limits(part, base) for part in so_far],
                "hovertemplate": "%{x} or less: %{customdata}<extra></extra>",
            },
        ],
        source,
        height=420,
        margin={"l": 8, "r": 16, "t": 72, "b": 8},
        legend={**LEGEND, "y": 1.06},
        showlegend=True,
        xaxis=step_axis(labels),
        yaxis={"range": [0, most * 1.1], "fixedrange": True, "title": None, **count_steps(most, 6)},
        yaxis2=_share_scale(),
    )


def _share_scale() -> dict[str, Any]:
    return {
        "overlaying": "y",
        "side": "right",
        "range": [0, 1.1],
        "tickvals": [0, 0.25, 0.5, 0.75, 1],
        "tickformat": ".0%",
        "tickfont": {"size": 13},
        "showgrid": False,
        "fixedrange": True,
        "automargin": True,
        "title": None,
    }

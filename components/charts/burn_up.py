"""Cases used month by month against the number included: a line that grows, an even line, and the number itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, count_steps, draw, step_axis
from components.theme import LINE, MAIN, QUIET
from domain.formats import number
from domain.tally import Source


def burn_up(labels: Sequence[str], used: Sequence[int], included: int, source: Source) -> go.Figure:
    """Draw the year.

    Parameters
    ----------
    labels : the months of the contract year. used : cases up to the end of each month, as far as it is known.
    included : how many cases the price includes.
    """
    most = max([included, *used])
    return draw(
        _lines(labels, used, included),
        source,
        margin={"l": 8, "r": 16, "t": 72, "b": 8},
        legend={**LEGEND, "y": 1.04},
        showlegend=True,
        xaxis=step_axis(labels),
        yaxis={
            "rangemode": "tozero",
            "range": [0, most * 1.12],
            "fixedrange": True,
            "title": None,
            **count_steps(most, 6),
        },
    )


def _lines(labels: Sequence[str], used: Sequence[int], included: int) -> list[dict[str, Any]]:
    """Cases used so far, the even line beside them, and the number included."""
    even = [included * (place + 1) / len(labels) for place in range(len(labels))]
    return [
        {
            "type": "scatter",
            "mode": "lines+markers+text",
            "name": "Cases used so far",
            "x": list(labels[: len(used)]),
            "y": list(used),
            # Only the latest is written: the others stand in the table.
            "text": [*[""] * (len(used) - 1), number(used[-1])] if used else [],
            "textposition": "top left",
            "textfont": {"size": 14},
            "cliponaxis": False,
            "line": {"color": MAIN, "width": 4},
            "marker": {"symbol": "circle", "size": 10},
            "hovertemplate": "%{x}: %{y} cases so far<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "Evenly over the year",
            "x": list(labels),
            "y": even,
            "line": {"color": QUIET, "width": 2, "dash": "dot"},
            "marker": {"symbol": "circle-open", "size": 6},
            "hovertemplate": "%{x}: %{y:.0f} if even<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": f"{number(included)} included",
            "x": list(labels),
            "y": [included] * len(labels),
            "line": {"color": LINE, "width": 2, "dash": "dash"},
            "hovertemplate": "%{y} included<extra></extra>",
        },
    ]

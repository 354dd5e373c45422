"""A count that grows from month to month, against a target that is spread evenly over a programme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, count_steps, draw, step_axis
from components.theme import LINE, MAIN, QUIET
from domain.formats import number
from domain.tally import Source


def to_date(
    labels: Sequence[str],
    reached: Sequence[int | None],
    due: Sequence[float],
    source: Source,
    *,
    name: str,
    partly_from: int | None = None,
) -> go.Figure:
    """Draw the two lines.

    Parameters
    ----------
    labels : every month of the scale. reached : the count up to the end of each month, as far as it is known; None before the first.
    due : what the target asks for by the end of each month; empty where there is none to compare with.
    name : what is counted.
    partly_from : the place of the first month from which not every return is in; drawn dotted from the month before.
    """
    whole = len(reached) if partly_from is None else partly_from
    known = {"type": "scatter", "cliponaxis": False, "textposition": "top left", "textfont": {"size": 14}}
    # Only the latest is written: the others stand in the table.
    written = [*[""] * (len(reached) - 1), number(reached[-1])] if reached else []
    traces: list[dict[str, Any]] = [
        {
            **known,
            "mode": "lines+markers+text",
            "name": f"{name} so far",
            "x": list(labels[:whole]),
            "y": list(reached[:whole]),
            "text": written[:whole],
            "line": {"color": MAIN, "width": 4},
            "marker": {"symbol": "circle", "size": 8},
            "hovertemplate": "%{x}: %{y} so far<extra></extra>",
        }
    ]
    if whole < len(reached):
        start = max(whole - 1, 0)
        traces.append(
            {
                **known,
                "mode": "lines+markers+text",
                "name": "Not all returns in",
                "x": list(labels[start : len(reached)]),
                "y": list(reached[start:]),
                "text": written[start:],
                "line": {"color": QUIET, "width": 4, "dash": "dot"},
                "marker": {"symbol": "circle-open", "size": 8},
                "hovertemplate": "%{x}: %{y} reported so far<extra></extra>",
            }
        )
    if due:
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": f"Target of {number(due[-1], 1).removesuffix('.0')}, evenly spread",
                "x": list(labels),
                "y": list(due),
                "line": {"color": LINE, "width": 2, "dash": "dash"},
                "hovertemplate": "%{x}: %{y:.1f} by then<extra></extra>",
            }
        )
    most = max([*(value for value in reached if value is not None), *due, 1])
    return draw(
        traces,
        source,
        margin={"l": 8, "r": 16, "t": 72, "b": 8},
        legend={**LEGEND, "y": 1.04},
        showlegend=True,
        xaxis=step_axis(labels),
        yaxis={"range": [0, most * 1.12], "fixedrange": True, "title": None, **count_steps(round(most), 6)},
    )

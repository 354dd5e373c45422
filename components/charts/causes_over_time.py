"""The share of cases that exceptions take out, quarter by quarter: a bar in parts, one for each cause, and the council's cap as a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, draw, period_axis
from components.theme import LINE, MAIN, QUIET, WELL
from domain.exceptions import Cause
from domain.exceptions_kept import CAUSES_IN_ORDER, Causes
from domain.formats import percent, share_with_limits
from domain.tally import Source

LOOKS: Final[dict[Cause, tuple[str, str]]] = {
    Cause.COUNCIL: (MAIN, ""),
    Cause.FAMILY: (WELL, "."),
    Cause.SCHOOL: ("#b0528e", "\\"),
    Cause.HEALTH: ("#7a6fd0", "-"),
    Cause.HOLIDAY: (QUIET, "/"),
}
"""A colour and a pattern for each cause, the same in every chart."""


def causes_over_time(groups: Sequence[Causes], cap: float, source: Source) -> go.Figure:
    """Draw one bar a quarter.

    Parameters
    ----------
    groups : by quarter, in their order. cap : the share past which figures carry a warning.
    """
    labels = [group.labels[0] for group in groups]
    shares = [group.left_out / group.due for group in groups]
    traces: list[dict[str, Any]] = []
    for cause in CAUSES_IN_ORDER:
        counts = [group.taken_out.get(cause, 0) for group in groups]
        if not any(counts):
            continue
        colour, pattern = LOOKS[cause]
        traces.append(
            {
                "type": "bar",
                "name": cause.label,
                "x": labels,
                "y": [count / group.due for count, group in zip(counts, groups, strict=True)],
                "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.3}},
                "customdata": [
                    share_with_limits(count, group.due) for count, group in zip(counts, groups, strict=True)
                ],
                "hovertemplate": "%{x}, %{fullData.name}:<br>%{customdata}<extra></extra>",
            }
        )
    line: dict[str, Any] = {
        "type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": cap, "y1": cap,
        "line": {"color": LINE, "width": 2, "dash": "dash"},
    }  # fmt: skip
    # Named in the legend: over the bars its words could not be read. A line over one quarter has no length, so the shape draws it.
    traces.append(
        {
            "type": "scatter",
            "mode": "lines",
            "name": f"The council's cap: {percent(cap)}",
            "x": [None],
            "y": [None],
            "line": line["line"],
            "hoverinfo": "skip",
        }
    )
    return draw(
        traces,
        source,
        barmode="stack",
        shapes=[line],
        showlegend=True,
        margin={"l": 8, "r": 16, "t": 64, "b": 8},
        legend={**LEGEND, "traceorder": "normal"},
        xaxis=period_axis(labels),
        yaxis={
            "range": [0, min(1, 1.15 * max([cap, *shares]))],
            "tickformat": ".0%",
            "nticks": 5,
            "fixedrange": True,
            "title": None,
        },
    )

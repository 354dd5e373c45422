"""How many in each row, divided into parts that follow each other; a pattern for each part beside its colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle

import plotly.graph_objects as go

from components.charts.canvas import LINE_LENGTH, count_steps, draw, in_lines, name_axis, rows_height
from components.theme import LINE, MAIN, QUIET, WELL
from domain.formats import number
from domain.tally import Source

_LOOKS = ((LINE, "x"), ("#b0528e", "+"), (MAIN, ""), (WELL, "."), (QUIET, "/"), ("#7a6fd0", "-"))


def stacked_counts(rows: Mapping[str, Mapping[str, int]], parts: Sequence[str], source: Source) -> go.Figure:
    """Draw one bar a row, named with its count: 'North Mediation (n = 12)'."""
    names = {label: f"{label} (n = {number(sum(counts.values()))})" for label, counts in rows.items()}
    most = max((sum(counts.values()) for counts in rows.values()), default=0)
    traces = []
    for part, (colour, pattern) in zip(parts, cycle(_LOOKS), strict=False):
        counts = [held.get(part, 0) for held in rows.values()]
        if not any(counts):
            continue
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": "<br>".join(in_lines(part, 2 * LINE_LENGTH)),
                "y": list(names.values()),
                "x": counts,
                "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.3}},
                # A number on a pattern cannot be read; those of the patterned parts stand in the table.
                "text": [number(count) if count and not pattern else "" for count in counts],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "textfont": {"color": "#ffffff"},
                "hovertemplate": "%{y}, %{fullData.name}: %{x}<extra></extra>",
            }
        )
    if not traces:
        # Rows without a case keep their order and their scale.
        traces.append({"type": "bar", "orientation": "h", "y": list(names.values()), "x": [0] * len(names),
                       "showlegend": False, "hoverinfo": "skip"})  # fmt: skip
    return draw(
        traces,
        source,
        height=rows_height(list(names.values())) + 40,
        barmode="stack",
        showlegend=True,
        margin={"l": 8, "r": 24, "t": 72, "b": 8},
        legend={"orientation": "h", "traceorder": "normal", "yanchor": "bottom", "y": 1.0, "x": 0},
        xaxis={
            "range": [0, max(most, 1) * 1.05],
            "fixedrange": True,
            "title": None,
            "tickangle": 0,
            **count_steps(most, 4),
        },
        yaxis=name_axis(list(names.values())),
    )

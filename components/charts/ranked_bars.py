"""Counts by area or provider, the largest first; what is not known stays last."""

from collections.abc import Mapping

import plotly.graph_objects as go

from components.charts.canvas import count_steps, draw, name_axis, rows_height
from components.theme import HATCHED, MAIN, QUIET
from domain.disclosure import Released
from domain.formats import number
from domain.shown import by_size, unknown_group


def ranked_bars(released: Released, colours: Mapping[str, str] | None = None) -> go.Figure:
    """Draw one bar a group, labelled with its count; `colours` by key where groups have colours of their own."""
    figures = by_size(released)
    fixed = colours or {}
    labels = [figure.label for figure in figures]
    most = max((figure.met for figure in figures), default=0)
    return draw(
        [
            {
                "type": "bar",
                "orientation": "h",
                "y": labels,
                "x": [figure.met for figure in figures],
                "text": [number(figure.met) for figure in figures],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {
                    "color": [
                        QUIET if unknown_group(figure) else fixed.get(figure.keys[-1], MAIN)
                        for figure in figures
                    ],
                    "pattern": {
                        **HATCHED,
                        "shape": ["/" if unknown_group(figure) else "" for figure in figures],
                    },
                },
                "hovertemplate": "%{y}: %{x}<extra></extra>",
            }
        ],
        released.source,
        height=rows_height(labels),
        showlegend=False,
        margin={"l": 8, "r": 32, "t": 12, "b": 8},
        xaxis={
            "range": [0, max(most, 1) * 1.12],
            "fixedrange": True,
            "title": None,
            **count_steps(most, 3),
            "tickangle": 0,
        },
        yaxis=name_axis(labels),
    )

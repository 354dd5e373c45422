"""The monthly average before and after a date, each with its 95% limits."""

import plotly.graph_objects as go

from components.charts.canvas import draw, name_axis, rows_height, text_column, words_room
from components.theme import MAIN, QUIET
from domain.formats import number
from domain.stretch import Stretch
from domain.tally import Source


def before_after(before: Stretch, after: Stretch, source: Source) -> go.Figure:
    """Draw the two averages, one below the other."""
    sides = (before, after)
    labels = [side.label for side in sides]
    highs = [side.limits[1] for side in sides]
    words = [f"{number(side.mean, 1)} a month" for side in sides]
    return draw(
        [
            {
                "type": "bar",
                "orientation": "h",
                "y": labels,
                "x": [side.mean for side in sides],
                "marker": {"color": [QUIET, MAIN]},
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": [side.limits[1] - side.mean for side in sides],
                    "arrayminus": [side.mean - side.limits[0] for side in sides],
                    "color": QUIET,
                    "thickness": 1.5,
                    "width": 4,
                },
                "customdata": [
                    f"{number(side.mean, 1)} a month, 95% limits {number(side.limits[0], 1)} to {number(side.limits[1], 1)}"
                    for side in sides
                ],
                "hovertemplate": "%{y}: %{customdata}<extra></extra>",
            },
            text_column(labels, highs, words),
        ],
        source,
        height=rows_height(labels),
        showlegend=False,
        margin=words_room(words),
        xaxis={
            "range": [0, max(*highs, 1) * 1.02],
            "fixedrange": True,
            "title": None,
            "nticks": 3,
            "tickformat": ",",
            "tickangle": 0,
        },
        yaxis=name_axis(labels),
    )

"""The share of each answer, in the order of its list, with whiskers for its 95% limits."""

import plotly.graph_objects as go

from components.charts.canvas import FEW, draw, name_axis, rows_height, share_axis, text_column, words_room
from components.formats import share_of
from components.theme import MAIN, QUIET
from domain.disclosure import Figure, Released


def answered(released: Released) -> tuple[Figure, ...]:
    """The answers that have a base, in list order."""
    return tuple(figure for figure in released.figures if figure.base)


def split_bars(released: Released) -> go.Figure:
    """Draw one bar an answer, labelled '43% (202 of 471)'."""
    figures = answered(released)
    labels = [figure.label for figure in figures]
    values = [figure.met / figure.base for figure in figures]
    lows = [
        figure.low if figure.low is not None else value for figure, value in zip(figures, values, strict=True)
    ]
    highs = [
        figure.high if figure.high is not None else value
        for figure, value in zip(figures, values, strict=True)
    ]
    words = [share_of(figure.met, figure.base) + (FEW if figure.small else "") for figure in figures]
    return draw(
        [
            {
                "type": "bar",
                "orientation": "h",
                "y": labels,
                "x": values,
                "marker": {"color": MAIN},
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": [high - value for high, value in zip(highs, values, strict=True)],
                    "arrayminus": [value - low for low, value in zip(lows, values, strict=True)],
                    "thickness": 1.5,
                    "width": 4,
                    "color": QUIET,
                },
                "customdata": words,
                "hovertemplate": "%{y}: %{customdata}<extra></extra>",
            },
            text_column(labels, highs, words),
        ],
        released.source,
        height=rows_height(labels),
        showlegend=False,
        margin=words_room(words),
        xaxis=share_axis(max(highs, default=1)),
        yaxis=name_axis(labels),
    )

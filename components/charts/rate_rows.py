"""Rates in rows: a mark and its 95% limits for each period, with the two counts beside it."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from components.charts.canvas import draw, name_axis, rows_height, text_column, words_room
from components.theme import MAIN, QUIET
from domain.disclosure import Figure
from domain.formats import number
from domain.tally import Source

LEAST_BASE = 10
"""Under this many in the divisor a rate is not drawn; its two counts stand in the table."""


def with_a_rate(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures with a rate that can be drawn."""
    return tuple(f for f in figures if f.value is not None and f.base >= LEAST_BASE)


def rate_words(figure: Figure) -> str:
    """A rate with its two counts: '2.5 (6 : 240)'."""
    return f"{number(figure.value, 1)} ({number(figure.met)} : {number(figure.base)})"


def rate_rows(figures: Sequence[Figure], source: Source) -> go.Figure:
    """Draw one mark a row, in the order given."""
    shown = with_a_rate(figures)
    labels = [figure.label for figure in shown]
    values = [figure.value or 0.0 for figure in shown]
    words = [rate_words(figure) for figure in shown]
    highest = [max(figure.high or 0.0, value) for figure, value in zip(shown, values, strict=True)]
    most = max(highest, default=1.0) or 1.0
    marks = {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "y": labels,
        "x": values,
        "marker": {"size": 12, "color": MAIN},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [high - value for high, value in zip(highest, values, strict=True)],
            "arrayminus": [value - (f.low or 0.0) for f, value in zip(shown, values, strict=True)],
            "thickness": 2,
            "width": 4,
            "color": QUIET,
        },
        "customdata": [
            f"{text}, 95% limits {number(f.low, 1)} to {number(f.high, 1)}"
            for text, f in zip(words, shown, strict=True)
        ],
        "hovertemplate": "%{y}: %{customdata}<extra></extra>",
    }
    return draw(
        [marks, text_column(labels, [most * 1.05] * len(labels), words)],
        source,
        height=rows_height(labels),
        showlegend=False,
        margin=words_room(words),
        xaxis={
            "range": [0, most * 1.07],
            "rangemode": "tozero",
            "nticks": 4,
            "tickangle": 0,
            "fixedrange": True,
            "title": None,
        },
        yaxis=name_axis(labels),
    )

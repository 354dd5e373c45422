"""The share of each answer, in the order of its list, with whiskers for its 95% limits."""

import plotly.graph_objects as go

from components.charts.canvas import FEW, draw, name_axis, rows_height, share_axis, text_column, words_room
from components.theme import MAIN, QUIET
from domain.disclosure import Released
from domain.formats import interval, share_of
from domain.shown import answered


def split_bars(released: Released, *, of_answers: bool = False) -> go.Figure:
    """Draw one bar an answer, labelled '43% (202 of 471)'.

    `of_answers` makes each a share of all answers, where a case may have several: without whiskers, because the answers of one case do
    not come about by themselves.
    """
    figures = answered(released)
    labels = [figure.label for figure in figures]
    given = sum(figure.met for figure in figures)
    bases = [given if of_answers else figure.base for figure in figures]
    values = [figure.met / base if base else 0.0 for figure, base in zip(figures, bases, strict=True)]
    limited = [
        (value, value)
        if of_answers or figure.low is None or figure.high is None
        else (figure.low, figure.high)
        for figure, value in zip(figures, values, strict=True)
    ]
    said = [share_of(figure.met, base) for figure, base in zip(figures, bases, strict=True)]
    words = [text + (FEW if figure.small else "") for text, figure in zip(said, figures, strict=True)]
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
                    "array": [high - value for (_, high), value in zip(limited, values, strict=True)],
                    "arrayminus": [value - low for (low, _), value in zip(limited, values, strict=True)],
                    "thickness": 1.5,
                    "width": 4,
                    "color": QUIET,
                    "visible": not of_answers,
                },
                "customdata": [
                    text if of_answers else f"{text}, 95% limits {interval(low, high)}"
                    for text, (low, high) in zip(said, limited, strict=True)
                ],
                "hovertemplate": "%{y}: %{customdata}<extra></extra>",
            },
            text_column(labels, [high for _, high in limited], words),
        ],
        released.source,
        height=rows_height(labels),
        showlegend=False,
        margin=words_room(words),
        xaxis=share_axis(max((high for _, high in limited), default=1)),
        yaxis=name_axis(labels),
    )

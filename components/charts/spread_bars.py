"""How many cases fall in each band or at each whole value."""

import plotly.graph_objects as go

from components.charts.canvas import count_steps, draw, hidden_marks, step_axis
from components.theme import MAIN
from domain.disclosure import Released
from domain.formats import number


def spread_bars(released: Released) -> go.Figure:
    """Draw one bar a band, labelled with its count."""
    labels = [figure.label for figure in released.figures]
    # A band that is hidden keeps its place, without a bar.
    every = [one.label for one in released.in_order]
    most = max((figure.met for figure in released.figures), default=0)
    return draw(
        [
            {
                "type": "bar",
                "x": labels,
                "y": [figure.met for figure in released.figures],
                "text": [number(figure.met) for figure in released.figures],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": MAIN},
                "hovertemplate": "%{x}: %{y}<extra></extra>",
            },
            *([hidden_marks([one.label for one in released.hidden])] if released.hidden else []),
        ],
        released.source,
        showlegend=False,
        xaxis=step_axis(every),
        yaxis={"rangemode": "tozero", "fixedrange": True, "title": None, **count_steps(most, 6)},
    )

"""Several shares of a service under one another, each out of its own base, with whiskers for its 95% limits."""

from collections.abc import Sequence

import plotly.graph_objects as go

from components.charts.canvas import FEW, draw, name_axis, rows_height, share_axis, text_column, words_room
from components.theme import MAIN, QUIET
from domain.disclosure import Figure, Released
from domain.formats import share_of, share_with_limits


def with_a_total(shares: Sequence[Released]) -> tuple[tuple[str, Figure], ...]:
    """The name and the figure of each share that has a base."""
    return tuple((one.measure.label, one.total) for one in shares if one.total and one.total.base)


def several_shares(shares: Sequence[Released]) -> go.Figure:
    """Draw one bar a share, labelled '81% (142 of 175)'. At least one must have a base."""
    found = with_a_total(shares)
    labels = [label for label, _ in found]
    values = [figure.met / figure.base for _, figure in found]
    words = [share_of(figure.met, figure.base) + (FEW if figure.small else "") for _, figure in found]
    highs = [value if f.high is None else f.high for (_, f), value in zip(found, values, strict=True)]
    lows = [value if f.low is None else f.low for (_, f), value in zip(found, values, strict=True)]
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
                "customdata": [share_with_limits(figure.met, figure.base) for _, figure in found],
                "hovertemplate": "%{y}: %{customdata}<extra></extra>",
            },
            text_column(labels, highs, words),
        ],
        shares[0].source,
        height=rows_height(labels),
        showlegend=False,
        margin=words_room(words),
        xaxis=share_axis(max(highs)),
        yaxis=name_axis(labels),
    )

"""How different is each group from the average? A dot and its 95% limits in list order: no league table."""

from collections.abc import Sequence

import plotly.graph_objects as go

from components.charts.canvas import (
    FEW,
    draw,
    name_axis,
    rows_height,
    share_axis,
    text_column,
    upright_line,
    words_room,
)
from components.theme import MAIN, QUIET
from domain.disclosure import Figure, Released
from domain.formats import percent_of, share_of, share_with_limits
from domain.shown import with_a_base


def differs(figure: Figure, average: float) -> bool:
    """Whether the 95% interval of a group leaves out the average of all."""
    return figure.low is not None and figure.high is not None and not figure.low <= average <= figure.high


def shares_by_group(released: Released, stand_apart: Sequence[str] | None = None) -> go.Figure:
    """Draw a dot and whiskers a group, and the average of all groups as a line.

    `stand_apart` are the keys of the groups that are drawn as diamonds; without it, those whose limits leave out the average.
    """
    figures = with_a_base(released)
    labels = [figure.label for figure in figures]
    values = [figure.met / figure.base for figure in figures]
    average = released.total
    shapes, notes, apart = [], [], [False] * len(figures)
    if average is not None and average.base:
        share = average.met / average.base
        apart = [
            differs(figure, share) if stand_apart is None else figure.keys[-1] in stand_apart
            for figure in figures
        ]
        shape, note = upright_line(share, f"All: {percent_of(average.met, average.base)}")
        shapes, notes = [shape], [{**note, "xanchor": "center"}]
    words = [share_of(f.met, f.base) + (FEW if f.small else "") for f in figures]
    return draw(
        [
            {
                "type": "scatter",
                "mode": "markers",
                "cliponaxis": False,
                "y": labels,
                "x": values,
                "marker": {
                    "size": 12,
                    "color": [MAIN if one else QUIET for one in apart],
                    "symbol": ["diamond" if one else "circle" for one in apart],
                },
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": [(f.high or v) - v for f, v in zip(figures, values, strict=True)],
                    "arrayminus": [
                        v - (v if f.low is None else f.low) for f, v in zip(figures, values, strict=True)
                    ],
                    "thickness": 2,
                    "width": 4,
                    "color": QUIET,
                },
                "customdata": [share_with_limits(figure.met, figure.base) for figure in figures],
                "hovertemplate": "%{y}: %{customdata}<extra></extra>",
            },
            text_column(labels, [1.03] * len(labels), words),
        ],
        released.source,
        height=rows_height(labels),
        shapes=shapes,
        annotations=notes,
        showlegend=False,
        margin={**words_room(words), "t": 36},
        # A mark at 100% is drawn whole, and does not touch the words beside it.
        xaxis={**share_axis(1), "range": [0, 1.05], "tickvals": [0, 0.5, 1]},
        yaxis=name_axis(labels),
    )

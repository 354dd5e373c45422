"""How completely each column is filled in, in each quarter or at each provider: a grid of shares, the emptier the stronger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from components.charts.canvas import draw, in_lines, name_axis, rows_height
from domain.data_quality import ENOUGH, Cells
from domain.formats import NOTHING, number, percent_of
from domain.tally import Source

_BANDS = (("#8a3d06", 0.0, 0.5), ("#b3540f", 0.5, 0.8), ("#f0c9a8", 0.8, ENOUGH), ("#e4edf6", ENOUGH, 1.0))
"""Tones and the shares from which and to which they stand: the less is filled in, the stronger. The share is written in each cell that is
not filled in altogether, so that no tone needs to be told."""
_LABEL = 14
BANDS_NOTE = (
    f"The less is filled in, the stronger the tone, in four steps: {round(100 * ENOUGH)}% or more, 80%, 50%, and less. A cell without a "
    "number is filled in altogether; where there is no cell, nothing is wanted."
)


def completeness_grid(
    rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], Cells], source: Source
) -> go.Figure:
    """Draw a cell for each row and column, with its share; a cell in which nothing is wanted stays empty."""
    held = [[cells.get((row, column)) for column in columns] for row in rows]
    shares = [[one.share if one else None for one in line] for line in held]
    words = [
        [percent_of(one.filled, one.wanted) if one and one.blank else "" for one in line] for line in held
    ]
    said = [
        [
            f"{number(one.filled)} of {number(one.wanted)} filled in" if one and one.wanted else NOTHING
            for one in line
        ]
        for line in held
    ]
    return draw(
        [
            {
                "type": "heatmap",
                "x": list(columns),
                "y": list(rows),
                "z": shares,
                "zmin": 0,
                "zmax": 1,
                "colorscale": [[edge, tone] for tone, low, high in _BANDS for edge in (low, high)],
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
                "text": words,
                "texttemplate": "%{text}",
                "textfont": {"size": 11},
                "customdata": said,
                "hoverongaps": False,
                "hovertemplate": "%{y}, %{x}: %{customdata}<extra></extra>",
            }
        ],
        source,
        height=rows_height(rows) + 40,
        margin={"l": 8, "r": 16, "t": 56, "b": 8},
        showlegend=False,
        xaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(columns),
            "side": "top",
            "labelalias": {label: _short(label) for label in columns},
            "tickfont": {"size": 12},
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
            "title": None,
        },
        yaxis=name_axis(rows),
    )


def _short(label: str) -> str:
    """A label over a column of cells: without what stands in brackets, in short lines."""
    return "<br>".join(in_lines(label.partition(" (")[0], _LABEL))

"""What all charts share: margins, axes, and the mark on charts of example data."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from components.theme import LINE
from domain.tally import Source

ROW_HEIGHT = 40
"""Pixels that one horizontal bar takes."""
LINE_LENGTH = 24
"""Letters of a name before it goes on in the next line, so that bars have room on a telephone."""
FEW = "*"
"""Stands in a chart beside a figure of few cases."""
FEW_NOTE = "* few cases: fewer than 5 on one of the two sides."

_WATERMARKS = {Source.EXAMPLES: "Example data", Source.IN_HAND: "Not saved"}


def draw(
    traces: Sequence[dict[str, Any]],
    source: Source,
    *,
    height: int = 380,
    shapes: Sequence[dict[str, Any]] = (),
    annotations: Sequence[dict[str, Any]] = (),
    **layout: Any,
) -> go.Figure:
    """Put traces on the common canvas.

    Parameters
    ----------
    traces : sequence of dict
        Plotly traces as plain dictionaries.
    source : Source
        Where the figures came from; example and unsaved figures are marked across the chart.
    height : int
        In pixels.
    layout : Any
        Further parts of a Plotly layout.
    """
    mark = _WATERMARKS.get(source)
    for axis in ("xaxis", "yaxis"):
        layout[axis] = {"tickfont": {"size": 13}, **layout.get(axis, {})}
    marks = [_watermark(mark)] if mark else []
    return go.Figure(
        {
            "data": list(traces),
            "layout": {
                "height": height,
                "margin": {"l": 8, "r": 16, "t": 44, "b": 8},
                "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "font": {"size": 13}},
                "bargap": 0.25,
                "font": {"size": 14},
                "dragmode": False,
                "hovermode": "closest",
                "separators": ".,",
                "shapes": list(shapes),
                "annotations": [*marks, *annotations],
                **layout,
            },
        }
    )


def rows_height(rows: int) -> int:
    """The height of a chart with so many horizontal bars, in pixels."""
    return 90 + ROW_HEIGHT * max(rows, 2)


def text_column(labels: Sequence[str], at: Sequence[float], texts: Sequence[str]) -> dict[str, Any]:
    """Words written beside horizontal marks, each starting at its own place on the scale."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(at),
        "y": list(labels),
        "text": [f"\u2002{text}" for text in texts],
        "textposition": "middle right",
        "cliponaxis": False,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def share_axis(longest: float) -> dict[str, Any]:
    """A scale of shares from 0, with room beside the longest mark for its words."""
    return {
        "range": [0, max(longest, 0.1) * 1.7],
        "tickformat": ".0%",
        "tickvals": [step / 10 for step in range(0, 11, 1 if longest < 0.35 else 2)],
        "fixedrange": True,
        "title": None,
    }


def name_axis(labels: Sequence[str]) -> dict[str, Any]:
    """An axis of names, the first one at the top."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(labels),
        "tickvals": list(labels),
        "ticktext": ["<br>".join(wrap(label, LINE_LENGTH)) for label in labels],
        "autorange": "reversed",
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "ticklabelstandoff": 6,
        "title": None,
    }


def upright_line(x: float, words: str, *, dash: str = "dash") -> tuple[dict[str, Any], dict[str, Any]]:
    """A vertical line at ``x`` with words at its top: the shape and the annotation."""
    shape = {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": LINE, "width": 2, "dash": dash},
    }
    words_at = {
        "x": x,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "left",
        "text": words,
        "showarrow": False,
    }
    return shape, words_at


def _watermark(words: str) -> dict[str, Any]:
    return {
        "text": words,
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.5,
        "showarrow": False,
        "textangle": -18,
        "opacity": 0.16,
        "font": {"size": 54},
    }

"""A line at a value that somebody else gives, on a chart of shares: a reference, never a target."""

from __future__ import annotations

import plotly.graph_objects as go

from components.charts.canvas import upright_line


def with_reference(figure: go.Figure, at: float, words: str) -> go.Figure:
    """Draw a dotted line at a value with its words at the top, in place of any other upright line."""
    shape, note = upright_line(at, words, dash="dot")
    figure.update_layout(shapes=[shape], annotations=[{**note, "xanchor": "center"}], margin_t=36)
    return figure

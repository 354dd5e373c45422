"""A chart of small shares brought closer: its scale ends where its marks end, and not at 100%."""

from __future__ import annotations

from math import ceil
from typing import Any

import plotly.graph_objects as go


def closer(figure: go.Figure) -> go.Figure:
    """End the scale of a chart of shares in rows at the next ten percent after its furthest limit; the words beside move with it."""
    marks = [trace for trace in figure.data if trace.mode == "markers"]
    furthest = max((_end(trace) for trace in marks), default=1.0)
    end = min(max(ceil(furthest * 10) / 10, 0.1), 1.0)
    for trace in figure.data:
        if trace.mode == "text":
            trace.x = [end * 1.03] * len(trace.x)
    return figure.update_xaxes(range=[0, end * 1.05], tickvals=[0, end / 2, end])


def _end(trace: Any) -> float:
    above = trace.error_x.array if trace.error_x.array is not None else [0] * len(trace.x)
    return max((value + more for value, more in zip(trace.x, above, strict=True)), default=0.0)

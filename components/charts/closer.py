"""A chart of small shares brought closer: its scale ends where its marks end, and not at 100%."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

_ENDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)


def closer(figure: go.Figure) -> go.Figure:
    """End the scale of a chart of shares in rows at the next round share after its furthest limit; the words beside move with it."""
    marks = [trace for trace in figure.data if trace.mode == "markers"]
    furthest = max((_end(trace) for trace in marks), default=1.0)
    end = next((edge for edge in _ENDS if furthest <= edge), 1.0)
    for trace in marks:
        trace.cliponaxis = False
    for trace in figure.data:
        if trace.mode == "text":
            trace.x = [end * 1.03] * len(trace.x)
    return figure.update_xaxes(range=[0, end * 1.05], tickvals=[0, end / 2, end])


def _end(trace: Any) -> float:
    above = trace.error_x.array if trace.error_x.array is not None else [0] * len(trace.x)
    return max((value + more for value, more in zip(trace.x, above, strict=True)), default=0.0)

"""Events on a chart over time: thin lines with a letter at their top; what each letter means stands in the notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import plotly.graph_objects as go

from components.theme import QUIET

_ROOM: Final = 24
"""Pixels above the chart that the letters take."""
_LEGEND_UP: Final = 0.075


def mark_events(figure: go.Figure, marks: Sequence[tuple[float, str, str]], periods: int) -> None:
    """Draw the lines over what the chart shows already.

    Parameters
    ----------
    marks : where on the scale of the periods, counted from 0 for the middle of the first; the letters, and what they mean.
    periods : how many there are.
    """
    if not marks:
        return
    shapes: list[dict[str, Any]] = [
        {
            "type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper",
            "line": {"color": QUIET, "width": 1, "dash": "dot"},
        }
        for at, _, _ in marks
    ]  # fmt: skip
    letters: list[dict[str, Any]] = [
        {
            "x": at, "y": 1, "yref": "paper", "yanchor": "bottom", "text": letter, "hovertext": meaning,
            # A mark of a date that stands at the same place has its words to the right.
            "xanchor": "right", "showarrow": False, "bordercolor": QUIET, "borderwidth": 1, "borderpad": 2,
            "font": {"size": 12},
        }
        for at, letter, meaning in marks
    ]  # fmt: skip
    room: dict[str, Any] = {"margin_t": (figure.layout.margin.t or 0) + _ROOM}
    if figure.layout.legend.y is not None:
        room["legend_y"] = figure.layout.legend.y + _LEGEND_UP
    # The words of a date that stand there already go above the letters.
    figure.for_each_annotation(lambda words: words.update(yshift=_ROOM))
    figure.update_layout(
        shapes=[*figure.layout.shapes, *shapes], annotations=[*figure.layout.annotations, *letters], **room
    )
    # The whole of the first and the last period: a line begins in the middle of its first one, after what may have happened in it.
    figure.update_xaxes(range=[-0.5, periods - 0.5])

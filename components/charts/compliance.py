"""A time limit kept in each period: the raw share, the share without agreed exceptions beside it, and the target of that time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, draw, name_axis, share_axis, text_column, words_room
from components.theme import LINE, MAIN, QUIET, WELL
from domain.disclosure import Figure
from domain.formats import number, percent_of, share_of, share_with_limits
from domain.kept_words import Kept
from domain.tally import Source

_ROW = 50
"""Pixels that a row of two lines of words takes."""
_WORDS_AT = 1.06


def compliance(periods: Sequence[Kept], source: Source) -> go.Figure:
    """Draw a row a period: a circle for all cases, hollow where more may come, a diamond without exceptions, a stroke at the target."""
    labels = [one.label for one in periods]
    words = [_words(one) for one in periods]
    lines = [part for text in words for part in text.split("<br>")]
    traces = [
        _joins(periods),
        _marks("All cases due", [(one.label, one.raw) for one in periods], MAIN, "circle"),
    ]
    traces[1]["marker"]["symbol"] = ["circle-open" if one.unfinished else "circle" for one in periods]
    apart = [
        (one.label, one.adjusted) for one in periods if one.adjusted and one.adjusted.base and one.left_out
    ]
    if apart:
        traces.append(_marks("Without agreed exceptions", apart, WELL, "diamond"))
    if any(one.target is not None for one in periods):
        traces.append(_targets(periods))
    traces.append(text_column(labels, [_WORDS_AT] * len(labels), words))
    return draw(
        traces,
        source,
        height=120 + _ROW * max(len(labels), 2),
        showlegend=True,
        margin={**words_room(lines), "t": 72},
        legend={**LEGEND, "y": 1.01, "traceorder": "normal"},
        xaxis={**share_axis(1), "range": [-0.03, 1.06], "tickvals": [0, 0.5, 1]},
        yaxis=name_axis(labels),
    )


def _words(one: Kept) -> str:
    said = share_of(one.raw.met, one.raw.base)
    if one.adjusted is None or not one.left_out:
        return said
    without = f"{number(one.adjusted.met)} of {number(one.adjusted.base)}"
    share = (
        f"{percent_of(one.adjusted.met, one.adjusted.base)} ({without})" if one.adjusted.base else "none left"
    )
    return f"{said}<br>\u2002◆ {share}"


def _share(figure: Figure) -> float:
    return figure.met / figure.base


def _marks(name: str, figures: Sequence[tuple[str, Figure]], colour: str, symbol: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "y": [label for label, _ in figures],
        "x": [_share(figure) for _, figure in figures],
        "marker": {"size": 13, "color": colour, "symbol": symbol, "line": {"width": 2, "color": colour}},
        "cliponaxis": False,
        "customdata": [share_with_limits(figure.met, figure.base) for _, figure in figures],
        "hovertemplate": f"%{{y}}, {name.lower()}:<br>%{{customdata}}<extra></extra>",
    }


def _joins(periods: Sequence[Kept]) -> dict[str, Any]:
    """A thin line between the two marks of a period, so that they are seen as one."""
    across: list[float | None] = []
    down: list[str | None] = []
    for one in periods:
        if one.adjusted and one.adjusted.base and one.left_out:
            across += [_share(one.raw), _share(one.adjusted), None]
            down += [one.label, one.label, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": across,
        "y": down,
        "line": {"color": QUIET, "width": 2},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _targets(periods: Sequence[Kept]) -> dict[str, Any]:
    held = [(one.label, one.target) for one in periods if one.target is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Target",
        "y": [label for label, _ in held],
        "x": [target for _, target in held],
        "marker": {"symbol": "line-ns", "size": 26, "line": {"color": LINE, "width": 3}},
        "cliponaxis": False,
        "hovertemplate": "%{y}, target: %{x:.0%}<extra></extra>",
    }

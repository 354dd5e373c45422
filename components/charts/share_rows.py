"""Shares in rows: a mark and its 95% limits for each, in the order given. No league table, and no mark for very few answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
from components.theme import LINE, MAIN, QUIET
from domain.formats import number, percent, percent_of, share_of, share_with_limits
from domain.share_rows import LEAST_BASE as LEAST_BASE
from domain.share_rows import LOW_BASE as LOW_BASE
from domain.share_rows import Series as Series
from domain.share_rows import ShareRow as ShareRow
from domain.share_rows import drawn as drawn
from domain.share_rows import low_base_notes as low_base_notes
from domain.share_rows import row_of as row_of
from domain.share_rows import rows_in_words as rows_in_words
from domain.tally import Source

_WORDS_AT = 1.03
_AXIS = {**share_axis(1), "range": [0, 1.05], "tickvals": [0, 0.5, 1]}
"""A mark at 100% does not touch the words beside it."""


def share_rows(
    rows: Sequence[ShareRow],
    source: Source,
    *,
    average: ShareRow | None = None,
    apart: Sequence[str] = (),
    named_bases: bool = False,
    limits: bool = True,
) -> go.Figure:
    """Draw one mark a row.

    Parameters
    ----------
    average : a share that all are compared with, as a line.
    apart : keys of the rows that differ clearly: a diamond.
    named_bases : the base goes to the name, '(n = 92)', and the limits stand beside the mark.
    limits : without them for what is no sample.
    """
    shown = drawn(rows)
    names = [_named(row) if named_bases else row.label for row in shown]
    words = [
        (_with_limits(row) if named_bases else share_of(row.met, row.base)) + (FEW if row.small else "")
        for row in shown
    ]
    shapes, notes = [], []
    if average is not None and average.base:
        shape, note = upright_line(
            average.met / average.base, f"All: {percent_of(average.met, average.base)}"
        )
        shapes, notes = [shape], [{**note, "xanchor": "center"}]
    marks = _marks(shown, names, colour=MAIN, apart=apart, limits=limits)
    return draw(
        [marks, text_column(names, [_WORDS_AT] * len(names), words)],
        source,
        height=rows_height(names),
        shapes=shapes,
        annotations=notes,
        showlegend=False,
        margin={**words_room(words), "t": 36 if notes else 12},
        xaxis=_AXIS,
        yaxis=name_axis(names),
    )


def shares_beside(series: Sequence[Series], source: Source) -> go.Figure:
    """Draw several shares in each row, the first on top: a filled circle, an open square, each with its own words."""
    looks = ((QUIET, "square"), (MAIN, "circle"), (LINE, "diamond"))
    names = list(dict.fromkeys(row.label for one in series for row in drawn(one.rows)))
    traces: list[dict[str, Any]] = []
    every: list[str] = []
    for place, one in enumerate(series):
        shown = drawn(one.rows)
        labels = [row.label for row in shown]
        words = [
            f"{percent_of(row.met, row.base)} (n = {number(row.base)})"
            + ("!" if row.low_base else "")
            + (FEW if row.small else "")
            for row in shown
        ]
        every += words
        colour, symbol = looks[place % len(looks)]
        aside = {"orientation": "h", "offsetgroup": str(place), "alignmentgroup": "all"}
        marks = _marks(shown, labels, colour=colour, symbol=symbol)
        traces += [
            {**marks, **aside, "name": one.name, "legendgroup": one.name},
            {**text_column(labels, [_WORDS_AT] * len(labels), words), **aside, "legendgroup": one.name},
        ]
    return draw(
        traces,
        source,
        height=rows_height(names) + 16 * len(names),
        scattermode="group",
        scattergap=0.35,
        showlegend=True,
        margin={**words_room(every), "t": 44},
        xaxis=_AXIS,
        yaxis=name_axis(names),
    )


def _named(row: ShareRow) -> str:
    beside = f"(n = {number(row.base)}{', caution' if row.low_base else ''})"
    return f"{row.label} {beside}"


def _with_limits(row: ShareRow) -> str:
    # Short, so that the marks keep some room on a telephone.
    low, high = (percent(edge).removesuffix("%") for edge in row.limits)
    return f"{percent_of(row.met, row.base)} ({low}\u2013{high}%)"


def _marks(
    rows: Sequence[ShareRow],
    names: Sequence[str],
    *,
    colour: str,
    symbol: str = "circle",
    apart: Sequence[str] = (),
    limits: bool = True,
) -> dict[str, Any]:
    values = [row.met / row.base for row in rows]
    edges = [row.limits for row in rows]
    shapes = ["diamond" if row.key in apart else symbol for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "y": list(names),
        "x": values,
        "marker": {
            "size": 12,
            "color": colour,
            "line": {"width": 2, "color": colour},
            "symbol": [
                f"{shape}-open" if row.low_base else shape for row, shape in zip(rows, shapes, strict=True)
            ],
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [high - value for (_, high), value in zip(edges, values, strict=True)],
            "arrayminus": [value - low for (low, _), value in zip(edges, values, strict=True)],
            "thickness": 2,
            "width": 4,
            "color": QUIET,
            "visible": limits,
        },
        "customdata": [
            share_with_limits(row.met, row.base) if limits else share_of(row.met, row.base) for row in rows
        ],
        "hovertemplate": "%{y}: %{customdata}<extra></extra>",
    }

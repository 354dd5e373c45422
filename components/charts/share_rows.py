"""Shares in rows: a mark and its 95% limits for each, in the order given. No league table, and no mark for very few answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from domain.disclosure import Figure, is_small
from domain.formats import counted, number, percent, percent_of, share_of, share_with_limits
from domain.statistics import Difference, newcombe_difference, wilson_interval
from domain.tally import Source

LOW_BASE = 30
"""Under this many a share says little: an open mark and a word of caution."""
LEAST_BASE = 10
"""Under this many a share is not drawn; its numbers stand in the table."""

_NAMED_AT_MOST = 4
"""So many rows that are not drawn are named below the chart; the table has them all."""
_WORDS_AT = 1.03
_AXIS = {**share_axis(1), "range": [0, 1.05], "tickvals": [0, 0.5, 1]}
"""A mark at 100% does not touch the words beside it."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One row: its words and X of Y."""

    key: str
    label: str
    met: int
    base: int

    @property
    def limits(self) -> tuple[float, float]:
        """The 95% Wilson limits, 0 to 1."""
        return wilson_interval(self.met, self.base)

    @property
    def drawn(self) -> bool:
        """Whether there are enough for a mark."""
        return self.base >= LEAST_BASE

    @property
    def low_base(self) -> bool:
        """Whether the share must be read with caution."""
        return self.base < LOW_BASE

    @property
    def small(self) -> bool:
        """Whether 1 to 4 stand on either side."""
        return is_small(self.met, self.base)

    def against(self, other: ShareRow) -> Difference:
        """Give this share minus another, with its limits."""
        return newcombe_difference(self.met, self.base, other.met, other.base)


@dataclass(frozen=True, slots=True)
class Series:
    """Rows of one kind, such as of one year, and how they are called in the legend."""

    name: str
    rows: tuple[ShareRow, ...]


def row_of(figure: Figure, label: str = "") -> ShareRow:
    """The row of one figure."""
    return ShareRow(figure.keys[-1] if figure.keys else "", label or figure.label, figure.met, figure.base)


def drawn(rows: Sequence[ShareRow]) -> tuple[ShareRow, ...]:
    """The rows with enough for a mark."""
    return tuple(row for row in rows if row.drawn)


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


def low_base_notes(rows: Sequence[ShareRow], one: str, many: str = "") -> tuple[str, ...]:
    """What the marks of few answers mean, where they stand, and what is left out of the chart."""
    notes = []
    asked = [row for row in rows if row.base]
    if any(row.drawn and row.low_base for row in asked):
        notes.append(f"An open mark: fewer than {LOW_BASE} {many or one + 's'}, so read with caution.")
    if hidden := [row for row in asked if not row.drawn]:
        said = "; ".join(f"{row.label} ({counted(row.base, one, many)})" for row in hidden[:_NAMED_AT_MOST])
        if more := hidden[_NAMED_AT_MOST:]:
            said += f"; and {number(len(more))} more"
        notes.append(f"Not drawn, because there are fewer than {LEAST_BASE}, but in the table: {said}.")
    return tuple(notes)


def rows_in_words(rows: Sequence[ShareRow]) -> str:
    """The rows in one sentence, with their limits, for people who do not see them."""
    return "; ".join(f"{row.label} {share_with_limits(row.met, row.base)}" for row in drawn(rows))


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

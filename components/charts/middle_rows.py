"""Lengths in rows: the median and the mean of each group, and between which values its middle half lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, draw, name_axis, rows_height, text_column, words_room
from components.theme import LINE, MAIN, QUIET
from domain.formats import number
from domain.tally import Source

LEAST_BASE = 10
"""Under this many cases a length says too little to be drawn; its numbers stand in the table."""


@dataclass(frozen=True, slots=True)
class Middle:
    """One group: how many cases, their mean and median, and the limits of their middle half, in the unit of the length."""

    key: str
    label: str
    base: int
    mean: float
    median: float
    half: tuple[float, float]

    @property
    def drawn(self) -> bool:
        """Whether there are enough for marks."""
        return self.base >= LEAST_BASE

    @property
    def words(self) -> str:
        """'median 47, mean 57 (n = 316)'."""
        return f"median {_short(self.median)}, mean {_short(self.mean)} (n = {number(self.base)})"


def middle_rows(rows: Sequence[Middle], source: Source) -> go.Figure:
    """Draw a line for the middle half, a diamond for the median and an open circle for the mean."""
    shown = [row for row in rows if row.drawn]
    # The number of cases stands with the name, so that the marks keep some room on a telephone.
    names = [f"{row.label} (n = {number(row.base)})" for row in shown]
    words = [f"{_short(row.median)}, mean {_short(row.mean)}" for row in shown]
    furthest = max((max(row.half[1], row.mean) for row in shown), default=1)
    looks = (
        ("Median: half took no longer", [row.median for row in shown], MAIN, "diamond", 14),
        ("Mean", [row.mean for row in shown], LINE, "circle-open", 12),
    )
    return draw(
        [
            {
                "type": "bar",
                "orientation": "h",
                "name": "Middle half of the cases",
                "y": names,
                "base": [row.half[0] for row in shown],
                "x": [row.half[1] - row.half[0] for row in shown],
                "width": 0.22,
                "marker": {"color": QUIET, "opacity": 0.55},
                "customdata": [f"{_short(row.half[0])} to {_short(row.half[1])}" for row in shown],
                "hovertemplate": "%{y}, middle half: %{customdata} days<extra></extra>",
            },
            *(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": name,
                    "y": names,
                    "x": values,
                    "marker": {
                        "symbol": symbol,
                        "size": size,
                        "color": colour,
                        "line": {"width": 3, "color": colour},
                    },
                    "hovertemplate": "%{y}: %{x:.1f} days<extra></extra>",
                }
                for name, values, colour, symbol, size in looks
            ),
            text_column(names, [furthest * 1.03] * len(names), words),
        ],
        source,
        height=rows_height(names) + 40,
        margin={**words_room(words), "t": 72},
        legend={**LEGEND, "y": 1.04},
        showlegend=True,
        xaxis={"range": [0, furthest * 1.06], "nticks": 5, "fixedrange": True, "title": None},
        yaxis=name_axis(names),
    )


def _short(value: float) -> str:
    return number(value, 1).removesuffix(".0")

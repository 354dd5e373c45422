"""Counts or rates of several sources over years: a line each in a look of its own, never joined where two sources meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, count_steps, draw, step_axis
from components.charts.latest_words import latest_words
from components.theme import LINE, MAIN, QUIET, WELL
from domain.tally import Source


class Look(StrEnum):
    """What a line is of: the newest official source, an older one, another official count, or figures of ours, which have no line."""

    NEWEST = "newest"
    OLDER = "older"
    OTHER = "other"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class YearLine:
    """One line: its words, its look, and the value and its words for each year; None where it is not known."""

    name: str
    look: Look
    values: tuple[float | None, ...]
    words: tuple[str, ...]


_LOOKS: Final[dict[Look, dict[str, Any]]] = {
    Look.NEWEST: {"color": MAIN, "symbol": "circle", "dash": "solid"},
    Look.OLDER: {"color": QUIET, "symbol": "diamond-open", "dash": "dash"},
    Look.OTHER: {"color": WELL, "symbol": "square", "dash": "dot"},
    Look.OURS: {"color": LINE, "symbol": "triangle-up", "dash": "solid"},
}


def year_lines(
    years: Sequence[str], lines: Sequence[YearLine], source: Source, *, whole: bool = True
) -> go.Figure:
    """Draw the lines over the years; `whole` says that the scale is of counts. The last value of each line stands beside its mark."""
    traces = []
    highest = max([value or 0.0 for line in lines for value in line.values], default=0.0)
    top = 1.2 * max(highest, 1.0 if whole else 0.1)
    ends = [_end(line) for line in lines]
    for line, end, (latest, side) in zip(lines, ends, latest_words(ends, top), strict=True):
        look = _LOOKS[line.look]
        words = [latest if end and place == end[0] else "" for place in range(len(years))]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text" if line.look is Look.OURS else "lines+markers+text",
                "name": line.name,
                "x": list(years),
                "y": list(line.values),
                "text": words,
                "textposition": side,
                "textfont": {"size": 14},
                "cliponaxis": False,
                "line": {"color": look["color"], "width": 3, "dash": look["dash"]},
                "marker": {"symbol": look["symbol"], "size": 12, "color": look["color"]},
                "customdata": list(line.words),
                "hovertemplate": "%{x}: %{customdata}<extra>%{fullData.name}</extra>",
            }
        )
    scale = count_steps(highest, 5) if whole else {"nticks": 5}
    return draw(
        traces,
        source,
        height=420,
        margin={"l": 8, "r": 28, "t": 40 + 24 * len(lines), "b": 8},
        legend={**LEGEND, "orientation": "v"},
        showlegend=True,
        xaxis=step_axis(years, nticks=8, tickangle=0),
        yaxis={
            "range": [0, top],
            "fixedrange": True,
            "title": None,
            **scale,
        },
    )


def _end(line: YearLine) -> tuple[int, float, str] | None:
    """The place of the latest value of a line, the value and its words."""
    known = [(place, value) for place, value in enumerate(line.values) if value is not None]
    return (*known[-1], line.words[known[-1][0]]) if known else None

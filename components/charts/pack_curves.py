"""Several lines over a rising number, as the cost of each way of paying: told apart by dash, mark and number, without colour too."""

from __future__ import annotations

from typing import Any, Final

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, draw, upright_line
from components.theme import LINE, PROVIDER_COLOURS, QUIET
from domain.formats import number
from domain.pack import Chart, Series
from domain.tally import Source

_DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash")
_MARKS: Final = ("circle", "diamond", "square", "triangle-up", "x")
_ALONE: Final = ("star", "triangle-down", "hexagon")
_MARKS_ON_A_LINE: Final = 7
_APART: Final = 0.05
"""How far the numbers at the ends of two lines stand apart at least, as a part of the scale."""


def pack_curves(chart: Chart, source: Source) -> go.Figure:
    """Draw each line with a number at its end, the same as before its name."""
    at = _numbers(chart.categories)
    lines = [one for one in chart.series if len(_known(one)) > 1]
    traces = [_line(chart, place, one, at) for place, one in enumerate(lines)]
    alone = [one for one in chart.series if len(_known(one)) == 1]
    traces += [_mark(chart, place, one, at) for place, one in enumerate(alone)]
    known = [value for one in chart.series for value in one.values if value is not None]
    most = max([*known, 1.0])
    ends = _ends(lines, at, most)
    shape, note = upright_line(chart.line.value, chart.line.words) if chart.line else (None, None)
    if note and chart.line and chart.line.value > (at[0] + at[-1]) / 2:
        note["xanchor"] = "right"
    return draw(
        traces,
        source,
        height=400 + 22 * len(traces),
        legend={**LEGEND, "traceorder": "normal", "y": 1.08 if note else 1.02},
        showlegend=True,
        shapes=[shape] if shape else [],
        annotations=[*([note] if note else []), *ends],
        margin={"l": 8, "r": 30, "t": 44, "b": 8},
        xaxis={
            "range": [at[0], at[-1]],
            "tickformat": ",d",
            "nticks": 8,
            "tickangle": 0,
            "fixedrange": True,
            "automargin": True,
            "title": None,
            "type": "linear",
        },
        yaxis={
            "range": [0, max(most, *(one["y"] for one in ends)) * 1.06],
            "tickformat": ".0%" if chart.share else ",d",
            "tickprefix": chart.unit,
            "nticks": 6,
            "fixedrange": True,
            "automargin": True,
            "title": None,
        },
    )


def _numbers(categories: tuple[str, ...]) -> list[float]:
    """The rising numbers that the categories are, as '1,200' or '600 cases'; their places where they are none."""
    try:
        return [float(one.split()[0].replace(",", "")) for one in categories]
    except (ValueError, IndexError):
        return [float(place) for place in range(len(categories))]


def _known(one: Series) -> list[tuple[int, float]]:
    """The places at which a series has a value, and the values."""
    return [(place, value) for place, value in enumerate(one.values) if value is not None]


def _mark(chart: Chart, n: int, one: Series, at: list[float]) -> dict[str, Any]:
    """A series of one value: a star on its own, as the number of cases that a fixed price includes."""
    ((place, value),) = _known(one)
    said = f"{one.name}: {chart.unit}{number(value)} at {chart.categories[place]}"
    return {
        "type": "scatter",
        "mode": "markers",
        "name": one.name,
        "x": [at[place]],
        "y": [value],
        "marker": {
            "size": 15,
            "symbol": _ALONE[n % len(_ALONE)],
            "color": LINE,
            "line": {"width": 1, "color": QUIET},
        },
        "cliponaxis": False,
        "customdata": [said],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _line(chart: Chart, place: int, one: Series, at: list[float]) -> dict[str, Any]:
    colour = PROVIDER_COLOURS[place % len(PROVIDER_COLOURS)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": f"{place + 1}. {one.name}",
        "x": at,
        "y": list(one.values),
        "connectgaps": False,
        "line": {"color": colour, "width": 2.5, "dash": _DASHES[place % len(_DASHES)]},
        "cliponaxis": False,
        "marker": {
            "size": 9,
            "color": colour,
            "symbol": _MARKS[place % len(_MARKS)],
            "maxdisplayed": _MARKS_ON_A_LINE,
        },
        "customdata": [
            f"{one.name}: {chart.unit}{number(value)} at {name}"
            for name, value in zip(chart.categories, one.values, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _ends(lines: list[Series], at: list[float], most: float) -> list[dict[str, Any]]:
    """The number of each line where it ends, moved apart where lines end together."""
    ends: list[tuple[float, int, float]] = []
    for place, one in enumerate(lines):
        n, value = _known(one)[-1]
        ends.append((value, place, at[n]))
    found, below = [], -1.0
    for value, place, x in sorted(ends):
        height = max(value, below + _APART * most)
        below = height
        found.append(
            {
                "x": x,
                "y": height,
                "text": f"<b>{place + 1}</b>",
                "showarrow": False,
                "xanchor": "left",
                "xshift": 10,
                "font": {"size": 14},
            }
        )
    return found

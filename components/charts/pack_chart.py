"""The chart of a meeting's screen, of what its pack says and nothing else, so that the screen shows what every file shows."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from components.charts.canvas import (
    LEGEND,
    count_steps,
    draw,
    hidden_marks,
    name_axis,
    period_axis,
    rows_height,
    share_axis,
    text_column,
    upright_line,
    words_room,
)
from components.charts.pack_curves import pack_curves
from components.charts.pack_fan import pack_fan
from components.theme import HATCHED, LINE, MAIN, QUIET
from domain.pack import Chart, Form, Series
from domain.tally import Source

_LOOKS = ((MAIN, "", "circle"), (LINE, "/", "diamond"), (QUIET, ".", "square"))
"""Colour, pattern and mark of each row of marks: they are told apart without colour too."""


_WORDS_AT = 1.04
"""How far above the highest mark of a chart of shares the words begin, on its scale."""


def pack_chart(chart: Chart, source: Source) -> go.Figure:
    """Draw the chart of a screen; examples and what is not saved are marked as such."""
    return {
        Form.COLUMNS: _columns,
        Form.BARS: _bars,
        Form.SHARES: _shares,
        Form.FAN: pack_fan,
        Form.CURVES: pack_curves,
    }[chart.form](chart, source)


def _columns(chart: Chart, source: Source) -> go.Figure:
    """Counts, period after period; those that are not complete are hatched, and a 'c' stands where a number is hidden."""
    traces: list[dict[str, Any]] = []
    for place, one in enumerate(chart.series):
        colour, pattern, _ = _LOOKS[place % len(_LOOKS)]
        looks = {"color": colour, **({"pattern": {"shape": pattern, "solidity": 0.35}} if pattern else {})}
        whole = [n for n in range(len(chart.categories)) if n not in chart.unfinished]
        traces.append(_upright(chart, one, whole, one.name, looks, words=place == 0))
        if chart.unfinished and place == 0:
            part = {"color": QUIET, "pattern": HATCHED}
            traces.append(_upright(chart, one, list(chart.unfinished), "Not complete", part, words=True))
    traces = [trace for trace in traces if trace["x"]]
    if chart.hidden:
        traces.append(hidden_marks([chart.categories[place] for place in chart.hidden]))
    if chart.line:
        traces.append(_level(chart))
    most = max([*_known(chart), chart.line.value if chart.line else 0], default=0)
    return draw(
        traces,
        source,
        barmode="group" if len(chart.series) > 1 else "overlay",
        legend={**LEGEND, "traceorder": "normal"},
        showlegend=sum(trace.get("showlegend", True) for trace in traces) > 1,
        xaxis=period_axis(list(chart.categories)),
        yaxis={
            "range": [0, max(most, 1) * 1.12],
            "fixedrange": True,
            "title": None,
            **_steps(chart, most),
        },
    )


def _upright(
    chart: Chart, one: Series, places: list[int], name: str, looks: dict[str, Any], *, words: bool
) -> dict[str, Any]:
    """Bars of one look; what has no value has no bar, and a nought says so."""
    shown = [place for place in places if one.values[place] is not None]
    labels = [chart.categories[place] for place in shown]
    said = [chart.words[place] if words else f"{one.values[place]:g}" for place in shown]
    return {
        "type": "bar",
        "name": name,
        "x": labels,
        "y": [one.values[place] for place in shown],
        "text": said,
        # At the foot of a bar, where no line crosses it; a bar of no height has no inside.
        "textposition": ["outside" if "pattern" in looks or not one.values[n] else "auto" for n in shown],
        "insidetextanchor": "start",
        "insidetextfont": {"color": "#ffffff"},
        "textangle": 0,
        "cliponaxis": False,
        "marker": looks,
        "customdata": said,
        "hovertemplate": "%{x}: %{customdata}<extra></extra>",
    }


def _bars(chart: Chart, source: Source) -> go.Figure:
    """Groups in rows, the first at the top, with the 95% limits of shares and the words beside each."""
    labels = list(chart.categories)
    traces: list[dict[str, Any]] = []
    for place, one in enumerate(chart.series):
        colour, pattern, _ = _LOOKS[place % len(_LOOKS)]
        shown = [n for n, value in enumerate(one.values) if value is not None]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": one.name,
                "y": [labels[n] for n in shown],
                "x": [one.values[n] for n in shown],
                "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.35}},
                "error_x": _limits(one, shown),
                "cliponaxis": False,
                "customdata": [chart.words[n] for n in shown],
                "hovertemplate": "%{y}: %{customdata}<extra></extra>",
            }
        )
    ends = [_end(chart, place) for place in range(len(labels))]
    longest = max([*ends, chart.line.value if chart.line else 0.0], default=0.0)
    traces.append(text_column(labels, [end + longest / 100 for end in ends], chart.words))
    shape, note = upright_line(chart.line.value, chart.line.words) if chart.line else (None, None)
    scale = (
        share_axis(longest)
        if chart.share
        else {"range": [0, max(longest, 1) * 1.02], **_steps(chart, longest), **_few(chart)}
    )
    return draw(
        traces,
        source,
        height=rows_height(labels),
        shapes=[shape] if shape else [],
        annotations=[{**note, "xanchor": "center"}] if note else [],
        barmode="group",
        showlegend=len(chart.series) > 1,
        margin={**words_room(chart.words), "t": 40 if note or len(chart.series) > 1 else 12},
        xaxis={"tickangle": 0, "fixedrange": True, "title": None, **scale},
        yaxis=name_axis(labels),
    )


def _shares(chart: Chart, source: Source) -> go.Figure:
    """Shares, period after period: a mark each with its 95% limits, and its words clear of them."""
    traces: list[dict[str, Any]] = []
    highest = max([*_known(chart), chart.line.value if chart.line else 0.0, 0.1])
    for place, one in enumerate(chart.series):
        colour, _, mark = _LOOKS[place % len(_LOOKS)]
        every = list(range(len(chart.categories)))
        shown = [n for n in every if one.values[n] is not None]
        open_marks = [f"{mark}-open" if n in chart.unfinished else mark for n in every]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": one.name,
                "x": list(chart.categories),
                # No line runs through a period without a share, as one that is hidden: it would say about where it is.
                "y": list(one.values),
                "connectgaps": False,
                "line": {"color": colour, "width": 2, "dash": "solid" if place == 0 else "dot"},
                "marker": {"size": 11, "color": colour, "symbol": open_marks},
                "error_y": _limits(one, every),
                "cliponaxis": False,
                "customdata": list(chart.words),
                "hovertemplate": "%{x}: %{customdata}<extra></extra>",
            }
        )
        if place == 0:
            labels, said = [chart.categories[n] for n in shown], [chart.words[n] for n in shown]
            traces.append(_words_above(labels, said, highest))
    if chart.hidden:
        traces.append(hidden_marks([chart.categories[place] for place in chart.hidden]))
    if chart.line:
        traces.append(_level(chart))
    named = sum(trace.get("showlegend", True) for trace in traces)
    return draw(
        traces,
        source,
        legend={**LEGEND, "traceorder": "normal"},
        showlegend=named > 1,
        margin={"l": 8, "r": 40, "t": 44, "b": 8},
        xaxis=period_axis(list(chart.categories), range=[-0.5, len(chart.categories) - 0.5]),
        yaxis={
            "range": [0, highest * 1.24],
            "tickformat": ".0%" if chart.share else ",",
            **({"dtick": 0.25} if chart.share else {"nticks": 5}),
            "fixedrange": True,
            "title": None,
        },
    )


def _words_above(labels: list[str], said: list[str], highest: float) -> dict[str, Any]:
    """The words of each mark, in one row above all marks, limits and lines: nothing runs through them."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": labels,
        "y": [highest * _WORDS_AT] * len(labels),
        # In two lines, so that those of several periods do not meet on a telephone.
        "text": [words.replace(" (", "<br>(") for words in said],
        "textposition": "top center",
        "textfont": {"size": 13},
        "cliponaxis": False,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _limits(one: Series, shown: list[int]) -> dict[str, Any]:
    """The 95% limits as whiskers; none where none are known."""
    if not one.lows or not one.highs:
        return {"visible": False}
    above = [_less(one.highs[n], one.values[n]) for n in shown]
    below = [_less(one.values[n], one.lows[n]) for n in shown]
    return {
        "type": "data",
        "symmetric": False,
        "array": above,
        "arrayminus": below,
        "color": QUIET,
        "thickness": 2,
        "width": 5,
    }


def _less(more: float | None, less: float | None) -> float:
    return 0.0 if more is None or less is None else max(more - less, 0.0)


def _level(chart: Chart) -> dict[str, Any]:
    """A level that the marks are held against, dashed, with its words in the legend."""
    line = chart.line
    return {
        "type": "scatter",
        "mode": "lines",
        "name": line.words if line else "",
        "x": list(chart.categories),
        "y": [line.value if line else None] * len(chart.categories),
        "line": {"color": LINE, "width": 2, "dash": "dash"},
        "hoverinfo": "skip",
    }


def _end(chart: Chart, place: int) -> float:
    """Where the longest mark of a row ends, its limits included."""
    ends = [
        value
        for one in chart.series
        for value in (one.values[place], one.highs[place] if one.highs else None)
        if value is not None
    ]
    return max(ends, default=0.0)


def _known(chart: Chart) -> list[float]:
    return [value for one in chart.series for value in (*one.values, *one.highs) if value is not None]


def _few(chart: Chart) -> dict[str, Any]:
    """Amounts of money are long: few of them stand beside each other on a telephone."""
    return {"nticks": 3} if chart.unit else {}


def _steps(chart: Chart, most: float) -> dict[str, Any]:
    """How the scale is divided: shares in percent, counts never into parts of one."""
    if chart.share:
        return {"tickformat": ".0%", "nticks": 5}
    return {**count_steps(most, 6), **({"tickprefix": chart.unit} if chart.unit else {})}

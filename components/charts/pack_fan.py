"""A chart of counts that came and counts to come: solid with marks, then dashed within two bands, told apart without colour too."""

from __future__ import annotations

from typing import Any, Final

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, count_steps, draw, period_axis
from components.theme import LINE, MAIN, QUIET
from domain.formats import number
from domain.pack import Chart, Series
from domain.tally import Source

_BANDS: Final = (("95% limits", "rgba(47, 111, 181, 0.18)"), ("80% limits", "rgba(47, 111, 181, 0.38)"))
"""The wider band first, so that the narrower lies upon it and is the darker of the two, in grey as well."""
_NAMED: Final = 7
"""So many periods are named below the chart: more names would lie across each other."""
_FEW: Final = 2
"""With so few periods to come a band is thin, and whiskers say where it ends."""


def pack_fan(chart: Chart, source: Source) -> go.Figure:
    """Draw what came and what is expected, with its 95% and 80% limits."""
    counted, to_come = chart.series[0], chart.series[1:]
    traces = [
        _band(chart, one, name, colour)
        for one, (name, colour) in zip(to_come, _BANDS, strict=False)
        if _reach(one)
    ]
    if to_come:
        traces.append(_expected(chart, to_come[0]))
    traces.append(_counted(chart, counted))
    if chart.line:
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": chart.line.words,
                "x": list(chart.categories),
                "y": [chart.line.value] * len(chart.categories),
                "line": {"color": LINE, "width": 2, "dash": "dot"},
                "hoverinfo": "skip",
            }
        )
    known = [value for one in chart.series for value in (*one.values, *one.highs) if value is not None]
    most = max([*known, chart.line.value if chart.line else 0, 1])
    return draw(
        traces,
        source,
        height=420,
        legend={**LEGEND, "traceorder": "normal"},
        annotations=_words(chart),
        margin={"l": 8, "r": 34, "t": 44, "b": 8},
        xaxis=period_axis(
            list(chart.categories),
            range=[-0.5, len(chart.categories) - 0.5],
            tickvals=_named(chart),
            ticklen=4,
            ticks="outside",
        ),
        yaxis={
            "range": [0, most * 1.14],
            "fixedrange": True,
            "title": None,
            **({"tickprefix": chart.unit} if chart.unit else {}),
            **count_steps(most, 6),
        },
    )


def _named(chart: Chart) -> list[str]:
    """Periods that are named, evenly spaced: the first to come among them, so that it is seen where the counted ones end."""
    step = -(-len(chart.categories) // _NAMED)
    last = _last_counted(chart)
    start = 0 if last is None else (last + 1) % step
    return list(chart.categories[start::step])


def _reach(one: Series) -> list[int]:
    """The places at which a series has both limits."""
    if not one.lows or not one.highs:
        return []
    return [
        place
        for place, (low, high) in enumerate(zip(one.lows, one.highs, strict=True))
        if low is not None and high is not None
    ]


def _last_counted(chart: Chart) -> int | None:
    return max(
        (place for place, value in enumerate(chart.series[0].values) if value is not None), default=None
    )


def _opens_at(chart: Chart, first: int) -> list[int]:
    """The last period that came, where what is to come follows it at once: the band opens from there."""
    last = _last_counted(chart)
    return [last] if last is not None and last == first - 1 else []


def _band(chart: Chart, one: Series, name: str, colour: str) -> dict[str, Any]:
    """The room between two limits, from the last period that came on."""
    places = _reach(one)
    start = _opens_at(chart, places[0])
    begun = [chart.series[0].values[place] for place in start]
    names = [chart.categories[place] for place in [*start, *places]]
    above = [*begun, *(one.highs[place] for place in places)]
    below = [*begun, *(one.lows[place] for place in places)]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "legendrank": 3,
        "x": [*names, *reversed(names)],
        "y": [*above, *reversed(below)],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0, "color": colour},
        "hoverinfo": "skip",
    }


def _expected(chart: Chart, one: Series) -> dict[str, Any]:
    """The expected numbers, dashed, on from the last one that came."""
    places = [place for place, value in enumerate(one.values) if value is not None]
    start = _opens_at(chart, places[0]) if places else []
    every = [*start, *places]
    reach = _reach(one)
    drawn = len(places) <= _FEW and set(places) <= set(reach)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "Expected",
        "legendrank": 2,
        "x": [chart.categories[place] for place in every],
        "y": [*(chart.series[0].values[place] for place in start), *(one.values[place] for place in places)],
        "line": {"color": LINE, "width": 2, "dash": "dash"},
        "marker": {"size": [0] * len(start) + [9] * len(places), "color": LINE, "symbol": "diamond"},
        "error_y": _whiskers(one, start, places) if drawn else {"visible": False},
        "cliponaxis": False,
        "customdata": [chart.words[place] for place in every],
        "hovertemplate": "%{x}: %{customdata}<extra></extra>",
    }


def _whiskers(one: Series, start: list[int], places: list[int]) -> dict[str, Any]:
    def away(edges: tuple[float | None, ...], place: int) -> float:
        edge, value = edges[place], one.values[place]
        return 0.0 if edge is None or value is None else abs(edge - value)

    return {
        "type": "data",
        "symmetric": False,
        "array": [0.0] * len(start) + [away(one.highs, place) for place in places],
        "arrayminus": [0.0] * len(start) + [away(one.lows, place) for place in places],
        "color": QUIET,
        "thickness": 2,
        "width": 6,
    }


def _counted(chart: Chart, one: Series) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": one.name,
        "legendrank": 1,
        "x": list(chart.categories),
        "y": list(one.values),
        "connectgaps": False,
        "line": {"color": MAIN, "width": 2.5},
        "marker": {
            "size": 8,
            "color": MAIN,
            "symbol": [
                "circle-open" if place in chart.unfinished else "circle" for place in range(len(one.values))
            ],
        },
        "cliponaxis": False,
        "customdata": list(chart.words),
        "hovertemplate": "%{x}: %{customdata}<extra></extra>",
    }


def _words(chart: Chart) -> list[dict[str, Any]]:
    """The numbers of the last period that came and of the first and last to come: those that are spoken of."""
    found: list[tuple[int, float]] = []
    last = _last_counted(chart)
    if last is not None:
        found.append((last, chart.series[0].values[last] or 0.0))
    if len(chart.series) > 1:
        values = chart.series[1].values
        places = [place for place, value in enumerate(values) if value is not None]
        found += [(place, values[place] or 0.0) for place in dict.fromkeys((*places[:1], *places[-1:]))]
    crowded = len(chart.categories) > 12
    if crowded and len(found) == 3:
        # The last that came and the first to come stand side by side; between many, their numbers would meet.
        found.pop(1)
    return [
        {
            "x": place,
            "y": value,
            "text": f"<b>{chart.unit}{number(value)}</b>",
            "showarrow": False,
            "yshift": 16,
            "font": {"size": 13},
        }
        for place, value in found
    ]

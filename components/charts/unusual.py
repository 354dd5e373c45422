"""Months against the average and limits of the series they stand in, the unusual ones in a shape of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, count_steps, draw, step_axis
from components.theme import LINE, MAIN, QUIET
from domain.formats import number
from domain.tally import Source
from domain.unusual_months import Signal, Stretch


def unusual(
    labels: Sequence[str],
    values: Sequence[int],
    found: Sequence[Stretch],
    words: Sequence[str],
    source: Source,
) -> go.Figure:
    """Draw counts month by month.

    Parameters
    ----------
    labels, values : one a month. found : the stretches of one average each, of all the months together.
    words : what each month is called; blank where it is usual.
    """
    flagged = [signal for part in found for signal in part.signals]
    places = range(len(values))
    limits = [(part, part.limits) for part in found if part.limits]
    highest = [(part, one.drawn()[1]) for part, one in limits]
    traces = [
        _steps("Limits", [(part, one.drawn()[0]) for part, one in limits], labels, QUIET, "dash"),
        _steps("", highest, labels, QUIET, "dash"),
        _steps("Average", [(part, one.mean) for part, one in limits], labels, LINE, "solid"),
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(labels),
            "y": list(values),
            "line": {"color": QUIET, "width": 1},
            "hoverinfo": "skip",
            "showlegend": False,
        },
        _marks("Usual", [at for at in places if flagged[at] is Signal.NONE], labels, values, words),
        _marks("Unusual", [at for at in places if flagged[at] is not Signal.NONE], labels, values, words),
    ]
    most = max(*values, *(level for _, level in highest), 1)
    return draw(
        [trace for trace in traces if trace["x"]],
        source,
        showlegend=True,
        legend=LEGEND,
        xaxis=step_axis(labels),
        yaxis={"range": [0, 1.1 * most], "fixedrange": True, "title": None, **count_steps(most, 6)},
    )


def _steps(
    name: str, levels: Sequence[tuple[Stretch, float]], labels: Sequence[str], colour: str, dash: str
) -> dict[str, Any]:
    """One level over each stretch, with a gap where a new average begins."""
    across: list[str | None] = []
    up: list[float | None] = []
    for part, level in levels:
        months = labels[part.start : part.end]
        across += [*months, None]
        up += [*[level] * len(months), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "legendgroup": dash,
        "showlegend": bool(name),
        "x": across,
        "y": up,
        "line": {"color": colour, "width": 2, "dash": dash},
        "hovertemplate": "%{x}: %{y:.1f}<extra></extra>",
    }


def _marks(
    name: str, at: Sequence[int], labels: Sequence[str], values: Sequence[int], words: Sequence[str]
) -> dict[str, Any]:
    unusual_ones = name == "Unusual"
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [labels[place] for place in at],
        "y": [values[place] for place in at],
        "marker": {
            "size": 13 if unusual_ones else 8,
            "symbol": "diamond" if unusual_ones else "circle",
            "color": MAIN,
        },
        "customdata": [number(values[place]) + (f", {words[place]}" if words[place] else "") for place in at],
        "hovertemplate": "%{x}: %{customdata}<extra></extra>",
        "cliponaxis": False,
    }

"""Counts over time: a bar a period, unfinished ones hatched, what is still expected above it, and the mean of three months as a line."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, count_steps, draw, period_axis, upright_line
from components.theme import HATCHED, LINE, MAIN, QUIET
from domain.disclosure import Figure, Released
from domain.formats import number
from domain.late_entry import Expected
from domain.shown import WINDOW, dated, periods_of
from domain.statistics import rolling_mean

COMING = {"shape": "\\", "solidity": 0.3, "fgcolor": MAIN, "bgcolor": "rgba(0,0,0,0)"}
"""The pattern of what is not there yet."""
NOTHING_EXPECTED: Mapping[str, Expected] = {}


def trend(
    released: Released,
    *,
    unfinished: Collection[str] = (),
    mark_key: str = "",
    mark_words: str = "",
    expected: Mapping[str, Expected] = NOTHING_EXPECTED,
) -> go.Figure:
    """Draw counts over time.

    Parameters
    ----------
    released : Released
        A count grouped by month, quarter or year.
    unfinished : collection of str
        Keys of the periods that not every provider has reported in full: hatched, and left out of the mean.
    mark_key, mark_words : str
        The period at whose start a line is drawn, and its words; blank for none.
    expected : mapping of str to Expected
        The months that still fill, by their keys: what is expected stands hatched on the bar, with its range.
    """
    figures = dated(released)
    shapes, notes = [], []
    periods = periods_of(released)
    keys = list(periods)
    if mark_key in keys:
        shape, note = upright_line(keys.index(mark_key) - 0.5, mark_words)
        shapes, notes = [shape], [note]
    traces = [
        _bars(
            "Complete" if not set(keys).isdisjoint(unfinished) else released.measure.label,
            [f for f in figures if f.keys[0] not in unfinished],
            {"color": MAIN},
        ),
        _bars(
            "Not reported in full",
            [f for f in figures if f.keys[0] in unfinished],
            {"color": QUIET, "pattern": HATCHED},
        ),
    ]
    traces = [trace for trace in [*traces, _still_to_come(figures, expected)] if trace["x"]]
    if released.by[0] == "month" and len(figures) >= WINDOW:
        traces += _mean_lines(periods, figures, unfinished, expected)
    if released.hidden:
        traces.append(_hidden(periods, figures))
    ranges = [one.range.high for one in expected.values() if one.range]
    most = max([figure.met for figure in figures] + ranges, default=0)
    return draw(
        traces,
        released.source,
        shapes=shapes,
        annotations=notes,
        margin={"l": 8, "r": 16, "t": 72 if notes else 44, "b": 8},
        legend={**LEGEND, "y": 1.1 if notes else LEGEND["y"], "traceorder": "normal"},
        showlegend=len(traces) > 1,
        barmode="stack",
        xaxis=period_axis(list(periods.values())),
        yaxis={"rangemode": "tozero", "fixedrange": True, "title": None, **count_steps(most, 6)},
    )


def _bars(name: str, figures: list[Figure], marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": name,
        "x": [figure.labels[0] for figure in figures],
        "y": [figure.met for figure in figures],
        "text": [number(figure.met) for figure in figures],
        # Inside, at the foot of the bar, where the line of the mean does not cross it.
        # A bar of no height has no inside: its 0 stands where the bar would begin, or nothing would tell it from no bar at all.
        "textposition": ["outside" if "pattern" in marker or not one.met else "auto" for one in figures],
        "insidetextanchor": "start",
        "insidetextfont": {"color": "#ffffff"},
        "textangle": 0,
        "cliponaxis": False,
        "marker": marker,
        "hovertemplate": "%{x}: %{y}<extra></extra>",
    }


def _still_to_come(figures: tuple[Figure, ...], expected: Mapping[str, Expected]) -> dict[str, Any]:
    """What is expected above what is reported, with the range as a thin line."""
    found = [(f, e, e.range) for f in figures if (e := expected.get(f.keys[0])) and e.range]
    return {
        "type": "bar",
        "name": "Expected once late cases are entered",
        "x": [figure.labels[0] for figure, _, _ in found],
        "y": [estimate.expected - one.reported for _, one, estimate in found],
        "marker": {"color": "rgba(0,0,0,0)", "pattern": COMING, "line": {"color": MAIN, "width": 1.5}},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [estimate.high - estimate.expected for _, _, estimate in found],
            "arrayminus": [estimate.expected - estimate.low for _, _, estimate in found],
            "color": QUIET,
            "thickness": 2,
            "width": 5,
        },
        "customdata": [
            f"{number(one.reported)} so far, {number(estimate.expected)} expected "
            f"({number(estimate.low)} to {number(estimate.high)})"
            for _, one, estimate in found
        ],
        "hovertemplate": "%{x}: %{customdata}<extra></extra>",
    }


def _hidden(periods: Mapping[str, str], figures: Sequence[Figure]) -> dict[str, Any]:
    """The mark of the tables in the place of a bar that is hidden."""
    shown = {figure.keys[0] for figure in figures}
    labels = [label for key, label in periods.items() if key not in shown]
    return {
        "type": "scatter", "mode": "text", "x": labels, "y": [0] * len(labels), "text": ["c"] * len(labels),
        "textposition": "top center", "showlegend": False, "hovertemplate": "%{x}: hidden<extra></extra>",
    }  # fmt: skip


def _mean_lines(
    periods: Mapping[str, str],
    figures: Sequence[Figure],
    unfinished: Collection[str],
    expected: Mapping[str, Expected],
) -> list[dict[str, Any]]:
    """The mean of each month and the two before it: dashed from the first month that still fills, of which it takes what is expected."""
    known: dict[str, float | None] = {figure.keys[0]: figure.met for figure in figures}
    known |= {key: one.range.expected if one.range else None for key, one in expected.items()}
    means = rolling_mean([None if key in unfinished else known.get(key) for key in periods], WINDOW)
    first = min((place for place, key in enumerate(periods) if key in expected), default=len(periods))
    settled = [mean if place < first else None for place, mean in enumerate(means)]
    lines = [_mean_line(periods, settled)]
    if any(mean is not None for mean in means[first:]):
        # From the last settled point on, so that the line is not broken.
        going_on = [mean if place >= first - 1 else None for place, mean in enumerate(means)]
        lines.append({**_mean_line(periods, going_on, dash="dot"), "name": "Mean, still filling"})
    return lines


def _mean_line(
    periods: Mapping[str, str], means: Sequence[float | None], dash: str = "solid"
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "Mean of the last three months",
        "x": list(periods.values()),
        "y": list(means),
        "line": {"color": LINE, "width": 2, "dash": dash},
        "marker": {"symbol": "diamond", "size": 6},
        "hovertemplate": "%{x}: mean %{y:.1f}<extra></extra>",
    }

"""A funnel plot: shares by number of cases, with the limits within which chance alone keeps a group of each size."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Any

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, draw
from components.theme import LINE, MAIN, QUIET
from domain.formats import interval, number, percent_of, share_of
from domain.funnel import EXACT_UNDER, Funnel, Limits, Placed, Standing
from domain.tally import Source

HEIGHT = 460
_INSIDE = ("circle", QUIET, "Inside the limits")
_PLAINLY = ("diamond-open", MAIN, "Outside the plain 95% limits only")
_OUTSIDE = ("diamond", MAIN, "Outside the 95% limits")
_CLEAR = ("square", LINE, "Outside the 99.8% limits")
_LOOKS = (_INSIDE, _PLAINLY, _OUTSIDE, _CLEAR)
_STEPS = 60
_SPREAD = 40
"""From bases so many times as far apart the sizes stand on a logarithmic scale, or the small groups would lie in one place."""
_ROOM = (560, 330)
"""Pixels that names may take, between a telephone and a wide screen."""
_LETTER, _LINE = 7, 16
_PLACES = ("top center", "bottom center", "middle right", "middle left")


def funnel_plot(found: Funnel, source: Source, *, unit: str) -> go.Figure:
    """Draw each group as a named mark; its shape says where it stands.

    Parameters
    ----------
    unit : what the bases count, such as 'cases'.
    """
    bases = [placed.group.base for placed in found.placed]
    wide = max(bases) > _SPREAD * min(bases)
    sizes = _sizes(max(1, min(bases)) if wide else 1, max(bases))
    used = [found.limits(size) for size in sizes]
    traces = _lines(found, sizes, used)
    low, high = _scale(found, used)
    places = _named_at(found.placed, sizes, (low, high), wide=wide)
    traces += [
        _marks(look, [p for p in found.placed if _look(p) is look], places, found)
        for look in _LOOKS
        if any(_look(p) is look for p in found.placed)
    ]
    return draw(
        traces,
        source,
        height=HEIGHT,
        showlegend=True,
        legend={**LEGEND, "traceorder": "reversed"},
        margin={"l": 8, "r": 16, "t": 76, "b": 8},
        xaxis={
            "title": {"text": f"Number of {unit}", "font": {"size": 13}},
            "type": "log" if wide else "linear",
            "range": [log10(sizes[0]) - 0.05, log10(sizes[-1]) + 0.02] if wide else [0, sizes[-1]],
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "tickformat": ",d",
            **({"dtick": 1} if wide else {"nticks": 6}),
            "automargin": True,
        },
        yaxis={
            "range": [low, high],
            "tickformat": ".0%",
            "nticks": 6,
            "fixedrange": True,
            "zeroline": False,
            "title": None,
            "automargin": True,
        },
    )


def _lines(found: Funnel, sizes: Sequence[int], used: Sequence[Limits]) -> list[dict[str, Any]]:
    """The limits that decide, those of chance alone where they are others, and the average."""
    plain = [found.limits(size, widened=False) for size in sizes] if found.widened else []
    return [
        _line("99.8% limits", sizes, [(one.far_low, one.far_high) for one in used], "dash", QUIET, 1.5),
        _line("95% limits", sizes, [(one.low, one.high) for one in used], "solid", QUIET, 2),
        *(
            [_line("Plain 95% limits", sizes, [(one.low, one.high) for one in plain], "dot", QUIET, 1)]
            if plain
            else []
        ),
        {
            "type": "scatter",
            "mode": "lines",
            "name": f"Average {percent_of(found.met, found.base)}",
            "x": [sizes[0], sizes[-1]],
            "y": [found.average] * 2,
            "line": {"color": LINE, "width": 2},
            "hoverinfo": "skip",
        },
    ]


def _sizes(first: int, largest: int) -> list[int]:
    """Sizes at which limits are drawn: each while they are exact, then fewer, to a little beyond the largest group."""
    last = max(round(1.12 * largest), largest + 1, 12)
    exact = range(first, min(EXACT_UNDER, last + 1))
    start = max(first, EXACT_UNDER)
    if last < start:
        return list(exact)
    beyond = {round(start * (last / start) ** (step / _STEPS)) for step in range(_STEPS + 1)}
    return [*exact, *sorted(beyond)]


def _scale(found: Funnel, used: Sequence[Limits]) -> tuple[float, float]:
    """From where to where shares are drawn: every group and, of the limits, those of groups that are not tiny."""
    shares = [placed.group.share for placed in found.placed]
    edges = [edge for placed in found.placed for edge in (placed.used.far_low, placed.used.far_high)]
    low, high = min(*shares, *edges, found.average), max(*shares, *edges, found.average)
    room = 0.06 * max(high - low, 0.1)
    return max(-0.03, low - room), min(1.04, high + room)


def _line(
    name: str,
    sizes: Sequence[int],
    edges: Sequence[tuple[float, float]],
    dash: str,
    colour: str,
    width: float,
) -> dict[str, Any]:
    """The lower limits, a gap, and the upper ones, as one line."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [*sizes, None, *sizes],
        "y": [*(low for low, _ in edges), None, *(high for _, high in edges)],
        "line": {"color": colour, "width": width, "dash": dash},
        "hoverinfo": "skip",
    }


def _look(placed: Placed) -> tuple[str, str, str]:
    if placed.standing is Standing.OUTSIDE_998:
        return _CLEAR
    if placed.standing is Standing.OUTSIDE_95:
        return _OUTSIDE
    return _INSIDE if placed.plainly is Standing.INSIDE else _PLAINLY


def _marks(
    look: tuple[str, str, str], placed: Sequence[Placed], places: dict[str, str], found: Funnel
) -> dict[str, Any]:
    symbol, colour, name = look
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": name,
        "cliponaxis": False,
        "x": [one.group.base for one in placed],
        "y": [one.group.share for one in placed],
        "text": [one.group.label if one.group.key in places else "" for one in placed],
        "textposition": [places.get(one.group.key, "top center") for one in placed],
        "textfont": {"size": 12},
        "marker": {"size": 11, "symbol": symbol, "color": colour, "line": {"width": 2, "color": colour}},
        "customdata": [in_words(one, widened=found.widened) for one in placed],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def in_words(placed: Placed, *, widened: bool) -> str:
    """One group with the limits for its size: 'Maldon: 94% (45 of 48); 95% limits for 48: 68% to 97%'."""
    group, used = placed.group, placed.used
    wide = "widened " if widened else ""
    return (
        f"{group.label}: {share_of(group.met, group.base)}; {wide}95% limits for {number(group.base)}: "
        f"{interval(used.low, used.high)}, 99.8%: {interval(used.far_low, used.far_high)}"
    )


def _named_at(
    placed: Sequence[Placed], sizes: Sequence[int], scale: tuple[float, float], *, wide: bool
) -> dict[str, str]:
    """Which groups are named and on which side of their mark, so that no name lies on another: those that stand apart first.

    What has no room is named on pointing at it, and in the table.
    """
    across, up = _ROOM
    first, last = (log10(sizes[0]), log10(sizes[-1])) if wide else (0.0, float(sizes[-1]))

    def at(one: Placed) -> tuple[float, float]:
        base = log10(one.group.base) if wide else one.group.base
        x = across * (base - first) / (last - first or 1)
        return x, up * (one.group.share - scale[0]) / (scale[1] - scale[0])

    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in map(at, placed)]
    found: dict[str, str] = {}
    for one in sorted(placed, key=lambda each: (-_LOOKS.index(_look(each)), -each.group.base)):
        x, y = at(one)
        width = _LETTER * len(one.group.label)
        boxes = {
            "top center": (x - width / 2, y + 7, x + width / 2, y + 7 + _LINE),
            "bottom center": (x - width / 2, y - 7 - _LINE, x + width / 2, y - 7),
            "middle right": (x + 8, y - _LINE / 2, x + 8 + width, y + _LINE / 2),
            "middle left": (x - 8 - width, y - _LINE / 2, x - 8, y + _LINE / 2),
        }
        for place in _PLACES:
            box = boxes[place]
            inside = box[0] >= 0 and box[2] <= across and box[1] >= -_LINE and box[3] <= up + _LINE
            if inside and not any(_overlap(box, other) for other in taken):
                found[one.group.key] = place
                taken.append(box)
                break
    return found


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

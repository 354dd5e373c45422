"""Lying bars of groups, the first at the top: a name to the left, the words of the figure at the end of its bar."""

from __future__ import annotations

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from data_access.packs.drawings_letters import in_lines, width
from data_access.packs.drawings_parts import (
    LETTERS,
    ROW,
    WIDE,
    bar_looks,
    draw_key,
    draw_limits,
    key_lines,
    key_of,
    level_of,
    set_scale,
    sheet,
    words_of,
    write,
)
from domain.pack import Chart

_NAMES: Final = 170.0
"""Points that names take at most; longer ones are broken."""
_WORDS: Final = 130.0
_BAR: Final = 11.0
_BETWEEN: Final = 8.0


def row_heights(chart: Chart) -> list[float]:
    """How many points each group takes."""
    return [
        max(ROW * len(name), ROW * len(said), _BAR * len(chart.series)) + _BETWEEN
        for name, said in zip(*_written(chart), strict=True)
    ]


def _written(chart: Chart) -> tuple[list[list[str]], list[list[str]]]:
    """The names of the groups and the words of their figures, in lines."""
    names = [in_lines(name, _NAMES, LETTERS) for name in chart.categories]
    return names, [in_lines(words_of(chart, place), _WORDS, LETTERS) for place in range(len(names))]


def draw_lying(chart: Chart, colour: str, end: float) -> Figure:
    """Draw bars, each as long as its value on a scale from 0 to `end`."""
    names, words = _written(chart)
    rows = row_heights(chart)
    key = key_lines(key_of(chart, colour))
    top, bottom = len(key) * (ROW + 2) + 8, ROW + 6
    high = top + sum(rows) + bottom
    left = max((width(line, LETTERS) for name in names for line in name), default=0.0) + 12
    right = max((width(line, LETTERS) for said in words for line in said), default=0.0) + 10
    figure, axes = sheet(high, left, right, top, bottom)
    axes.set_xlim(0, end)
    axes.set_ylim(sum(rows) or 1, 0)
    axes.set_yticks([])
    set_scale(axes, chart, end, upright=False)
    middle = 0.0
    for place, height in enumerate(rows):
        middle += height / 2
        _row(axes, chart, place, middle, colour)
        write(
            axes, -8 / (WIDE - left - right) * end, middle, "\n".join(names[place]),
            ha="right", va="center", multialignment="right", linespacing=1.15,
        )  # fmt: skip
        first = middle - _BAR * (len(chart.series) - 1) / 2
        write(
            axes, level_of(chart, place) + 5 / (WIDE - left - right) * end, first, "\n".join(words[place]),
            ha="left", va="center", linespacing=1.15, zorder=6,
            bbox={"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip
        middle += height / 2
    draw_key(figure, key, high)
    return figure


def _row(axes: Axes, chart: Chart, place: int, middle: float, colour: str) -> None:
    """The bars of one group, with their limits."""
    start = middle - _BAR * len(chart.series) / 2
    for number, one in enumerate(chart.series):
        value, y = one.values[place], start + _BAR * (number + 0.5)
        if value is None:
            continue
        looks = bar_looks(number, colour, unfinished=place in chart.unfinished)
        axes.barh(y, value, height=_BAR, zorder=2, **looks)
        low, high = (row[place] if row else None for row in (one.lows, one.highs))
        if low is not None and high is not None:
            for edge in (low, high):
                draw_limits(axes, (edge, edge), (y - 3, y + 3))
            draw_limits(axes, (low, high), (y, y))

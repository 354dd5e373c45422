"""Periods from left to right: bars for counts, marks with their limits for shares; the words of each above it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from data_access.packs.drawings_letters import in_lines, width
from data_access.packs.drawings_parts import (
    INK,
    LETTERS,
    ROW,
    WIDE,
    bar_looks,
    draw_key,
    draw_limits,
    fill,
    key_lines,
    key_of,
    level_of,
    marker,
    scale,
    set_scale,
    sheet,
    words_of,
    write,
)
from domain.pack import Chart, Form

_HIGH: Final = 150.0
"""Points from the nought to the end of the scale."""
_AIR: Final = 4.0
_MOST_NAME: Final = 150.0


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one place for each period: as lines, standing on end where they are wider than their place, every so many."""

    lines: tuple[tuple[str, ...], ...]
    on_end: bool
    every: int

    @property
    def high(self) -> float:
        """How many points the tallest of them takes."""
        if self.on_end:
            return max((width(line, LETTERS) for lines in self.lines for line in lines), default=0.0)
        return ROW * max(map(len, self.lines), default=0)


def draw_upright(chart: Chart, colour: str, end: float) -> Figure:
    """Draw the periods, on a scale from 0 to `end`."""
    long = max(1, len(chart.categories))
    left = max(width(words, LETTERS) for words in scale(chart, end)[1]) + 8
    slot = (WIDE - left - 4) / long
    names = placed(chart.categories, slot)
    words = placed(tuple(words_of(chart, place) for place in range(len(chart.categories))), slot)
    key = key_lines(key_of(chart, colour))
    # Room above the scale for the words of the tallest mark, which is not part of the scale.
    above = words.high + 2 * _AIR
    top, bottom = len(key) * (ROW + 2) + 6, names.high + 2 * _AIR
    high = top + above + _HIGH + bottom
    figure, axes = sheet(high, left, 4, top, bottom)
    axes.set_ylim(0, end * (1 + above / _HIGH))
    axes.set_xlim(-0.5, long - 0.5)
    axes.set_xticks([])
    set_scale(axes, chart, end, upright=True)
    point = end / _HIGH
    for place in range(len(chart.categories)):
        if chart.form is Form.SHARES:
            _marks(axes, chart, place, colour)
        else:
            _bars(axes, chart, place, colour)
        if place % words.every == 0 or place in chart.hidden:
            _above(axes, chart, place, words, level_of(chart, place) + _AIR * point)
        if place % names.every == 0:
            write_below(axes, place, names, -_AIR * point)
    draw_key(figure, key, high)
    return figure


def placed(texts: tuple[str, ...], slot: float) -> Words:
    """Lie words in their places if they fit, broken at spaces; else stand them on end, and not all where even that is too much."""
    room = slot - 4
    if all(width(word, LETTERS) <= room for text in texts for word in text.split()):
        return Words(tuple(tuple(in_lines(text, room, LETTERS)) for text in texts), on_end=False, every=1)
    # Two lines on end where there is room for two.
    lines = tuple(tuple(in_lines(text, _MOST_NAME, LETTERS)) for text in texts)
    most = max(map(len, lines), default=1)
    return Words(lines, on_end=True, every=max(1, ceil(most * ROW / slot)))


def _above(axes: Axes, chart: Chart, place: int, words: Words, y: float) -> None:
    """The words of a mark; what is behind them stays away from them."""
    count = len(chart.series)
    aside = _shift(0, count) if chart.form is Form.SHARES else _offset(0, count)
    write(
        axes, place + aside, y, "\n".join(words.lines[place]),
        ha="center", va="bottom", multialignment="left" if words.on_end else "center",
        rotation=90 if words.on_end else 0, linespacing=1.15, zorder=6,
        bbox={"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.6},
    )  # fmt: skip


def write_below(axes: Axes, place: int, names: Words, y: float) -> None:
    """The name of a period under the nought."""
    write(
        axes, place, y, "\n".join(names.lines[place]),
        ha="center", va="top", multialignment="right" if names.on_end else "center",
        rotation=90 if names.on_end else 0, linespacing=1.15, clip_on=False,
    )  # fmt: skip


def _offset(row: int, count: int) -> float:
    """Where the bar of a series stands in its period."""
    return (row - (count - 1) / 2) * 0.76 / count


def _shift(row: int, count: int) -> float:
    """Where the mark of a series stands in its period: close by, so that limits do not cover each other."""
    return (row - (count - 1) / 2) * 0.2


def _bars(axes: Axes, chart: Chart, place: int, colour: str) -> None:
    count = len(chart.series)
    for row, one in enumerate(chart.series):
        value = one.values[place]
        if value is not None:
            looks = bar_looks(row, colour, unfinished=place in chart.unfinished)
            axes.bar(place + _offset(row, count), value, width=0.76 / count, zorder=2, **looks)
            _limits(axes, chart, row, place, place + _offset(row, count))


def _marks(axes: Axes, chart: Chart, place: int, colour: str) -> None:
    count = len(chart.series)
    for row, one in enumerate(chart.series):
        value, x = one.values[place], place + _shift(row, count)
        if value is not None:
            _limits(axes, chart, row, place, x)
            empty = place in chart.unfinished
            axes.plot(
                [x], [value], marker=marker(row), markersize=8, linestyle="none", zorder=6,
                markerfacecolor="#ffffff" if empty else fill(row, colour), markeredgecolor=INK,
            )  # fmt: skip


def _limits(axes: Axes, chart: Chart, row: int, place: int, x: float) -> None:
    """The 95% limits of a mark, with an edge at either end."""
    one = chart.series[row]
    low, high = (each[place] if each else None for each in (one.lows, one.highs))
    if low is None or high is None:
        return
    edge = 4 / ((WIDE - 40) / max(1, len(chart.categories)))
    for level in (low, high):
        draw_limits(axes, (x - edge, x + edge), (level, level))
    draw_limits(axes, (x, x), (low, high))

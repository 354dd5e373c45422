"""What came and what is expected, period after period: solid marks, then a dashed line inside the limits of 95 and of 80 in 100."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Transform

from data_access.packs.drawings_letters import in_lines, width
from data_access.packs.drawings_parts import (
    HIDDEN,
    INK,
    LETTERS,
    ROW,
    WIDE,
    Sample,
    dashes,
    draw_key,
    key_lines,
    scale,
    set_scale,
    sheet,
    sign,
    stroke,
    write,
)
from data_access.packs.drawings_upright import placed, write_below
from domain.pack import Chart, Series

_HIGH: Final = 190.0
"""Points from the nought to the end of the scale."""
_AIR: Final = 5.0
_EDGE: Final = 0.4
"""Of a place: so far limits reach to either side, so that those of one period alone are seen."""
_SHADES: Final = ("#e3e7ea", "#b9c1c7")
"""Of the limits of 95 and of 80 in 100: told apart, and the line upon them seen, in grey."""
_DASHES: Final = (0, (4, 2.5))
_MOST_WORDS: Final = 120.0
_KEY: Final = ("95% limits", "80% limits")

Span = tuple[int, int]
"""The first and the last place of what follows each other without a gap."""


def draw_fan(chart: Chart, colour: str, end: float) -> Figure:
    """Draw the periods, on a scale from 0 to `end`.

    Parameters
    ----------
    chart : of three series: what was counted, what is expected with its 95% limits, and the same with its 80% limits.
    """
    counted, *expected = chart.series
    long = max(1, len(chart.categories))
    left = max(width(words, LETTERS) for words in scale(chart, end)[1]) + 8
    slot = (WIDE - left - 4) / long
    names = placed(chart.categories, slot)
    key = key_lines(list(_key(chart, colour)))
    above = ROW * max((len(_lines(chart, place)) for place in _said(chart)), default=0) + 2 * _AIR
    top, bottom = len(key) * (ROW + 2) + 6, names.high + 2 * _AIR
    high = top + above + _HIGH + bottom
    figure, axes = sheet(high, left, 4, top, bottom)
    axes.set_ylim(0, end * (1 + above / _HIGH))
    axes.set_xlim(-0.5, long - 0.5)
    axes.set_xticks([])
    set_scale(axes, chart, end, upright=True)
    for row, one in enumerate(expected[: len(_SHADES)]):
        _band(axes, one, row)
    for one in expected[:1]:
        _line(axes, one, INK, _DASHES)
        _dots(axes, one, "D", "#ffffff", ())
    _line(axes, counted, colour, "-")
    _dots(axes, counted, "o", colour, chart.unfinished)
    point = end / _HIGH
    for place in range(len(chart.categories)):
        if place in chart.hidden:
            write(axes, place, _AIR * point, HIDDEN, ha="center", va="bottom", zorder=6)
        if place % names.every == 0:
            write_below(axes, place, names, -_AIR * point)
    _write_said(axes, chart, point, slot)
    draw_key(figure, key, high)
    return figure


def _said(chart: Chart) -> list[int]:
    """Where words stand: at the last that was counted and the first that is expected. The table has every number."""
    counted, *expected = chart.series
    last = [place for place, value in enumerate(counted.values) if value is not None][-1:]
    first = [place for one in expected[:1] for place, value in enumerate(one.values) if value is not None][:1]
    return sorted({*last, *first} - set(chart.hidden))


def _lines(chart: Chart, place: int) -> list[str]:
    return in_lines(chart.words[place], _MOST_WORDS, LETTERS, bold=True)


def _write_said(axes: Axes, chart: Chart, point: float, slot: float) -> None:
    """The words, each above what is drawn beneath them: of what is expected to the left, where the limits do not lie in their way."""
    last_level = float("inf")
    for place in reversed(_said(chart)):
        lines = _lines(chart, place)
        wide = max(width(line, LETTERS, bold=True) for line in lines) / slot
        expected = chart.series[0].values[place] is None
        right = min(place + (0.15 if expected else wide / 2), len(chart.categories) - 0.5)
        right = max(right, wide - 0.5)
        beneath = range(max(0, ceil(right - wide - 0.2)), place + 1)
        level = max(_top(chart, each) for each in beneath) + (_AIR + 3) * point
        high = (ROW * len(lines) + _AIR) * point
        # Where the words of the first that is expected stand in the way, those of the last that came go under their mark.
        under = not expected and abs(level - last_level) < high
        level = _top(chart, place) - (_AIR + 3) * point if under else level
        last_level = level
        write(
            axes, right, level, "\n".join(lines),
            ha="right", va="top" if under else "bottom", linespacing=1.15, zorder=6, bold=True,
            bbox={"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip


def _top(chart: Chart, place: int) -> float:
    """The end of all that is drawn at a place."""
    ends = [one.values[place] for one in chart.series]
    ends += [one.highs[place] for one in chart.series if one.highs]
    return max((end for end in ends if end is not None), default=0.0)


def _spans(values: Sequence[float | None]) -> Iterator[Span]:
    """What follows each other without a gap: nothing is drawn across a number that is not shown."""
    start: int | None = None
    for place, value in enumerate([*values, None]):
        if value is None and start is not None:
            yield start, place - 1
            start = None
        elif value is not None and start is None:
            start = place


def _band(axes: Axes, one: Series, row: int) -> None:
    """The limits of what is expected, from half a place before the first to half a place behind the last."""
    for first, last in _spans(_both(one)):
        across = [first - _EDGE, *range(first, last + 1), last + _EDGE]
        lows, highs = (_stretched(edge, first, last) for edge in (one.lows, one.highs))
        axes.fill_between(
            across, lows, highs, facecolor=_SHADES[row], edgecolor=INK, linewidth=0.5, zorder=1.2 + row / 10
        )


def _both(one: Series) -> list[float | None]:
    """A value where both limits are known."""
    return [None if low is None else high for low, high in zip(one.lows, one.highs, strict=True)]


def _stretched(edge: Sequence[float | None], first: int, last: int) -> list[float]:
    held = [value for value in edge[first : last + 1] if value is not None]
    return [held[0], *held, held[-1]]


def _line(axes: Axes, one: Series, colour: str, style: object) -> None:
    for first, last in _spans(one.values):
        across = list(range(first, last + 1))
        up = [value for value in one.values[first : last + 1] if value is not None]
        axes.plot(across, up, color=colour, linewidth=1.8, linestyle=style, zorder=4.5)


def _dots(axes: Axes, one: Series, shape: str, colour: str, hollow: Sequence[int]) -> None:
    """The marks; what is not complete, as what is expected, is hollow."""
    for place, value in enumerate(one.values):
        if value is not None:
            axes.plot(
                [place], [value], marker=shape, markersize=6, linestyle="none", zorder=5, markeredgecolor=INK,
                markerfacecolor="#ffffff" if place in hollow else colour,
            )  # fmt: skip


def _key(chart: Chart, colour: str) -> Iterator[tuple[Sample, str]]:
    counted, *expected = chart.series
    yield _marked("o", colour, colour, "-"), counted.name
    if expected:
        yield _marked("D", INK, "#ffffff", _DASHES), expected[0].name
    for row, (one, words) in enumerate(zip(expected, _KEY, strict=False)):
        if any(value is not None for value in one.lows):
            yield _shaded(row), words
    if chart.line is not None:
        yield dashes, chart.line.words
    if chart.unfinished:
        yield _marked("o", colour, "#ffffff", "-"), "Not complete"
    if chart.hidden:
        yield sign, "Hidden"


def _marked(shape: str, colour: str, inside: str, style: object) -> Sample:
    """A line with a mark on it."""

    def sample(figure: Figure, points: Transform, x: float, y: float) -> None:
        stroke(figure, points, (x, x + 18, y, y), linewidth=1.8, linestyle=style, color=colour)
        stroke(
            figure, points, (x + 9, x + 9, y, y), marker=shape, markersize=6, linestyle="none",
            markerfacecolor=inside, markeredgecolor=INK,
        )  # fmt: skip

    return sample


def _shaded(row: int) -> Sample:
    def sample(figure: Figure, points: Transform, x: float, y: float) -> None:
        box = Rectangle(
            (x, y - 4), 16, 8, transform=points, facecolor=_SHADES[row], edgecolor=INK, linewidth=0.5
        )
        figure.add_artist(box)

    return sample

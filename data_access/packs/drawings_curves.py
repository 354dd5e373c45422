"""Several lines over a rising number, as what each way of paying costs at so many cases: each with a name, a dash and a mark of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Transform

from data_access.packs.drawings_letters import in_lines, width
from data_access.packs.drawings_parts import (
    GREY,
    INK,
    LETTERS,
    PALE,
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
from domain.formats import number
from domain.pack import Chart, Series

_HIGH: Final = 230.0
"""Points from the nought to the end of the scale."""
_NAMES: Final = 118.0
_AIR, _BETWEEN, _LEAD = 5.0, 5.0, 26.0
"""Around words; between two names at the ends; from the end of a line to its name, with the sample between them."""
_DASHES: Final = ("-", (0, (6, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)), (0, (10, 3)))
_SHAPES: Final = ("o", "D", "s", "^", "v")
_POINTS: Final = ("*", "P", "X")
_GREYS: Final = ("", "#0b0c0c", "#505a5f", "#0b0c0c", "#505a5f")
"""Of the lines; the first wears the colour asked for. What tells them apart is dash, mark and name."""
_APART: Final = 0.15
"""So far are the marks of a line from each other, of the drawing."""
_STEPS: Final = 8


@dataclass(frozen=True, slots=True)
class _Name:
    """What stands at the end of a line: how high on the scale the line ends, from 0 to 1, and the words."""

    row: int
    level: float
    lines: tuple[str, ...]

    @property
    def high(self) -> float:
        return ROW * len(self.lines) + _BETWEEN


def draw_curves(chart: Chart, colour: str, end: float, across: str = "") -> Figure:
    """Draw the lines, on a scale from 0 to `end`; across stand the categories, as far from each other as their numbers are.

    Parameters
    ----------
    across : what the numbers across are, in words; blank where that is not known.
    """
    at = places_across(chart.categories)
    lines = [one for one in chart.series if not _is_point(one)]
    left = max(width(words, LETTERS) for words in scale(chart, end)[1]) + 8
    key = key_lines(_key(chart))
    names = [_Name(row, *said) for row, one in enumerate(lines) if (said := _at_end(one, end))]
    tall = max(_HIGH, sum(one.high for one in names))
    right = _LEAD + max((width(line, LETTERS) for one in names for line in one.lines), default=0.0) + 4
    top, bottom = len(key) * (ROW + 2) + 14, ROW * (2 if across else 1) + 3 * _AIR
    figure, axes = sheet(top + tall + bottom, left, right, top, bottom)
    room, first, last = WIDE - left - right, at[0] if at else 0.0, at[-1] if at else 1.0
    axes.set_xlim(first, last if last > first else first + 1)
    axes.set_ylim(0, end)
    axes.set_xticks([])
    set_scale(axes, chart, end, upright=True)
    for row, one in enumerate(lines):
        axes.plot(
            at, [float("nan") if value is None else value for value in one.values], color=_colour(row, colour),
            linewidth=1.6, linestyle=_DASHES[row % len(_DASHES)], marker=_SHAPES[row % len(_SHAPES)],
            markersize=5.5, markerfacecolor="#ffffff" if row else colour, markeredgecolor=_colour(row, colour),
            markevery=_marked(row, len(at)), clip_on=False, zorder=4 + row / 10,
        )  # fmt: skip
    _draw_points(axes, chart, at)
    _write_names(axes, names, (last, end, tall), room, colour)
    _write_numbers(axes, chart.categories, at, room, end / tall)
    if across:
        write(
            axes, 0.5, -(ROW + 2 * _AIR) / tall, across, transform=axes.transAxes, ha="center", va="top", clip_on=False
        )  # fmt: skip
    draw_key(figure, key, top + tall + bottom)
    return figure


def places_across(categories: Sequence[str]) -> list[float]:
    """Where the categories stand: at their numbers, if all are numbers that rise, else one after the other.

    >>> places_across(["0", "500", "1,000"]), places_across(["few", "many"])
    ([0.0, 500.0, 1000.0], [0.0, 1.0])
    """
    if not _are_numbers(categories):
        return [float(place) for place in range(len(categories))]
    return [float(one.replace(",", "")) for one in categories]


def _are_numbers(categories: Sequence[str]) -> bool:
    """Whether all are numbers, each above the one before."""
    try:
        found = [float(one.replace(",", "")) for one in categories]
    except ValueError:
        return False
    return all(before < after for before, after in pairwise(found))


def _key(chart: Chart) -> list[tuple[Sample, str]]:
    """The lines have their names at their ends; the rest must be said."""
    pointed = (one.name for one in chart.series if _is_point(one))
    found: list[tuple[Sample, str]] = [(_point(row), name) for row, name in enumerate(pointed)]
    found += [(dashes, chart.line.words)] if chart.line is not None else []
    return [*found, (sign, "Hidden")] if chart.hidden else found


def _colour(row: int, colour: str) -> str:
    return _GREYS[row % len(_GREYS)] or colour


def _is_point(one: Series) -> bool:
    """Whether a row of marks is one place that is pointed at, as the cases that a price includes, and no line."""
    return len(one.values) > 1 and sum(value is not None for value in one.values) == 1


def _draw_points(axes: Axes, chart: Chart, at: Sequence[float]) -> None:
    """The places that are pointed at; their names stand in the key, where they cover no line."""
    for row, one in enumerate(filter(_is_point, chart.series)):
        x, y = next((x, y) for x, y in zip(at, one.values, strict=True) if y is not None)
        axes.plot(
            [x], [y], marker=_POINTS[row % len(_POINTS)], markersize=12, color=INK, markeredgecolor="#ffffff",
            clip_on=False, zorder=7,
        )  # fmt: skip


def _point(row: int) -> Sample:
    def sample(figure: Figure, points: Transform, x: float, y: float) -> None:
        stroke(
            figure, points, (x + 8, x + 8, y, y), marker=_POINTS[row % len(_POINTS)], markersize=11, linestyle="none",
            markeredgecolor="#ffffff",
        )  # fmt: skip

    return sample


def _marked(row: int, long: int) -> tuple[int, int] | tuple[float, float]:
    """Where a line is marked: some way along it and then every so far, so that the marks of two lines stand beside each other."""
    return (0, 1) if long < 3 else (0.02 + 0.03 * (row % len(_SHAPES)), _APART)


def _at_end(one: Series, end: float) -> tuple[float, tuple[str, ...]] | None:
    """How high on the scale a line ends, from 0 to 1, and its name in lines; None where nothing of it is drawn."""
    values = [value for value in one.values if value is not None]
    return (values[-1] / end, tuple(in_lines(one.name, _NAMES, LETTERS))) if values else None


def _middles(names: Sequence[_Name], tall: float) -> list[float]:
    """How high each name stands, in points, of names from the lowest line to the highest: near to the end of its own, on no other."""
    ceiling, floor, middles = tall, 0.0, [0.0] * len(names)
    for place in range(len(names) - 1, -1, -1):
        middles[place] = min(names[place].level * tall, ceiling - names[place].high / 2)
        ceiling = middles[place] - names[place].high / 2
    for place, one in enumerate(names):
        middles[place] = max(middles[place], floor + one.high / 2)
        floor = middles[place] + one.high / 2
    return middles


def _write_names(
    axes: Axes, names: Sequence[_Name], corner: tuple[float, float, float], room: float, colour: str
) -> None:
    """The names to the right of the lines, each with its mark and a thin line from where its own line ends.

    Parameters
    ----------
    corner : where the lines end, the end of the scale, and how many points that is. room : points that the lines take.
    """
    last, end, tall = corner
    point = end / tall
    step = (axes.get_xlim()[1] - axes.get_xlim()[0]) / room
    rising = sorted(names, key=lambda one: (one.level, -one.row))
    for one, middle in zip(rising, _middles(rising, tall), strict=True):
        at = middle * point
        axes.plot(
            [last + 3 * step, last + 12 * step], [one.level * end, at], color=GREY, linewidth=0.7,
            clip_on=False, zorder=3,
        )  # fmt: skip
        axes.plot(
            [last + 18 * step], [at], marker=_SHAPES[one.row % len(_SHAPES)], markersize=6, linestyle="none",
            markerfacecolor="#ffffff" if one.row else colour, markeredgecolor=_colour(one.row, colour),
            clip_on=False, zorder=5,
        )  # fmt: skip
        write(
            axes, last + _LEAD * step, at, "\n".join(one.lines),
            ha="left", va="center", linespacing=1.15, clip_on=False,
        )  # fmt: skip


def _write_numbers(
    axes: Axes, categories: Sequence[str], at: Sequence[float], room: float, point: float
) -> None:
    """The numbers beneath the nought, at steps alike and as many as stand beside each other; of what is no number its own words."""
    if not at:
        return
    wide = max(width(one, LETTERS) for one in categories) + 10
    most = max(1, int(room / wide))
    if _are_numbers(categories):
        steps = MaxNLocator(nbins=min(most, _STEPS), integer=True, steps=[1, 2, 2.5, 5, 10]).tick_values(
            at[0], at[-1]
        )
        marks = [(float(step), number(step)) for step in steps if at[0] <= step <= at[-1]]
    else:
        every = ceil(len(at) / most)
        marks = [
            (x, name) for place, (name, x) in enumerate(zip(categories, at, strict=True)) if not place % every
        ]
    for x, name in marks:
        axes.plot([x, x], [0, -3 * point], color=GREY, linewidth=0.8, clip_on=False, zorder=3)
        axes.axvline(x, color=PALE, linewidth=0.5, zorder=0.5)
        write(axes, x, -_AIR * point, name, ha="center", va="top", clip_on=False, colour=INK)

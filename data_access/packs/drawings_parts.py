"""What lying and upright drawings share: the sheet and its scale, letters, the looks of marks, and the key above the marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator
from matplotlib.transforms import Affine2D, Transform

from data_access.packs.drawings_letters import BOLD, FAMILY, REGULAR, in_lines, width
from domain.formats import number, percent
from domain.pack import Chart, Form

WIDE: Final = 482.0
"""Points: 170 mm, what an A4 page has between its margins."""
LETTERS: Final = 9.0
"""Points of every word in a drawing; smaller is hard to read on paper."""
ROW: Final = 12.0
"""Points that a line of words takes."""
OWN_COLOUR: Final = "#1d4f91"
INK, GREY, PALE = "#0b0c0c", "#505a5f", "#d9dde0"
"""Of words and whiskers; of axes; of what lies beneath."""
HIDDEN: Final = "c"
HATCH: Final = "////"
_FILLS: Final = ("", "#c3c9ce", "#ffffff", "#7d868d")
"""Of the second series and on: as light and dark as they must be to be told apart in grey. The first wears the colour asked for."""
_MARKERS: Final = ("o", "D", "s", "^")
_GAP: Final = 14.0
_SAMPLE: Final = 22.0
_TICKS: Final = 5


def write(axes: Axes | Figure, x: float, y: float, words: str, **looks: Any) -> Text:
    """Write words, of which nothing is read as a formula."""
    size, bold = looks.pop("size", LETTERS), looks.pop("bold", False)
    letters = FontProperties(
        family=[FAMILY],
        fname=str(BOLD if bold else REGULAR),
        size=size,
        weight="bold" if bold else "normal",
    )
    return axes.text(
        x, y, words, fontproperties=letters, color=looks.pop("colour", INK), parse_math=False, **looks
    )


def sheet(high: float, left: float, right: float, top: float, bottom: float) -> tuple[Figure, Axes]:
    """A drawing of so many points, with its marks inside the margins."""
    figure = Figure(figsize=(WIDE / 72, high / 72), dpi=72)
    axes = figure.add_axes(
        (left / WIDE, bottom / high, (WIDE - left - right) / WIDE, (high - top - bottom) / high)
    )
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    axes.set_axisbelow(True)
    return figure, axes


def scale_end(chart: Chart) -> float:
    """Where the scale of a chart ends: at the first step beyond its longest mark and its line; a share never beyond 100%."""
    rows = [row for one in chart.series for row in (one.values, one.lows, one.highs)]
    levels = [value for row in rows for value in row if value is not None]
    if chart.line is not None:
        levels.append(chart.line.value)
    most = max(levels, default=1.0)
    if most <= 0:
        return 1.0
    end = _steps(chart, most)[-1]
    return max(most, min(end, 1.0)) if chart.share else end


def _steps(chart: Chart, end: float) -> list[float]:
    """The marks of a scale: whole cases, unless a mean is small."""
    whole = not chart.share and end > 2
    steps = MaxNLocator(nbins=_TICKS, integer=whole, steps=[1, 2, 2.5, 5, 10]).tick_values(0, end)
    return [float(step) for step in steps if step >= 0]


def level_of(chart: Chart, place: int, row: int = 0) -> float:
    """The end of a mark with its limits: where its words begin."""
    one = chart.series[row]
    ends = (one.values[place], one.highs[place] if one.highs else None)
    return max((end for end in ends if end is not None), default=0.0)


def words_of(chart: Chart, place: int) -> str:
    """What stands beside a mark; a hidden one has its sign, whatever else was said."""
    return HIDDEN if place in chart.hidden else chart.words[place]


def fill(row: int, colour: str) -> str:
    """The colour of a series."""
    return _FILLS[row % len(_FILLS)] or colour


def marker(row: int) -> str:
    """The shape of a series of marks."""
    return _MARKERS[row % len(_MARKERS)]


def bar_looks(row: int, colour: str, *, unfinished: bool) -> dict[str, Any]:
    """How a bar is filled; what is not complete is hatched on white."""
    if unfinished:
        return {
            "facecolor": "#ffffff",
            "edgecolor": colour if not row else INK,
            "hatch": HATCH,
            "linewidth": 1,
        }
    return {"facecolor": fill(row, colour), "edgecolor": colour if not row else INK, "linewidth": 0.8}


def scale(chart: Chart, end: float) -> tuple[list[float], list[str]]:
    """Where a scale is marked, and with what words: whole cases, or whole percents where that is fine enough."""
    places = [step for step in _steps(chart, end) if step <= end * (1 + 1e-9)]
    if chart.share:
        fine = any(abs(place * 100 - round(place * 100)) > 1e-9 for place in places)
        return places, [f"{number(place * 100, 1)}%" if fine else percent(place) for place in places]
    digits = 0 if all(place == round(place) for place in places) else 1
    return places, [f"{chart.unit}{number(place, digits)}" for place in places]


def set_scale(axes: Axes, chart: Chart, end: float, *, upright: bool) -> None:
    """Mark the scale with thin lines, and the nought with a firm one."""
    places, words = scale(chart, end)
    axis = axes.yaxis if upright else axes.xaxis
    axis.set_major_locator(FixedLocator(places))
    axis.set_major_formatter(FuncFormatter(lambda _value, at: words[at or 0]))
    axis.grid(visible=True, color=PALE, linewidth=0.6)
    own = axes.axhline if upright else axes.axvline
    own(0, color=GREY, linewidth=1, zorder=3)
    if chart.line is not None:
        own(chart.line.value, color=INK, linewidth=1.4, linestyle=(0, (5, 3)), zorder=4)
    for label in axis.get_ticklabels():
        label.set_fontproperties(FontProperties(family=[FAMILY], fname=str(REGULAR), size=LETTERS))
        label.set_color(GREY)


def draw_limits(axes: Axes, across: Sequence[float], up: Sequence[float]) -> None:
    """A line of the limits of a mark; white beneath it, so that it is seen on a dark bar too."""
    axes.plot(across, up, color="#ffffff", linewidth=3, zorder=4.5)
    axes.plot(across, up, color=INK, linewidth=1.2, zorder=5)


Sample = Callable[[Figure, Transform, float, float], None]
"""Draws a sample of a mark from a place to the right; the transform counts in points from the lower left corner of the sheet."""


def key_of(chart: Chart, colour: str) -> list[tuple[Sample, str]]:
    """What must be known to read the marks: each with a sample."""
    marks = chart.form is Form.SHARES
    found: list[tuple[Sample, str]] = [
        (_dot(row, colour) if marks else _box(row, colour, unfinished=False), one.name)
        for row, one in enumerate(chart.series)
    ]
    if any(one.lows or one.highs for one in chart.series):
        found.append((_whisker, "95% limits"))
    if chart.line is not None:
        found.append((dashes, chart.line.words))
    if chart.unfinished:
        found.append((_dot(0, "") if marks else _box(0, colour, unfinished=True), "Not complete"))
    if chart.hidden:
        found.append((sign, "Hidden"))
    return found


def key_lines(items: Sequence[tuple[Sample, str]]) -> list[list[tuple[Sample, str, float]]]:
    """The key in lines that fit: each item with the place where it begins."""
    lines: list[list[tuple[Sample, str, float]]] = []
    at = WIDE
    for sample, words in items:
        for place, piece in enumerate(in_lines(words, WIDE - _SAMPLE, LETTERS)):
            needed = _SAMPLE + width(piece, LETTERS)
            if at + needed > WIDE or place:
                lines.append([])
                at = 0.0
            lines[-1].append((sample if not place else _nothing, piece, at))
            at += needed + _GAP
    return lines


def draw_key(figure: Figure, lines: Sequence[Sequence[tuple[Sample, str, float]]], high: float) -> None:
    """Draw the key above the marks of a sheet that is `high` points."""
    points = Affine2D().translate(1, 0).scale(1 / WIDE, 1 / high) + figure.transFigure
    for number_of_line, line in enumerate(lines):
        y = high - ROW / 2 - number_of_line * (ROW + 2) - 1
        for sample, words, x in line:
            sample(figure, points, x, y)
            write(figure, x + _SAMPLE, y, words, va="center_baseline", ha="left", transform=points)


def _box(row: int, colour: str, *, unfinished: bool) -> Sample:
    def sample(figure: Figure, points: Transform, x: float, y: float) -> None:
        looks = bar_looks(row, colour, unfinished=unfinished)
        figure.add_artist(Rectangle((x, y - 4), 16, 8, transform=points, **looks))

    return sample


def _dot(row: int, colour: str) -> Sample:
    def sample(figure: Figure, points: Transform, x: float, y: float) -> None:
        figure.add_artist(
            Line2D(
                [x + 8], [y], marker=marker(row), markersize=7, markeredgecolor=INK, transform=points,
                markerfacecolor=fill(row, colour) if colour else "#ffffff", linestyle="none",
            )
        )  # fmt: skip

    return sample


def stroke(figure: Figure, points: Transform, ends: tuple[float, float, float, float], **looks: Any) -> None:
    """A line from one place to another, across and up."""
    across, up = ends[:2], ends[2:]
    figure.add_artist(Line2D(across, up, **{"color": INK, "transform": points, **looks}))


def _whisker(figure: Figure, points: Transform, x: float, y: float) -> None:
    stroke(figure, points, (x, x + 16, y, y), linewidth=1.2)
    for end in (x, x + 16):
        stroke(figure, points, (end, end, y - 3, y + 3), linewidth=1.2)


def dashes(figure: Figure, points: Transform, x: float, y: float) -> None:
    """The sample of a level that marks are held against."""
    stroke(figure, points, (x, x + 18, y, y), linewidth=1.4, linestyle=(0, (5, 3)))


def sign(figure: Figure, points: Transform, x: float, y: float) -> None:
    """The sample of a hidden number."""
    write(figure, x + 8, y, HIDDEN, va="center_baseline", ha="center", transform=points)


def _nothing(_figure: Figure, _points: Transform, _x: float, _y: float) -> None:
    """A line that goes on needs no sample."""

"""How a chart of a slide is laid out: the end and steps of its scale, the room of its words, and what each category is called."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

from data_access.packs.slides_text import lines_of, plain, width_of
from domain.figure_table import HIDDEN
from domain.pack import Chart, Form

SIZE: Final = 12.0
"""Of every word in a chart, in points."""
LINE: Final = 0.2
"""What a line of words takes, in inches."""
_TICKS: Final = 5
_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST_LINES: Final = 4
_MOST_UPRIGHT: Final = 1.7


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart as it is laid out.

    Parameters
    ----------
    categories : as they are written under or beside the marks. words : beside each mark of the first series; blank where there is none.
    end, step : of the scale. left, top, wide, high : of the field of the marks, as parts of the chart.
    turned : whether the names of the categories are turned to be read from below.
    """

    categories: tuple[str, ...]
    words: tuple[str, ...]
    end: float
    step: float
    left: float
    top: float
    wide: float
    high: float
    turned: bool


def category_words(chart: Chart, place: int) -> str:
    """What a category is called: what is hidden or not complete says so in words too.

    >>> from domain.pack import Series
    >>> chart = Chart(Form.COLUMNS, ("Jun", "Jul"), (Series("n", (None, 3.0)),), False, ("c", "3"), "", (1,), (0,))
    >>> category_words(chart, 0), category_words(chart, 1)
    ('Jun (c)', 'Jul (not complete)')
    """
    said = [HIDDEN] if place in chart.hidden else []
    said += ["not complete"] if place in chart.unfinished else []
    name = plain(chart.categories[place])
    return f"{name} ({', '.join(said)})" if said else name


def plan_of(chart: Chart, wide: float, high: float) -> Plan:
    """How a chart is laid out on so many inches."""
    categories = tuple(category_words(chart, place) for place in range(len(chart.categories)))
    end, step = _scale(chart)
    above = 0.36 + (0.34 if keyed(chart) else 0.0)
    if chart.form is Form.BARS:
        left = min(0.36 * wide, max(width_of(name, SIZE) for name in categories) + 0.2)
        right = max(width_of(word, SIZE) for word in chart.words) + 0.25
        return Plan(
            categories, tuple(map(plain, chart.words)), end, step, left / wide, above / high,
            (wide - left - right) / wide, (high - above - 0.4) / high, turned=False,
        )  # fmt: skip
    left, right = 0.7, 0.15
    slot = (wide - left - right) / len(categories)
    turned = any(
        lines_of(name, SIZE, slot - 0.08) > _MOST_LINES
        or any(width_of(word, SIZE) > slot - 0.04 for word in name.split())
        for name in categories
    )
    longest = max(width_of(name, SIZE) for name in categories)
    below = (
        min(longest, _MOST_UPRIGHT) + 0.15
        if turned
        else max(lines_of(name, SIZE, slot - 0.08) for name in categories) * LINE + 0.15
    )
    above += 0.26
    return Plan(
        categories, _upright_words(chart, slot), end, step, left / wide, above / high,
        (wide - left - right) / wide, max(high - above - below, 0.3 * high) / high, turned=turned,
    )  # fmt: skip


def keyed(chart: Chart) -> bool:
    """Whether a key is needed: one series alone is named in the title of the chart."""
    return len(chart.series) > 1 or chart.line is not None


def has_limits(chart: Chart) -> bool:
    """Whether a chart shows 95% limits."""
    return any(edge is not None for one in chart.series for edge in (*one.lows, *one.highs))


def _upright_words(chart: Chart, slot: float) -> tuple[str, ...]:
    """The words above upright marks: all where they fit, else their first part, else the last mark's alone; all are in the table."""
    words = tuple(plain(word) for word in chart.words)
    if all(width_of(word, SIZE) <= slot - 0.02 for word in words):
        return words
    short = tuple(word.partition(" (")[0] for word in words)
    if all(width_of(word, SIZE) <= slot + 0.02 for word in short):
        return short
    return (*("" for _ in words[:-1]), short[-1])


def _scale(chart: Chart) -> tuple[float, float]:
    """Where the scale ends, and its steps."""
    rows = [row for one in chart.series for row in (one.values, one.highs)]
    levels = [value for row in rows for value in row if value is not None]
    if chart.line is not None:
        levels.append(chart.line.value)
    if chart.share and chart.form is Form.SHARES and max(levels, default=0) <= 1:
        return 1.0, 0.2
    top = max([*levels, 0.1 if chart.share else 1.0])
    rough = top / _TICKS
    unit = 10.0 ** floor(log10(rough))
    step = next(one * unit for one in _STEPS if one * unit >= rough - 1e-12)
    if not chart.share:
        step = max(step, 1.0)
    end = ceil(top / step - 1e-9) * step
    return (min(end, 1.0) if chart.share and top <= 1 else end), step

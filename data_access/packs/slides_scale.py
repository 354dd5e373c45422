"""How a chart of a slide is laid out: the end and steps of its scale, the room of its words, and what each category is called."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

from data_access.packs.slides_text import lines_of, plain, width_of
from domain.figure_table import HIDDEN
from domain.pack import Chart, Form

SIZE, SMALLER = 14.0, 12.0
"""Of every word in a chart, in points; the names of many periods are smaller."""
LINE: Final = 0.235
"""What a line of words takes, in inches."""
NOT_COMPLETE: Final = "not complete"
_SAMPLE: Final = 0.6
"""What stands before each name of the key, in inches."""
_TICKS: Final = 5
_TICK: Final = 0.65
"""What a number of a lying scale takes, in inches."""
_STEPS: Final = (1.0, 2.0, 5.0, 10.0)
_MOST_LINES: Final = 5
_MOST_UPRIGHT: Final = 1.5


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart as it is laid out.

    Parameters
    ----------
    title : what is drawn; blank where the key says it. key : where the key begins and how high it is, as parts of the chart.
    categories : as they are written under or beside the marks. words : beside each mark of the first series; blank where there is none.
    end, step : of the scale. left, top, wide, high : of the field of the marks, as parts of the chart.
    letters : the size of the names of the categories. turned : whether they are turned to be read from below.
    """

    title: str
    key: tuple[float, float]
    categories: tuple[str, ...]
    words: tuple[str, ...]
    end: float
    step: float
    left: float
    top: float
    wide: float
    high: float
    letters: float
    turned: bool


def category_words(chart: Chart, place: int, *, turned: bool = False) -> str:
    """What a category is called: what is hidden or not complete says so in words too; turned there is only room for a sign.

    >>> from domain.pack import Series
    >>> chart = Chart(Form.COLUMNS, ("Jun", "Jul"), (Series("n", (None, 3.0)),), False, ("c", "3"), "", (1,), (0,))
    >>> category_words(chart, 0), category_words(chart, 1), category_words(chart, 1, turned=True)
    ('Jun (c)', 'Jul (not complete)', 'Jul *')
    """
    name = plain(chart.categories[place])
    said = [HIDDEN] if place in chart.hidden else []
    if place in chart.unfinished and turned:
        name = f"{name} *"
    elif place in chart.unfinished:
        said.append(NOT_COMPLETE)
    return f"{name} ({', '.join(said)})" if said else name


def plan_of(chart: Chart, wide: float, high: float, mark: str = "") -> Plan:
    """How a chart is laid out on so many inches; `mark` is what is said of example data."""
    return _lying(chart, wide, high, mark) if chart.form is Form.BARS else _upright(chart, wide, high, mark)


def _lying(chart: Chart, wide: float, high: float, mark: str) -> Plan:
    categories = tuple(category_words(chart, place) for place in range(len(chart.categories)))
    title = _title(chart, mark)
    above = _above(chart, title, wide)
    field = high - above - 0.42
    left = min(0.4 * wide, max(width_of(name, SIZE) for name in categories) + 0.2)
    lines = max(lines_of(name, SIZE, left - 0.15) for name in categories)
    size = SIZE if len(categories) * lines * LINE <= field else SMALLER
    right = max(width_of(word, SIZE) for word in chart.words) + 0.25
    end, step = _scale(chart)
    if end / step * _TICK > wide - left - right:
        step = end / 2
    return Plan(
        title, _key(chart, title, wide, high), categories, tuple(map(plain, chart.words)), end, step, left / wide, above / high,
        (wide - left - right) / wide, field / high, size, turned=False,
    )  # fmt: skip


def _upright(chart: Chart, wide: float, high: float, mark: str) -> Plan:
    left, right = 0.75, 0.15
    slot = (wide - left - right) / len(chart.categories)
    names = tuple(category_words(chart, place) for place in range(len(chart.categories)))
    size = next((one for one in (SIZE, SMALLER) if _fit(names, one, slot)), None)
    turned = size is None
    if turned:
        names = tuple(category_words(chart, place, turned=True) for place in range(len(chart.categories)))
    title = _title(chart, mark, starred=turned and bool(chart.unfinished))
    below = 0.15 + (
        min(max(width_of(name, SMALLER) for name in names), _MOST_UPRIGHT)
        if size is None
        else max(lines_of(name, size, slot - 0.08) for name in names) * LINE * size / SIZE
    )
    above = _above(chart, title, wide) + 0.38
    return Plan(
        title, _key(chart, title, wide, high), names, _upright_words(chart, slot), *_scale(chart), left / wide, above / high,
        (wide - left - right) / wide, max(high - above - below, 0.3 * high) / high, size or SMALLER, turned=turned,
    )  # fmt: skip


def _fit(names: tuple[str, ...], size: float, slot: float) -> bool:
    """Whether the names of all periods stand below their marks, a few words a line."""
    return all(
        lines_of(name, size, slot - 0.08) <= _MOST_LINES
        and all(width_of(word, size) <= slot - 0.04 for word in name.split())
        for name in names
    )


def _above(chart: Chart, title: str, wide: float) -> float:
    """What title and key take above the marks."""
    lines = lines_of(title, SIZE, 0.7 * wide, bold=True) if title else 0
    return lines * LINE + 0.2 + key_high(chart, wide)


def _title(chart: Chart, mark: str, *, starred: bool = False) -> str:
    """What is drawn, so that a chart that is copied elsewhere still says it, and that it is an example."""
    name = "" if keyed(chart) else plain(chart.series[0].name)
    limits = "with 95% limits" if has_limits(chart) else ""
    parts = (
        ", ".join(filter(None, (name, limits))),
        f"* {NOT_COMPLETE}" if starred else "",
        plain(mark),
    )
    words = "; ".join(filter(None, parts))
    return words[:1].upper() + words[1:]


def _key(chart: Chart, title: str, wide: float, high: float) -> tuple[float, float]:
    tall = key_high(chart, wide)
    return (_above(chart, title, wide) - tall - 0.02) / high, tall / high


def key_high(chart: Chart, wide: float) -> float:
    """What the key takes, in inches; nothing where there is none."""
    if not keyed(chart):
        return 0.0
    names = [one.name for one in chart.series] + ([chart.line.words] if chart.line else [])
    across = sum(width_of(plain(name), SIZE) + _SAMPLE for name in names)
    return (1 + int(across / (0.9 * wide))) * 0.3


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

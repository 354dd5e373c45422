"""The charts of a pack as drawings for paper: they mean the same in grey, their words are words, and the same chart is the same bytes.

Drawn by matplotlib without its global figure, so that two people can write a document at once. Nothing is decided here: what a chart
says, which of its numbers are hidden and which months are not complete stands in the `Chart`.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from data_access.packs.drawings_curves import draw_curves
from data_access.packs.drawings_fan import draw_fan
from data_access.packs.drawings_letters import NO_LETTER, drawn
from data_access.packs.drawings_lying import draw_lying, row_heights
from data_access.packs.drawings_parts import OWN_COLOUR, PALE, WIDE, scale_end, write
from data_access.packs.drawings_upright import draw_upright
from domain.pack import Chart, Form, Line, Series

_MOST_HIGH: Final = 560.0
"""Points of lying bars that stand on a page with their heading; the rest of a longer list is a second drawing on the same scale."""
_DOTS: Final = 200
"""Dots an inch of a picture: enough for print."""
_PARTED_FROM, _SIGNS_FROM, _SIGNS_TO = "\u0590", "\u1d00", "\u2c00"
"""Latin, Greek and Cyrillic letters stand before the first; more of them, arrows, shapes and signs between the others."""
_FORMS: Final = {Form.BARS: draw_lying, Form.FAN: draw_fan}
"""Every other form stands upright, period after period; but lines over a number say what that number is."""

# Read by matplotlib while it writes an SVG, and there is no other way to say it: words stay words, and names inside the file do not
# change from one time to the next. Said once, as the module is loaded, and by nothing else in the program.
matplotlib.rcParams["svg.fonttype"] = "none"
matplotlib.rcParams["svg.hashsalt"] = "pack"


def draw(chart: Chart, *, colour: str = OWN_COLOUR, mark: str = "", end: float | None = None) -> str:
    """A chart as SVG, 170 mm wide.

    Parameters
    ----------
    colour : '#rrggbb', of the marks. It must stand out from white; nothing rests on it alone.
    mark : what is written across it, as 'Example data'; blank for nothing.
    end : where the scale ends (`scale_end`), for a drawing that goes on from another; its own where none is given.
    """
    written = io.BytesIO()
    # A salt makes the names alike; without a date and the version of the program the rest is alike too.
    figure = _figure(chart, colour, mark, end)
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return written.getvalue().decode("utf-8")


def draw_png(
    chart: Chart, *, colour: str = OWN_COLOUR, mark: str = "", end: float | None = None, across: str = ""
) -> bytes:
    """The same as a picture, for a file that cannot hold an SVG.

    Parameters
    ----------
    across : what the numbers are that lines run over, in words; other forms have none.
    """
    written = io.BytesIO()
    figure = _figure(chart, colour, mark, end, across)
    figure.savefig(written, format="png", dpi=_DOTS, metadata={"Software": None})
    return written.getvalue()


def in_parts(chart: Chart) -> tuple[Chart, ...]:
    """A chart in as many drawings as stand on paper, one after the other; nearly always one."""
    if chart.form is not Form.BARS:
        return (chart,)
    starts, high = [0], 0.0
    for place, row in enumerate(row_heights(chart)):
        if high and high + row > _MOST_HIGH:
            starts.append(place)
            high = 0.0
        high += row
    return tuple(_part(chart, *edges) for edges in pairwise([*starts, len(chart.categories)]))


def _part(chart: Chart, start: int, end: int) -> Chart:
    """Some of the rows of a chart."""

    def kept(places: Sequence[int]) -> tuple[int, ...]:
        return tuple(place - start for place in places if start <= place < end)

    return replace(
        chart,
        categories=chart.categories[start:end],
        words=chart.words[start:end],
        series=tuple(
            Series(one.name, one.values[start:end], one.lows[start:end], one.highs[start:end])
            for one in chart.series
        ),
        unfinished=kept(chart.unfinished),
        hidden=kept(chart.hidden),
    )


def _figure(chart: Chart, colour: str, mark: str, end: float | None, across: str = "") -> Figure:
    to = scale_end(chart) if end is None else end
    if chart.form is Form.CURVES:
        figure = draw_curves(_clean(chart), colour, to, _letters(across))
    else:
        figure = _FORMS.get(chart.form, draw_upright)(_clean(chart), colour, to)
    if mark:
        _write_across(figure.axes[0], drawn(mark))
    return figure


def _clean(chart: Chart) -> Chart:
    """The chart with words that an SVG can hold."""
    return replace(
        chart,
        categories=tuple(_letters(one) for one in chart.categories),
        words=tuple(_letters(one) for one in chart.words),
        series=tuple(replace(one, name=_letters(one.name)) for one in chart.series),
        line=Line(chart.line.value, _letters(chart.line.words)) if chart.line else None,
    )


def _letters(text: str) -> str:
    """The words of a drawing: each sign a letter of its own, as those of European languages are, or a box.

    Where a letter is drawn of several parts, as a mark over another letter or most of those of Asia, a tagged document refuses the
    drawing: it would hold parts that are no letter. Table and description have every word.
    """
    return "".join(
        sign if sign < _PARTED_FROM or _SIGNS_FROM <= sign < _SIGNS_TO else NO_LETTER
        for sign in unicodedata.normalize("NFC", drawn(text))
        if not unicodedata.category(sign).startswith("M")
    )


def _write_across(axes: Axes, mark: str) -> None:
    """The mark lies under everything else, so that no number is harder to read for it."""
    write(
        axes,
        0.5,
        0.5,
        mark,
        size=30,
        colour=PALE,
        transform=axes.transAxes,
        rotation=8,
        ha="center",
        va="center",
        zorder=0,
    )


__all__ = ["OWN_COLOUR", "WIDE", "draw", "draw_png", "in_parts", "scale_end"]

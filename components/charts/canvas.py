"""What all charts share: margins, axes, and the mark on charts of example data."""

import re
from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap
from typing import Any
from urllib.parse import quote

import plotly.graph_objects as go

from components.theme import LINE, QUIET
from domain.share_rows import FEW as FEW
from domain.share_rows import FEW_NOTE as FEW_NOTE
from domain.tally import Source

ROW_HEIGHT = 40
"""Pixels that one horizontal bar takes."""
LINE_LENGTH = 20
"""Letters of a name before it goes on in the next line, so that bars have room on a telephone."""
_PRESENTED_LENGTH = 48
"""The same on a screen that a chart fills, where rows are low and there is room to the left."""
LINE_HEIGHT = 18
"""Pixels that one line of a name takes."""
NO_BREAK = "\u00a0"
"""A space at which no line is broken."""
MARK_HEIGHT = 90
"""Pixels that the mark of example data is high, and about three times as wide."""
LETTER_WIDTH = 6.5
"""Pixels that one letter beside a mark takes. The room on a telephone is short: one more would cut the names."""
LEGEND: dict[str, Any] = {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "font": {"size": 13}}
"""Above the chart, from its left edge."""

_SHORT_BRACKETS = re.compile(r"\([^()]{1,18}\)")
_WATERMARKS = {Source.EXAMPLES: "Example data", Source.IN_HAND: "Not saved"}


def draw(
    traces: Sequence[dict[str, Any]],
    source: Source,
    *,
    height: int = 380,
    shapes: Sequence[dict[str, Any]] = (),
    annotations: Sequence[dict[str, Any]] = (),
    **layout: Any,
) -> go.Figure:
    """Put traces on the common canvas.

    Parameters
    ----------
    traces : sequence of dict
        Plotly traces as plain dictionaries.
    source : Source
        Where the figures came from; example and unsaved figures are marked across the chart.
    height : int
        In pixels.
    layout : Any
        Further parts of a Plotly layout.
    """
    mark = _WATERMARKS.get(source)
    for axis in ("xaxis", "yaxis"):
        layout[axis] = {"tickfont": {"size": 13}, **layout.get(axis, {})}
    return go.Figure(
        {
            "data": list(traces),
            "layout": {
                "height": height,
                "margin": {"l": 8, "r": 16, "t": 44, "b": 8},
                "legend": LEGEND,
                "bargap": 0.25,
                "font": {"size": 14},
                "dragmode": False,
                "hovermode": "closest",
                "separators": ".,",
                "shapes": list(shapes),
                "annotations": list(annotations),
                "images": [_watermark(mark, height, upright=layout["xaxis"].get("type") == "category")]
                if mark
                else [],
                # A number that does not fit into its bar is left out; it stands in the table.
                "uniformtext": {"minsize": 10, "mode": "hide"},
                **layout,
            },
        }
    )


def rows_height(labels: Sequence[str]) -> int:
    """The height of a chart with a horizontal bar for each label, in pixels: no name touches the next one."""
    lines = [len(in_lines(label)) for label in labels]
    most = max((one + other for one, other in pairwise(lines)), default=2)
    return 90 + max(ROW_HEIGHT, most * LINE_HEIGHT // 2 + 4) * max(len(labels), 2)


def in_lines(name: str, length: int = LINE_LENGTH) -> list[str]:
    r"""A name in lines of so many letters; what stands in short brackets, as '(Q1 2020/21)', is not parted.

    >>> in_lines("Apr-Jun 2020 (Q1 2020/21)")
    ['Apr-Jun 2020', '(Q1\xa02020/21)']
    """
    return wrap(_SHORT_BRACKETS.sub(lambda found: found[0].replace(" ", NO_BREAK), name), length)


def words_room(texts: Sequence[str]) -> dict[str, int]:
    """The margins of a chart whose words stand beside its marks: pixels, so that they fit at any width."""
    return {"l": 8, "r": 24 + round(LETTER_WIDTH * max(map(len, texts), default=0)), "t": 12, "b": 8}


def text_column(labels: Sequence[str], at: Sequence[float], texts: Sequence[str]) -> dict[str, Any]:
    """Words written beside horizontal marks, each starting at its own place on the scale."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(at),
        "y": list(labels),
        "text": [f"\u2002{text}" for text in texts],
        "textposition": "middle right",
        "cliponaxis": False,
        "textfont": {"size": 13},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def hidden_marks(labels: Sequence[str]) -> dict[str, Any]:
    """The mark of the tables in the place of upright bars that are hidden from an audience."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(labels),
        "y": [0] * len(labels),
        "text": ["c"] * len(labels),
        "textposition": "top center",
        "showlegend": False,
        "hovertemplate": "%{x}: hidden<extra></extra>",
    }


def share_axis(longest: float) -> dict[str, Any]:
    """A scale of shares from 0 to the end of the longest mark; its words stand in the margin."""
    return {
        "range": [0, max(longest, 0.1) * 1.02],
        "tickformat": ".0%",
        "nticks": 3,
        "tickangle": 0,
        "fixedrange": True,
        "title": None,
    }


def count_steps(most: float, steps: int) -> dict[str, Any]:
    """How a scale of counts is divided: into about so many steps, and never into parts of a case."""
    return {"tickformat": ",d", **({"dtick": 1} if most <= steps else {"nticks": steps})}


def name_axis(labels: Sequence[str]) -> dict[str, Any]:
    """An axis of names, the first one at the top."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(labels),
        "tickvals": list(labels),
        "ticktext": ["<br>".join(in_lines(label)) for label in labels],
        "autorange": "reversed",
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "ticklabelstandoff": 6,
        "title": None,
    }


def step_axis(labels: Sequence[str], **more: Any) -> dict[str, Any]:
    """An axis of periods or bands from left to right, each as wide as the others; `more` is what this chart alone wants."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(labels),
        "fixedrange": True,
        "automargin": True,
        "title": None,
        **more,
    }


def period_axis(labels: Sequence[str], **more: Any) -> dict[str, Any]:
    """The same of periods: a quarter in two lines, so that its name takes little room also where it is turned."""
    return step_axis(labels, labelalias={label: label.replace(" (", "<br>(") for label in labels}, **more)


def upright_line(x: float, words: str, *, dash: str = "dash") -> tuple[dict[str, Any], dict[str, Any]]:
    """A vertical line at ``x`` with words at its top: the shape and the annotation."""
    shape = {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": LINE, "width": 2, "dash": dash},
    }
    words_at = {
        "x": x,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "left",
        "text": words,
        "showarrow": False,
    }
    return shape, words_at


def _on_one_line(figure: go.Figure) -> None:
    """Set words beside marks on one line each: on a screen the rows are as low as the screen makes them."""
    for trace in figure.data:
        # Bars have marks of no mode.
        words = getattr(trace, "mode", None) == "text"
        texts = [str(text) for text in trace.text or ()] if words else []
        if any("<br>" in text for text in texts):
            trace.text = [text.replace("<br>", " ") for text in texts]
            figure.update_layout(margin_r=words_room(trace.text)["r"])


def enlarge(figure: go.Figure) -> None:
    """Set a chart in large type for a screen that it fills: names in long lines, and more room for words."""
    _on_one_line(figure)
    figure.update_layout(
        height=None,
        font_size=17,
        legend_font_size=16,
        margin_r=round(1.25 * (figure.layout.margin.r or 0)),
        margin_t=figure.layout.margin.t + (12 if figure.layout.showlegend else 0),
    )
    figure.update_xaxes(tickfont_size=16).update_yaxes(tickfont_size=16)
    figure.update_traces(textfont_size=16)
    figure.update_layout_images(sizex=0.8, sizey=0.8)
    names = figure.layout.yaxis.tickvals
    if names:
        figure.update_yaxes(ticktext=["<br>".join(in_lines(name, _PRESENTED_LENGTH)) for name in names])


def _watermark(words: str, height: int, *, upright: bool) -> dict[str, Any]:
    """The mark on a chart, as a picture of one size also on a telephone.

    It lies under bars and numbers; but over upright bars, which stand so close that they would hide it.
    """
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120"><text x="200" y="80" '
        'text-anchor="middle" font-family="sans-serif" font-size="54" transform="rotate(-10 200 60)" '
        f'fill="{QUIET}">{words}</text></svg>'
    )
    return {
        "name": words,
        "source": f"data:image/svg+xml;charset=utf-8,{quote(drawn)}",
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.5,
        "xanchor": "center",
        "yanchor": "middle",
        "sizex": 5,
        "sizey": MARK_HEIGHT / (height - 60),
        "sizing": "contain",
        "opacity": 0.4 if upright else 0.2,
        "layer": "above" if upright else "below",
    }

"""One screen of a pack on a page: its sentence, its chart or table, and what it rests on; alike wherever a pack is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from components.charts.canvas import enlarge
from components.charts.pack_chart import pack_chart
from components.empty import cannot_be_said, withheld
from components.frame import CHART_CONFIG, on_paper, show_table
from components.present import presenting
from domain.formats import unmarked
from domain.pack import Form, Screen
from domain.tally import Source

_LETTERS: Final = 23
"""Pixels of the words of a chart on a presented screen."""
Beside = Callable[[Screen], None]


def show_screen(
    screen: Screen, source: Source, *, ours: bool = False, again: bool = False, beside: Beside | None = None
) -> None:
    """One message: the sentence, the chart or table, what it rests on, last time and now, and what was said.

    Parameters
    ----------
    ours : whether its readers may see every figure: what is not shown cannot be said then. again : whether a screen above said already
        why it is not shown. beside : draws what stands with its table, as a download.
    """
    st.header(unmarked(screen.takeaway.title or screen.heading), anchor=False)
    if screen.withheld:
        (cannot_be_said if ours else withheld)(screen.withheld, again=again)
        return
    if screen.takeaway.sure:
        st.markdown(unmarked(f"{screen.takeaway.sure}."))
    if screen.chart is not None:
        _chart(screen, source)
    elif screen.table.rows:
        show_table(screen.table, screen.heading)
    if screen.before:
        st.markdown(f"**Last time and now:** {unmarked(screen.before)}")
    _remark(screen)
    if presenting():
        return
    if screen.base:
        st.markdown(f"**{unmarked(screen.base)}**")
    for note in screen.notes:
        st.caption(unmarked(note))
    if screen.about:
        st.caption(unmarked(screen.about))
    _table(screen, beside)


def _table(screen: Screen, beside: Beside | None) -> None:
    """The folded table of a chart; what stands with a table."""
    if screen.chart is not None:
        with st.expander("Table", icon=":material/table:", key=f"table_{screen.key}"):
            show_table(screen.table, screen.heading)
            if beside is not None:
                beside(screen)
        st.html(on_paper(screen.table))
    elif beside is not None and screen.table.rows:
        beside(screen)


def _chart(screen: Screen, source: Source) -> None:
    if screen.chart is None:
        return
    figure = pack_chart(screen.chart, source)
    if presenting():
        enlarge(figure)
        figure.update_layout(font_size=_LETTERS, legend_font_size=_LETTERS)
        figure.update_xaxes(tickfont_size=_LETTERS).update_yaxes(tickfont_size=_LETTERS)
        figure.update_traces(textfont_size=_LETTERS)
        if screen.chart.form is Form.SHARES:
            # Its words stand above the marks, and take no room beside them.
            figure.update_layout(margin_r=40)
        else:
            # The words beside the marks are larger than on other presented screens.
            figure.update_layout(margin_r=round(figure.layout.margin.r * _LETTERS / 16))
        figure.update_traces(insidetextfont_size=_LETTERS, selector={"type": "bar"})
    st.plotly_chart(
        figure,
        width="stretch",
        height="stretch" if presenting() else "content",
        config=CHART_CONFIG,
        key=f"chart_{screen.key}",
        alt=screen.chart.alt,
    )


def _remark(screen: Screen) -> None:
    """What was said about a screen."""
    if screen.comment:
        st.markdown(f"**Comment:** {unmarked(screen.comment)}")
    if screen.quote:
        by = f" ({unmarked(screen.quote_by)})" if screen.quote_by else ""
        st.markdown(f"> “{unmarked(screen.quote)}”{by}")

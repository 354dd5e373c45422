"""The frame of every figure: message, chart, what it rests on, table and download; and the head of a page."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from components.address import PAGE
from components.charts.canvas import enlarge
from components.downloads import offer
from components.empty import not_in_totals, nothing_selected, numbers_hidden, too_few_to_draw, withheld
from components.navigation import PAGES
from components.panel import Panel, as_csv
from components.present import (
    ON_SCREEN,
    SENTENCES,
    page_style,
    page_switch,
    presenting,
    show_position,
)
from components.rows_link import lead_to_rows
from domain.formats import unmarked
from domain.table import Table

CHART_CONFIG: Final = {"displayModeBar": False, "responsive": True}
_ROWS_PRESENTED: Final = 12
"""A table of so many rows stands on one screen in place of a chart that an audience may not see."""


def page_head(title: str, sentence: str = "", *, presented: bool = True) -> None:
    """The title of a page, which is its message, with the switch for presenting, and what was chosen.

    `presented` is false on a page without charts: it has no switch.
    """
    if presented:
        page_switch()
    page_style(presented=presented)
    st.title(unmarked(title), anchor=False)
    if sentence and not (presented and presenting()):
        st.markdown(unmarked(sentence))


def section(title: str) -> None:
    """A heading over parts of a page that are not panels."""
    st.header(unmarked(title), anchor=False)


def show(panels: Sequence[Panel]) -> None:
    """Show panels one below the other, or one a screen while presenting."""
    if not panels:
        nothing_selected()
    elif presenting():
        # A meeting is not shown a screen that says only that something is not for it.
        shown = [panel for panel in panels if not panel.basis.withheld] or panels
        frame(shown[show_position(len(shown))])
    else:
        said: set[str] = set()
        for panel in panels:
            frame(panel, again=bool(instead := _instead(panel)) and instead in said)
            said.add(instead)


def _instead(panel: Panel) -> str:
    """Why something stands in place of a chart; blank where a chart, a table or the statuses stand."""
    if panel.basis.withheld:
        return panel.basis.withheld
    if panel.figure is not None or panel.grid is not None or panel.cells is not None:
        return ""
    if panel.basis.hidden:
        return "hidden"
    return "few" if panel.undrawn else "" if panel.basis.without else "nothing"


def frame(panel: Panel, *, again: bool = False) -> None:
    """Show one panel: message, chart, basis, and its table with a download.

    `again` is true where the panels above said already why there is no chart: one box on a page is read, a box for each is not.
    """
    with st.container(key=f"panel_{panel.key}"):
        st.header(unmarked(panel.heading), anchor=False)
        fewer = panel.screen_grid if presenting() else None
        if panel.basis.withheld:
            withheld(panel.basis.withheld, again=again)
        elif panel.cells is not None and not presenting():
            with st.container(key=f"{ON_SCREEN}_{panel.key}"):
                panel.cells()
        elif panel.grid is not None:
            show_table(fewer or panel.grid, panel.title, marked=True)
        elif panel.figure is None and panel.basis.hidden:
            numbers_hidden(again=again)
            if presenting() and len(panel.table.rows) <= _ROWS_PRESENTED:
                show_table(panel.table, panel.title)
        elif panel.figure is None and panel.undrawn:
            too_few_to_draw(again=again)
        elif panel.figure is None and panel.basis.without:
            not_in_totals(panel.basis.without)
        elif panel.figure is None:
            nothing_selected(again=again)
        else:
            chart(panel)
        basis = panel.basis
        if presenting():
            # A meeting needs no definition, and the notes in one paragraph leave the chart its room.
            st.markdown(f"**{unmarked(basis.base)}**" if basis.base else "")
            targets = "Only KPIs with a target are shown on this screen." if fewer else ""
            said = (targets, *panel.notes, basis.selection, basis.example, basis.audience)
            st.caption(unmarked(" ".join(part for part in said if part)))
        else:
            for note in panel.notes:
                st.caption(unmarked(note))
            st.markdown(f"**{unmarked(basis.base)}**" if basis.base else "")
            st.caption(unmarked(" ".join(basis.lines[1:])))
        if panel.basis.withheld:
            return
        if not presenting():
            show_footnotes(panel)
            with st.expander("Table", icon=":material/table:", key=f"table_{panel.key}"):
                show_table(panel.table, panel.title)
                download(panel)
                if basis.rows is not None:
                    lead_to_rows(basis.rows, panel.key)
        if panel.grid is None or (panel.cells is not None and not presenting()):
            st.html(on_paper(panel.table))
        if panel.basis.footnotes:
            st.html(footnotes_on_paper(panel.basis.footnotes))


def show_footnotes(panel: Panel) -> None:
    """What was accepted in the returns that a figure rests on, folded; nothing where nothing was."""
    footnotes = panel.basis.footnotes
    if footnotes:
        label = f"Notes on this figure ({len(footnotes)})"
        with st.expander(label, icon=":material/notes:", key=f"footnotes_{panel.key}"):
            st.markdown("\n".join(f"- {unmarked(one)}" for one in footnotes))


def with_footnotes(panel: Panel, footnotes: tuple[str, ...]) -> Panel:
    """The same panel with footnotes, where it is made of statuses and not of figures that bring theirs."""
    return replace(panel, basis=replace(panel.basis, footnotes=footnotes))


def chart(panel: Panel) -> None:
    """Draw the chart of a panel, larger while presenting."""
    figure = panel.figure
    if figure is None:
        return
    if presenting():
        enlarge(figure)
    st.plotly_chart(
        figure,
        width="stretch",
        height="stretch" if presenting() else "content",
        config=CHART_CONFIG,
        key=f"chart_{panel.key}",
        alt=panel.alt,
    )


def show_table(table: Table, name: str, *, marked: bool = False, sentences: bool = False) -> None:
    """Show a table that a screen reader reads and a printer prints. `marked` cells carry Markdown; a header never does.

    `sentences` says that the last column holds them: it stays wide enough to be read where the table is wider than the screen.
    """
    cells = [[cell if marked else _plain(cell) for cell in row] for row in table.rows]
    place = st.container(key=f"{SENTENCES}_{name}") if sentences else st
    place.table(
        # Streamlit reads Markdown in headers too, and some are names that people typed.
        pd.DataFrame(cells, columns=[unmarked(header) for header in table.headers]),
        hide_index=True,
        border="horizontal",
        alt=f"Table: {name}",
    )


def on_paper(table: Table) -> str:
    """The table as HTML that only a printer shows, because a folded expander holds nothing to print."""
    head = "".join(f"<th>{escape(header)}</th>" for header in table.headers)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(_text(cell))}</td>' for cell in row)}</tr>" for row in table.rows
    )
    return f'<table class="on-paper"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def footnotes_on_paper(footnotes: Sequence[str]) -> str:
    """The footnotes as HTML that only a printer shows."""
    return f'<ul class="on-paper">{"".join(f"<li>{escape(one)}</li>" for one in footnotes)}</ul>'


def download(panel: Panel) -> None:
    """Offer the table of a panel as a CSV file."""
    basis = panel.basis
    offer(
        "Download as CSV",
        lambda: as_csv(panel),
        file_name=f"{panel.key}.csv",
        mime="text/csv",
        key=f"csv_{panel.key}",
        # Its title is left out: it says figures, and who reads the audit may see none.
        what=f"Table of the page '{_page_title()}'",
        service=basis.service,
        provider=basis.provider,
        detail=" ".join(part for part in (basis.selection, basis.example) if part),
        issued=basis.issued,
    )


def _page_title() -> str:
    here = st.session_state.get(PAGE)
    return next((entry.title for entry in PAGES if entry.url_path == here), "")


def _plain(cell: str | float | None) -> str:
    return unmarked(_text(cell))


def _text(cell: str | float | None) -> str:
    if isinstance(cell, str):
        return cell
    return "" if cell is None else f"{cell:,}"

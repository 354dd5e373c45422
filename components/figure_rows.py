"""The list of the rows behind a number: whose each is, its days, the way to its case, and a file of exactly these rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from components.address import allow, fill, one_of, write
from components.case_parts import leads_back
from components.downloads import offer, saw_cases
from components.filters import PROVIDER, SERVICE
from components.frame import show_table
from components.kpi_case_list import REF
from components.navigation import PAGES, link_to_page
from components.present import ON_SCREEN
from components.returns_calendar import lines_csv
from components.rows_link import BACK, came_with
from domain.base_words import as_at_words
from domain.disclosure import Released
from domain.figure import Figure
from domain.figure_row_words import counted_rows, title_of
from domain.figure_rows import FigureKey, FigureRow, FigureRows, RowCell, sides_of
from domain.formats import NOTHING, day, listed, number, sentence_case, unmarked
from domain.settings import Settings
from domain.table import Cell, Table
from domain.tally import Source
from domain.whose import for_whom

_WHAT: Final = "Rows behind a figure"
_READ: Final = 40
"""So many rows are a table that is read and printed in full; of more, one that is scrolled and sorted."""
_PAGE: Final = 500
_START: Final = "start"
_LINKS: Final = 12


def show_way_back(key: FigureKey | None, page: str) -> None:
    """Back to the page that the list was opened from, with what was chosen there; to the Overview where none is known."""
    entry = next((one for one in PAGES if one.url_path == page and not one.hidden), PAGES[0])
    here = key.selection.to_query() if key else {}
    kept = {name: texts for name, texts in here.items() if name != "where"}
    query = came_with(page) or kept
    link_to_page(entry.file, label=f"Back to {entry.title}", icon=":material/arrow_back:", query_params=query)


def _show_sides(key: FigureKey, released: Released, figure: Figure, page: str) -> None:
    """Links to the other counts of the same figure."""
    others = [
        (side, count) for side, count in sides_of(released.measure, figure) if side is not key.side and count
    ]
    if not others:
        return
    with st.container(horizontal=True, gap="medium", key=f"{ON_SCREEN}_sides"):
        for side, count in others:
            link_to_page(
                "rows.py",
                label=f"See instead: {unmarked(counted_rows(released, side, key.keys, count))}",
                icon=":material/swap_horiz:",
                query_params={**key.to_query(), "side": [str(side)], BACK: [page]},
            )


def show_rows(
    key: FigureKey, released: Released, figure: Figure, found: FigureRows, settings: Settings, page: str
) -> None:
    """The rows themselves, with their number in words above them and the file below. `page` is the one that the list was opened from.

    The audit keeps that they were seen where they are of saved returns, neither invented nor of a file that its sender only looks at.
    """
    if found.none_why:
        st.info(unmarked(found.none_why))
        return
    _show_sides(key, released, figure, page)
    saved = released.source is Source.SHARED
    said = _summary(key, released, found, settings)
    st.markdown(f"**{unmarked(said)}**")
    for words in _lacking(key, released, figure, found):
        st.warning(unmarked(words))
    if not found.rows:
        return
    if saved:
        for provider in sorted({one.provider for one in found.rows}):
            saw_cases(_WHAT, key.selection.service, provider, key.measure)
    shown = _page_of(found.rows)
    _show(rows_table(shown, found, settings, of_one=len({one.provider for one in found.rows}) == 1))
    with st.container(key=f"{ON_SCREEN}_row_links"):
        _links(shown, key)
    about = (
        title_of(released.measure, figure),
        said,
        f"Shown: {released.selection.sentence(settings)}.",
        f"{sentence_case(as_at_words(released.as_at))}.",
        f"{for_whom(released.audience, settings, key.selection.service)}. References and no names.",
    )
    whole = rows_table(found.rows, found, settings)
    providers = {one.provider for one in found.rows}
    offer(
        "Download these rows (CSV)",
        lambda: lines_csv(about, whole),
        file_name=f"{key.measure}_{key.side}_rows.csv",
        mime="text/csv",
        key="figure_rows_csv",
        what=_WHAT,
        service=key.selection.service,
        provider=next(iter(providers)) if len(providers) == 1 else "",
        detail=f"{released.measure.label}; {released.selection.sentence(settings)}",
        cases=saved,
    )


def _summary(key: FigureKey, released: Released, found: FigureRows, settings: Settings) -> str:
    """How many rows of which kind, and whose where all are one provider's."""
    said = sentence_case(counted_rows(released, key.side, key.keys, len(found.rows)))
    whose = {one.provider for one in found.rows}
    return f"{said}, all of {settings.provider_label(next(iter(whose)))}." if len(whose) == 1 else f"{said}."


def _lacking(key: FigureKey, released: Released, figure: Figure, found: FigureRows) -> list[str]:
    """What keeps the list from having as many rows as the figure."""
    wanted = dict(sides_of(released.measure, figure)).get(key.side)
    if wanted is None or wanted == len(found.rows):
        return []
    if found.version != released.version:
        return ["Something was saved while this page was made. Open it again to see what counts now."]
    return [
        f"The figure counts {number(wanted)}. {listed(found.without)} sent totals and no cases for some of these months, so the list "
        "has fewer."
    ]


def _page_of(rows: Sequence[FigureRow]) -> Sequence[FigureRow]:
    """So many rows as a screen holds; of more, the part that the reader picks."""
    if len(rows) <= _PAGE:
        return rows
    starts = list(range(0, len(rows), _PAGE))
    fill(_START, one_of(starts, str, 0), 0)
    allow(_START, starts, 0)

    def words(one: int) -> str:
        return f"{number(one + 1)} to {number(min(one + _PAGE, len(rows)))} of {number(len(rows))}"

    start = st.selectbox("Rows shown", starts, format_func=words, key=_START)
    write(_START, [str(start)] if start else [])
    return rows[start : start + _PAGE]


def rows_table(
    shown: Sequence[FigureRow], found: FigureRows, settings: Settings, *, of_one: bool = False
) -> Table:
    """A row each: its case where it names one, whose it is, and what is told of it. `of_one` leaves out whose it is."""
    cased = any(one.case_ref for one in found.rows)
    placed = any(one.area for one in found.rows)
    whose = [] if of_one else ["Provider"]
    headers = (*(["Case"] if cased else []), *whose, *(["Area"] if placed else []), *found.columns)

    def row(one: FigureRow) -> tuple[Cell, ...]:
        first = [one.case_ref or NOTHING] if cased else []
        where = [settings.area_label(one.area) if one.area else NOTHING] if placed else []
        provider = [] if of_one else [settings.provider_label(one.provider)]
        return (*first, *provider, *where, *(_cell(cell) for cell in one.cells))

    return Table(headers, tuple(row(one) for one in shown))


def _cell(value: RowCell) -> Cell:
    if isinstance(value, date):
        return day(value)
    return NOTHING if value is None else value


def _show(table: Table) -> None:
    if len(table.rows) <= _READ:
        show_table(table, _WHAT)
        return
    frame = pd.DataFrame([[str(cell) for cell in row] for row in table.rows], columns=list(table.headers))
    st.dataframe(frame, hide_index=True, key="figure_rows", alt=f"Table: {_WHAT.lower()}")


def _links(shown: Sequence[FigureRow], key: FigureKey) -> None:
    """A link to each of the first cases, and one to any that is picked."""
    cases = list(dict.fromkeys((one.provider, one.case_ref) for one in shown if one.case_ref))
    if not cases:
        return
    st.markdown("**Open a case with its deadlines**")
    with st.container(horizontal=True, gap="medium", key="row_links"):
        for one in cases[:_LINKS]:
            _link(one, key)
    if len(cases) > _LINKS:
        picked = st.selectbox(
            "Another case",
            cases[_LINKS:],
            index=None,
            format_func=lambda one: one[1],
            placeholder="Type its reference",
            key="another_row",
        )
        if picked is not None:
            _link(picked, key)


def _link(case: tuple[str, str], key: FigureKey) -> None:
    provider, ref = case
    query = {SERVICE: key.selection.service, PROVIDER: provider, REF: ref, **leads_back()}
    link_to_page("case.py", label=unmarked(ref), icon=":material/folder_open:", query_params=query)

"""KPI status as cards and as a grid: a word, a shape and a colour, and on a click what it is made of."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from components.frame import show_table
from components.kpi_explained import explained
from components.theme import STATUS_COLOURS
from domain.access import Audience
from domain.formats import NOTHING, counted, unmarked
from domain.kpi_words import beside_words, councils_own, counted_by, one_each, says_late, value_words
from domain.kpis import KpiStatus
from domain.status import Status
from domain.table import Cell, Table

__all__ = [
    "badge",
    "councils_own",
    "counted_by",
    "says_late",
    "show_cards",
    "show_explained",
    "status_cell",
    "status_grid",
    "value_words",
]

_SHOWN = 1
"""So many of the figures of a KPI that has several stand on its card; all of them behind 'Why?'."""


def badge(status: KpiStatus) -> str:
    """The status in a word, a shape and a colour, as Markdown."""
    return f":{STATUS_COLOURS[status.status]}-badge[{status.status.shape} {status.status.label}]"


def show_explained(status: KpiStatus, audience: Audience = Audience.US) -> None:
    """Show what a status is made of, as a list."""
    for name, words in explained(status, audience=audience).rows:
        st.markdown(f"**{name}**  \n{unmarked(str(words))}")


def show_cards(statuses: Sequence[KpiStatus], audience: Audience = Audience.US) -> None:
    """Show one card a KPI, those of the providers first and the council's own duties apart."""
    _grid([status for status in statuses if not councils_own(status.kpi)], "kpi_cards", audience)
    if own := [status for status in statuses if councils_own(status.kpi)]:
        st.subheader("The council's own duties", anchor=False)
        _grid(own, "kpi_cards_council", audience)


def _grid(statuses: Sequence[KpiStatus], key: str, audience: Audience) -> None:
    """Name, figure, status, and on a click what it is made of."""
    grid = st.grid("auto", min_column_width=180, key=key)
    for kpi, found in groupby(statuses, key=lambda status: status.kpi):
        of_kpi = list(found)
        (first,) = one_each(of_kpi)
        with grid.container(border=True, height="stretch", key=f"kpi_{kpi.id}"):
            st.markdown(f"**{unmarked(kpi.name)}**  \n{badge(first)}")
            if kpi.by:
                _several(of_kpi)
                continue
            st.markdown(value_words(first))
            if beside := beside_words(first):
                st.caption(beside)
            with st.popover("Why?", key=f"why_{kpi.id}", width="stretch"):
                show_explained(first, audience)


def _several(statuses: Sequence[KpiStatus]) -> None:
    """The lowest of the figures of a KPI that gives one for each answer, and all of them on a click."""
    shown = [one for one in statuses if one.status is not Status.HIDDEN]
    ordered = sorted(shown, key=lambda one: one.value if one.value is not None else 2.0)
    lines = [f"{unmarked(one.category_label.rstrip('.'))}: {value_words(one)}" for one in ordered[:_SHOWN]]
    st.markdown("  \n".join(lines) or NOTHING)
    if len(ordered) > _SHOWN:
        of_shown = " shown" if len(shown) < len(statuses) else ""
        st.caption(f"The lowest of {counted(len(ordered), 'figure')}{of_shown}.")
    with st.popover("Why?", key=f"why_{statuses[0].kpi.id}", width="stretch"):
        rows: list[tuple[Cell, ...]] = [
            (one.category_label, value_words(one), one.status.label) for one in statuses
        ]
        show_table(Table(("Figure", "Value", "Status"), tuple(rows)), statuses[0].kpi.name)
        st.caption(unmarked(f"{counted_by(statuses[0].kpi).definition} Source: {statuses[0].kpi.source}."))


def status_cell(status: KpiStatus | None, *, marked: bool) -> str:
    """One status in a cell: its word, its figure and what stands small beside it; a dash where there is none."""
    if status is None:
        return NOTHING
    word = badge(status) if marked else f"{status.status.shape} {status.status.label}"
    figure = value_words(status)
    parts = ("" if figure == NOTHING else figure, beside_words(status))
    return f"{word} {', '.join(filter(None, parts))}".rstrip()


def status_grid(
    rows: Sequence[tuple[str, Sequence[KpiStatus | None]]],
    columns: Sequence[str],
    *,
    first: str,
    marked: bool,
) -> Table:
    """A grid of statuses: a name a row, a period or KPI a column.

    Parameters
    ----------
    rows : the name of each row and its statuses, one a column; None where there is none.
    first : header of the first column.
    marked : whether cells carry badges as Markdown, for the screen; else plain words, for files.
    """
    body = tuple(
        (unmarked(name) if marked else name, *(status_cell(one, marked=marked) for one in statuses))
        for name, statuses in rows
    )
    return Table((first, *columns), body)

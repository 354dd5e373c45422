"""A grid of statuses of which every cell is a link: to what the status is made of and the cases behind it. Not for print or a meeting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from components.kpi_cards import status_cell
from components.navigation import link_to_page
from domain.formats import NOTHING, unmarked
from domain.kpis import KpiStatus
from domain.status_key import StatusKey

STATUS: Final = "status"
"""What a status is called in the address."""
_PAGE: Final = "kpi_status.py"
_WIDTH: Final = 155

Row = tuple[str, Sequence[KpiStatus | None]]
Draw = Callable[[], None]


def cells_of(
    key: str, rows: Sequence[Row], columns: Sequence[str], link: Mapping[str, Sequence[str]]
) -> Draw:
    """What draws a grid in which every status is a link.

    Parameters
    ----------
    key : unique on the page. rows, columns : as of `status_grid`. link : what the address keeps of the choices at the side.
    """

    def draw() -> None:
        for place, (name, statuses) in enumerate(rows):
            st.markdown(f"**{unmarked(name)}**")
            with st.container(horizontal=True, gap="xsmall", key=f"{key}_{place}"):
                for column, status in zip(columns, statuses, strict=True):
                    _cell(column, status, link)

    return draw


def _cell(column: str, status: KpiStatus | None, link: Mapping[str, Sequence[str]]) -> None:
    with st.container(border=True, width=_WIDTH, gap=None):
        st.caption(unmarked(column))
        if status is None:
            st.markdown(NOTHING)
        else:
            link_to_status(status, status_cell(status, marked=True), link)


def link_to_status(status: KpiStatus, label: str, link: Mapping[str, Sequence[str]]) -> None:
    """Link to one status, with what the address keeps of the choices at the side."""
    query = {name: list(values) for name, values in link.items()} | {STATUS: [StatusKey.of(status).text]}
    link_to_page(_PAGE, label=label, icon=None, query_params=query)

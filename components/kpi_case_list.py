"""The cases behind a status, for who may see single cases: each with why it counted or not, its days, and a link to it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from components.downloads import offer, saw_cases
from components.filters import PROVIDER, SERVICE
from components.frame import section, show_table
from components.kpi_cells import STATUS
from components.navigation import link_to_page
from components.present import ON_SCREEN
from domain.formats import NOTHING, counted, csv_cell, day, listed, number, unmarked
from domain.kpi_cases import Counting, KpiCase, KpiCases, counting_words
from domain.kpi_words import counted_by
from domain.kpis import KpiStatus
from domain.measures import Share
from domain.settings import Settings
from domain.status_key import StatusKey
from domain.table import Cell, Table

REF: Final = "ref"
"""What the reference of a case is called in the address of its page."""
_WHAT: Final = "Cases behind a KPI"
_READ: Final = 40
_LINKS: Final = 12
"""So many cases are links at first; any of them can be picked."""
_WRONG: Final = (Counting.MISSED, Counting.EXCEPTED)
_COUNTED: Final = (Counting.MISSED, Counting.EXCEPTED, Counting.MET)


def show_no_cases() -> None:
    """Say why no case is shown to somebody who may not see single cases."""
    section("The cases behind it")
    st.info(
        "Your role shows figures and no single case, so no reference stands here. A commissioner, or the provider itself, can see them."
    )


def show_cases(status: KpiStatus, found: KpiCases, settings: Settings, *, saved: bool) -> None:
    """The cases behind a status, those that missed first.

    Parameters
    ----------
    saved : whether they are cases of saved returns, neither invented nor of a file that its sender only looks at: then the audit keeps
        that they were seen.
    """
    section("The cases behind it")
    if found.none_why:
        st.info(unmarked(found.none_why))
        return
    if found.without:
        st.warning(
            unmarked(
                f"{listed(found.without)} sent totals and no cases for some of these months, so the list has fewer than the figure."
            )
        )
    if not found.cases:
        st.markdown("No case lies behind it.")
        return
    if saved:
        for provider in sorted({one.provider for one in found.cases}):
            saw_cases(_WHAT, status.kpi.service, provider, status.kpi.id)
    shown = _choose(status, found)
    st.markdown(_summary(status, found))
    table = cases_table(status, shown, found, settings)
    _show(table)
    with st.container(key=f"{ON_SCREEN}_case_links"):
        _links(status, shown)
    offer(
        "Download the cases (CSV)",
        partial(cases_csv, status, found, settings),
        file_name=f"{status.kpi.id}_{status.period.key}_cases.csv",
        mime="text/csv",
        key="kpi_cases_csv",
        what=_WHAT,
        service=status.kpi.service,
        provider=status.provider,
        detail=StatusKey.of(status).text,
        cases=saved,
    )


def _summary(status: KpiStatus, found: KpiCases) -> str:
    declared = counted_by(status.kpi)
    parts = [
        f"{number(len(found.of(one)))} {counting_words(one, declared).lower()}"
        for one in (*_COUNTED, Counting.NOT_COUNTED)
        if found.of(one)
    ]
    return f"{counted(len(found.cases), 'case')} of this period: {listed(parts)}."


def _choose(status: KpiStatus, found: KpiCases) -> tuple[KpiCase, ...]:
    """The cases that the reader wants to see: at first those that missed, or else those that counted."""
    declared = counted_by(status.kpi)
    there = [one for one in (*_COUNTED, Counting.NOT_COUNTED) if found.of(one)]
    wrong: list[Counting] = [one for one in there if one in _WRONG and isinstance(declared, Share)]
    default = wrong or [one for one in there if one is Counting.MET] or there
    wanted = st.multiselect(
        "Shown",
        there,
        default=default,
        format_func=lambda one: f"{counting_words(one, declared)} ({number(len(found.of(one)))})",
        key="cases_shown",
    )
    return found.of(*(wanted or there))


def cases_table(status: KpiStatus, shown: Sequence[KpiCase], found: KpiCases, settings: Settings) -> Table:
    """The cases as a table: a row each; the deadline's columns only where there is one."""
    declared = counted_by(status.kpi)
    several = len({one.provider for one in found.cases}) > 1
    headers = ["Case", *(["Provider"] if several else []), "Area", "How it counts"]
    headers += ["Start", "Last day in time", "Done", "Days"] if found.by_deadline else _date_labels(found)
    headers += [*(["Caused by"] if any(one.cause for one in found.cases) else []), "Why"]

    def row(one: KpiCase) -> tuple[Cell, ...]:
        named = dict(one.dates)
        days: list[Cell] = (
            [_text(one.start), _text(one.due), _text(one.done), NOTHING if one.days is None else one.days]
            if found.by_deadline
            else [_text(named.get(label)) for label in _date_labels(found)]
        )
        cells: list[Cell] = [one.ref or "no case named"]
        cells += [settings.provider_label(one.provider)] if several else []
        cells += [settings.area_label(one.area), counting_words(one.counting, declared), *days]
        if "Caused by" in headers:
            cells.append(one.cause.label if one.cause else "")
        return (*cells, one.why)

    return Table(tuple(headers), tuple(row(one) for one in shown))


def _date_labels(found: KpiCases) -> list[str]:
    return list(dict.fromkeys(label for one in found.cases for label, _ in one.dates))


def _text(value: date | None) -> str:
    return day(value)


def _show(table: Table) -> None:
    """A table that can be read in full while it is short; of many cases one that is scrolled and sorted."""
    if len(table.rows) <= _READ:
        show_table(table, "The cases behind this status", sentences=True)
        return
    frame = pd.DataFrame([[str(cell) for cell in row] for row in table.rows], columns=list(table.headers))
    st.dataframe(
        frame,
        hide_index=True,
        key="kpi_cases",
        column_config={"Why": st.column_config.TextColumn(width="large")},
        alt="Table: the cases behind this status, and why each counts or does not",
    )


def _links(status: KpiStatus, shown: Sequence[KpiCase]) -> None:
    """A link to each of the first cases, and one to any that is picked."""
    named = [one for one in shown if one.ref]
    if not named:
        return
    st.markdown("**Open a case with its deadlines**")
    with st.container(horizontal=True, gap="medium", key="case_links"):
        for one in named[:_LINKS]:
            link_to_case(one, status)
    if len(named) > _LINKS:
        picked = st.selectbox(
            "Another case",
            named[_LINKS:],
            index=None,
            format_func=lambda one: one.ref,
            placeholder="Type its reference",
            key="another_case",
        )
        if picked is not None:
            link_to_case(picked, status)


def link_to_case(one: KpiCase, status: KpiStatus) -> None:
    """Link to one case, and from there back to the status that it was opened from."""
    query = {SERVICE: one.service, PROVIDER: one.provider, REF: one.ref, STATUS: StatusKey.of(status).text}
    link_to_page("case.py", label=unmarked(one.ref), icon=":material/folder_open:", query_params=query)


def cases_csv(status: KpiStatus, found: KpiCases, settings: Settings) -> bytes:
    """Every case behind a status as a CSV file that Excel opens in UTF-8, with what it is about above them."""
    written = io.StringIO()
    write = csv.writer(written, lineterminator="\r\n")
    for line in (
        f"Cases behind: {status.kpi.name}, {status.where}, {status.period.label}",
        _summary(status, found),
        "For the commissioning team only. References and no names.",
    ):
        write.writerow([csv_cell(line)])
    write.writerow([])
    table = cases_table(status, found.cases, found, settings)
    write.writerow([csv_cell(header) for header in table.headers])
    write.writerows([[csv_cell(cell) for cell in row] for row in table.rows])
    return written.getvalue().encode("utf-8-sig")

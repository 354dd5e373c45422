"""The pickers of the Timeliness page, and the single cases whose deadline is near, for those who may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import streamlit as st

from components.address import allow, fill, one_of, write
from components.case_parts import leads_back
from components.downloads import offer, saw_cases
from components.filters import PROVIDER, SERVICE
from components.frame import section, show_table
from components.kpi_cards import councils_own
from components.kpi_case_list import REF
from components.navigation import is_open, link_to_page
from components.returns_calendar import lines_csv
from components.timeliness_open import REPORTED
from domain.deadlines import Deadline, When
from domain.formats import counted, day, number, unmarked
from domain.kpis import Kpi
from domain.settings import Settings
from domain.table import Table

_CASES: Final = "Cases with a deadline still to be met"
_SHOWN: Final = 50


def show_no_deadlines(label: str, link: Mapping[str, Sequence[str]]) -> None:
    """Say that no document sets a time limit for the cases of a service, and lead to how long they take."""
    st.info(
        unmarked(
            f"{label} has no deadlines to keep: its documents set no day by which something must be done in a case. "
            "How long cases take stands on Outcomes."
        )
    )
    link_to_page(
        "outcomes.py",
        label=f"Outcomes: how long cases of {label.lower()} take",
        icon=":material/flag:",
        query_params={name: list(values) for name, values in link.items()},
    )


def choose_timed(kpis: Sequence[Kpi]) -> Kpi:
    """The KPI with a time limit that the reader chose; the first one at the beginning. There must be one."""
    named = {kpi.id: kpi for kpi in kpis}
    first = kpis[0].id
    fill("limit", one_of(list(named), str, first), first)
    allow("limit", list(named), first)

    def words(key: str) -> str:
        return named[key].name + (" (the council's own duty)" if councils_own(named[key]) else "")

    chosen = st.selectbox("Time limit", list(named), format_func=words, key="limit")
    write("limit", [] if chosen in (None, first) else [chosen])
    return named[chosen or first]


def show_cases(found: Sequence[Deadline], settings: Settings, today: date, *, saved: bool, name: str) -> None:
    """Single cases with a deadline still to be met: how near, of whom, and the way to the case.

    Parameters
    ----------
    saved : whether the cases are those of saved returns: neither invented, nor of a file that its sender only looks at.
    name : of the file.
    """
    section("Cases to look after")
    held = Counter(one.when(today) for one in found)
    offered = [when for when in When if held[when]]
    if not offered:
        st.markdown("No case has a deadline that is still to be met.")
        return
    when = _choose_when(offered, held)
    shown = [one for one in found if one.when(today) is when]
    if saved:
        for service_key, provider in sorted({(one.service, one.provider) for one in shown[:_SHOWN]}):
            saw_cases(_CASES, service_key, provider)
    table = cases_table(shown, settings, today)
    whose = {one.provider for one in shown}
    seen = cases_table(shown[:_SHOWN], settings, today, of_one=len(whose) == 1)
    show_table(seen, f"{_CASES}: {when.label}")
    if len(shown) > _SHOWN:
        st.caption(f"The first {_SHOWN} of {number(len(shown))}. The file holds all of them.")
    alone = f"All of {settings.provider_label(shown[0].provider)}. " if len(whose) == 1 else ""
    st.caption(
        unmarked(
            f"{alone}{REPORTED} Days left count from {day(today)}. The file holds references and no names."
        )
    )
    _open_one(shown[:_SHOWN], settings)
    offer(
        "Cases (CSV)",
        lambda: lines_csv((f"{_CASES}: {when.label}", f"Days left on {day(today)}", REPORTED), table),
        file_name=f"{name}.csv",
        mime="text/csv",
        key="timeliness_cases_csv",
        what=_CASES,
        service=shown[0].service,
        provider=next(iter(whose)) if len(whose) == 1 else "",
        detail=when.label,
        cases=saved,
    )


def cases_table(found: Sequence[Deadline], settings: Settings, today: date, *, of_one: bool = False) -> Table:
    """One row a deadline, the next one first. `of_one` leaves out whose cases they are, where all are one provider's."""
    rows = (
        (
            one.ref,
            settings.provider_label(one.provider),
            one.what,
            day(one.on),
            one.days_left(today) if one.on >= today else f"{counted(-one.days_left(today), 'day')} past",
        )
        for one in found
    )
    heads = ("Case", "Provider", "What is due", "Due", "Days left")
    if of_one:
        return Table((heads[0], *heads[2:]), tuple((row[0], *row[2:]) for row in rows))
    return Table(heads, tuple(rows))


def _choose_when(offered: Sequence[When], held: Mapping[When, int]) -> When:
    """How near the deadlines are that are listed: the next ones at first."""
    first = When.SOON if When.SOON in offered else offered[0]
    fill("due", one_of(list(offered), str, first), first)
    allow("due", list(offered), first)
    chosen: When | None = st.radio(
        "Due",
        list(offered),
        format_func=lambda one: f"{one.label} ({number(held[one])})",
        key="due",
        horizontal=True,
    )
    write("due", [] if chosen in (None, first) else [str(chosen)])
    return chosen or first


def _open_one(found: Sequence[Deadline], settings: Settings) -> None:
    """The way to one case, on the page that shows it, for whoever may open that."""
    if not is_open("case.py"):
        return
    cases = {f"{one.ref} ({settings.provider_label(one.provider)})": one for one in found}
    chosen = st.selectbox("Case to look at", list(cases), key="timeliness_case")
    if chosen in cases:
        one = cases[chosen]
        link_to_page(
            "case.py",
            label=f"Every date and deadline of case {one.ref}",
            icon=":material/arrow_forward:",
            query_params={
                SERVICE: one.service,
                PROVIDER: one.provider,
                REF: one.ref,
                **leads_back(),
            },
        )

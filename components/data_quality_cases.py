"""The single rows to ask a provider about, for who may see single cases; for others a word on where they are; and the way to Returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from components.address import allow, fill, one_of, write
from components.case_parts import leads_back
from components.data_quality_words import Shown
from components.downloads import offer, saw_cases
from components.filters import PROVIDER, SERVICE
from components.frame import section, show_table
from components.kpi_case_list import REF
from components.navigation import is_open, link_to_page
from components.returns_calendar import lines_csv
from domain.data_quality_faults import FaultyRow, Problem
from domain.fields import Sheet
from domain.formats import counted, listed, number, unmarked
from domain.settings import Settings
from domain.table import Table
from domain.tally import Source

_WHAT: Final = "Rows to ask about"
_SHOWN: Final = 50
_KEY: Final = "problem"


def choose_problem(counts: Mapping[Problem, int]) -> Problem | None:
    """Which rows are listed: those of the first problem that there are any of; None where there are none."""
    section(_WHAT)
    offered = [problem for problem in Problem if counts.get(problem)]
    if not offered:
        st.markdown("No row needs to be asked about.")
        return None
    first = offered[0]
    named = {problem.name.lower(): problem for problem in offered}
    start = first.name.lower()
    fill(_KEY, one_of(list(named), str, start), start)
    allow(_KEY, list(named), start)
    chosen = st.selectbox("What may be wrong", list(named), format_func=lambda key: str(named[key]), key=_KEY)
    write(_KEY, [] if chosen in (None, start) else [str(chosen)])
    return named[chosen or start]


def show_no_rows(counts: Mapping[Problem, int]) -> None:
    """Say to who may not see single cases that there are some, and who can."""
    if any(counts.values()):
        section(_WHAT)
        st.info(
            "Your role shows figures and no single case, so no reference stands here. A commissioner, or the provider itself, can see them."
        )


def show_rows(found: Sequence[FaultyRow], problem: Problem, shown: Shown) -> None:
    """The rows of one problem, each by its references."""
    saved = shown.source is Source.SHARED
    service = shown.selection.service
    if not found:
        st.markdown("None of these is of a provider whose single cases you may see.")
        return
    if saved:
        for provider in sorted({one.provider for one in found[:_SHOWN]}):
            saw_cases(_WHAT, service, provider)
    show_table(rows_table(found[:_SHOWN], shown.settings), f"{_WHAT}: {problem}")
    if len(found) > _SHOWN:
        st.caption(f"The first {_SHOWN} of {number(len(found))}. The file holds all of them.")
    st.caption("The file holds references and no names.")
    _open_one(found[:_SHOWN], shown)
    whose = {one.provider for one in found}
    table = rows_table(found, shown.settings)
    chosen = shown.selection.sentence(shown.settings)
    offer(
        "Rows (CSV)",
        lambda: lines_csv((f"{_WHAT}: {problem}", f"Shown: {chosen}."), table),
        file_name=f"rows-to-ask-about-{service}.csv",
        mime="text/csv",
        key="data_quality_rows_csv",
        what=_WHAT,
        service=service,
        provider=next(iter(whose)) if len(whose) == 1 else "",
        detail=str(problem),
        cases=saved,
    )


def rows_table(found: Sequence[FaultyRow], settings: Settings) -> Table:
    """One row each: whose it is, where it stands, and what may be wrong with it."""
    return Table(
        ("Provider", "Sheet", "Case", "Row", "What", "In full"),
        tuple(
            (
                settings.provider_label(one.provider),
                str(one.sheet),
                one.case_ref,
                one.ref,
                one.what,
                one.detail,
            )
            for one in found
        ),
    )


def _open_one(found: Sequence[FaultyRow], shown: Shown) -> None:
    """The way to one case, where the rows are of cases."""
    cases = {
        f"{one.case_ref} ({shown.settings.provider_label(one.provider)})": one
        for one in found
        if one.sheet is Sheet.CASES
    }
    if not cases or not is_open("case.py"):
        return
    chosen = st.selectbox("Case to look at", list(cases), key="data_quality_case")
    if chosen in cases:
        one = cases[chosen]
        link_to_page(
            "case.py",
            label=f"Every date and deadline of case {one.case_ref}",
            icon=":material/arrow_forward:",
            query_params={
                SERVICE: shown.selection.service,
                PROVIDER: one.provider,
                REF: one.case_ref,
                **leads_back(),
            },
        )


def show_returns(accepted: Mapping[str, int] | None, shown: Shown, link: Mapping[str, Sequence[str]]) -> None:
    """What was accepted with a reason, and what is outstanding, in a sentence each; they stand on the page Returns.

    Parameters
    ----------
    accepted : how many questions of the checks were answered with a reason, by provider; None for who may see no return.
    """
    section("Accepted and outstanding")
    if accepted is not None:
        st.markdown(unmarked(_accepted_words(accepted, shown.settings)))
    late = shown.as_at.outstanding
    st.markdown(
        unmarked(
            f"{counted(len(late), 'return')} outstanding: {listed(late)}."
            if late
            else "No return is outstanding."
        )
    )
    link_to_page(
        "returns.py",
        label="Returns: what was accepted with each, and what is still to come",
        icon=":material/inventory_2:",
        query_params={name: list(values) for name, values in link.items()},
    )


def _accepted_words(accepted: Mapping[str, int], settings: Settings) -> str:
    total = sum(accepted.values())
    if not total:
        return "Nothing was accepted with a reason in the returns that count."
    by = listed([f"{settings.provider_label(key)} {number(n)}" for key, n in sorted(accepted.items())])
    were = "was" if total == 1 else "were"
    return f"{counted(total, 'question')} of the checks {were} answered with a reason in the returns that count: {by}."

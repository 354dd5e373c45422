"""The words of the Exceptions page: its message, the warning past the cap, and what an exception is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

import streamlit as st

from components.navigation import link_to_page
from domain.exceptions_kept import Causes
from domain.exceptions_words import RULES as RULES
from domain.exceptions_words import cap_words as cap_words
from domain.exceptions_words import councils_words as councils_words
from domain.exceptions_words import missed_word as missed_word
from domain.formats import counted, number, percent_of, unmarked
from domain.kpis import Kpi

WHAT_IT_IS: Final = (
    "An exception is agreed for one case and one KPI, with a reason and who caused it: the council, the family, the school, "
    "health, school holidays or the provider. It moves no deadline and leaves the raw figure as it is. Where the contract counts its "
    "reason, a case that missed is left out of the adjusted figure beside it. What the provider caused is never left out; "
    "what the council caused stays the council's breach."
)


def exceptions_message(found: Mapping[Kpi, Causes]) -> str:
    """The title of the page: of which KPI exceptions take out the largest share."""
    taken = {kpi: one for kpi, one in found.items() if one.left_out}
    if not taken:
        return "No case is taken out by an agreed exception"
    shares = {kpi: Fraction(one.left_out, one.due) for kpi, one in taken.items()}
    kpi = max(shares, key=shares.__getitem__)
    most, alone = taken[kpi], list(shares.values()).count(shares[kpi]) == 1
    share = percent_of(most.left_out, most.due)
    more = ", the most of any KPI" if alone and len(taken) > 1 else ""
    counts = f"{number(most.left_out)} of {number(most.due)}"
    return f"Exceptions take out {share} of the cases due in '{kpi.name}' ({counts}){more}"


def show_cap(found: Mapping[Kpi, Causes], cap: Decimal) -> None:
    """Warn of every KPI whose exceptions are past the cap."""
    for kpi, causes in found.items():
        if words := cap_words(kpi, causes, cap):
            st.warning(unmarked(words), icon=":material/warning:")


def show_none_recorded(kpi: Kpi) -> None:
    """Say that nothing is recorded for a KPI in what is chosen."""
    st.info(unmarked(f"No exception is recorded for a case that missed '{kpi.name}' in what is chosen."))


def show_without_kpis(service: str) -> None:
    """Say that a service has no KPI with agreed exceptions."""
    st.info(
        unmarked(
            f"{service} has no KPI for which exceptions are agreed. They are agreed for the 30 days of SEND mediation, "
            "and for contact, visit, outcome and reopening in housing mediation."
        )
    )
    link_to_page("kpis.py", label="KPIs", icon=":material/checklist:")


def show_what_it_is(*, may_agree: bool, reasons: bool) -> None:
    """What stands where nothing is agreed yet.

    Parameters
    ----------
    may_agree : whether the reader may agree one here. reasons : whether a contract of the service counts any reason.
    """
    st.info(unmarked(WHAT_IT_IS))
    if not reasons:
        st.warning(
            unmarked(
                "No contract of this service counts any reason yet, so no exception changes a figure. Which ones do is set in the contract."
            ),
            icon=":material/info:",
        )
        link_to_page("settings.py", label="Contracts in Settings", icon=":material/settings:")
    if may_agree:
        st.markdown("Agree the first one below, or upload a list of them.")


def cases_words(count: int) -> str:
    """A number of exceptions: '1 exception', '12 exceptions'."""
    return counted(count, "exception")

"""The pickers of the Demand page: by which length of time, and the date to compare before and after."""

from collections.abc import Sequence

import streamlit as st

from components.address import allow, fill, one_of, write
from domain.events import Event
from domain.formats import month
from domain.periods import write_month

_TIMES = {
    "month": "Months",
    "quarter": "Quarters",
    "financial_year": "Financial years",
    "calendar_year": "Calendar years",
}
NO_DATE = 0
_ENOUGH = 6
"""So many months must lie on both sides of a date that is compared without being asked for."""


def choose_time() -> str:
    """The grouping by time that the reader chose."""
    fill("by", one_of(list(_TIMES), str, "month"), "month")
    chosen = st.radio("Count by", list(_TIMES), format_func=_TIMES.__getitem__, key="by", horizontal=True)
    write("by", [] if chosen in (None, "month") else [chosen])
    return chosen or "month"


def choose_break(months: Sequence[int], events: Sequence[Event]) -> tuple[int, str]:
    """The month from which 'after' begins, and the words for it; 0 for no comparison.

    Parameters
    ----------
    months : sequence of int
        Months that may begin the 'after' side: all but the first of the figures.
    events : sequence of Event
        The first one with half a year on both sides is where the comparison stands at first.
    """
    named = {event.month: event.label for event in events}
    options = [NO_DATE, *months]
    settled = months[_ENOUGH - 1 : len(months) - _ENOUGH + 1]
    first = next((event.month for event in events if event.month in settled), NO_DATE)
    fill("break", one_of(options, _break_text, first), first)
    allow("break", options, first)
    chosen = st.selectbox(
        "Compare before and after",
        options,
        format_func=lambda value: month(value) if value else "No date",
        key="break",
        help="The months from this one on are 'after'.",
    )
    write("break", [] if chosen == first else [_break_text(chosen)])
    if not chosen:
        return NO_DATE, ""
    return chosen, f"{month(chosen)}, {named[chosen]}" if chosen in named else month(chosen)


def _break_text(value: int) -> str:
    return write_month(value) if value else "none"

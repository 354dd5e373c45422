"""The pickers of the Demand page: by which length of time, and the date to compare before and after."""

from collections.abc import Sequence

import streamlit as st

from components.formats import month
from domain.events import Event

_TIMES = {
    "month": "Months",
    "quarter": "Quarters",
    "financial_year": "Financial years",
    "calendar_year": "Calendar years",
}
NO_DATE = 0


def choose_time() -> str:
    """The grouping by time that the reader chose."""
    chosen = st.segmented_control(
        "Count by",
        list(_TIMES),
        default="month",
        required=True,
        format_func=_TIMES.__getitem__,
        key="by",
        bind="query-params",
    )
    return chosen or "month"


def choose_break(months: Sequence[int], events: Sequence[Event]) -> tuple[int, str]:
    """The month from which 'after' begins, and the words for it; 0 for no comparison.

    Parameters
    ----------
    months : sequence of int
        Months that may begin the 'after' side: all but the first of the figures.
    events : sequence of Event
        The first one is where the comparison stands at first.
    """
    named = {event.month: event.label for event in events}
    options = [NO_DATE, *months]
    first = next((event.month for event in events if event.month in months), NO_DATE)
    chosen = st.selectbox(
        "Compare before and after",
        options,
        index=options.index(first),
        format_func=lambda value: month(value) if value else "No date",
        key="break",
        bind="query-params",
        help="The months from this one on are 'after'.",
    )
    if not chosen:
        return NO_DATE, ""
    return chosen, f"{month(chosen)}, {named[chosen]}" if chosen in named else month(chosen)

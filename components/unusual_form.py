"""The form for a new average on Demand, and the list of those there are, for whoever may change what the council has set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from domain.formats import day, month, unmarked
from domain.new_averages import MOST_OF_A_REASON, NewAverage

_TURN: Final = "new_average_turn"
_DONE: Final = "new_average_done"


def done(words: str) -> None:
    """Remember what was done, to be said after the page has run again; the form starts afresh."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state[_DONE] = words


def show_done() -> None:
    """Say what was done just now."""
    if words := st.session_state.pop(_DONE, ""):
        st.success(unmarked(words))


def ask_average(months: Sequence[int], whose: str) -> tuple[int, str] | None:
    """The month with which a new average begins, and why; None until it is to be saved.

    Parameters
    ----------
    months : those it may begin with. whose : of whose series, in words.
    """
    turn = st.session_state.get(_TURN, 0)
    st.markdown(
        unmarked(
            f"A new average begins only where somebody says why: a new law, contract or way of counting. It is for {whose}. "
            "Limits and runs then begin anew with that month, for everybody who looks."
        )
    )
    with st.form(f"new_average_{turn}", enter_to_submit=False):
        chosen = st.selectbox(
            "First month of the new average", months, format_func=month, key=f"average_month_{turn}"
        )
        reason = st.text_input(
            "Why",
            max_chars=MOST_OF_A_REASON,
            key=f"average_why_{turn}",
            help="In a few words, without names. The commissioning team reads it under the chart.",
        )
        asked = st.form_submit_button("Begin a new average")
    return (int(chosen), reason) if asked and chosen else None


def ask_back(found: Sequence[NewAverage]) -> NewAverage | None:
    """The new averages there are, each with a button that takes it back; the one to take back."""
    back = None
    for one in found:
        who = f", said by {one.who}" if one.who else ""
        on = f" on {day(one.at.date())}" if one.at else ""
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(unmarked(f"From {month(one.month)}: {one.reason}{who}{on}"))
        if right.button("Take back", key=f"average_back_{one.id}"):
            back = one
    return back

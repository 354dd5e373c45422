"""The list of agreed exceptions: what each does to its case, taking one back, and the way back from that. It names single cases."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from components.downloads import offer, saw_cases
from components.exceptions_words import cases_words
from components.frame import section, show_table
from components.problems import personal_words
from components.settings_frame import without_blank
from domain.exception_checks import AGREED_BY, AGREED_ON, CASE, CAUSED_BY, KPI, PROVIDER, REASON, UNTIL
from domain.exceptions import reasons_of
from domain.exceptions_kept import KeptException
from domain.formats import csv_cell, day, unmarked
from domain.settings import Settings
from domain.table import Cell, Table

SHOWN: Final = 50
"""So many are shown; the file holds all of them."""
_DONE: Final = "exceptions_done"
HEADS: Final = (CASE, PROVIDER, KPI, REASON, CAUSED_BY, AGREED_BY, AGREED_ON, UNTIL, "What it does")


def note_done(words: str, undo: str = "", *, refused: bool = False) -> None:
    """Remember what to say once the page is drawn again; `undo` is what the button to take it back says, blank for none."""
    st.session_state[_DONE] = (words, undo, refused)


def show_done() -> bool:
    """Say what was done a moment ago; True when it should be undone."""
    words, undo, refused = st.session_state.get(_DONE, ("", "", False))
    if not words:
        return False
    (st.error if refused else st.success)(unmarked(words))
    if undo:
        return st.button(undo, key="exceptions_undo", icon=":material/undo:")
    st.session_state.pop(_DONE, None)
    return False


def forget_done() -> None:
    """Say nothing more of what was done."""
    st.session_state.pop(_DONE, None)


def show_list(found: Sequence[KeptException], settings: Settings, service: str) -> None:
    """The exceptions that hold: those that were agreed, and folded below them those of the council's supplement."""
    section("Exceptions that hold")
    agreed = [one for one in found if not one.from_supplement]
    said = [one for one in found if one.from_supplement]
    whose = sorted({one.exception.provider for one in found})
    for provider in whose:
        saw_cases("The list of exceptions", service, provider)
    if agreed:
        show_table(exceptions_table(agreed[:SHOWN], settings), "Exceptions that hold", sentences=True)
        if len(agreed) > SHOWN:
            st.caption(f"The latest {SHOWN} of {len(agreed):,}. The file holds all of them.")
    else:
        st.info("None has been entered here or uploaded.")
    if said:
        label = f"From the council's supplement: {cases_words(len(said))}"
        with st.expander(label, icon=":material/account_balance:"):
            st.markdown(
                "The supplement gives a reason for a delay. It holds for both KPIs of the 30 days, and ends when a supplement "
                "without it is saved."
            )
            show_table(
                exceptions_table(said[:SHOWN], settings), "Exceptions of the supplement", sentences=True
            )
            if len(said) > SHOWN:
                st.caption(f"The first {SHOWN} of {len(said):,}. The file holds all of them.")
    if found:
        offer(
            "Download the list (CSV)",
            lambda: exceptions_csv(found, settings),
            file_name="exceptions.csv",
            mime="text/csv",
            key="exceptions_csv",
            what="The list of exceptions",
            service=service,
            provider=whose[0] if len(whose) == 1 else "",
            cases=True,
        )
    st.caption("The list is of all months and areas, whatever is chosen at the side.")


def exceptions_table(found: Sequence[KeptException], settings: Settings) -> Table:
    """One row an exception."""
    whole = Table(HEADS, tuple(_row(one, settings) for one in found))
    alone = len({one.exception.provider for one in found}) == 1
    # On a telephone every column costs room: one provider needs no naming in each row.
    kept = [n for n, head in enumerate(HEADS) if not (alone and head == PROVIDER)]
    return without_blank(
        Table(tuple(HEADS[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in whole.rows))
    )


def exceptions_csv(found: Sequence[KeptException], settings: Settings) -> bytes:
    """All of them as a CSV file that Excel opens in UTF-8."""
    written = io.StringIO()
    write = csv.writer(written, lineterminator="\r\n")
    write.writerow(HEADS)
    write.writerows([csv_cell(cell) for cell in _row(one, settings)] for one in found)
    return written.getvalue().encode("utf-8-sig")


def _row(kept: KeptException, settings: Settings) -> tuple[Cell, ...]:
    one = kept.exception
    reasons = {code.key: code.label for code in reasons_of(one.service)}
    return (
        one.case_ref,
        settings.provider_label(one.provider),
        one.kpi,
        reasons.get(one.reason, one.reason),
        one.caused_by.label,
        one.agreed_by,
        f"Supplement to {day(one.agreed_on)}" if kept.from_supplement else day(one.agreed_on),
        day(one.ends_on) if one.ends_on else "",
        kept.effect.label,
    )


def take_back_part(
    found: Sequence[KeptException], settings: Settings, take: Callable[[int, str], None], turn: int
) -> None:
    """Choose an exception to take back, and say why."""
    agreed = {one.id: one for one in found if not one.from_supplement}
    if not agreed:
        return
    section("Take one back")

    def words(key: int) -> str:
        one = agreed[key].exception
        return f"{one.case_ref}, {settings.provider_label(one.provider)}, {one.kpi}, {day(one.agreed_on)}"

    with st.form(f"exceptions_back_{turn}"):
        chosen = st.selectbox(
            "Exception",
            list(agreed),
            format_func=words,
            index=None,
            placeholder="Choose one",
            key=f"exceptions_which_{turn}",
        )
        why = st.text_input(
            "Why",
            max_chars=300,
            key=f"exceptions_why_{turn}",
            help="Such as: entered for the wrong case. No personal details.",
        )
        pressed = st.form_submit_button("Take it back", icon=":material/undo:")
    if not pressed:
        return
    if chosen is None or not why.strip():
        st.error("Choose an exception and say why it is taken back.")
    elif personal := personal_words(why):
        st.error(personal)
    else:
        take(chosen, why)

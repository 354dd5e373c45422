"""Taking a return back: the choice, the reason, the confirmation and what is said afterwards."""

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from components.problems import personal_words
from components.versions import Version, version_label
from domain.formats import unmarked
from domain.settings import Settings

_DONE: Final = "return_withdrawn"
WHICH: Final = "withdraw_which"
"""What the choice of a return is called."""


def withdrawn_note() -> None:
    """Say what was withdrawn a moment ago."""
    if words := st.session_state.pop(_DONE, ""):
        st.success(unmarked(words))


def choose_withdrawal(
    found: Sequence[Version], settings: Settings, withdraw: Callable[[str, str, str], object]
) -> None:
    """Offer to withdraw one of the returns that count, after a reason and a confirmation.

    Parameters
    ----------
    withdraw : takes the id of the version, who withdraws it and why; raises ValueError with a sentence when it cannot.
    """
    st.markdown(
        "Its cases then count no longer; the version before it, if there is one, counts again. Nothing is deleted."
    )
    chosen = st.selectbox(
        "Return",
        sorted(found, key=lambda v: (v.period.end, v.provider), reverse=True),
        index=None,
        format_func=lambda version: version_label(version, settings),
        placeholder="Choose a return",
        key=WHICH,
    )
    if (
        st.button("Withdraw this return", disabled=chosen is None, key="withdraw", icon=":material/undo:")
        and chosen
    ):
        _confirm(chosen, settings, withdraw)


@st.dialog("Withdraw this return?")
def _confirm(version: Version, settings: Settings, withdraw: Callable[[str, str, str], object]) -> None:
    about = version_label(version, settings)
    st.markdown(
        f"{unmarked(about)}. What counted before it counts again; otherwise its period has no return."
    )
    why = st.text_area(
        "Why is it withdrawn?",
        key="withdraw_why",
        max_chars=300,
        help="Kept with the return. No names or other personal details.",
    )
    user = st.text_input("Your job title", key="withdraw_user", max_chars=80).strip()
    st.caption("To undo it later, upload the same file again.")
    if st.button("Yes, withdraw it", type="primary", key="withdraw_yes"):
        if not why.strip():
            st.error("Write why the return is withdrawn.")
            return
        if personal := personal_words(why, user):
            st.error(personal)
            return
        try:
            withdraw(version.id, user, why)
        except ValueError as refused:
            st.error(unmarked(str(refused)))
            return
        st.session_state[_DONE] = f"{about} is withdrawn."
        st.rerun()

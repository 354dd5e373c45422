"""The last look before settings are saved: what changes, what it moves, who and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from components.frame import section
from components.problems import personal_words
from domain.formats import unmarked

_DONE: Final = "settings_saved"
_SHOWN: Final = 40
_KEPT: Final = "Versions that were saved before keep the settings they had."


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: save, or go back; by whom and why."""

    save: bool = False
    back: bool = False
    user: str = ""
    why: str = ""


def ask_to_save(title: str, changes: Sequence[str], moves: Sequence[str], refused: str, turn: int) -> Answer:
    """Show what a step changes, and ask whether it should be saved.

    Parameters
    ----------
    changes : what differs in the settings. moves : what that does to deadlines, returns and statuses.
    refused : why it cannot be saved; blank when it can.
    """
    section(f"{title}: what this changes")
    if not changes:
        st.info("Nothing differs from the settings there are.")
        return Answer(back=st.button("Back", key="settings_back", icon=":material/arrow_back:"))
    lines = [*changes[:_SHOWN], *([f"and {len(changes) - _SHOWN} more"] if len(changes) > _SHOWN else [])]
    st.markdown("\n".join(f"- {unmarked(line)}" for line in lines))
    if moves:
        st.warning("\n".join(f"- {unmarked(line)}" for line in (*moves, _KEPT)), icon=":material/update:")
    if refused:
        st.error(unmarked(refused))
        return Answer(back=st.button("Back", key="settings_back", icon=":material/arrow_back:"))
    with st.form(f"settings_save_{turn}"):
        left, right = st.columns(2)
        user = left.text_input(
            "Your job title",
            max_chars=80,
            key=f"settings_user_{turn}",
            help="A job title, not a name. It is kept.",
        ).strip()
        why = right.text_input(
            "Why",
            max_chars=300,
            key=f"settings_why_{turn}",
            help="Such as: variation 3 of 1 April. No personal details.",
        ).strip()
        with st.container(horizontal=True):
            save = st.form_submit_button("Save", type="primary", icon=":material/save:")
            back = st.form_submit_button("Go back without saving", icon=":material/arrow_back:")
    if save and (personal := personal_words(why, user)):
        st.error(personal)
        save = False
    return Answer(save, back, user, why)


def note_saved(words: str) -> None:
    """Remember what to say once the page is drawn again."""
    st.session_state[_DONE] = (True, words)


def note_refused(words: str) -> None:
    """Remember why nothing was saved, to say it once the page is drawn again."""
    st.session_state[_DONE] = (False, words)


def saved_note() -> None:
    """Say what was saved a moment ago, or why nothing was."""
    saved, words = st.session_state.pop(_DONE, (True, ""))
    if words:
        (st.success if saved else st.error)(unmarked(words))


def holds_examples() -> None:
    """Say that the settings of a database of examples are no council's own."""
    st.warning(
        "This database holds the examples: what you set here is for trying out, and no real return can be saved in it.",
        icon=":material/info:",
    )

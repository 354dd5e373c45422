"""Where the Settings page meets the data: looking at a change before it is saved, saving it, taking it back. Not a page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.settings_confirm import note_refused, note_saved
from components.settings_frame import Step, forget_asked
from components.settings_history import show_workbook_problems
from data_access.settings import with_rest_kept
from data_access.settings_effects import what_moves
from data_access.settings_history import STARTED, SettingsAct, check_losses, save_settings, take_back
from data_access.settings_workbook import read_settings_workbook, write_settings_template
from data_access.stores import Store
from domain.settings import Settings
from domain.settings_changes import changes_between
from domain.settings_edits import NotPossible
from pages._who import viewer

_PROPOSED = "settings_proposed"
_TURN = "settings_turn"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A change that is looked at: the settings before and after it, what differs, and why it cannot be saved, if so."""

    title: str
    before: Settings
    after: Settings
    changes: tuple[str, ...]
    moves: tuple[str, ...]
    refused: str = ""


def proposed() -> Proposed | None:
    """The change that this session looks at."""
    found: Proposed | None = st.session_state.get(_PROPOSED)
    return found


def turn() -> int:
    """Counts the changes looked at, so that every form starts afresh after one."""
    return int(st.session_state.get(_TURN, 0))


def propose(store: Store, before: Settings, step: Step) -> None:
    """Work out what a step changes, and draw the page again to show it."""
    refused = ""
    try:
        check_losses(store, viewer(), step.after)
    except NotPossible as why:
        refused = str(why)
    st.session_state[_PROPOSED] = Proposed(
        step.title,
        before,
        step.after,
        changes_between(before, step.after),
        what_moves(store, viewer(), before, step.after),
        refused,
    )
    st.rerun()


def leave() -> None:
    """Forget the change that is looked at."""
    st.session_state.pop(_PROPOSED, None)
    st.session_state[_TURN] = turn() + 1
    st.rerun()


def save(store: Store, looked_at: Proposed, user: str, why: str) -> None:
    """Save the change as it was shown; when it cannot be, say why and keep nothing."""
    try:
        save_settings(store, looked_at.before, looked_at.after, by=viewer().signing(user), why=why)
    except NotPossible as refused:
        note_refused(str(refused) if "nothing was saved" in str(refused) else f"Nothing was saved. {refused}")
    else:
        note_saved(f"Saved: {looked_at.title}.")
        forget_asked()
    leave()


def undo(store: Store, seq: int) -> None:
    """Take back the last change."""
    try:
        take_back(store, seq, by=viewer())
    except NotPossible as refused:
        note_refused(str(refused))
    else:
        note_saved("The last change is taken back.")
    st.rerun()


def may_take_back(acts: Sequence[SettingsAct]) -> bool:
    """Whether the last change can be taken back: what a database starts with cannot."""
    return bool(acts) and acts[0].who != STARTED


def workbook(settings: Settings) -> bytes:
    """The settings as a workbook."""
    out = io.BytesIO()
    write_settings_template(out, settings)
    return out.getvalue()


def read_workbook(settings: Settings, name: str, data: bytes) -> Step | None:
    """The settings that a workbook wants, or None after showing what must be put right in it."""
    read = read_settings_workbook(name, data)
    if read.settings is None:
        show_workbook_problems(read.problems, name)
        return None
    return Step(f"Load {name}", with_rest_kept(read.settings, settings, read.lacks))

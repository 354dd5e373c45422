"""Where the People page meets the data: what is changed there, and what is said afterwards. Not a page."""

from __future__ import annotations

import streamlit as st

from components.identity import forget_sign_out
from components.people_change import note_done, refusals
from components.people_give import Asked
from components.people_words import grant_words
from data_access.people import grant_role, revoke_role, set_title, sign_out_everywhere
from data_access.settings import read_places
from data_access.stores import Store, is_sqlite
from data_access.wall import wall_stands
from domain.access import Grant, Viewer
from domain.people import as_user
from domain.settings import Settings
from pages._who import find_out, viewer

_TURN = "people_turn"


def _now() -> Viewer:
    """Who presses the button, as the database says at this moment: a dialog may have been open for a while."""
    find_out()
    return viewer()


def turn() -> int:
    """Counts the roles given, so that the form starts afresh after one."""
    return int(st.session_state.get(_TURN, 0))


def places(store: Store) -> Settings:
    """The providers and areas that a role may be for: an administrator decides on all of them, and sees no figure by it."""
    return read_places(store, viewer())


def wall(store: Store) -> str:
    """Why PostgreSQL does not by itself keep people to their rows; blank where it does. A SQLite file never could, and says nothing."""
    return "" if is_sqlite(store) else wall_stands(store)


def give(store: Store, settings: Settings, asked: Asked) -> None:
    """Give a role, or say why nobody can have it."""
    with refusals():
        grant_role(store, asked.user, asked.grant, by=_now(), title=asked.title)
        st.session_state[_TURN] = turn() + 1
        _again(f"{as_user(asked.user)} now is: {grant_words(asked.grant, settings)}.")


def give_back(store: Store, settings: Settings, user: str, grant: Grant) -> None:
    """Give a role again that was taken away a moment ago."""
    grant_role(store, user, grant, by=_now())
    _again(f"{user} is again: {grant_words(grant, settings)}.")


def take(store: Store, settings: Settings, user: str, grant: Grant) -> None:
    """Take a role away."""
    revoke_role(store, user, grant, by=_now())
    _again(f"{user} no longer is: {grant_words(grant, settings)}.", (user, grant))


def entitle(store: Store, user: str, title: str) -> None:
    """Say what somebody's job title is."""
    set_title(store, user, title, by=_now())
    _again(f"The job title of {user} is saved.")


def end(store: Store, user: str) -> None:
    """End every sign-in of somebody."""
    sign_out_everywhere(store, user, by=_now())
    forget_sign_out(user)
    _again(f"{user} is signed out everywhere.")


def _again(words: str, taken: tuple[str, Grant] | None = None) -> None:
    note_done(words, taken=taken)
    st.rerun()

"""Views by name, at the side: opened, saved and removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from components.address import PAGE
from components.navigation import PAGES, link_to_page
from domain.formats import unmarked
from domain.saved_views import MOST_OF_A_NAME, SavedView

_NAME: Final = "view_name"
_SHARED: Final = "view_shared"
_SAID: Final = "view_said"
_REMOVED: Final = "view_removed"

Act = Callable[[int], None]
Save = Callable[[SavedView], None]


def views_part(
    views: Sequence[SavedView], user: str, *, save: Save, remove: Act, bring_back: Act, may_share: bool
) -> None:
    """Show the views that somebody has, and a form that keeps the present one.

    Parameters
    ----------
    user : who looks. save, remove, bring_back : each may raise ValueError with what is wrong in plain words.
    may_share : whether a view of theirs may be seen by others.
    """
    label = f"Saved views ({len(views)})" if views else "Saved views"
    with st.sidebar.popover(label, icon=":material/bookmark:", width="stretch", key="saved_views"):
        _say()
        mine = [view for view in views if view.person == user]
        theirs = [view for view in views if view.person != user]
        for view in mine:
            _line(view, remove)
        if theirs:
            st.markdown("**Shared by others**")
        for view in theirs:
            _line(view, None)
        if not views:
            st.markdown(
                "A view keeps what is chosen on a page under a name, and shows the figures of the day it is opened."
            )
        if number := st.session_state.get(_REMOVED):
            st.button("Undo: bring it back", key="view_back", on_click=_bring_back, args=(number, bring_back))
        _form(save, may_share=may_share)


def _line(view: SavedView, remove: Act | None) -> None:
    entry = next((one for one in PAGES if one.url_path == view.page), None)
    with st.container(horizontal=True, vertical_alignment="center", key=f"view_{view.id}"):
        if entry is None:
            st.markdown(unmarked(f"{view.name}: its page is no longer there"))
        else:
            link_to_page(entry.file, label=unmarked(view.name), icon=entry.icon, query_params=view.query)
        if remove is not None:
            st.button(
                "Remove",
                key=f"view_remove_{view.id}",
                icon=":material/delete:",
                help=f"Take '{unmarked(view.name)}' from the list",
                on_click=_remove,
                args=(view, remove),
                type="tertiary",
            )


def _form(save: Save, *, may_share: bool) -> None:
    st.text_input("Name for this view", key=_NAME, max_chars=MOST_OF_A_NAME)
    if may_share:
        st.checkbox("Others who see all figures have it too", key=_SHARED)
    st.button("Save this view", key="view_save", icon=":material/bookmark_add:", on_click=_save, args=(save,))


def _save(save: Save) -> None:
    # At this moment the address says everything that is chosen, also by the pickers that a page has of its own.
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    view = SavedView(
        str(st.session_state.get(_NAME, "")),
        str(st.session_state.get(PAGE) or ""),
        query,
        bool(st.session_state.get(_SHARED)),
    )
    try:
        save(view)
    except ValueError as refused:
        st.session_state[_SAID] = (False, str(refused))
    else:
        st.session_state[_SAID] = (True, "Saved.")
        st.session_state[_NAME] = ""
    st.session_state.pop(_REMOVED, None)


def _remove(view: SavedView, remove: Act) -> None:
    try:
        remove(view.id)
    except ValueError as refused:
        st.session_state[_SAID] = (False, str(refused))
    else:
        st.session_state[_SAID] = (True, f"'{view.name}' is removed.")
        st.session_state[_REMOVED] = view.id


def _bring_back(number: int, bring_back: Act) -> None:
    try:
        bring_back(number)
    except ValueError as refused:
        st.session_state[_SAID] = (False, str(refused))
    st.session_state.pop(_REMOVED, None)


def _say() -> None:
    said = st.session_state.pop(_SAID, None)
    if said:
        (st.success if said[0] else st.error)(unmarked(said[1]))

"""The saved views of whoever is here, at the side of every page with pickers. Not a page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components.audience import presenting_asked
from components.saved_views import views_part
from data_access.saved_views import bring_back_view, list_views, remove_view, save_view
from data_access.sources import shared_store
from data_access.stores import Store
from pages._who import viewer

_HELD = "views_held"


def show_views(store: Store) -> None:
    """Show them; nothing in a meeting, and nothing where views cannot be kept: in a file in hand, or the examples in their own file."""
    if presenting_asked() or store.url != shared_store().url:
        return
    here = viewer()
    if st.session_state.get(_HELD, ("",))[0] != here.user:
        _read_again()
    views_part(
        st.session_state[_HELD][1],
        here.user,
        save=lambda view: _then(lambda: save_view(shared_store(), view, by=viewer())),
        remove=lambda number: _then(lambda: remove_view(shared_store(), number, by=viewer())),
        bring_back=lambda number: _then(lambda: bring_back_view(shared_store(), number, by=viewer())),
        may_share=here.sees_all,
    )


def _read_again() -> None:
    # Kept for the session: they are asked for at every page, and change when their person changes them.
    st.session_state[_HELD] = (viewer().user, list_views(shared_store(), viewer()))


def _then(act: Callable[[], object]) -> None:
    act()
    _read_again()

"""Who runs this page, and what they may do: looked up at every run, so that a changed role works at the next click. Not a page."""

from __future__ import annotations

import time

import streamlit as st

from components.identity import LOCAL_IDENTITY, settings, who_is_here
from data_access.people import find_viewer
from data_access.sources import shared_store
from data_access.stores import Store
from domain.access import COMMISSIONER, LOCAL_USER, Duty, Viewer
from domain.sign_in import AuthMode
from domain.tally import Source

_VIEWER = "viewer_of_this_run"
_HOLDS_SECONDS = 5.0


def find_out() -> Viewer | None:
    """Look up who is here and remember it for this run; None where nobody is signed in. The shell does so before anything else."""
    identity = who_is_here()
    st.session_state.pop(_VIEWER, None)
    if identity is None:
        return None
    # The very one, not one of the same name: a server in front may let people choose what they are called.
    found = LOCAL_USER if identity is LOCAL_IDENTITY else find_viewer(shared_store(), identity.user)
    st.session_state[_VIEWER] = (found, time.monotonic())
    return found


def people_sign_in() -> bool:
    """Whether people sign in at all."""
    return settings().mode is not AuthMode.NONE


def sign_ins_end_here() -> bool:
    """Whether the dashboard can end somebody's sign-in; that of a server in front goes on, whatever is said here."""
    return settings().mode is AuthMode.OIDC


def viewer() -> Viewer:
    """Who runs this page; somebody without any role where nobody is signed in.

    A part of a page, such as a dialog, may run long after the shell did: then it is looked up again, because the role may be gone.
    """
    found, at = st.session_state.get(_VIEWER, (Viewer(""), -_HOLDS_SECONDS))
    return found if time.monotonic() - at < _HOLDS_SECONDS else find_out() or Viewer("")


def viewer_of(store: Store) -> Viewer:
    """Who looks at some figures. The examples in their own file are nobody's: whoever opens them sees all of them.

    A file in hand lies within the reach of whoever looks at it, and its figures say whose they are by that.
    """
    apart = store.source is Source.EXAMPLES and store.url != shared_store().url
    return COMMISSIONER if apart and viewer().reach else viewer()


def sender() -> Viewer:
    """Who runs this page, as far as they may send returns: of what they may only look at, nothing is asked or offered for a return."""
    return viewer().within(Duty.RETURNS)

"""What happened since the reader last looked at a service, for the Overview. Not a page."""

from __future__ import annotations

import streamlit as st

from components.since_looked import moved_words, show_since
from data_access.kpis import read_kpis
from data_access.ledger import data_version
from data_access.looked import Looked, looked_last, note_looked
from data_access.since import read_acts_since
from data_access.sources import shared_store
from domain.meetings import About
from pages._desk import Desk
from pages._who import viewer

_BEFORE = "looked_before"


def show_what_is_new(desk: Desk) -> None:
    """Show it, where the reader was here before and it is not for others; from now on they have looked.

    Within a session it stays the same moment: a figure that was clicked away must not look as if nothing had happened.
    """
    if desk.audience.gated or desk.store.url != shared_store().url:
        return
    looked = _looked(desk)
    if looked is None:
        return
    if looked.seq == data_version(desk.store):
        show_since(looked.at, (), ())
        return
    about = About(desk.service.key, desk.judged)
    acts = read_acts_since(desk.store, desk.viewer, about, looked.seq)
    before = read_kpis(
        desk.store, desk.judged, desk.viewer, desk.audience,
        rolling=True, service=desk.service.key, as_of=looked.seq,
    )  # fmt: skip
    show_since(looked.at, acts, moved_words(before, desk.kpis(desk.judged, rolling=True)))


def _looked(desk: Desk) -> Looked | None:
    held: dict[tuple[str, str], Looked | None] = st.session_state.setdefault(_BEFORE, {})
    key = viewer().user, desk.service.key
    if key not in held:
        held[key] = looked_last(desk.store, viewer(), desk.service.key)
        note_looked(desk.store, viewer(), desk.service.key)
    return held[key]

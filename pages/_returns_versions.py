"""What the Returns page asks of one version of a return, and of two. Not a page."""

from __future__ import annotations

import streamlit as st

from components.returns_versions import choose_two, choose_version, show_difference, show_version
from data_access.kept import KeptReturn
from data_access.receipts import read_original, read_receipt
from data_access.returns import Refused
from data_access.versions_between import read_difference
from domain.formats import unmarked
from domain.tally import Source
from pages._desk import Desk


def look_at_one(desk: Desk, found: list[KeptReturn]) -> None:
    """Let one version be chosen, and show what it was received as."""
    chosen = choose_version(found, desk.settings)
    if chosen is None:
        return
    try:
        receipt = read_receipt(desk.store, desk.viewer, chosen.id)
    except Refused as why:
        st.error(unmarked(str(why)))
        return
    show_version(chosen, receipt, lambda: read_original(desk.store, desk.viewer, chosen.id))


def compare_two(desk: Desk, found: list[KeptReturn]) -> None:
    """Let two versions be chosen, and show what lies between them."""
    earlier, later = choose_two(found, desk.settings)
    if later is None:
        return
    try:
        difference = read_difference(desk.store, desk.viewer, earlier.id if earlier else "", later.id)
    except Refused as why:
        st.error(unmarked(str(why)))
        return
    show_difference(difference, desk.settings, saved=desk.store.source is Source.SHARED)

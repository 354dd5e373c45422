"""The pickers of the page 'How different from average?': which share, and by what."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.address import allow, fill, one_of, write
from domain.measures import Completeness, Share, Table, measures_of
from domain.services import Service

_GROUPS = {"area": "Areas", "provider": "Providers"}


def shares_to_compare(service: Service) -> tuple[Share, ...]:
    """The shares of a service that a group may be held against others by: X of Y cases, each case by itself; its headline first.

    Several answers, actions or cells of one case go together, so that chance moves their shares further than the limits allow for.
    """
    found = [
        one
        for one in measures_of(service.key)
        if isinstance(one, Share)
        and not isinstance(one, Completeness)
        and one.table is Table.CASES
        and not (one.in_totals_only or one.at_a_date)
    ]
    first = (service.headline, *service.beside)
    return tuple(sorted(found, key=lambda one: first.index(one.key) if one.key in first else len(first)))


def choose_share(shares: Sequence[Share]) -> Share:
    """The share that the reader chose; the first one at the beginning. There must be one."""
    named = {one.key: one for one in shares}
    first = shares[0].key
    fill("share", one_of(list(named), str, first), first)
    allow("share", list(named), first)
    chosen = st.selectbox("Share", list(named), format_func=lambda key: named[key].label, key="share")
    write("share", [] if chosen in (None, first) else [chosen])
    return named[chosen or first]


def choose_groups() -> str:
    """Whether areas or providers are compared; areas at the beginning."""
    fill("groups", one_of(list(_GROUPS), str, "area"), "area")
    allow("groups", list(_GROUPS), "area")
    chosen = st.radio(
        "Compare", list(_GROUPS), format_func=_GROUPS.__getitem__, key="groups", horizontal=True
    )
    write("groups", [] if chosen in (None, "area") else [chosen])
    return chosen or "area"

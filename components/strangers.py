"""What somebody names who may not see it: in the address of a page, or as the value of a picker that never offered it.

A browser sends what it likes. A picker takes what it does not offer as nothing chosen, so that whoever asked for another provider would be
shown something else as if they had asked for that, and nobody would know. So it is looked for here, before any picker is drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

import streamlit as st

from components.filters import AREA, PROVIDER, SERVICE
from components.kpi_case_list import REF
from components.returns_versions import EARLIER, LATER, VERSION
from components.upload_start import PROVIDER_PICKERS
from components.withdrawal import WHICH
from domain.access import Duty, OutOfReach, Viewer
from domain.returns import COUNCIL
from domain.services import SERVICES
from domain.settings import Settings

_LONGEST: Final = 100
"""How much of what was named is kept."""


def refuse_strangers(viewer: Viewer, settings: Settings, services: Collection[str]) -> None:
    """Refuse what names a service, provider, area or return that is not somebody's to see.

    It is taken out of the address and the picker, so that the next page opens. For whoever sees everything a name that means nothing stays
    ignored.

    Parameters
    ----------
    settings : as this person may see them. services : those that they may choose.
    """
    if viewer.sees_all:
        return
    providers = {one.key for one in settings.providers}
    for said in _said(SERVICE, picked=False):
        if said not in services:
            _refuse(SERVICE, OutOfReach(Duty.FIGURES, service=said[:_LONGEST]))
    asked = (f"{which}_{key}" for which in PROVIDER_PICKERS for key in ("", *(one.key for one in SERVICES)))
    for name in (PROVIDER, *asked):
        for said in _said(name):
            if said and said not in providers:
                # A picker is told what it shows, and that is no key.
                _refuse(name, OutOfReach(Duty.FIGURES, provider=said[:_LONGEST], subject=said[:_LONGEST]))
    if (limited := _areas(viewer)) is not None:
        for said in _said(AREA):
            if said not in limited:
                _refuse(AREA, OutOfReach(Duty.FIGURES, subject=said[:_LONGEST]))
    for name in (VERSION, EARLIER, LATER, WHICH):
        for said in _said(name):
            if _sender(said) not in {*providers, COUNCIL}:
                _refuse(name, OutOfReach(Duty.RETURNS, provider=_sender(said), subject=said[:_LONGEST]))


def open_services(viewer: Viewer, offered: Collection[str]) -> frozenset[str]:
    """The services that somebody may name: those with something of theirs, and those of which they may see every provider."""
    return frozenset(
        one.key
        for one in SERVICES
        if one.key in offered or any(r.service in ("", one.key) and not r.provider for r in viewer.reach)
    )


def _areas(viewer: Viewer) -> frozenset[str] | None:
    """The areas that somebody is limited to; None where they may see every area of something."""
    return frozenset(one.area for one in viewer.reach) if all(one.area for one in viewer.reach) else None


def _sender(version: str) -> str:
    """Whose return an id names; blank where it is none."""
    parts = version.split(":")
    return parts[1] if len(parts) > 2 else ""


def _said(name: str, *, picked: bool = True) -> Iterator[str]:
    """What the address says of a picker, and what the browser says was picked there, where that is a text."""
    yield from st.query_params.get_all(name)
    value: Any = st.session_state.get(name) if picked else None
    for one in value if isinstance(value, list | tuple) else [value]:
        if isinstance(one, str):
            yield one


def _refuse(name: str, why: OutOfReach) -> None:
    if name in st.query_params:
        del st.query_params[name]
    st.session_state.pop(name, None)
    # Whose case it is was refused, so its reference does not stay in the address either.
    st.query_params.pop(REF, None)
    raise why

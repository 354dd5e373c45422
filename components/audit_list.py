"""The Audit page: which part of the record is looked at, the list, its pages and its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from components.audit_words import DID, audit_table
from components.downloads import offer
from components.frame import show_table
from components.settings_frame import a_day
from domain.audit import Act, Entry
from domain.formats import counted
from domain.services import SERVICES
from domain.settings import Settings
from domain.settings_words import service_label

A_PAGE: Final = 50
"""How many entries are shown at once."""
_BEFORE: Final = "audit_before"
_ASKED: Final = "audit_asked"


@dataclass(frozen=True, slots=True)
class Part:
    """Which entries are looked at; what is blank leaves nothing out. Both days are included."""

    first: date | None = None
    last: date | None = None
    person: str = ""
    act: Act | None = None
    service: str = ""
    provider: str = ""


def choose_part(settings: Settings, users: Sequence[str]) -> Part:
    """Ask which entries are looked at.

    Parameters
    ----------
    users : the people that are known; another name can be typed, as of somebody who was refused.
    """
    one, two, three = st.columns(3)
    with one:
        first = a_day("From", None, "audit_first")
    with two:
        last = a_day("To", None, "audit_last")
    act = three.selectbox(
        "What",
        list(Act),
        index=None,
        format_func=lambda one: DID[one],
        placeholder="Everything",
        key="audit_act",
    )
    one, two, three = st.columns(3)
    person = one.selectbox(
        "Person", users, index=None, accept_new_options=True, placeholder="Everybody", key="audit_person"
    )
    service = two.selectbox(
        "Service",
        [known.key for known in SERVICES],
        index=None,
        format_func=service_label,
        placeholder="Every service",
        key="audit_service",
    )
    provider = three.selectbox(
        "Provider",
        [known.key for known in settings.providers],
        index=None,
        format_func=settings.provider_label,
        placeholder="Every provider",
        key="audit_provider",
    )
    return Part(first, last, person or "", act, service or "", provider or "")


def page_before(part: Part) -> int | None:
    """Before which entry the page ends that is looked at; None for the newest ones, and whenever something else is chosen."""
    if st.session_state.get(_ASKED) != part:
        st.session_state[_ASKED], st.session_state[_BEFORE] = part, []
    gone: list[int] = st.session_state[_BEFORE]
    return gone[-1] if gone else None


def show_entries(
    entries: Sequence[Entry], part: Part, settings: Settings, make_file: Callable[[], bytes], name: str
) -> None:
    """The list with its steps and its file.

    Parameters
    ----------
    entries : a page of them and one more, where there is one.
    make_file : every entry of the part as a CSV file. name : what that file is called.
    """
    if part.first and part.last and part.first > part.last:
        st.error("The first day is after the last one. Choose them the other way round.")
        return
    if not entries:
        st.info(
            "Nothing has been noted yet. Here stands from now on who signed in, saw single cases, downloaded or saved anything, "
            "changed a setting or a role, and what anybody was refused."
            if part == Part()
            else "Nothing was noted of what is chosen. Choose other days, another person or another kind."
        )
        return
    shown = entries[:A_PAGE]
    gone: list[int] = st.session_state[_BEFORE]
    further = f", after {counted(len(gone) * A_PAGE, 'newer one')}" if gone else ""
    st.markdown(f"{counted(len(shown), 'entry', 'entries')}{further}, the newest first.")
    show_table(audit_table(shown, settings), "Who did what")
    with st.container(horizontal=True):
        if gone:
            st.button("Newer", key="audit_newer", icon=":material/arrow_back:", on_click=_newer)
        if len(entries) > A_PAGE:
            st.button(
                "Older",
                key="audit_older",
                icon=":material/arrow_forward:",
                on_click=_older,
                args=(shown[-1].id,),
            )
        offer(
            "Download all of it as CSV",
            make_file,
            file_name=name,
            mime="text/csv",
            key="audit_csv",
            what="The record of who did what",
            service=part.service,
            provider=part.provider,
            detail=part_words(part),
        )
    st.caption("The file holds every entry of what is chosen. Entries cannot be changed or deleted.")


def _newer() -> None:
    st.session_state[_BEFORE].pop()


def _older(number: int) -> None:
    st.session_state[_BEFORE].append(number)


def part_words(part: Part) -> str:
    """What is chosen, in words, without the name of a person."""
    days = [f"{word} {day:%-d %b %Y}" for word, day in (("from", part.first), ("to", part.last)) if day]
    kind = [DID[part.act].lower()] if part.act else []
    one = ["one person"] if part.person else []
    return ", ".join((*days, *kind, *one)) or "everything"

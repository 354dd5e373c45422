"""What the parts of the Settings page share: the choice of a part, the first steps, and one step ready to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

import streamlit as st

from components.address import fill, one_of, write
from components.frame import section
from components.navigation import link_to_page
from domain.formats import unmarked
from domain.settings import Settings
from domain.settings_edits import NotPossible
from domain.table import Table

PARTS: Final = ("Council", "Providers", "Areas", "Contracts", "Targets", "Survey", "History", "Workbook")
PART: Final = "set"
"""The name of the chosen part in the address."""
ADD: Final = {"provider": "Providers", "area": "Areas", "contract": "Contracts", "question": "Survey"}
"""What an address may ask to add (`?add=provider&name=Northgate`), and the part where that is done."""
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
CHECK: Final = "Check this change"

_ADDED: Final = "settings_add_seen"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """One change that a person asked for: what it is called, and the settings that it gives."""

    title: str
    after: Settings


def attempt(title: str, change: Callable[[], Settings]) -> Step | None:
    """The step, or None after saying why it cannot be taken."""
    try:
        return Step(title, change())
    except NotPossible as why:
        st.error(unmarked(str(why)))
        return None


def asked_to_add() -> tuple[str, str]:
    """What the address asks to add, and its name; blank when nothing."""
    what = st.query_params.get("add", "")
    return (what, st.query_params.get("name", "").strip()[:100]) if what in ADD else ("", "")


def forget_asked() -> None:
    """Take out of the address what it asked to add, once that is done."""
    for name in ("add", "name"):
        st.query_params.pop(name, None)


def choose_part() -> str:
    """The part of the settings that is looked at."""
    fill(PART, one_of(PARTS, str.casefold, PARTS[0]), PARTS[0])
    asked = asked_to_add()
    if asked[0] and st.session_state.get(_ADDED) != asked:
        st.session_state[PART] = ADD[asked[0]]
    st.session_state[_ADDED] = asked
    # A row of buttons would be prettier; in the dark its chosen one has too little contrast.
    part = st.radio("Part of the settings", PARTS, key=PART, horizontal=True)
    write(PART, [] if part == PARTS[0] else [part.casefold()])
    return part


def go_to(part: str) -> None:
    """Open a part; for a button, before the page is drawn again."""
    st.session_state[PART] = part


def show_start(settings: Settings, *, received: bool) -> None:
    """The first steps, ticked as they are done; then the way to the first return, until one has come."""
    steps = start_steps(settings)
    if all(done for _, done in steps.values()):
        if not received:
            link_to_page("upload.py", label="Upload the first return", icon=":material/arrow_forward:")
        return
    section("Start here")
    st.markdown("Four steps, then the first return can be uploaded.")
    with st.container(gap=None):
        for number, (part, (words, done)) in enumerate(steps.items(), start=1):
            st.button(
                f"{number}. {words}" + (": done" if done else ""),
                key=f"start_{part}",
                icon=":material/check_circle:" if done else ":material/radio_button_unchecked:",
                type="tertiary",
                on_click=go_to,
                args=(part,),
            )


def start_steps(settings: Settings) -> dict[str, tuple[str, bool]]:
    """The first steps by the part where they are done: their words, and whether they are done."""
    return {
        "Council": ("Name the council", bool(settings.council)),
        "Providers": ("Add the providers that send returns", bool(settings.providers)),
        "Areas": ("Add the areas that cases belong to", bool(settings.areas)),
        "Contracts": ("Add a contract for each provider and service", bool(settings.contracts)),
    }


def choose_one(
    label: str, options: Sequence[T], words: Callable[[T], str], *, new: str, key: str
) -> T | None:
    """One of the things there are, or None for a new one; a new one is offered first."""
    return st.selectbox(
        label,
        [None, *options],
        format_func=lambda one: new if one is None else words(one),
        key=key,
    )


def a_day(label: str, value: date | None, key: str, words: str = "") -> date | None:
    """A day, which may be left blank."""
    found: date | None = st.date_input(
        label,
        value,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="DD/MM/YYYY",
        key=key,
        help=words or None,
    )
    return found


def without_blank(table: Table) -> Table:
    """The table without the columns in which nothing stands, so that the others have room."""
    kept = [n for n in range(len(table.headers)) if any(row[n] for row in table.rows)]
    return Table(
        tuple(table.headers[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in table.rows)
    )


def submitted(label: str = CHECK) -> bool:
    """The button of a form: nothing is saved by it, it shows what would change."""
    return st.form_submit_button(label, type="primary", icon=":material/arrow_forward:")

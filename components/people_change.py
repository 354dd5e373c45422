"""Changing what somebody may do: taking a role away, their job title, and ending their sign-ins. Each is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from components.frame import section
from components.people_words import grant_words, loss_words
from domain.access import Grant
from domain.formats import unmarked
from domain.people import MOST_OF_A_TITLE, NotPossibleRole, Person
from domain.settings import Settings

TAKE, TITLE, SIGN_OUT = "Take a role away", "Change their job title", "Sign them out everywhere"
_DONE: Final = "people_done"
_TAKEN: Final = "people_taken"

Take = Callable[[str, Grant], None]


def note_done(words: str, *, taken: tuple[str, Grant] | None = None) -> None:
    """Remember what to say once the page is drawn again, and what can be given back."""
    st.session_state[_DONE], st.session_state[_TAKEN] = words, taken


def show_done(give: Take, settings: Settings) -> None:
    """Say what was done a moment ago; a role that was taken away can be given back."""
    if words := st.session_state.pop(_DONE, ""):
        st.success(unmarked(words))
    taken: tuple[str, Grant] | None = st.session_state.get(_TAKEN)
    if taken is None:
        return
    user, grant = taken
    label = f"Give {grant_words(grant, settings)} back to {user}"
    if st.button(unmarked(label), key="people_undo", icon=":material/undo:"):
        st.session_state[_TAKEN] = None
        with refusals():
            give(user, grant)


class refusals:  # noqa: N801 - read as a word: with refusals()
    """Say why a change is not possible, and go on with the page."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, why: BaseException | None, _: object) -> bool:
        """Say the reason."""
        if isinstance(why, NotPossibleRole):
            st.error(unmarked(str(why)))
            return True
        return False


def change_part(
    people: Sequence[Person],
    settings: Settings,
    me: str,
    take: Take,
    entitle: Callable[[str, str], None],
    end: Callable[[str], None] | None,
) -> None:
    """Choose somebody, then what to do.

    Parameters
    ----------
    me : who is looking. take, entitle, end : do it and draw the page again; `end` is None where the dashboard ends no sign-in.
    """
    section("Change somebody's role, job title or sign-in")
    user = st.selectbox(
        "Person",
        [one.user for one in people],
        index=None,
        placeholder="Choose a person",
        key="people_who",
    )
    person = next((one for one in people if one.user == user), None)
    if person is None:
        return
    doing = [*([TAKE] if person.grants else []), TITLE, *([SIGN_OUT] if end else [])]
    what = st.radio("What to do", doing, horizontal=True, key=f"people_do_{person.user}")
    if what == TAKE:
        _take_part(person, settings, me, take)
    elif what == TITLE:
        _title_part(person, entitle)
    elif end is not None:
        st.markdown(
            "Every sign-in of theirs up to now ends, on every computer. Their roles stay, and they can sign in again."
        )
        if st.button("Sign them out everywhere", key="people_end", icon=":material/logout:"):
            _confirm_end(person, end)


def _take_part(person: Person, settings: Settings, me: str, take: Take) -> None:
    grant = st.selectbox(
        "Role to take away",
        person.grants,
        format_func=lambda one: grant_words(one, settings),
        key=f"people_role_{person.user}",
    )
    if grant and st.button("Take it away", key="people_take", icon=":material/person_remove:"):
        _confirm_take(person, grant, settings, me, take)


def _title_part(person: Person, entitle: Callable[[str, str], None]) -> None:
    with st.form(f"people_title_{person.user}"):
        title = st.text_input(
            "Job title",
            person.title,
            max_chars=MOST_OF_A_TITLE,
            help="Stands beside what they save from now on, such as: Contracts manager. Not a name.",
        )
        pressed = st.form_submit_button("Save the job title", icon=":material/save:")
    if pressed:
        with refusals():
            entitle(person.user, title)


@st.dialog("Take this role away?")
def _confirm_take(person: Person, grant: Grant, settings: Settings, me: str, take: Take) -> None:
    st.markdown(f"**{unmarked(grant_words(grant, settings))}**")
    for sentence in loss_words(person.user, grant, person.grants, settings):
        st.markdown(unmarked(sentence))
    if person.user == me:
        st.warning("This is your own role.", icon=":material/warning:")
    if st.button("Yes, take it away", type="primary", key="people_take_yes"):
        with refusals():
            take(person.user, grant)


@st.dialog("Sign them out everywhere?")
def _confirm_end(person: Person, end: Callable[[str], None]) -> None:
    st.markdown(
        f"{unmarked(person.user)} has to sign in again on every computer. What they had not saved is lost."
    )
    if st.button("Yes, sign them out", type="primary", key="people_end_yes"):
        with refusals():
            end(person.user)

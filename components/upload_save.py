"""What is to become of a checked file: saved, looked at, repaired or left; and what stood in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from components.frame import section
from components.problems import personal_words
from components.upload_problems import Reasons
from components.versions import Version, moment, version_label
from domain.checks import Examined
from domain.formats import unmarked
from domain.settings import Settings

_THEN: Final = {
    "current": "It counts now. Saved again it changes nothing, unless its columns are read in another way.",
    "replaced": "A later return has taken its place. Saved again it counts in place of that one.",
    "withdrawn": "It was withdrawn. Saved again it counts once more.",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for with a checked file: to save it, to look at it only, to send it repaired, or to leave it."""

    save: bool = False
    look: bool = False
    repaired: bool = False
    again: bool = False
    user: str = ""


def ask_what_next(reasons: Reasons, *, may_save: bool, may_look: bool, may_repair: bool) -> Wanted:
    """Ask who saves the return, and whether it is saved, only looked at, sent again or left.

    Parameters
    ----------
    reasons : those given for what is to be confirmed. may_save, may_look, may_repair : what is possible with the file.
    """
    section("What next?")
    user, ready = "", reasons.complete
    if may_save:
        user = st.text_input(
            "Your job title",
            key="upload_user",
            max_chars=80,
            help="A job title, not a name. It is kept with the return.",
        ).strip()
        if personal := personal_words(user):
            ready = False
            st.error(personal)
        elif not reasons.complete and not reasons.personal:
            st.caption(
                "Choose a reason for each thing to confirm first; with 'Another reason', write a note."
            )
    save = look = repaired = False
    with st.container(horizontal=True):
        if may_save:
            save = st.button(
                "Save this return", type="primary", disabled=not ready, key="save", icon=":material/save:"
            )
        if may_look:
            look = st.button("Look at it without saving", key="look", icon=":material/visibility:")
        if may_repair:
            repaired = st.button(
                "Upload the repaired file",
                key="again",
                icon=":material/upload_file:",
                help="Its columns are then read as you confirmed them.",
            )
        again = st.button("Start again", key="start_again", icon=":material/restart_alt:")
    return Wanted(save, look, repaired, again, user)


def title_of(
    examined: Examined | None, name: str, *, saved: bool, refused: bool, checking: bool, columns: bool
) -> str:
    """The title of the page, which says how far a file has come.

    Parameters
    ----------
    examined : what was found in it; None while it is not known how it is to be read. name : of the file.
    columns : whether it is asked which of its columns is which; else only whose it is.
    """
    if saved:
        return "The return is saved"
    if checking:
        return f"Checking {name}"
    if examined is None:
        return f"Which column of {name} is which?" if columns else f"Whose return is {name}?"
    if refused:
        return f"{name} cannot be saved as it is"
    if examined.must_fix:
        return f"There is a problem with {name}"
    return f"{name} can be saved" + (", with a reason" if examined.to_confirm else "")


def show_refused(why: str) -> None:
    """Say why a file that has nothing to mend cannot be saved."""
    st.error(unmarked(why if "nothing was saved" in why.casefold() else f"Nothing was saved. {why}"))


def show_moved(why: str, changes: Sequence[str]) -> bool:
    """Say who changed the return meanwhile, and what; whether the effect is to be worked out anew."""
    show_refused(why)
    if changes:
        st.markdown("What was saved meanwhile:")
        st.markdown("\n".join(f"- {unmarked(line)}" for line in changes))
    return st.button(
        "Show what this file would change now", type="primary", key="preview_again", icon=":material/refresh:"
    )


def show_already_saved(version: Version | None, settings: Settings) -> None:
    """Say, before anything else, that the very same file was saved before."""
    if version is None:
        return
    who = f"{moment(version.accepted_at)} by {version.accepted_by}"
    saved = f"This very file was saved before, on {who}: {version_label(version, settings)}."
    st.info(unmarked(f"{saved} {_THEN[version.state]}"), icon=":material/content_copy:")

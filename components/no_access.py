"""What somebody sees who may not open a page, may not see what they asked for, has no role, or is no longer signed in."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.identity import SIGN_IN_ADDRESS
from components.navigation import link_to_page
from components.page_entry import PageEntry
from components.present import page_style
from domain.access import OutOfReach, Role, Viewer
from domain.formats import listed, unmarked

ASK: Final = (
    "Ask an administrator of the dashboard at the council if you need it. What you tried has been noted."
)


def show_closed(entry: PageEntry, front: PageEntry | None, viewer: Viewer) -> None:
    """Say who may open a page, with the way to one that is open.

    Parameters
    ----------
    front : the first page that they may open. viewer : who is looking; they may have the role, but for a part only.
    """
    has = any(grant.role in entry.roles for grant in viewer.grants)
    if entry.whole:
        reaching = " for every service, provider and area" + (", and your role is for a part" if has else "")
    else:
        # Only a limit to an area closes a page that is not about everything to somebody who has the role.
        reaching = " whose role is not limited to an area, and yours is" if has else ""
    _say(
        f"You may not open {entry.title}",
        f"It opens to {_several(entry.roles)}{reaching}. {ASK}",
        front,
    )


def show_refusal(refused: OutOfReach, front: PageEntry | None) -> None:
    """Say that somebody may not see or do what they asked for."""
    _say("This is not open to you", f"{refused} {ASK}", front)


def show_no_role(user: str) -> None:
    """Say that somebody has no role, and whom to ask."""
    page_style(presented=False)
    st.title("You have no role here yet", anchor=False)
    st.info(
        f"You are signed in as **{unmarked(user)}**, and nobody has said yet what you may see. Ask an administrator of the "
        "dashboard at the council for a role, and give them this name as it stands here. The dashboard then opens by itself, "
        "within a minute."
    )


def show_signed_out() -> None:
    """Say that the sign-in has ended, with the way to sign in again."""
    page_style(presented=False)
    st.title("You are signed out", anchor=False)
    st.info(
        "Your sign-in has ended. What you had saved is saved. A file that you had not saved yet is not kept: choose it again after "
        "signing in."
    )
    st.html(f'<a href="{SIGN_IN_ADDRESS}" target="_self">Sign in again</a>')


def _say(title: str, words: str, front: PageEntry | None) -> None:
    page_style(presented=False)
    st.title(unmarked(title), anchor=False)
    st.warning(unmarked(words), icon=":material/lock:")
    if front is not None:
        link_to_page(front.file, label=f"Go to {front.title}", icon=front.icon)


def _several(roles: Sequence[Role]) -> str:
    names = [f"{'an' if role.label[0] in 'AEIOU' else 'a'} {role.label.lower()}" for role in roles]
    return listed(names, len(names)).replace(" and ", " or ")

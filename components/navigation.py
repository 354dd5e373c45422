"""The menu, the links between pages and who may open which, and the rule that a page runs only inside the shell.

The pages themselves are declared in `components.page_list`.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.page_entry import PageEntry
from components.page_list import ADMINISTRATION as ADMINISTRATION
from components.page_list import PAGES as PAGES
from components.shell_mark import mark_shell as mark_shell
from components.shell_mark import require_shell as require_shell
from domain.access import Viewer

PAGES_FOLDER: Final = Path(__file__).resolve().parent.parent / "pages"
_OPEN: Final = "pages_open"


def menu_sections(viewer: Viewer) -> dict[str, list[StreamlitPage]]:
    """The menu as Streamlit wants it: section heading to its pages, in the order of ``PAGES``.

    A page that somebody may not open is not in the menu, but its address is known, so that the shell can say who may open it; Streamlit
    itself would say that there is no such page.
    """
    sections: dict[str, list[StreamlitPage]] = {}
    for entry in PAGES:
        page = st.Page(
            PAGES_FOLDER / entry.file,
            title=entry.title,
            icon=entry.icon,
            url_path=entry.url_path or None,
            default=not entry.url_path,
            visibility="visible" if entry.open_to(viewer) and not entry.hidden else "hidden",
            help=entry.help,
        )
        sections.setdefault(entry.section, []).append(page)
    st.session_state[_OPEN] = frozenset(entry.file for entry in PAGES if entry.open_to(viewer))
    return sections


def entry_at(url_path: str) -> PageEntry:
    """The page at an address."""
    return next(entry for entry in PAGES if entry.url_path == url_path)


def first_open(viewer: Viewer) -> PageEntry | None:
    """The first page of the menu that somebody may open and that was made for what they may do; None without a role."""
    found = [entry for entry in PAGES if entry.open_to(viewer)]
    return next((entry for entry in found if entry.needs), next(iter(found), None))


def is_open(file: str) -> bool:
    """Whether the person of this run may open a page; outside the shell nobody has said, and every page is."""
    return file in st.session_state.get(_OPEN, (file,))


def link_to_page(
    file: str, *, label: str, icon: str | None, query_params: Mapping[str, str | Iterable[str]] | None = None
) -> None:
    """Link to a page, for whoever may open it; nothing for anybody else."""
    if is_open(file):
        st.page_link(PAGES_FOLDER / file, label=label, icon=icon, query_params=query_params)

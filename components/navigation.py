"""The pages of the dashboard, declared once, and the rule that a page runs only inside the shell.

The addresses (``url_path``) are kept: people send them to each other. A page is added by one file
in ``pages/`` and one ``PageEntry`` here.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

PAGES_FOLDER: Final = Path(__file__).resolve().parent.parent / "pages"
SHELL_FLAG: Final = "shell_ran"


@dataclass(frozen=True, kw_only=True)
class PageEntry:
    """One page: where it stands in the menu, its file, its words and its address.

    Attributes
    ----------
    section : str
        Heading of the menu; pages of the empty section stand in the bar itself.
    file : str
        Name of the file in ``pages/``.
    title, help : str
        What the menu shows, and the question the page answers.
    icon : str
        A Material symbol, ``:material/name:`` (bundled with Streamlit).
    url_path : str
        The address, without a slash; empty for the front page, which Streamlit gives no other.
    """

    section: str
    file: str
    title: str
    icon: str
    url_path: str
    help: str


PAGES: Final = (
    PageEntry(
        section="",
        file="overview.py",
        title="Overview",
        icon=":material/home:",
        url_path="",
        help="How is the service doing?",
    ),
    PageEntry(
        section="",
        file="demand.py",
        title="Demand",
        icon=":material/trending_up:",
        url_path="demand",
        help="How many are referred, when and from where?",
    ),
    PageEntry(
        section="",
        file="reasons.py",
        title="Reasons",
        icon=":material/help:",
        url_path="reasons",
        help="Why do people need help, and who are they?",
    ),
    PageEntry(
        section="",
        file="outcomes.py",
        title="Outcomes",
        icon=":material/flag:",
        url_path="outcomes",
        help="What became of those who were referred, and how long did it take?",
    ),
    PageEntry(
        section="",
        file="kpis.py",
        title="KPIs",
        icon=":material/checklist:",
        url_path="kpis",
        help="Which targets are met, by whom and where?",
    ),
    PageEntry(
        section="In depth",
        file="change_of_mind.py",
        title="Changes of mind",
        icon=":material/undo:",
        url_path="change_of_mind",
        help="In which circumstances do families change their mind about SEND mediation?",
    ),
    PageEntry(
        section="In depth",
        file="satisfaction.py",
        title="Satisfaction",
        icon=":material/sentiment_satisfied:",
        url_path="satisfaction",
        help="What do people who used the service say, and what is complained of?",
    ),
    PageEntry(
        section="In depth",
        file="cases_used.py",
        title="Cases used",
        icon=":material/stacked_line_chart:",
        url_path="cases_used",
        help="How many of the cases in the fixed price are used, and when are they used up?",
    ),
    PageEntry(
        section="Data",
        file="upload.py",
        title="Upload",
        icon=":material/upload_file:",
        url_path="upload",
        help="What is wrong with a return, and what would it change?",
    ),
    PageEntry(
        section="Data",
        file="returns.py",
        title="Returns",
        icon=":material/inventory_2:",
        url_path="returns",
        help="Who has sent what, and which version counts?",
    ),
    PageEntry(
        section="Data",
        file="published.py",
        title="Published figures",
        icon=":material/fact_check:",
        url_path="published",
        help="Does the dashboard count what the source documents print?",
    ),
    PageEntry(
        section="Data",
        file="settings.py",
        title="Settings",
        icon=":material/settings:",
        url_path="settings",
        help="What has the council set, and who changed it?",
    ),
    PageEntry(
        section="Data",
        file="definitions.py",
        title="Definitions",
        icon=":material/menu_book:",
        url_path="definitions",
        help="What exactly is counted, entered and checked?",
    ),
)


def menu_sections() -> dict[str, list[StreamlitPage]]:
    """The menu as Streamlit wants it: section heading to its pages, in the order of ``PAGES``."""
    sections: dict[str, list[StreamlitPage]] = {}
    for entry in PAGES:
        page = st.Page(
            PAGES_FOLDER / entry.file,
            title=entry.title,
            icon=entry.icon,
            url_path=entry.url_path or None,
            default=not entry.url_path,
            help=entry.help,
        )
        sections.setdefault(entry.section, []).append(page)
    return sections


def mark_shell() -> None:
    """Tell the page of this run that the shell has run before it."""
    st.session_state[SHELL_FLAG] = True


def require_shell() -> None:
    """Stop a page that is run without the shell: it would have no menu, banner or sign-in.

    The mark is taken away when read, so each run needs its own.
    """
    if not st.session_state.pop(SHELL_FLAG, False):
        st.error("This page opens only inside the dashboard. Go to the dashboard's front page.")
        st.stop()

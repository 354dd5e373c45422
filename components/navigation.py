"""The pages of the dashboard, declared once: who may open each, and the rule that a page runs only inside the shell.

The addresses (``url_path``) are kept: people send them to each other. A page is added by one file
in ``pages/`` and one ``PageEntry`` here.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.page_entry import PageEntry
from components.shell_mark import mark_shell as mark_shell
from components.shell_mark import require_shell as require_shell
from domain.access import Duty, Viewer

PAGES_FOLDER: Final = Path(__file__).resolve().parent.parent / "pages"
ADMINISTRATION: Final = "Administration"
_OPEN: Final = "pages_open"

PAGES: Final = (
    PageEntry(
        section="",
        file="overview.py",
        title="Overview",
        icon=":material/home:",
        url_path="",
        help="How is the service doing?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="",
        file="demand.py",
        title="Demand",
        icon=":material/trending_up:",
        url_path="demand",
        help="How many are referred, when and from where?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="",
        file="reasons.py",
        title="Reasons",
        icon=":material/help:",
        url_path="reasons",
        help="Why do people need help?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="",
        file="who_is_helped.py",
        title="Who is helped",
        icon=":material/diversity_1:",
        url_path="who_is_helped",
        help="What is known of the people and households that were referred?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="",
        file="outcomes.py",
        title="Outcomes",
        icon=":material/flag:",
        url_path="outcomes",
        help="What became of those who were referred, and how long did it take?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="",
        file="kpis.py",
        title="KPIs",
        icon=":material/checklist:",
        url_path="kpis",
        help="Which targets are met, by whom and where?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="In depth",
        file="timeliness.py",
        title="Timeliness",
        icon=":material/schedule:",
        url_path="timeliness",
        help="What is done in time, how long does it take, and what falls due next?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="In depth",
        file="satisfaction.py",
        title="Satisfaction",
        icon=":material/sentiment_satisfied:",
        url_path="satisfaction",
        help="What do people who used the service say, and what is complained of?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="In depth",
        file="contracts.py",
        title="Contracts",
        icon=":material/contract:",
        url_path="contracts",
        help="How many of the included cases are used, and is what else a contract asks for done?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="In depth",
        file="differences.py",
        title="How different from average?",
        icon=":material/compare_arrows:",
        url_path="differences",
        help="How different from average is each area or provider, beyond what chance gives?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="In depth",
        file="benchmarks.py",
        title="Benchmarks",
        icon=":material/balance:",
        url_path="benchmarks",
        help="What do official statistics say of England and of one area, and why may they differ from ours?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="In depth",
        file="kpi_status.py",
        title="One status",
        icon=":material/rule:",
        url_path="kpi_status",
        help="Why does a KPI stand where it stands, and which cases lie behind it?",
        needs=Duty.FIGURES,
        hidden=True,
    ),
    PageEntry(
        section="In depth",
        file="case.py",
        title="One case",
        icon=":material/folder_open:",
        url_path="case",
        help="Which deadlines does one case have, and where do they stand?",
        needs=Duty.FIGURES,
        hidden=True,
    ),
    PageEntry(
        section="In depth",
        file="change_of_mind.py",
        title="Changes of mind",
        icon=":material/undo:",
        url_path="change_of_mind",
        help="In which circumstances do families change their mind about SEND mediation?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="In depth",
        file="mentoring.py",
        title="Mentoring",
        icon=":material/diversity_3:",
        url_path="mentoring",
        help="What do mentors carry, how long does support last, what is done, and what comes of it?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="In depth",
        file="homelessness.py",
        title="Homelessness mediation",
        icon=":material/home_work:",
        url_path="homelessness",
        help="How much homelessness is prevented by mediation, how early is it offered, and how does it end?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="Data",
        file="upload.py",
        title="Upload",
        icon=":material/upload_file:",
        url_path="upload",
        help="What is wrong with a return, and what would it change?",
        needs=Duty.RETURNS,
    ),
    PageEntry(
        section="Data",
        file="returns.py",
        title="Returns",
        icon=":material/inventory_2:",
        url_path="returns",
        help="Who has sent what, and which version counts?",
        needs=Duty.RETURNS,
    ),
    PageEntry(
        section="Data",
        file="data_quality.py",
        title="Data quality",
        icon=":material/troubleshoot:",
        url_path="data_quality",
        help="Can we rely on what was sent?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="Data",
        file="exceptions.py",
        title="Exceptions",
        icon=":material/event_available:",
        url_path="exceptions",
        help="Which late cases are excused, and who caused them?",
        needs=Duty.FIGURES,
    ),
    PageEntry(
        section="Data",
        file="published.py",
        title="Published figures",
        icon=":material/fact_check:",
        url_path="published",
        help="Does the dashboard count what the source documents print?",
        needs=Duty.FIGURES,
        whole=True,
    ),
    PageEntry(
        section="Data",
        file="settings.py",
        title="Settings",
        icon=":material/settings:",
        url_path="settings",
        help="What has the council set, and who changed it?",
        needs=Duty.SETTINGS,
        whole=True,
    ),
    PageEntry(
        section="Data",
        file="definitions.py",
        title="Definitions",
        icon=":material/menu_book:",
        url_path="definitions",
        help="What exactly is counted, entered and checked?",
        needs=None,
    ),
    PageEntry(
        section=ADMINISTRATION,
        file="people.py",
        title="People",
        icon=":material/group:",
        url_path="people",
        help="Who may see and do what?",
        needs=Duty.PEOPLE,
    ),
    PageEntry(
        section=ADMINISTRATION,
        file="audit.py",
        title="Audit",
        icon=":material/history:",
        url_path="audit",
        help="Who did what, and what were they refused?",
        needs=Duty.AUDIT,
    ),
)


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

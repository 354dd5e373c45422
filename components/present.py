"""Presenting and printing: one chart a screen in large type, arrow keys, and a print without widgets."""

from typing import Final

import streamlit as st

from components.address import fill, write

SWITCH: Final = "present"
LARGE: Final = 560
"""Height of a chart on a presenter's screen, in pixels."""

_PLACE: Final = "present_place"

# Streamlit has no setting for these two, so they are the only styles of our own.
_PRINT = """<style>
.stElementContainer:has(.on-paper) { display: none; }
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stSkipLink"],
  [data-testid="stDownloadButton"], [data-testid="stButton"], [data-testid="stButtonGroup"],
  [data-testid="stCheckbox"], [data-testid="stSelectbox"], [data-testid="stMultiSelect"],
  [data-testid="stPageLink"], [data-testid="stExpander"], [data-testid="stPopover"], .st-key-page_switch {
    display: none !important; }
  .stElementContainer:has(.on-paper) { display: block !important; }
  .on-paper { width: 100%; border-collapse: collapse; font-size: 9pt; }
  .on-paper th, .on-paper td { text-align: left; padding: 1pt 6pt 1pt 0; border-bottom: 0.5pt solid #999; }
  [data-testid="stApp"], [data-testid="stMain"], [data-testid="stAppViewContainer"], section.main, .stApp {
    position: static !important; overflow: visible !important;
    height: auto !important; display: block !important; }
  [data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: 100% !important; }
  [class*="st-key-panel_"] { break-inside: avoid; }
}
</style>"""
_LARGE_TYPE = """<style>
[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"],
[data-testid="stHeader"] { display: none !important; }
[data-testid="stMainBlockContainer"] h1 { font-size: 1.5rem !important; font-weight: 400 !important; }
[data-testid="stMainBlockContainer"] h2 { font-size: 2.4rem !important; }
[data-testid="stMainBlockContainer"] p { font-size: 1.25rem !important; }
[data-testid="stMainBlockContainer"] [data-testid="stCaptionContainer"] p { font-size: 1rem !important; }
</style>"""


def presenting() -> bool:
    """Whether the page is shown to a meeting."""
    return bool(st.session_state.get(SWITCH))


def page_style() -> None:
    """Print titles, charts and tables, and no widgets; show large type while presenting.

    Called after the switch, which knows only then what the address says.
    """
    st.html(_PRINT + (_LARGE_TYPE if presenting() else ""))


def page_switch() -> None:
    """The switch 'Present', kept in the address of the page."""
    fill(SWITCH, lambda said: said == ["true"], False)
    with st.container(key="page_switch", horizontal=True, horizontal_alignment="right"):
        st.toggle(
            "Present",
            key=SWITCH,
            help="One chart a screen, in large type. The arrow keys go on and back; Escape leaves.",
        )
        if presenting():
            st.button("Leave", key="present_leave", shortcut="Esc", on_click=_leave)
    write(SWITCH, ["true"] if presenting() else [])


def show_position(count: int) -> int:
    """Show the steps on and back, and return the place of the panel to show, from 0."""
    place = min(max(int(st.session_state.get(_PLACE, 0)), 0), count - 1)
    with st.container(key="present_steps", horizontal=True, vertical_alignment="center"):
        st.button(
            "Back", key="present_back", shortcut="Left", disabled=place == 0, on_click=_go, args=(place - 1,)
        )
        st.markdown(f"{place + 1} of {count}")
        st.button(
            "On",
            key="present_on",
            shortcut="Right",
            disabled=place + 1 == count,
            on_click=_go,
            args=(place + 1,),
        )
    return place


def start_again() -> None:
    """Begin with the first panel: when another page is opened."""
    st.session_state[_PLACE] = 0


def _go(place: int) -> None:
    st.session_state[_PLACE] = place


def _leave() -> None:
    st.session_state[SWITCH] = False
    start_again()

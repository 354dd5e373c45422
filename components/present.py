"""Presenting and printing: one chart a screen in large type, arrow keys, and a print without widgets."""

from typing import Final

import streamlit as st

from components.address import fill, write

SWITCH: Final = "present"
SENTENCES: Final = "sentences"
"""How the key of a table begins whose last column holds sentences."""
ON_SCREEN: Final = "on_screen"
"""How the key of what is made of links begins: on paper it would be empty boxes."""

_PLACE: Final = "present_place"
_MAY: Final = "may_present"

# Streamlit has no setting for these, so they are the only styles of our own.
_TEXT = """<style>
[data-testid="stMainBlockContainer"] { max-width: 1300px; margin: 0 auto; }
.st-key-page_switch { margin-bottom: -1.75rem; }
.js-plotly-plot :is(.xtick text, .ytick text, .y2tick text, .annotation-text, .textpoint text, .bartext-outside, .legendtext) {
  fill: currentColor !important; }
.js-plotly-plot .errorbar path { stroke: currentColor !important; }
[data-testid="stPageLink"] p { white-space: normal !important; overflow-wrap: anywhere; }
[class*="st-key-sentences_"] td:first-child * { white-space: nowrap !important; }
[class*="st-key-sentences_"] td:last-child { min-width: 15rem; }
@media screen and (max-width: 640px) {
  [data-testid="stHeading"] h1 { font-size: 1.5rem !important; }
  [data-testid="stHeading"] h2 { font-size: 1.25rem !important; }
  [data-testid="stHeading"] h3 { font-size: 1.1rem !important; }
}
</style>"""
"""Words and limits in a chart take the colour of the page's text, light or dark; a long link takes two lines. In a table whose last column
holds sentences that column keeps its width, and the reference at its beginning is not broken; a narrow screen scrolls it sideways.
Titles are whole sentences, so on a telephone they are set smaller."""

_PRINT = """<style>
.stElementContainer:has(.on-paper) { display: none; }
@media print {
  /* A chart keeps the width that it has on the screen, so the page is made wide enough and then printed smaller. */
  @page { size: 340mm 481mm; margin: 16mm; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stSkipLink"],
  [data-testid="stDownloadButton"], [data-testid="stButton"], [data-testid="stButtonGroup"],
  [data-testid="stCheckbox"], [data-testid="stSelectbox"], [data-testid="stMultiSelect"],
  [data-testid="stRadio"], [data-testid="stFileUploader"], [data-testid="stTextInput"],
  [data-testid="stPageLink"], [data-testid="stExpander"], [data-testid="stPopover"],
  [class*="st-key-on_screen_"], .st-key-page_switch, .st-key-present_steps { display: none !important; }
  .stElementContainer:has(.on-paper) { display: block !important; }
  .on-paper { width: 100%; border-collapse: collapse; font-size: 12pt; }
  .on-paper th, .on-paper td { text-align: left; padding: 1pt 6pt 1pt 0; border-bottom: 0.5pt solid #999; }
  .on-paper tr { break-inside: avoid; }
  [data-testid="stApp"], [data-testid="stMain"], [data-testid="stAppViewContainer"], section.main, .stApp {
    position: static !important; overflow: visible !important;
    height: auto !important; display: block !important; }
  [data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: 100% !important; }
  h1, h2, h3 { break-after: avoid; }
  .js-plotly-plot, [data-testid="stPlotlyChart"] { break-inside: avoid; }
  [class*="st-key-panel_"] { break-inside: avoid; }
}
</style>"""
_LARGE_TYPE = """<style>
[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"],
[data-testid="stHeader"], .st-key-page_switch [data-testid="stCheckbox"], .st-key-signed_in,
.stElementContainer:has([data-testid="stRadio"]), .stElementContainer:has([data-testid="stSelectbox"])
{ display: none !important; }
@media screen {
  /* One panel fills the screen and no more: its chart takes what the words leave. */
  [data-testid="stMainBlockContainer"] {
    max-width: none; height: 100vh; padding: 0.5rem 2rem !important; display: flex; flex-direction: column; }
  [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { flex: 1 1 0; min-height: 0; gap: 0.25rem; }
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-panel_"]), [class*="st-key-panel_"],
  [class*="st-key-panel_"] > [data-testid="stElementContainer"]:has([data-testid="stPlotlyChart"]) {
    flex: 1 1 0 !important; min-height: 12rem !important; }
  [class*="st-key-panel_"] { gap: 0.2rem; }
  .st-key-page_switch, .st-key-present_steps { position: fixed; top: 0.5rem; width: auto !important; z-index: 999; }
  .st-key-page_switch { right: 2rem; }
  .st-key-present_steps { right: 9.5rem; }
  :is(.st-key-page_switch, .st-key-present_steps) button { min-height: 2rem; padding: 0.1rem 0.6rem; }
  [data-testid="stMainBlockContainer"] :is([data-testid="stMarkdownContainer"], [data-testid="stCaptionContainer"]) {
    margin-bottom: 0 !important; }
  [data-testid="stMainBlockContainer"] [data-testid="stMarkdownContainer"] p { margin: 0 !important; }
  [data-testid="stAlert"] { margin-right: 27rem; }
  [data-testid="stAlertContainer"] { padding: 0.1rem 0.5rem; }
  [data-testid="stAlertContainer"] p { font-size: 0.9rem !important; }
  [data-testid="stMainBlockContainer"] h1 {
    font-size: 1.1rem !important; font-weight: 400 !important; padding: 0 27rem 0 0; }
  [data-testid="stMainBlockContainer"] h2 { font-size: clamp(1.5rem, 4vh, 2.6rem) !important; padding: 0.15rem 0 !important; }
  [data-testid="stMainBlockContainer"] [class*="st-key-panel_"] p { font-size: clamp(1rem, 2.4vh, 1.6rem) !important; }
  [data-testid="stMainBlockContainer"] [data-testid="stCaptionContainer"] p {
    font-size: clamp(0.85rem, 1.9vh, 1.25rem) !important; line-height: 1.3; margin: 0; }
  [class*="st-key-panel_"] :is(th, td) {
    padding: clamp(0px, 0.35vh, 8px) 8px !important; line-height: 1.25 !important; }
  [class*="st-key-panel_"] :is(th, td), [class*="st-key-panel_"] :is(th, td) p {
    font-size: clamp(0.8rem, 2vh, 1.4rem) !important; }
}
@media screen and (max-width: 56rem) {
  /* Beside the buttons no words would fit, so all stands below them, and what is too high for the screen is scrolled. */
  [data-testid="stMain"] { margin-top: 3rem; height: calc(100vh - 3rem); }
  [data-testid="stMainBlockContainer"] { height: auto; min-height: 100%; padding: 0 1rem 1rem !important; }
  [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { flex: 1 0 auto; }
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-panel_"]), [class*="st-key-panel_"] { flex: 1 0 auto !important; }
  [class*="st-key-panel_"] > [data-testid="stElementContainer"]:has([data-testid="stPlotlyChart"]) { flex: 1 0 20rem !important; }
  .st-key-page_switch { right: 1rem; }
  .st-key-present_steps { right: 8rem; }
  [data-testid="stAlert"] { margin-right: 0; }
  [data-testid="stMainBlockContainer"] h1 { padding: 0 !important; }
}
</style>"""


def allow_presenting(may: bool) -> None:
    """Say whether the person of this run may present; without that there is no switch, and the address turns it on in vain."""
    st.session_state[_MAY] = may


def presenting() -> bool:
    """Whether the page is shown to a meeting."""
    return bool(st.session_state.get(SWITCH)) and st.session_state.get(_MAY, True)


def page_style(*, presented: bool = True) -> None:
    """Print titles, charts and tables, and no widgets; show large type while presenting.

    Called after the switch, which knows only then what the address says. `presented` is false on a page
    that has nothing to present.
    """
    st.html(_TEXT + _PRINT + (_LARGE_TYPE if presented and presenting() else ""))


def page_switch() -> None:
    """The switch 'Present', kept in the address of the page, for whoever may present."""
    if not st.session_state.get(_MAY, True):
        return
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

"""The frame around every page: who is here, the window's title and icon, the menu, and what is said where a page is not open. Not a page.

Streamlit runs this script first at every interaction; it then runs the page that was asked for. Nothing imports it: what pages need of
it is in ``components.navigation`` and ``pages._who``.
"""

from functools import partial
from pathlib import Path

import streamlit as st

from components.address import PAGE
from components.banner import begin_banner
from components.downloads import use
from components.failure import tell_refusals
from components.identity import who_is_here
from components.navigation import PAGES_FOLDER, entry_at, first_open, mark_shell, menu_sections
from components.no_access import show_closed, show_no_role, show_refusal, show_signed_out
from components.present import allow_presenting
from components.rows_link import allow_rows
from components.sessions import claim
from components.signed_in import belongs_to_another, show_signed_in, watch
from data_access.kpi_cases import may_see_cases
from domain.access import Duty, OutOfReach
from pages._recording import Recorder
from pages._who import find_out, people_sign_in, viewer

# A picture of our own: Streamlit fetches a symbol used as the window's icon from the internet.
FAVICON = Path(__file__).resolve().parent.parent / "components" / "static" / "favicon.png"

signed_in = find_out() is not None
here = viewer()
if belongs_to_another(here.user):
    st.session_state.clear()
    find_out()
claim(here.user)
# After the claim: the window's icon is a file of this session, which its browser asks for at once.
st.set_page_config(page_title="Commissioning dashboard", page_icon=str(FAVICON), layout="wide")

page = st.navigation(menu_sections(here), position="top")
st.session_state[PAGE] = page.url_path
entry, front = entry_at(page.url_path), first_open(here)
recorder = Recorder(here, who_is_here(), entry.title)
use(recorder)
tell_refusals(recorder.refused)

allow_presenting(Duty.PRESENTING in here.duties)
allow_rows(partial(may_see_cases, here))

if people_sign_in() and signed_in:
    # Not once the sign-in has ended: this session stays without one, and whoever goes on asking over it is cut off.
    watch(here, lambda: (find_out(), viewer())[1])
    show_signed_in(here.user)
begin_banner(signs_in=people_sign_in())

if not signed_in:
    show_signed_out()
elif front is None:
    recorder.refused(OutOfReach(entry.needs or Duty.FIGURES))
    show_no_role(here.user)
elif not entry.url_path and not entry.open_to(here):
    # Nobody asked for this page: the address without a page leads to the first one that is open.
    st.switch_page(PAGES_FOLDER / front.file)
elif not entry.open_to(here):
    recorder.refused(OutOfReach(entry.needs or Duty.FIGURES))
    show_closed(entry, front, here)
else:
    mark_shell()
    try:
        page.run()
    except OutOfReach as why:
        recorder.refused(why)
        show_refusal(why, front)

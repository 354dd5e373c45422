"""The frame around every page: window title, icon and menu.

Streamlit runs this script first at every interaction; it then runs the page that was asked for.
Nothing imports it: what pages need of the shell is in ``components.navigation``.
"""

from pathlib import Path

import streamlit as st

from components.address import PAGE
from components.navigation import mark_shell, menu_sections

# A picture of our own: Streamlit fetches a symbol used as the window's icon from the internet.
FAVICON = Path(__file__).resolve().parent / "static" / "favicon.png"

st.set_page_config(page_title="Commissioning dashboard", page_icon=str(FAVICON), layout="wide")
page = st.navigation(menu_sections(), position="top")
st.session_state[PAGE] = page.url_path
mark_shell()
page.run()

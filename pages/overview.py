"""Overview: how is the service doing?"""

import streamlit as st

from components.navigation import require_shell

require_shell()

st.title("Overview")
st.info("There are no figures yet. They appear here when the first return has been saved.")

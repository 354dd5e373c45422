"""Cases used: how many of the cases in the fixed price are gone, and when will the rest be?"""

import streamlit as st

from components.cases_used import show_none_included, show_part_only
from components.formats import counted
from components.frame import page_head, show
from components.navigation import require_shell
from pages._cases_used import cases_used_panels, sees_part_only
from pages._desk import open_desk, stop_if_empty

require_shell()

desk = open_desk()
stop_if_empty(desk, "Cases used")

panels = cases_used_panels(desk)
if not panels:
    page_head("Cases used", presented=False)
    if sees_part_only(desk):
        show_part_only()
    else:
        show_none_included(desk.service.label)
    st.stop()
contracts = counted(len(panels), "contract with included cases", "contracts with included cases")
page_head(f"Cases used: {contracts}", f"{desk.service.label}, contract year to date.")
show(panels)

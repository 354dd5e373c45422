"""Benchmarks: what do official statistics say of England and of one area, and why may they differ from what is counted here?"""

import streamlit as st

from components.benchmarks_controls import choose_area, show_none_known
from components.frame import page_head, show
from components.navigation import require_shell
from components.present import presenting
from domain.benchmarks import ENGLAND
from pages._benchmarks import benchmark_panels, first_area, offered_areas
from pages._desk import open_desk

TITLE = "Benchmarks"

require_shell()

desk = open_desk()
offered = offered_areas(desk.service)
if not offered:
    page_head(TITLE, presented=False)
    show_none_known(desk.service, desk.link)
    st.stop()

# The title names the area, so it is filled after the picker below it.
head = st.container()
area = choose_area(offered, first_area(desk))
named = "England" if area == ENGLAND else f"England and {offered[area]}"
with head:
    page_head(f"Official figures of {named}, and ours beside them", desk.sentence)
    if desk.empty and not presenting():
        st.info(
            "No return of this service is saved yet, so official figures stand here alone. They need none."
        )
show(benchmark_panels(desk, area))

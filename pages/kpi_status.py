"""One status: why does a KPI stand where it stands, and which cases lie behind it?"""

from functools import partial

import streamlit as st

from components.audience import seen_as
from components.frame import page_head, section, show_table
from components.kpi_cards import badge
from components.kpi_case_list import show_cases, show_no_cases
from components.kpi_cells import STATUS
from components.kpi_explained import explained
from components.kpi_workings import offer_workings
from components.navigation import link_to_page, require_shell
from components.present import presenting
from data_access.kpi_cases import may_see_cases, read_cases_of
from data_access.workings import read_workings
from domain.formats import unmarked
from domain.status_key import StatusKey
from pages._desk import open_desk
from pages._kpi_status import beside, find_status, saved_cases, status_message, status_sentence, way_back

require_shell()

desk = open_desk(filters=False)
key = StatusKey.parse(st.query_params.get(STATUS, ""))
status = find_status(desk, key)
if status is None:
    page_head("No such status" if key else "No status chosen", presented=False)
    st.markdown("Choose one on the page KPIs: every cell there leads to what it is made of.")
    link_to_page("kpis.py", label="To the KPIs", icon=":material/checklist:")
    st.stop()

page_head(status_message(status), presented=False)
link_to_page(
    "kpis.py", label="Back to the KPIs", icon=":material/arrow_back:", query_params=way_back(desk, status.kpi)
)
st.markdown(
    f"{badge(status)} {unmarked(status_sentence(status))} {unmarked(seen_as(desk.audience, desk.settings))}"
)

section("What the status is made of")
made_of = explained(status, beside(desk, status), audience=desk.audience)
show_table(made_of, "What the status is made of")
if not desk.audience.gated:
    offer_workings(status, partial(read_workings, desk.store, desk.viewer, status))

if presenting():
    st.info("Single cases are not shown while you present.")
elif desk.audience.gated:
    st.info("Workings and single cases are for the commissioning team only.")
elif may_see_cases(desk.viewer, status.kpi.service, status.provider):
    cases = read_cases_of(desk.store, desk.viewer, status)
    show_cases(status, cases, desk.settings, saved=saved_cases(desk))
else:
    show_no_cases()

"""One case: which deadlines does it have, and where do they stand?"""

import streamlit as st

from components.case_parts import BACK, case_message, show_case, show_way_back
from components.downloads import saw_cases
from components.filters import PROVIDER, SERVICE
from components.frame import page_head
from components.kpi_case_list import REF
from components.kpi_cells import STATUS
from components.navigation import require_shell
from components.present import presenting
from data_access.case_story import read_case
from domain.access import Duty
from pages._audience import stop_unless_us
from pages._desk import open_desk
from pages._kpi_status import saved_cases

require_shell()

desk = open_desk(filters=False)
service, provider, ref = (st.query_params.get(name, "") for name in (SERVICE, PROVIDER, REF))
status, page = (st.query_params.get(name, "") for name in (STATUS, BACK))
if presenting() or desk.audience.gated or not desk.viewer.may(Duty.CASES, service, provider):
    # A link that somebody was sent must not leave the reference in the address of who may not see it, nor before an audience.
    for name in (REF, PROVIDER):
        st.query_params.pop(name, None)
    if ref:
        desk.viewer.check(Duty.CASES, service, provider)

if not presenting():
    stop_unless_us(desk.audience, "Case")
if presenting() or not (service and provider and ref):
    page_head("No case chosen", presented=False)
    st.markdown(
        "Single cases are not shown while you present."
        if presenting()
        else "A case is opened from the cases behind a status, for who may see single cases."
    )
    show_way_back({}, status=status, came_from=page)
    st.stop()

story = read_case(desk.store, desk.viewer, service, provider, ref)
if story is None:
    page_head("No such case", presented=False)
    st.markdown(
        "No current return has a case of this reference that you may see. It may have been withdrawn or replaced."
    )
    show_way_back({SERVICE: service}, status=status, came_from=page)
    st.stop()

if saved_cases(desk):
    saw_cases("Deadlines of one case", service, provider)
page_head(case_message(story), presented=False)
show_way_back({SERVICE: service}, status=status, came_from=page)
show_case(story, desk.settings)

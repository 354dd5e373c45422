"""Why families change their mind: how often do SEND referrals end so, and in which circumstances?"""

import streamlit as st

from components.change_messages import changed_message
from components.change_panels import (
    NOT_THE_REASON,
    apart_panel,
    certificate_panel,
    changed_over_time_panel,
    show_send_only,
    wait_panel,
)
from components.differences_words import one_of
from components.frame import page_head, show
from components.navigation import require_shell
from components.panels import groups_panel
from components.satisfaction_controls import choose_years
from domain.services import SEND
from pages._desk import open_desk, stop_if_empty

MEASURE, TITLE = "change_of_mind", "Why families change their mind"

require_shell()

desk = open_desk()
if desk.service != SEND:
    page_head(TITLE, presented=False)
    show_send_only(desk.service.label, desk.link)
    st.stop()
stop_if_empty(desk, TITLE)

rate, by_quarter, by_reason, by_wait, by_applicant, by_area = desk.ask_all(
    (MEASURE,),
    (MEASURE, "quarter"),
    (MEASURE, "reason"),
    (MEASURE, "days_to_outcome_band"),
    (MEASURE, "applicant_type"),
    (MEASURE, "area"),
)
page_head(changed_message(rate), f"{desk.sentence} {NOT_THE_REASON}")

years = choose_years()
by_year, kinds = desk.ask_all((MEASURE, years), (MEASURE, years, "outcome"))
quarters, yearly = desk.unfinished("quarter"), desk.unfinished(years)
show(
    [
        changed_over_time_panel("change_quarters", by_quarter, desk.settings, unfinished=quarters),
        changed_over_time_panel("change_years", by_year, desk.settings, unfinished=yearly),
        certificate_panel("change_certificate", kinds, desk.settings, unfinished=yearly),
        apart_panel("change_reason", by_reason, rate, desk.settings, what="reason", several=True),
        wait_panel("change_wait", by_wait, rate, desk.settings),
        apart_panel("change_applicant", by_applicant, rate, desk.settings, what="who asked for mediation"),
        groups_panel("change_area", by_area, desk.settings, what=one_of(by_area, desk.settings)),
    ]
)

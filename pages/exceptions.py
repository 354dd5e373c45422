"""Exceptions: which late cases are excused, for whose cause, and what does that change?"""

import streamlit as st

from components.exceptions_form import ask_to_save
from components.exceptions_list import show_done
from components.exceptions_panels import by_cause_panel, choose_kpi, over_time_panel, raw_adjusted_panel
from components.exceptions_words import exceptions_message, show_cap, show_none_recorded, show_what_it_is
from components.exceptions_words import show_without_kpis as without_kpis
from components.frame import page_head, show
from components.navigation import require_shell
from components.present import presenting
from domain.exception_checks import kpis_with_exceptions
from pages._audience import stop_unless_us
from pages._desk import open_desk, stop_if_empty
from pages._exceptions import (
    causes_of,
    causes_over_time,
    chosen_period,
    leave,
    looked_at,
    may_agree,
    save,
    undo,
    work_on_exceptions,
)

require_shell()

desk = open_desk()
stop_unless_us(desk.audience, "Exceptions")
kpis = kpis_with_exceptions(desk.service.key)
if not kpis:
    page_head("Exceptions", presented=False)
    without_kpis(desk.service.label)
    st.stop()
stop_if_empty(desk, "Exceptions")

if proposed := looked_at(desk):
    page_head("Exceptions, not saved yet", desk.sentence, presented=False)
    answer = ask_to_save(proposed.found, proposed.moved)
    if answer == "save":
        save(desk, proposed)
    elif answer:
        leave()
    st.stop()

causes, cap = {kpi: causes_of(desk, kpi) for kpi in kpis}, desk.settings.exceptions_cap
page_head(exceptions_message(causes), desk.sentence)
if not presenting():
    if show_done():
        undo(desk)
    show_cap(causes, cap)
    if not any(one.recorded for one in causes.values()):
        counts = any(c.counted_exceptions for c in desk.settings.contracts if c.service == desk.service.key)
        show_what_it_is(may_agree=may_agree(desk), reasons=counts)
kpi = choose_kpi(kpis)
about = desk.selection, desk.settings, desk.store.source, desk.coverage.as_at
panels = [raw_adjusted_panel(causes, *about, on=chosen_period(desk).end)]
if causes[kpi].recorded:
    panels += [
        over_time_panel(kpi, causes_over_time(desk, kpi), cap, *about, unfinished=desk.unfinished("quarter")),
        by_cause_panel(kpi, causes[kpi], *about),
    ]
elif not presenting():
    show_none_recorded(kpi)
show(panels)
if not presenting():
    work_on_exceptions(desk, kpis)

"""Timeliness: what is done in time, how long does it take, and what falls due next?"""

import streamlit as st

from components.frame import page_head, show
from components.navigation import require_shell
from components.present import presenting
from components.timeliness_cases import choose_timed, show_cases, show_no_deadlines
from components.timeliness_messages import due_message
from components.timeliness_open import ages_panel, due_panel
from components.timeliness_panels import kept_panel, lengths_panel
from data_access.deadlines import read_open_cases, read_open_deadlines
from data_access.questions import Question
from data_access.timeliness import read_lengths
from domain.deadlines import has_deadlines
from domain.periods import months_between, quarter_of
from domain.tally import Source
from domain.timeliness import timed_kpis
from pages._desk import open_desk, stop_if_empty
from pages._returns import looked_at

TITLE, QUARTERS_ENOUGH = "Timeliness", 4

require_shell()

desk = open_desk()
if not has_deadlines(desk.service.key):
    page_head(TITLE, presented=False)
    show_no_deadlines(desk.service.label, desk.link)
    st.stop()
stop_if_empty(desk, TITLE)

today = looked_at(desk)
waiting = None if desk.audience.gated else read_open_deadlines(desk.store, desk.viewer, desk.selection, today)
page_head(due_message(waiting.by_when) if waiting else TITLE, desk.sentence)

kpi = choose_timed(timed_kpis(desk.service.key))
shown = months_between(desk.selection.first or desk.coverage.first_month or 0, desk.last_month or 0)
time = "quarter" if len({quarter_of(one) for one in shown}) >= QUARTERS_ENOUGH else "month"
without = [Question(kpi.measure, (time,), desk.selection, adjusted_for=kpi.id)] if kpi.exceptions else []
raw, *adjusted = desk.ask_all((kpi.measure, time), *without)
in_totals = [
    desk.settings.provider_label(key) for key in dict.fromkeys(key for key, _ in desk.coverage.totals)
]
panels = [kept_panel(kpi, raw, next(iter(adjusted), None), desk.settings, unfinished=desk.unfinished(time))]
if waiting:
    # Days, deadlines and ages are counted case by case, so they are for the commissioning team alone.
    lengths = read_lengths(desk.store, desk.viewer, kpi, desk.selection)
    panels += [
        lengths_panel(kpi, lengths, raw, desk.settings),
        due_panel(waiting.due, raw, desk.settings, today, in_totals),
        ages_panel(waiting.ages, waiting.undated, raw, desk.settings, today),
    ]
show(panels)
if waiting and not presenting() and desk.viewer.sees_cases(desk.service.key, desk.selection.providers):
    show_cases(
        read_open_cases(desk.store, desk.viewer, desk.selection),
        desk.settings,
        today,
        saved=desk.store.source is Source.SHARED,
        name=f"open-deadlines-{desk.service.key}",
    )

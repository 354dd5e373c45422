"""Homelessness mediation: how much homelessness is prevented by it, how early is it offered, and how does it end?"""

import streamlit as st

from components.frame import page_head, show
from components.homelessness_districts import districts_panel
from components.homelessness_official import (
    england_over_time_panel,
    mediated_panel,
)
from components.homelessness_panels import (
    areas_shown,
    delivery_panel,
    early_panel,
    effective_panel,
    endings_of_mediation_panel,
    models_of,
)
from components.navigation import require_shell
from components.one_service import show_of_one_service
from domain.kpis import kpi
from domain.messages import share_message
from domain.services import HOMELESSNESS
from pages._desk import open_desk, stop_if_empty

TITLE = "Homelessness mediation"

require_shell()

desk = open_desk()
if desk.service != HOMELESSNESS:
    page_head(TITLE, presented=False)
    show_of_one_service("Preventions by mediation", HOMELESSNESS, desk.service, desk.link)
    st.stop()
stop_if_empty(desk, TITLE)

settings, quarters = desk.settings, desk.unfinished("quarter")
mediated, endings = desk.ask_all(
    ("prevention_by_mediation", "quarter", "prevention_activity"), ("mediation_outcomes", "outcome")
)
effective, effective_quarters, effective_areas, early, early_quarters, early_areas, not_known = desk.ask_all(
    *(("mediation_effective", *by) for by in ((), ("quarter",), ("area",))),
    *(("early_mediation", *by) for by in ((), ("quarter",), ("area",))),
    ("early_mediation_not_known",),
)
first = desk.selection.first or desk.coverage.first_month or 0
areas = areas_shown(settings, desk.selection, desk.viewer.areas_of(HOMELESSNESS.key))
models = models_of(settings, desk.selection, areas, first, desk.last_month or first)
page_head(share_message(effective), desk.sentence)
districts = districts_panel("homelessness_districts", areas)
show(
    [
        mediated_panel("homelessness_mediated", mediated, areas, settings),
        england_over_time_panel("homelessness_england", mediated, settings),
        *([districts] if districts else []),
        early_panel("homelessness_early", early, early_quarters, not_known, settings, unfinished=quarters),
        endings_of_mediation_panel("homelessness_endings", endings, HOMELESSNESS.good, settings),
        effective_panel(
            "homelessness_effective", effective, effective_quarters, kpi("HX1"), settings, unfinished=quarters
        ),
        delivery_panel("homelessness_delivery", effective_areas, early_areas, models, settings),
    ]
)

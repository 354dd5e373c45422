"""Mentoring: what do mentors carry, how long does support last, what is done, and what comes of it?"""

import streamlit as st

from components.frame import page_head, show
from components.mentoring_help import help_panel
from components.mentoring_length import length_by_outcome_panel, length_panel
from components.mentoring_outcomes import earliness_panel, share_panel
from components.mentoring_preventions import preventions_panel
from components.navigation import require_shell
from components.one_service import show_of_one_service
from domain.messages import overview_message
from domain.services import MENTORING
from pages._desk import open_desk, stop_if_empty
from pages._mentoring import caseload_panels, preventions_asked

TITLE = "Mentoring"

require_shell()

desk = open_desk()
if desk.service != MENTORING:
    page_head(TITLE, presented=False)
    show_of_one_service("Live cases per mentor and preventions", MENTORING, desk.service, desk.link)
    st.stop()
stop_if_empty(desk, TITLE)

settings, quarters = desk.settings, desk.unfinished("quarter")
referred, rate, bands, median, mean, spread = desk.ask_all(
    ("referrals",),
    ("prevention_rate",),
    ("days_of_support", "days_of_support_band"),
    ("median_days_of_support",),
    ("mean_days_of_support",),
    ("days_of_support", "outcome", "days_of_support"),
)
helped, with_administrative, by_risk = desk.ask_all(
    ("activity_mix", "activity_type"),
    ("activity_mix_with_administrative", "activity_type"),
    ("prevention_rate", "risk_at_assessment", "outcome"),
)
own_home, own_home_by_quarter, repeats, repeats_by_quarter = desk.ask_all(
    ("stayed_in_own_home",), ("stayed_in_own_home", "quarter"), ("repeat_rate",), ("repeat_rate", "quarter")
)
preventions, target, why_alone = preventions_asked(desk)
page_head(overview_message(referred, rate), desk.sentence)
show(
    [
        *caseload_panels(desk),
        preventions_panel(
            "mentoring_preventions", preventions, target, settings,
            unfinished=desk.unfinished("month"), why_alone=why_alone,
        ),
        length_panel("mentoring_length", bands, median, mean, settings),
        length_by_outcome_panel("mentoring_length_outcome", spread, bands, settings),
        help_panel("mentoring_help", helped, with_administrative, settings),
        share_panel("mentoring_own_home", own_home, own_home_by_quarter, settings, unfinished=quarters),
        share_panel("mentoring_repeats", repeats, repeats_by_quarter, settings, unfinished=quarters),
        earliness_panel("mentoring_early", by_risk, MENTORING.good, settings),
    ]
)  # fmt: skip

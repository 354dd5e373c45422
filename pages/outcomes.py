"""Outcomes: what became of the people who were referred?"""

from components.frame import page_head, show
from components.messages import share_message
from components.navigation import require_shell
from components.outcome_panels import outcomes_by_group_panel
from components.panels import (
    both_bases_panel,
    funnel_panel,
    groups_panel,
    over_time_panel,
    split_panel,
    spread_panel,
)
from pages._desk import open_desk, stop_if_empty

require_shell()

desk = open_desk()
stop_if_empty(desk, "Outcomes")

stages = [stage.measure for stage in desk.service.stages]
(
    rate,
    narrow,
    by_quarter,
    by_area,
    outcomes,
    ended,
    ended_by_area,
    afterwards,
    bands,
    mean,
    median,
    *reached,
) = desk.ask_all(
    ("prevention_rate",),
    ("prevention_rate_excluding_withdrawn",),
    ("prevention_rate", "quarter"),
    ("prevention_rate", "area"),
    ("referrals", "outcome"),
    ("outcomes", "outcome"),
    ("outcomes", "area", "outcome"),
    ("tenancy_outcomes", "tenancy_outcome"),
    ("days_of_support", "days_of_support_band"),
    ("mean_days_of_support",),
    ("median_days_of_support",),
    *((stage,) for stage in stages),
)
page_head(share_message(rate), desk.sentence)

show(
    [
        funnel_panel(
            "outcomes_funnel", desk.service, dict(zip(stages, reached, strict=True)), outcomes, desk.settings
        ),
        both_bases_panel("outcomes_bases", rate, narrow, desk.settings),
        over_time_panel(
            "outcomes_quarters", by_quarter, desk.settings, unfinished=desk.unfinished("quarter")
        ),
        groups_panel("outcomes_area", by_area, desk.settings, what="area"),
        outcomes_by_group_panel("outcomes_endings", ended, ended_by_area, desk.settings),
        spread_panel("outcomes_support", bands, mean, median, desk.settings),
        split_panel("outcomes_afterwards", afterwards, desk.settings),
    ]
)

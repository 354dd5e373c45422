"""Outcomes: what became of those who were referred, and how long did it take?"""

from components.differences_words import one_of
from components.frame import page_head, show
from components.navigation import require_shell
from components.outcome_panels import (
    beside_panel,
    endings_panel,
    funnel_panel,
    outcomes_by_group_panel,
    steps_panel,
)
from components.panels import groups_panel, over_time_panel, split_panel, spread_panel
from domain.messages import share_message
from pages._desk import open_desk, stop_if_empty

require_shell()

desk = open_desk()
stop_if_empty(desk, "Outcomes")

service, settings, headline = desk.service, desk.settings, desk.service.headline
stages = [stage.measure for stage in service.stages]
rate, by_quarter, by_area, outcomes, ended, ended_by_area = desk.ask_all(
    (headline,),
    (headline, "quarter"),
    (headline, "area"),
    ("referrals", "outcome"),
    ("outcomes", "outcome"),
    ("outcomes", "area", "outcome"),
)
reached = dict(zip(stages, desk.ask_all(*((stage,) for stage in stages)), strict=True))
beside = desk.ask_all(*((key,) for key in service.beside))
steps = desk.ask_all(*((key,) for key in service.steps))
afterwards = desk.ask_all(*desk.splits(service.afterwards))
page_head(share_message(rate), desk.sentence)

panels = [funnel_panel("outcomes_funnel", service, reached, outcomes, settings)]
if steps:
    panels.append(steps_panel("outcomes_steps", steps, settings))
if beside:
    panels.append(beside_panel("outcomes_beside", [rate, *beside], settings))
panels += [
    endings_panel("outcomes_each", service, ended, settings),
    over_time_panel("outcomes_quarters", by_quarter, settings, unfinished=desk.unfinished("quarter")),
    groups_panel("outcomes_area", by_area, settings, what=one_of(by_area, settings)),
    outcomes_by_group_panel("outcomes_endings", ended, ended_by_area, settings),
]
for length in service.lengths:
    bands, median, *mean = desk.ask_all(
        (length.spread, length.bands), (length.median,), *((key,) for key in [length.mean] if key)
    )
    panels.append(
        spread_panel(f"outcomes_{length.spread}", bands, median, settings, mean=next(iter(mean), None))
    )
panels += [split_panel(f"outcomes_{split.measure.key}", split, settings) for split in afterwards]
show(panels)

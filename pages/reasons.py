"""Reasons and people's situation: why do people need help, and how do they live?"""

from components.frame import page_head, show
from components.messages import commonest_message
from components.navigation import require_shell
from components.panels import counts_panel, split_panel
from domain.dimensions import dimension
from domain.measures import Split, measure
from pages._desk import open_desk, stop_if_empty

SPLITS = ("reasons", "vulnerabilities", "housing_status", "sex", "age_band", "ethnicity")
HOUSEHOLD = ("adults", "dependent_children")

require_shell()

desk = open_desk()
stop_if_empty(desk, "Reasons and people's situation")

splits = [declared for key in SPLITS if isinstance(declared := measure(key), Split)]
figures = desk.ask_all(*((split.key, split.field) for split in splits))
household = desk.ask_all(*((key,) for key in HOUSEHOLD))
page_head(commonest_message(figures[:3]), desk.sentence)


def personal(field: str) -> bool:
    """Whether a field is a personal characteristic, which only the commissioning team sees."""
    declared = dimension(field).field
    return declared is not None and declared.characteristic


panels = [
    split_panel(f"reasons_{split.key}", figure, desk.settings, personal=personal(split.field))
    for split, figure in zip(splits, figures, strict=True)
]
homes = [
    counts_panel(f"reasons_{key}", figure, desk.settings)
    for key, figure in zip(HOUSEHOLD, household, strict=True)
]
show([*panels[:3], *homes, *panels[3:]])

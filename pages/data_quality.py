"""Data quality: can we rely on what was sent?"""

from components.data_quality_fields import fields_panel, providers_panel, quarters_panel, title_of
from components.frame import frame, page_head
from components.navigation import require_shell
from data_access.data_quality import read_parts
from pages._audience import stop_unless_us
from pages._data_quality import (
    bases_panels,
    entry_panels,
    faults_panels,
    lead_to_returns,
    list_faults,
    shown_at,
)
from pages._desk import open_desk, stop_if_empty

TITLE = "Data quality"

require_shell()

desk = open_desk()
stop_unless_us(desk.audience, TITLE)
stop_if_empty(desk, TITLE)

shown = shown_at(desk)
parts = read_parts(desk.store, desk.viewer, desk.selection)
by_provider = providers_panel(parts, shown)
faults, counts = faults_panels(desk, shown)
page_head(title_of(parts, shown), desk.sentence, presented=False)
panels = [
    fields_panel(parts, shown),
    quarters_panel(parts, shown),
    *([by_provider] if by_provider else []),
    *faults,
    *entry_panels(desk, shown),
    *bases_panels(desk, shown),
]
for panel in panels:
    frame(panel)
list_faults(desk, shown, counts)
lead_to_returns(desk, shown)

"""KPIs: which targets are met, by whom and where?"""

import streamlit as st

from components.frame import page_head, show, with_footnotes
from components.kpi_breaches import breach_panel, council_caused_panel
from components.kpi_messages import choose_kpi, no_kpis, show_later, show_not_reported
from components.kpi_over_time import over_time_panel
from components.kpi_panels import area_panel, council_panel, quarter_panel
from components.navigation import require_shell
from domain.formats import month
from domain.kpis import kpis_of, rolling_year
from domain.status_words import statuses_message
from pages._desk import open_desk, stop_if_empty
from pages._kpis import by_areas, by_quarters, caused_by_council, late_by_provider, quarters_of, way_to_cases

require_shell()

desk = open_desk()
stop_if_empty(desk, "KPIs")

if not kpis_of(desk.service.key):
    page_head("No KPIs", desk.sentence, presented=False)
    no_kpis(desk.service)
    st.stop()

periods = quarters_of(desk)
until, judged = desk.judged_month, desk.judged
programme = desk.kpis(judged, rolling=True)

page_head(statuses_message(programme, month(until)), desk.sentence)
lacking, not_wanted = desk.not_reported(rolling_year(judged)), desk.not_wanted(rolling_year(judged))
show_later(until, desk.last_month or 0, programme)
show_not_reported(lacking, not_wanted)
kpi = choose_kpi([status.kpi for status in programme])
by_quarter, by_area = by_quarters(desk, periods, kpi), by_areas(desk)
source, as_at, given = desk.store.source, desk.coverage.as_at, desk.settings
incomplete = [quarter for quarter in periods if desk.not_reported(quarter)]
quarters = quarter_panel(
    kpi, by_quarter, desk.selection, source, as_at, incomplete,
    settings=given, audience=desk.audience, link=desk.link,
)  # fmt: skip
found = (
    with_footnotes(quarters, desk.footnotes(kpi.measure)),
    over_time_panel(kpi, by_quarter, quarters.basis, source, as_at, given, desk.audience),
    breach_panel(
        kpi, late_by_provider(desk, kpi), month(until), source, as_at, given,
        lead_on=way_to_cases(programme, kpi, desk.link),
    ),
    council_panel(
        by_quarter, source, as_at, incomplete, settings=given, audience=desk.audience, link=desk.link
    ),
    council_caused_panel(caused_by_council(desk), month(until), source, as_at, given),
    area_panel(
        by_area, desk.selection, source, as_at, month(until), lacking, not_wanted,
        settings=given, audience=desk.audience, link=desk.link, linked=kpi,
    ) if not desk.audience.gated else None,
)  # fmt: skip
show([panel for panel in found if panel is not None])

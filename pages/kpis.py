"""KPIs: which targets are met, by whom and where?"""

import streamlit as st

from components.formats import month
from components.frame import page_head, show, with_footnotes
from components.kpi_cards import councils_own
from components.kpi_panels import (
    area_panel,
    choose_kpi,
    council_panel,
    no_kpis,
    quarter_panel,
    show_later,
    show_not_reported,
    show_picked,
    statuses_message,
)
from components.navigation import require_shell
from components.present import presenting
from domain.kpis import kpis_of, rolling_year
from domain.periods import Period, month_end, month_start, months_between, quarter_of
from pages._desk import open_desk, stop_if_empty

QUARTERS_SHOWN = 6

require_shell()

desk = open_desk()
stop_if_empty(desk, "KPIs")

if not kpis_of(desk.service.key):
    page_head("No KPIs", desk.sentence, presented=False)
    no_kpis(desk.service)
    st.stop()

first, last = desk.selection.first or desk.coverage.first_month or 0, desk.last_month or 0
latest = Period(month_start(last), month_end(last))
ended = sorted(
    {quarter for each in months_between(first, last) if (quarter := quarter_of(each)).end <= latest.end}
)
periods = ended[-QUARTERS_SHOWN:] or [latest]
until, judged = desk.judged_month, desk.judged
programme = desk.kpis(judged, rolling=True)
by_quarter = {quarter: (*desk.kpis(quarter), *desk.kpis(quarter, "provider")) for quarter in periods}
by_area = desk.kpis(judged, "area", rolling=True)

page_head(statuses_message(programme, month(until)), desk.sentence)
lacking, not_wanted = desk.not_reported(rolling_year(judged)), desk.not_wanted(rolling_year(judged))
show_later(until, last)
show_not_reported(lacking, not_wanted)
kpi = choose_kpi([status.kpi for status in programme])
source, as_at = desk.store.source, desk.coverage.as_at
incomplete = [quarter for quarter in periods if desk.not_reported(quarter)]
own = council_panel(by_quarter, source, as_at, incomplete, settings=desk.settings)
show(
    [
        with_footnotes(
            quarter_panel(kpi, by_quarter, desk.selection, source, as_at, incomplete, settings=desk.settings),
            desk.footnotes(kpi.measure),
        ),
        *([own] if own else []),
        area_panel(
            by_area, desk.selection, source, as_at, month(until), lacking, not_wanted, settings=desk.settings
        ),
    ]
)
if not presenting():
    shown = [status for statuses in by_quarter.values() for status in statuses] + list(by_area)
    show_picked([s for s in shown if s.kpi == kpi or (councils_own(s.kpi) and not s.provider and not s.area)])

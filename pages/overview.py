"""Overview: how is the service doing?"""

from components.formats import month
from components.frame import page_head, section, show
from components.kpi_cards import show_cards
from components.kpi_panels import show_not_reported
from components.messages import overview_message
from components.navigation import require_shell
from components.overview_parts import show_key_figures, show_outstanding, show_ways_on
from components.panels import trend_panel
from components.present import presenting
from data_access.questions import Question
from domain.kpis import rolling_year
from domain.periods import Period, month_end, month_start
from pages._desk import open_desk, stop_if_empty

require_shell()

desk = open_desk()
stop_if_empty(desk, "Overview")

at = desk.last_month
referrals, rate, months, live = desk.ask_all(
    ("referrals",),
    ("prevention_rate",),
    ("referrals", "month"),
    Question("live_cases", (), desk.selection.during(None), at),
)
referred = referrals.total.met if referrals.total else 0
page_head(overview_message(referred, rate), desk.sentence)

if not presenting():
    show_key_figures(referrals, live, rate)
    latest = Period(month_start(at), month_end(at)) if at else None
    if latest:
        section(f"KPIs of the whole programme, 12 months to {month(at)}")
        show_not_reported(desk.not_reported(rolling_year(latest)))
        show_cards(desk.kpis(latest, rolling=True))

show([trend_panel("overview_months", months, desk.settings, unfinished=desk.unfinished("month"))])

if not presenting():
    show_outstanding(desk.coverage.outstanding)
    show_ways_on(desk.link)

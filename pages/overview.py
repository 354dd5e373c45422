"""Overview: how is the service doing?"""

from components.formats import counted, month, percent_of
from components.frame import page_head, section, show
from components.kpi_cards import show_cards
from components.navigation import require_shell
from components.overview_parts import show_key_figures, show_outstanding, show_ways_on
from components.panels import trend_panel
from components.present import presenting
from data_access.questions import Question
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
prevented = rate.total
referred = referrals.total.met if referrals.total else 0
share = percent_of(prevented.met, prevented.base) if prevented else percent_of(0, 0)
page_head(
    f"{counted(referred, 'referral')}, {share} of completed cases with homelessness prevented", desk.sentence
)

if not presenting():
    show_key_figures(referrals, live, rate)
    latest = Period(month_start(at), month_end(at)) if at else None
    if latest:
        section(f"KPIs of the whole programme, 12 months to {month(at)}")
        show_cards(desk.kpis(latest, rolling=True))

show([trend_panel("overview_months", months, desk.settings, unfinished=desk.unfinished("month"))])

if not presenting():
    show_outstanding(desk.coverage.outstanding)
    show_ways_on(desk.link)

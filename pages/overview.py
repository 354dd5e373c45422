"""Overview: how is each service doing, what changed, and what is there to do?"""

from components.frame import page_head, show
from components.navigation import require_shell
from components.overview_parts import (
    next_steps,
    show_changes,
    show_key_figures,
    show_next,
    show_outstanding,
    show_services,
    show_ways_on,
)
from components.present import presenting
from components.returns_reminder import show_reminder
from data_access.questions import Question
from domain.kpis import rolling_year
from domain.messages import overview_message
from domain.periods import Period, month_end, month_start
from domain.whose import whose
from pages._desk import open_desk, stop_if_empty
from pages._late_entry import over_time
from pages._overview import (
    compared,
    earlier_than,
    latest_whole,
    returns_waiting,
    service_lines,
    show_statuses,
)
from pages._since import show_what_is_new

require_shell()

desk = open_desk()
if not presenting() and not desk.audience.gated:
    show_reminder(*returns_waiting(desk), desk.settings)
    show_services(service_lines(desk), desk.service)
stop_if_empty(desk, "Overview")

at = desk.last_month or 0
latest = Period(month_start(at), month_end(at))
year = rolling_year(desk.judged if desk.audience.gated else latest)  # others see whole quarters alone
referrals, rate, months, yearly, live = desk.ask_all(
    ("referrals",),
    (desk.service.headline,),
    ("referrals", "month"),
    Question("referrals", (), desk.selection.during(year)),
    Question("live_cases", (), desk.selection.during(None), at),
)
page_head(overview_message(referrals, rate), desk.sentence)

if not presenting():
    show_what_is_new(desk)
    recent = latest_whole(desk)
    earlier = earlier_than(desk, recent) if recent else None
    now = compared(desk, recent) if recent else ()
    before = compared(desk, earlier) if earlier else ()
    first = (recent, now[0]) if recent else None
    show_key_figures(first, (year, yearly), live, rate, unfinished=not desk.is_in(year))
    statuses = show_statuses(desk)
    show_changes(now, before, recent, earlier)

show([over_time(desk, "overview_months", months)])

if not presenting():
    if not desk.audience.gated:
        show_outstanding(desk.coverage.outstanding, whose(desk.settings, desk.service.key))
        show_next(next_steps(desk.service, desk.coverage.outstanding, statuses))
    show_ways_on(desk.link)

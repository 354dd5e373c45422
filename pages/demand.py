"""Demand: how many are referred, when and from where?"""

from components.demand_controls import choose_break, choose_time
from components.frame import page_head, show
from components.late_entry import late_trend_panel, still_filling
from components.navigation import require_shell
from components.panels import before_after_panels, ranked_panel, split_panel
from components.unusual_months import unusual_panels
from data_access.late_entry import read_late_entry
from domain.events import events_shown
from domain.hidden_words import partly
from domain.messages import count_message
from domain.periods import month_start, months_between, next_month, time_key, write_month
from pages._desk import open_desk, stop_if_empty
from pages._unusual import new_averages_of, work_on_averages

require_shell()

desk = open_desk()
stop_if_empty(desk, "Demand")

months, by_area, by_provider, *arrivals = desk.ask_all(
    ("referrals", "month"),
    ("referrals", "area"),
    ("referrals", "provider"),
    *desk.splits(desk.service.arrivals),
)
counted = desk.ask("referrals") if months.not_given or partly(months) else months
page_head(count_message(counted, "referral", "referrals"), desk.sentence)

time = choose_time()
first, last = desk.selection.first or desk.coverage.first_month, desk.last_month
choices = months_between(next_month(first), last) if first and last else ()
since, words = choose_break(choices, events_shown(desk.settings, desk.selection, first=first, last=last))

mark = (time_key(time, since), f"{month_start(since):%b %Y}") if since else ("", "")
late = read_late_entry(desk.store, desk.viewer, desk.selection)
filling = still_filling(months, late, desk.unfinished("month"))
not_whole, averages = desk.unfinished("month") | filling.keys(), new_averages_of(desk)
panels = [
    late_trend_panel(
        "demand_time",
        desk.ask("referrals", time),
        desk.settings,
        late=late,
        filling=filling,
        unfinished=desk.unfinished(time),
        mark=mark,
    ),
    *unusual_panels("demand_unusual", months, averages, desk.settings, unfinished=not_whole),
]
if since:
    panels += before_after_panels(
        "demand_break",
        months,
        desk.settings,
        first_after=write_month(since),
        words=words,
        unfinished=not_whole,
    )
show(
    [
        *panels,
        ranked_panel("demand_area", by_area, desk.settings),
        ranked_panel("demand_provider", by_provider, desk.settings),
        *(split_panel(f"demand_{split.measure.key}", split, desk.settings) for split in arrivals),
    ]
)
work_on_averages(desk, averages)

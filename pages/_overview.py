"""What the Overview asks: a line for each service, the periods that it compares, and the returns that wait. Not a page."""

from __future__ import annotations

from collections.abc import Iterator

from components.frame import section
from components.kpi_cards import show_cards
from components.kpi_messages import show_later, show_not_reported
from components.overview_parts import JUDGED, ServiceLine
from data_access import clock
from data_access.calendars import read_calendar
from data_access.coverage import read_coverage
from data_access.kpis import read_kpis
from data_access.questions import Question
from data_access.tallies import read_tally
from domain.access import Audience
from domain.deadlines import Deadline, returns_due, returns_overdue
from domain.disclosure import Released, release
from domain.formats import month
from domain.kpi_words import councils_own, one_each
from domain.kpis import KpiStatus, kpis_of, rolling_year
from domain.measures import Better, Completeness, Share, measure
from domain.periods import Period, month_end, month_start, months_between, next_month, quarter_of
from domain.selection import Selection
from domain.services import Service
from domain.status import Status
from domain.status_words import statuses_message
from domain.tally import Source
from domain.whose import whose
from pages._desk import Desk
from pages._year_end import whole_year_end


def service_lines(desk: Desk) -> list[ServiceLine]:
    """Each service that is bought or has returns, in one line: the whole of it, whatever is chosen at the side."""
    return [_line(desk, service) for service in desk.offered]


def show_statuses(desk: Desk) -> tuple[KpiStatus, ...]:
    """Show where every KPI stands in the twelve months judged; gives the statuses, none where the service has no KPI."""
    until, behind = desk.judged_month, rolling_year(desk.judged)
    statuses = desk.kpis(desk.judged, rolling=True)
    if statuses:
        section(statuses_message(statuses, month(until)))
        show_later(until, desk.last_month or 0, statuses)
        show_not_reported(desk.not_reported(behind), desk.not_wanted(behind))
        show_cards(statuses, desk.audience)
    return statuses


def _line(desk: Desk, service: Service) -> ServiceLine:
    seen = whose(desk.settings, service.key)
    coverage = read_coverage(desk.store, desk.viewer, service=service.key)
    last = coverage.last_month
    if last is None:
        return ServiceLine(service, whose=seen)
    latest = Period(month_start(last), month_end(last))
    year = rolling_year(latest)
    referrals = release(
        read_tally(desk.store, Question("referrals", (), Selection(service.key).during(year)), desk.viewer),
        Audience.US,
    )
    at = whole_year_end(coverage, coverage.first_month, last)
    judged = Period(month_start(at), month_end(at))
    read = read_kpis(desk.store, judged, desk.viewer, Audience.US, rolling=True, service=service.key)
    statuses = one_each(read)
    red = [status.kpi for status in statuses if status.status is Status.RED]
    own = sum(councils_own(kpi) for kpi in red)
    return ServiceLine(
        service,
        year,
        referrals.total.met if referrals.total else 0,
        len(red) - own,
        own,
        sum(status.status in JUDGED for status in statuses),
        len(coverage.outstanding),
        unfinished=not coverage.has("", year),
        whose=seen,
    )


def latest_whole(desk: Desk) -> Period | None:
    """The latest quarter that every provider under contract has reported in full; None where there is none yet."""
    first, last = desk.selection.first or desk.coverage.first_month, desk.last_month
    if not first or not last:
        return None
    quarters = sorted({quarter_of(month) for month in months_between(first, last)}, reverse=True)
    return next((q for q in quarters if _whole(desk, q, first, last)), None)


def earlier_than(desk: Desk, period: Period) -> Period | None:
    """The same quarter a year before, or else the quarter before; None where neither is in from everybody."""
    first, last = desk.selection.first or desk.coverage.first_month, desk.last_month
    if not first or not last:
        return None
    found = (quarter_of(next_month(period.first_month, -back)) for back in (12, 3))
    return next((q for q in found if _whole(desk, q, first, last)), None)


def _whole(desk: Desk, quarter: Period, first: int, last: int) -> bool:
    inside = first <= quarter.first_month and quarter.last_month <= last
    return inside and not desk.not_reported(quarter, desk.selection.providers)


def compared(desk: Desk, period: Period) -> tuple[Released, ...]:
    """The figures that are held against an earlier period: referrals, and every share of the service with a better direction."""
    keys = dict.fromkeys(["referrals", desk.service.headline, *_shares(desk.service)])
    chosen = desk.selection.during(period)
    return desk.ask_all(*(Question(key, (), chosen) for key in keys))


def _shares(service: Service) -> Iterator[str]:
    for kpi in kpis_of(service.key):
        declared = measure(kpi.measure, service.key)
        # What stands at a date is of no period, and the cells of one case are not independent of each other.
        of_a_period = not (
            declared.at_a_date or declared.in_totals_only or isinstance(declared, Completeness)
        )
        if isinstance(declared, Share) and declared.better is not Better.NEITHER and of_a_period:
            yield declared.key


def returns_waiting(desk: Desk) -> tuple[tuple[Deadline, ...], tuple[Deadline, ...]]:
    """The returns of all services that are overdue, and those due soon; none of the examples, which nobody sends."""
    if desk.store.source is not Source.SHARED:
        return (), ()
    today = clock.today()
    calendars = [read_calendar(desk.store, desk.viewer, service.key, today) for service in desk.offered]
    overdue = tuple(one for calendar in calendars for one in returns_overdue(calendar))
    due = tuple(one for calendar in calendars for one in returns_due(calendar, desk.settings, today))
    return overdue, due

"""What the Returns page asks: the calendar of a service's returns and what falls due. Not a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from data_access import clock
from data_access.calendars import read_calendar
from data_access.deadlines import read_case_deadlines
from domain.access import Duty
from domain.deadlines import Deadline, returns_due
from domain.returns_calendar import Calendar
from domain.tally import Source
from pages._desk import Desk


def as_sender(desk: Desk) -> Desk:
    """The same desk with only what its reader may send.

    How many rows a return holds is told of those alone: of another provider they may see one area and no more.
    """
    sender = desk.viewer.within(Duty.RETURNS)
    return replace(desk, viewer=sender, settings=replace(desk.settings, reach=sender.reach))


def looked_at(desk: Desk) -> date:
    """The day that the page goes by: today, or the last day that the examples reach."""
    today = clock.today()
    return today if desk.store.source is Source.SHARED else desk.coverage.as_at.latest or today


def calendar_of(desk: Desk) -> Calendar:
    """How every return of the chosen service stands."""
    return read_calendar(desk.store, desk.viewer, desk.service.key, looked_at(desk), clock.today())


def deadlines_of(desk: Desk, calendar: Calendar) -> tuple[Deadline, ...]:
    """What falls due in the next days: returns, and the cases of the chosen service."""
    today = looked_at(desk)
    cases = read_case_deadlines(desk.store, desk.viewer, desk.service.key, today)
    found = (*returns_due(calendar, desk.settings, today), *cases)
    return tuple(sorted(found, key=lambda one: (one.on, one.provider, one.key)))

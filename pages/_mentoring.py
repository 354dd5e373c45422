"""What the Mentoring page asks that depends on who looks and at what: preventions to date, and live cases per mentor. Not a page."""

from __future__ import annotations

from components.mentoring_caseload import caseload_panel, live_panel
from components.panel import Panel
from data_access.questions import Question
from domain.disclosure import Released
from domain.kpis import kpi, target_for
from domain.periods import month_end, months_between
from domain.selection import Selection
from domain.settings import Target
from domain.tally import Source
from pages._desk import Desk

_KEY = "mentoring_caseload"
_MONTHS = 24
"""So many months are shown at most: each is a question of its own."""


def preventions_asked(desk: Desk) -> tuple[Released, Target | None, str]:
    """Preventions by month since the programme began, the target they may be compared with, and why with none.

    The target is for the whole programme: a part of it is compared with nothing.
    """
    declared, chosen = kpi("TB2"), desk.selection
    last = desk.last_month
    target = target_for(desk.settings.targets, declared, "", month_end(last)) if last else None
    profile = target.profile if target else None
    asked = Selection(
        declared.service,
        providers=chosen.providers,
        areas=chosen.areas,
        first=profile.first_month if profile else chosen.first,
        last=min(last, profile.last_month) if last and profile else last,
        where=chosen.where,
    )
    released = desk.ask(declared.measure, "month", selection=asked)
    if target is None or profile is None:
        return released, None, "No target spread over a programme is set."
    whole = desk.viewer.whole(declared.service) and desk.store.source is not Source.IN_HAND
    if not whole or chosen.providers or chosen.areas or chosen.where:
        return (
            released,
            None,
            "The target is for the whole programme, so a part of it is compared with nothing.",
        )
    return released, target, ""


def caseload_panels(desk: Desk) -> list[Panel]:
    """Live cases per mentor at the end of each of the latest months; none where no month is reported."""
    first, last = desk.selection.first or desk.coverage.first_month, desk.last_month
    months = months_between(first, last)[-_MONTHS:] if first and last else ()
    if not months:
        return []
    service, chosen = desk.service.key, desk.selection.during(None)
    unfinished = desk.unfinished("month")
    if chosen.areas or desk.viewer.areas_of(service) is not None:
        live = desk.ask_all(*(Question("live_cases", (), chosen, month) for month in months))
        return [live_panel(_KEY, months, live, desk.settings, unfinished=unfinished)]
    declared = kpi("TB3")
    found = desk.ask_all(*(Question(declared.measure, (), chosen, month) for month in months))
    return [caseload_panel(_KEY, months, found, declared, desk.settings, unfinished=unfinished)]

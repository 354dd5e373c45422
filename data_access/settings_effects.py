"""What a change of the settings would move: returns that are wanted, deadlines of cases and statuses of KPIs. Nothing is saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import and_, false, func, or_, select

from data_access import clock
from data_access.coverage import read_coverage
from data_access.kpis import read_kpis
from data_access.stores import Store, reading
from data_access.tables import cases
from domain.access import Audience, Viewer
from domain.disclosure import Figure
from domain.kpis import KpiStatus, judged, target_for
from domain.periods import Period
from domain.settings import ADJUSTED, Contract, Settings
from domain.settings_words import CLOCK_STARTS, service_label
from domain.status import Status

_CLOCKS = {
    "family_request_date": "due_mediation_from_request",
    "la_informed_date": "due_mediation_from_council_informed",
}
"""The column that holds a case's last day for mediation, for each day that the 30 days may count from."""
_NAMED = 8


def what_moves(store: Store, viewer: Viewer, before: Settings, after: Settings) -> tuple[str, ...]:
    """What a change moves, one sentence each; none where it moves nothing."""
    today = clock.today()
    return (
        *_returns_moved(before, after, today),
        *_deadlines_moved(store, viewer, before, after),
        *_statuses_moved(store, viewer, before, after),
    )


def _kept(before: Settings, after: Settings) -> Iterator[tuple[Contract, Contract]]:
    now = {c.key: c for c in after.contracts}
    yield from ((c, now[c.key]) for c in before.contracts if c.key in now and now[c.key] != c)


def _due(contract: Contract, today: date) -> dict[Period, date]:
    return {p: p.end + timedelta(days=contract.due_days) for p in contract.expected_periods(today)}


def _returns_moved(before: Settings, after: Settings, today: date) -> Iterator[str]:
    for old, new in _kept(before, after):
        was, now = _due(old, today), _due(new, today)
        whose = f"{after.provider_label(new.provider)}, {service_label(new.service)}"
        moved = sum(was[p] != now[p] for p in was if p in now)
        if moved:
            yield f"{whose}: {_counted(moved, 'return')} {_get(moved)} another due date."
        if wanted := len(now.keys() - was.keys()):
            yield f"{whose}: {_counted(wanted, 'return')} more {_is(wanted)} wanted up to today."
        if dropped := len(was.keys() - now.keys()):
            yield f"{whose}: {_counted(dropped, 'return')} {_is(dropped)} no longer wanted."


def _deadlines_moved(store: Store, viewer: Viewer, before: Settings, after: Settings) -> Iterator[str]:
    for old, new in _kept(before, after):
        if set(old.counted_exceptions) != set(new.counted_exceptions):
            yield f"{after.provider_label(new.provider)}: the adjusted figures would take out other exceptions."
        if old.case_report_days != new.case_report_days:
            yield _reports_moved(store, viewer, after.provider_label(new.provider), old, new)
        if old.clock_start == new.clock_start:
            continue
        count = _other_deadlines(store, viewer, new, _CLOCKS[old.clock_start], _CLOCKS[new.clock_start])
        if count is None or count:
            moved = f"{_counted(count, 'case')} {_get(count)} another last day" if count else "last days move"
            yield (
                f"{after.provider_label(new.provider)}: the 30 days for mediation would count from "
                f"{CLOCK_STARTS[new.clock_start]}: {moved}."
            )


def _other_deadlines(store: Store, viewer: Viewer, contract: Contract, old: str, new: str) -> int | None:
    """How many current cases have another last day by the other clock; None where the database keeps no such days."""
    if old not in cases.c or new not in cases.c:
        return None
    was, now = cases.c[old], cases.c[new]
    differs = or_(was != now, and_(was.is_(None), now.is_not(None)), and_(was.is_not(None), now.is_(None)))
    query = select(func.count()).where(
        cases.c.in_force.is_(True),
        cases.c.service == contract.service,
        cases.c.provider == contract.provider,
        differs,
    )
    with reading(store, viewer) as connection:
        return int(connection.execute(query).scalar_one())


def _reports_moved(store: Store, viewer: Viewer, who: str, old: Contract, new: Contract) -> str:
    """What another limit for case reports does to those that were sent."""
    days, late = cases.c.days_to_case_report, []
    with reading(store, viewer) as connection:
        for limit in (old.case_report_days, new.case_report_days):
            query = select(func.count()).where(
                cases.c.in_force.is_(True),
                cases.c.service == new.service,
                cases.c.provider == new.provider,
                days > limit if limit is not None else false(),
            )
            late.append(int(connection.execute(query).scalar_one()))
    allowed = "no limit" if new.case_report_days is None else _counted(new.case_report_days, "day")
    return (
        f"{who}: case reports would have {allowed} after closing; of those sent, {late[1]:,} would be late "
        f"instead of {late[0]:,}."
    )


def _statuses_moved(store: Store, viewer: Viewer, before: Settings, after: Settings) -> Iterator[str]:
    """Which statuses of the latest period another target changes. A spread target counts other months: it is said in words."""
    touched = {t.service for t in {*before.targets} ^ {*after.targets}}
    for service in sorted(touched):
        periods = read_coverage(store, viewer, service=service).periods
        if not periods:
            continue
        latest = max(periods, key=lambda p: (p.end, p.start))
        found = [
            status
            for by in ((), ("provider",))
            for status in read_kpis(store, latest, viewer, Audience.US, by=by, service=service)
        ]
        moved = [words for status in found if (words := _moved(status, before, after))]
        if moved:
            yield f"{_counted(len(moved), 'status', 'statuses')} of {latest.label} would change: {_listed(moved)}."
        else:
            yield f"No status of {latest.label}, the latest period, would change."


def _moved(status: KpiStatus, before: Settings, after: Settings) -> str:
    """'Prevention rate, North Mentors: Green to Amber'; blank where the status stays."""
    day = status.period.end
    was = target_for(before.targets, status.kpi, status.provider, day)
    now = target_for(after.targets, status.kpi, status.provider, day)
    name = ", ".join(part for part in (status.kpi.name, status.category_label, status.where) if part)
    if was == now:
        return ""
    if (was and was.profile) or (now and now.profile):
        return f"{name}: judged anew"
    judged_on = status.adjusted if now and now.judged_on == ADJUSTED and status.adjusted else status
    figure = (
        None
        if judged_on.met is None or judged_on.base is None
        else Figure(
            (), (), judged_on.met, judged_on.base, 0, 0, judged_on.value, None, None,
            small=False, divisor=status.divisor,
        )
    )  # fmt: skip
    if status.status is Status.NOT_GIVEN:
        return ""
    returned = status.status is not Status.NO_RETURN
    verdict, _ = judged(status.kpi, figure, now, status.period, returned=returned)
    if verdict.status is status.status:
        return ""
    return f"{name}: {status.status.label} to {verdict.status.label}"


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _get(count: int) -> str:
    return "gets" if count == 1 else "get"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _listed(words: list[str]) -> str:
    more = f"; and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return "; ".join(words[:_NAMED]) + more

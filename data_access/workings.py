"""How a status was worked out: what was asked, in SQL with what was filled in, of which data, and what came of it.

The questions are asked again and written down as they go to the database, so that nothing else than what was asked can be said. Nothing
here holds the reference of a case: it is for people who may see no case too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, event, select

from data_access.kpis import read_kpis
from data_access.ledger import current_version
from data_access.questions import Moment, Question
from data_access.settings import settings_in
from data_access.status_questions import Asked, questions_behind
from data_access.stores import Store, reading
from data_access.tables import ledger
from data_access.tallies import answer
from domain.access import THE_DASHBOARD, Audience, Viewer
from domain.disclosure import release
from domain.kpis import KpiStatus
from domain.periods import Period, month_end, month_start
from domain.workings import Statement, Working, Workings


def read_workings(store: Store, viewer: Viewer, status: KpiStatus) -> Workings:
    """How a status was worked out, from the figures as they stand now; its own figures are read again with it."""
    asked = Asked.about(status)
    by = tuple(name for name, value in (("provider", asked.provider), ("area", asked.area)) if value)
    found = read_kpis(
        store, asked.period, viewer, Audience.US,
        by=by, rolling=asked.rolling, service=asked.kpi.service, only=(asked.kpi.id,),
    )  # fmt: skip
    now = next((one for one in found if same_cell(one, status)), status)
    with reading(store, viewer) as connection:
        settings = settings_in(connection)
        version = current_version(connection)
        moment = Moment(connection, store.source, version, settings, viewer)
        raw = questions_behind(asked, settings)
        other = [replace(question, adjusted_for=asked.kpi.id) for question in raw if asked.kpi.exceptions]
        workings = tuple(_work(moment, question) for question in (*raw, *other))
    return Workings(now, workings, version, _moment(store, version))


def same_cell(one: KpiStatus, other: KpiStatus) -> bool:
    """Whether two statuses are of the same KPI, for the same provider, area, period and answer."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("kpi", "provider", "area", "period", "rolling", "category")
    )


def _moment(store: Store, version: int) -> datetime | None:
    """When the last act before these figures was done."""
    with reading(store, THE_DASHBOARD) as connection:
        at = connection.execute(select(ledger.c.at).where(ledger.c.seq == version)).scalar()
    return at.replace(tzinfo=at.tzinfo or UTC) if at else None


def _work(moment: Moment, question: Question) -> Working:
    moment.coverage(question)  # asked before, because it is no part of the figure
    with _written_down(moment.connection) as statements:
        tally = answer(moment, question)
    without = "; without the cases that an agreed exception takes out" if question.adjusted_for else ""
    at = ""
    if question.at:
        at = f"; as things stood at the end of {Period(month_start(question.at), month_end(question.at)).label}"
    chosen = question.selection.sentence(moment.settings) + at + without
    return Working(chosen, release(tally, Audience.US), tuple(statements))


@contextmanager
def _written_down(connection: Connection) -> Iterator[list[Statement]]:
    """Every statement that goes to the database meanwhile, over this connection."""
    said: list[Statement] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, _many: bool) -> None:
        said.append(Statement(sql, tuple(_named(values))))

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(connection, "before_cursor_execute", note)


def _named(values: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(values, dict):
        return values.items()
    return ((str(place), value) for place, value in enumerate(values or (), 1))

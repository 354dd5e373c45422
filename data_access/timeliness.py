"""Reading how long it took: the cases that a KPI with a time limit counts, added up by their days and told as lengths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, false, func, literal, not_, null, select

from data_access import scans
from data_access.ledger import current_version
from data_access.questions import Moment, Question
from data_access.rows import Rows, rows_for
from data_access.settings import settings_in
from data_access.stores import Store, reading
from domain.access import Viewer
from domain.kpis import Kpi
from domain.measures import Share, measure
from domain.selection import Selection
from domain.timeliness import TIMED, Lengths, State, Timed, first_day, state_of


def read_lengths(store: Store, viewer: Viewer, kpi: Kpi, selection: Selection) -> Lengths:
    """How long it took in the cases that a KPI counts in the months chosen; what met it is what the KPI itself says.

    Raises
    ------
    OutOfReach
        For a provider or service of whom the viewer may see nothing.
    """
    viewer.check_asked(selection.service, selection.providers)
    timed, asked = TIMED[kpi.id], measure(kpi.measure, kpi.service)
    if not isinstance(asked, Share):
        raise TypeError(f"{kpi.id} is no share, so nothing can be in time")
    with reading(store, viewer) as connection:
        settings = settings_in(connection)
        moment = Moment(connection, store.source, current_version(connection), settings, viewer)
        rows = rows_for(moment, Question(kpi.measure, (), selection), asked)
        where = scans.limits(rows, asked, selection)
        if asked.among is not None:
            where.append(asked.among(rows.c))
        counted = connection.execute(_by_days(rows, kpi, timed, asked, [*where, asked.base(rows.c)])).all()
        without = 0
        if timed.begins:
            gone = (_due(rows, timed).is_(None), rows.c.vanished_on.is_(None))
            lacking = select(func.count()).select_from(rows.table).where(*where, *gone)
            without = int(connection.execute(lacking).scalar_one())
    taken: Counter[tuple[int | None, State]] = Counter()
    excepted = 0
    for start, due, *done, met, out, number in counted:
        day = first_day(done)
        state = state_of(met=bool(met), done=day, due=due)
        known = day is not None and state is not State.NOT_DONE
        taken[timed.length(start, due, day) if known and day else None, state] += number
        excepted += number if out else 0
    return Lengths(timed, taken, excepted, without)


def _due(rows: Rows, timed: Timed) -> ColumnElement[Any]:
    if timed.clock:
        return getattr(rows.c.due, timed.clock)  # type: ignore[no-any-return]
    return getattr(rows.c, timed.due) if timed.due else literal(None, Date)


def _by_days(
    rows: Rows, kpi: Kpi, timed: Timed, asked: Share, where: Sequence[ColumnElement[Any]]
) -> Select[Any]:
    """How many cases have the same start, last day, days on which it was done, verdict and exception.

    Counted outside the rows themselves: not every engine groups by an expression that holds values.
    """
    c = rows.c
    start = getattr(c, timed.start) if timed.start else literal(None, Date)
    done = [
        getattr(c, name) if when is None else case((when(c), getattr(c, name)), else_=null())
        for name, when in timed.done
    ]
    met = asked.met(c)
    # What is left out of the adjusted figure: a case that was in time stays, exception or not.
    out = and_(not_(func.coalesce(met, false())), c.excepted(kpi.id)) if kpi.exceptions else false()
    said = [case((one, 1), else_=0) for one in (met, out)]
    named = [one.label(f"d{place}") for place, one in enumerate((start, _due(rows, timed), *done, *said))]
    each = select(*named).select_from(rows.table).where(*where).subquery()
    return select(*each.c, func.count()).group_by(*each.c)

"""Counting what the columns of cases say, when cases are entered, and what was accepted with the returns: for what a viewer may see."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, not_, or_, select, true

from data_access import scans
from data_access.kept import current, read_kept
from data_access.ledger import current_version
from data_access.questions import Moment, Question
from data_access.rows import Rows, rows_for
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tables import accepted_warnings
from domain.access import Duty, Viewer
from domain.data_quality import Asked, Part, Said, asked_of_cases, codes_that_say
from domain.data_quality_entry import Entered
from domain.measures import Measure, measure
from domain.selection import Selection

_ASKED = "referrals"


def read_parts(store: Store, viewer: Viewer, selection: Selection) -> tuple[Part, ...]:
    """What the cells of each column say in the cases chosen, by provider and month of referral: one statement.

    Raises
    ------
    OutOfReach
        For a service or a provider of whom the viewer may see nothing.
    """
    viewer.check_asked(selection.service, selection.providers)
    columns = asked_of_cases(selection.service)
    with reading(store, viewer) as connection:
        moment = Moment(
            connection, store.source, current_version(connection), settings_in(connection), viewer
        )
        rows, asked = cases_of(moment, selection)
        where = scans.limits(rows, asked, selection)
        groups = [rows.c.provider, rows.c.referral_month]
        sums = [scans.summed(said) for one in columns for said in _saying(rows, one, selection.service)]
        found = connection.execute(scans.grouped(groups, rows.table, where, sums)).all()
    parts = []
    for provider, month, *numbers in found:
        for place, one in enumerate(columns):
            at = place * len(Said)
            counts = dict(zip(Said, map(int, numbers[at : at + len(Said)]), strict=True))
            parts.append(Part(one.key, provider, month, counts))
    return tuple(parts)


def cases_of(moment: Moment, selection: Selection) -> tuple[Rows, Measure]:
    """The cases that count, as the measure of referrals looks at them."""
    asked = measure(_ASKED, selection.service)
    return rows_for(moment, Question(_ASKED, (), selection), asked), asked


def _saying(rows: Rows, one: Asked, service: str) -> list[ColumnElement[Any]]:
    """For each thing that a cell may say, the condition on a case that its cell says it; in their order."""
    wanted: ColumnElement[Any] = true() if one.wanted is None else one.wanted(rows.c)
    column: ColumnElement[Any] = getattr(rows.c, one.key)
    codes = codes_that_say(one.field, service)
    apart = {said: column.in_(listed) for said, listed in codes.items() if listed}
    apart[Said.BLANK] = column.is_(None)
    answer = not_(or_(*apart.values()))
    return [
        and_(wanted, answer if said is Said.ANSWER else apart[said])
        if said is Said.ANSWER or said in apart
        else literal(value=False)
        for said in Said
    ]


def read_entered(store: Store, viewer: Viewer, selection: Selection) -> tuple[Entered, ...]:
    """How many cases were entered in each month, and how many days after their referral; by provider: one statement.

    The months chosen are those of entry here.
    """
    viewer.check_asked(selection.service, selection.providers)
    with reading(store, viewer) as connection:
        moment = Moment(
            connection, store.source, current_version(connection), settings_in(connection), viewer
        )
        rows, asked = cases_of(moment, selection)
        c = rows.c
        where = [
            *scans.limits(rows, asked, selection.during(None)),
            c.entered_month.is_not(None),
            c.entry_delay_days.is_not(None),
        ]
        if selection.first is not None:
            where.append(c.entered_month >= selection.first)
        if selection.last is not None:
            where.append(c.entered_month <= selection.last)
        groups = [c.provider, c.entered_month, c.entry_delay_days]
        late = scans.summed(c.entered_month > c.referral_month)
        found = connection.execute(
            scans.grouped(groups, rows.table, where, [func.count(), late]).order_by(*groups)
        ).all()
    return tuple(Entered(*row) for row in found)


def read_accepted_counts(store: Store, viewer: Viewer, selection: Selection) -> dict[str, int]:
    """How many questions of the checks were confirmed with a reason in the returns that count, by provider.

    Of the returns that the viewer may see as such; the months chosen do not narrow it.
    """
    viewer.check_asked(selection.service, selection.providers)
    seen = viewer.within(Duty.RETURNS)
    with reading(store, seen) as connection:
        kept = current(read_kept(connection, seen, service=selection.service))
        whose = {
            one.row: one.provider
            for one in kept
            if not selection.providers or one.provider in selection.providers
        }
        found: Counter[str] = Counter()
        query = select(accepted_warnings.c.return_id, func.count()).group_by(accepted_warnings.c.return_id)
        for row, number in connection.execute(query.where(accepted_warnings.c.return_id.in_(list(whose)))):
            found[whose[row]] += int(number)
    return dict(found)

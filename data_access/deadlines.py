"""Reading the deadlines of cases that are still open, by the rules that the figures go by; and how old open cases are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, literal, select

from data_access import scans
from data_access.ledger import current_version
from data_access.questions import Moment, Question
from data_access.rows import Rows, rows_for
from data_access.settings import settings_in
from data_access.stores import Store, reading
from domain.access import Duty, Viewer
from domain.columns import column_codes
from domain.deadlines import (
    CASE_DEADLINES,
    ROW_DEADLINES,
    SOON,
    Deadline,
    RowDeadline,
    When,
    age_band,
    has_deadlines,
)
from domain.measures import Table, measure
from domain.selection import Selection


@dataclass(frozen=True, slots=True)
class OpenDeadlines:
    """How many deadlines are still to be met, without naming a case.

    Parameters
    ----------
    due : by provider (blank for the council itself), what is due, and when.
    ages : the open cases by the band of their age and by the next of their deadlines; None where they have none.
    undated : open cases without a date of referral, of which nobody knows the age.
    """

    due: Mapping[tuple[str, str, When], int]
    ages: Mapping[tuple[str, When | None], int]
    undated: int = 0

    @property
    def by_when(self) -> Mapping[When, int]:
        """How many fall due when, of everybody together."""
        found: Counter[When] = Counter()
        for (_, _, when), n in self.due.items():
            found[when] += n
        return found


def read_case_deadlines(
    store: Store, viewer: Viewer, service: str, today: date, days: int = SOON
) -> tuple[Deadline, ...]:
    """The last days of the cases of a service from today on, as far as the providers have reported; of what the viewer may see."""
    last = today + timedelta(days=days)
    return tuple(
        one for one in _of_cases(store, viewer, Selection(service)) if today <= one.on and one.on <= last
    )


def read_open_cases(store: Store, viewer: Viewer, selection: Selection) -> tuple[Deadline, ...]:
    """Every deadline that is still to be met, also those whose day has passed, of the providers and areas chosen; in order of day.

    Single cases: only those that the viewer may see as such.
    """
    return _of_cases(store, viewer, selection.during(None))


def read_open_deadlines(store: Store, viewer: Viewer, selection: Selection, today: date) -> OpenDeadlines:
    """How many deadlines are still to be met, and how old open cases are, of the providers and areas chosen."""
    viewer.check_asked(selection.service, selection.providers)
    if not has_deadlines(selection.service):
        return OpenDeadlines({}, {})
    with reading(store, viewer) as connection:
        moment = _moment(store, viewer, connection)
        found = list(_deadlines(moment, selection.during(None)))
        rows, where = _rows(moment, selection.during(None), Table.CASES)
        c = rows.c
        query = select(c.provider, c.case_ref, c.referral_date).select_from(rows.table)
        cases = connection.execute(query.where(*where, c.ended == "N", c.vanished_on.is_(None))).all()
    due = Counter(("" if one.of_council else one.provider, one.what, one.when(today)) for one in found)
    following: dict[tuple[str, str], When] = {}
    for one in sorted(found, key=lambda one: one.on, reverse=True):
        following[one.provider, one.ref] = one.when(today)
    ages: Counter[tuple[str, When | None]] = Counter()
    for provider, ref, referred in cases:
        if referred is not None:
            ages[age_band((today - referred).days), following.get((provider, ref))] += 1
    return OpenDeadlines(due, ages, sum(referred is None for _, _, referred in cases))


def _of_cases(store: Store, viewer: Viewer, selection: Selection) -> tuple[Deadline, ...]:
    if not has_deadlines(selection.service):
        return ()
    viewer = viewer.within(Duty.CASES)
    with reading(store, viewer) as connection:
        found = list(_deadlines(_moment(store, viewer, connection), selection))
    return tuple(sorted(found, key=lambda one: (one.on, one.provider, one.ref, one.what, one.key)))


def _moment(store: Store, viewer: Viewer, connection: Connection) -> Moment:
    return Moment(connection, store.source, current_version(connection), settings_in(connection), viewer)


def _rows(moment: Moment, selection: Selection, table: Table) -> tuple[Rows, list[ColumnElement[bool]]]:
    """The rows that count, in one order of columns whatever the deadline, and the conditions on them."""
    asked = replace(measure("referrals", selection.service), table=table)
    rows = rows_for(moment, Question("referrals", (), selection), asked)
    return rows, scans.limits(rows, asked, selection)


def _deadlines(moment: Moment, selection: Selection) -> Iterator[Deadline]:
    service = selection.service
    rows, where = _rows(moment, selection, Table.CASES)
    ends = moment.coverage(Question("referrals", (), selection)).ends()
    c = rows.c
    for clock in CASE_DEADLINES[service]:
        due = getattr(c.due, clock.clock)
        query = select(due, c.provider, c.case_ref).select_from(rows.table)
        for on, provider, ref in moment.connection.execute(
            query.where(*where, clock.open(c), due.is_not(None))
        ):
            key = f"{service}:{provider}:{ref}:{clock.clock}"
            yield Deadline(on, service, provider, clock.label, key, ref=ref, reported=ends.get(provider))
    for declared in ROW_DEADLINES.get(service, ()):
        for one in _row_deadlines(moment, selection, declared):
            yield replace(one, reported=ends.get(one.provider))


def _row_deadlines(moment: Moment, selection: Selection, declared: RowDeadline) -> Iterator[Deadline]:
    service = selection.service
    rows, where = _rows(moment, selection, declared.table)
    c = rows.c
    start = getattr(c, declared.due)
    days = getattr(c, declared.days) if declared.days else literal(0)
    named = getattr(c, declared.named) if declared.named else literal(None)
    own = getattr(c, declared.own_ref) if declared.own_ref else literal("")
    query = select(start, days, named, own, c.provider, c.case_ref).select_from(rows.table)
    wanted = (*where, declared.open(c), start.is_not(None), days.is_not(None))
    codes = column_codes(declared.named, service) if declared.named else None
    for first, number, code, own_ref, provider, ref in moment.connection.execute(query.where(*wanted)):
        said = f": {codes.label(code)}" if codes and code else ""
        yield Deadline(
            first + timedelta(days=number),
            service,
            provider,
            f"{declared.label}{said}",
            ":".join(part for part in (service, provider, ref, declared.key, own_ref) if part),
            ref=ref,
            of_council=declared.of_council,
        )

"""Reading the deadlines of cases that come due soon, by the rules that the figures go by."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from data_access import scans
from data_access.ledger import current_version
from data_access.questions import Moment, Question
from data_access.rows import rows_for
from data_access.settings import settings_in
from data_access.stores import Store, reading
from domain.access import Duty, Viewer
from domain.deadlines import CASE_DEADLINES, SOON, Deadline
from domain.measures import measure
from domain.selection import Selection


def read_case_deadlines(
    store: Store, viewer: Viewer, service: str, today: date, days: int = SOON
) -> tuple[Deadline, ...]:
    """The last days of the cases of a service from today on, as far as the providers have reported; of what the viewer may see."""
    if service not in CASE_DEADLINES:
        return ()
    last = today + timedelta(days=days)
    asked, selection = measure("referrals", service), Selection(service)
    found: list[Deadline] = []
    viewer = viewer.within(Duty.CASES)
    with reading(store, viewer) as connection:
        moment = Moment(
            connection, store.source, current_version(connection), settings_in(connection), viewer
        )
        rows = rows_for(moment, Question("referrals", (), selection), asked)
        limits = scans.limits(rows, asked, selection)
        for wanted in CASE_DEADLINES[service]:
            due = getattr(rows.c.due, wanted.clock)
            query = (
                select(due, rows.c.provider, rows.c.case_ref)
                .select_from(rows.table)
                .where(*limits, wanted.open(rows.c), due >= today, due <= last)
            )
            found += [
                Deadline(
                    on,
                    service,
                    provider,
                    wanted.label,
                    f"{service}:{provider}:{ref}:{wanted.clock}",
                    ref=ref,
                )
                for on, provider, ref in connection.execute(query)
            ]
    return tuple(sorted(found, key=lambda one: (one.on, one.provider, one.ref, one.what)))

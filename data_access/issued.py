"""What was issued to an audience before: files and packs that are out cannot be taken back, so what is shown later reckons with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, or_, select

from data_access import clock
from data_access.audit import note_in
from data_access.stores import Store, writing
from data_access.tables import issued, returns
from domain.access import Audience, Viewer
from domain.audit import Act
from domain.cubes import Cell
from domain.issued import Issue, Outdated, reached_by
from domain.periods import month_end, next_month

PERIODS = 8
"""For how many quarters of the data a file is reckoned with."""


@dataclass(frozen=True, slots=True)
class Issued:
    """What an audience has about a service: the files, the first first.

    Attributes
    ----------
    last : the number of the last of them; 0 where there is none. What was decided holds until another file goes out.
    """

    files: tuple[Issue, ...] = ()
    last: int = 0

    def versions(self) -> tuple[tuple[int, dict[Cell, int]], ...]:
        """The moments of the data that files were made of, in order, each with what they show of it."""
        found: dict[int, dict[Cell, int]] = {}
        for file in sorted(self.files, key=lambda one: one.version):
            found.setdefault(file.version, {}).update(file.cells)
        return tuple(found.items())


def issued_last(connection: Connection, audience: Audience, service: str) -> int:
    """The number of the last file that an audience, or a wider one, was given about a service; 0 for none."""
    held = issued.c
    asked = select(func.max(held.id)).where(held.service == service, held.audience.in_(reached_by(audience)))
    return connection.execute(asked).scalar() or 0


def issued_in(connection: Connection, audience: Audience, service: str) -> Issued:
    """What an audience has about a service of its last eight quarters, inside a transaction; also what wider audiences were given.

    The quarters are those of the data: a file is reckoned with until the data reach two years further than they did in it.
    """
    held = issued.c
    newest = connection.execute(
        select(func.max(returns.c.period_end)).where(returns.c.service == service)
    ).scalar()
    asked = select(issued).where(held.service == service, held.audience.in_(reached_by(audience)))
    if newest is not None:
        asked = asked.where(or_(held.reached.is_(None), held.reached > _before(newest, PERIODS)))
    rows = connection.execute(asked.order_by(held.id)).mappings().all()
    files = tuple(
        Issue(Audience.parse(row["audience"]), service, row["version"], row["reached"], _cells(row["cells"]))
        for row in rows
    )
    return Issued(files, max((int(row["id"]) for row in rows), default=0))


def keep_issue(
    store: Store,
    viewer: Viewer,
    issue: Issue,
    *,
    file_name: str,
    provider: str = "",
    detail: str = "",
) -> int:
    """Keep what a file shows, and in the same transaction that it left; the number under which it is kept.

    Raises
    ------
    ValueError
        For a file that is for the commissioning team: nothing is hidden from it, and nothing is kept.
    Outdated
        Where a file of later data went out since the page was drawn: what this one shows was not held beside that.
    """
    with writing(store, viewer) as connection:
        number = keep_issue_in(connection, viewer, issue, file_name=file_name)
        note_in(
            connection,
            viewer,
            Act.EXPORTED,
            service=issue.service,
            provider=provider,
            subject=file_name,
            detail=f"for {issue.audience.key}; {detail}",
        )
    return number


def keep_issue_in(connection: Connection, viewer: Viewer, issue: Issue, *, file_name: str) -> int:
    """Keep what a file or a frozen meeting shows, inside the transaction that does the rest; its number. Raises as `keep_issue`."""
    if not issue.audience.gated:
        raise ValueError("only a file for others is issued")
    latest = connection.execute(
        select(func.max(issued.c.version)).where(issued.c.service == issue.service)
    ).scalar()
    if latest is not None and latest > issue.version:
        raise Outdated(
            "Figures of this service were given out since this page was drawn, and the data have changed. "
            "Open the page again."
        )
    row = connection.execute(
        insert(issued).values(
            at=clock.now(),
            person=viewer.user,
            audience=issue.audience.key,
            service=issue.service,
            provider=issue.audience.provider,
            version=issue.version,
            reached=issue.reached,
            file_name=file_name,
            cells=_written(issue.cells),
        )
    )
    (number,) = row.inserted_primary_key or (0,)
    return int(number)


def _written(cells: Sequence[tuple[Cell, int]]) -> str:
    return json.dumps(
        [[cell.what, *cell.place, cell.span, list(cell.codes), number] for cell, number in cells]
    )


def _cells(text: str) -> tuple[tuple[Cell, int], ...]:
    return tuple(
        (Cell(what, (kind, key), span, tuple(codes)), number)
        for what, kind, key, span, codes, number in json.loads(text)
    )


def _before(day: date, quarters: int) -> date:
    """The last day of the month that is some quarters before a day."""
    return month_end(next_month(day.year * 100 + day.month, -3 * quarters))

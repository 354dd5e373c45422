"""What meetings and their actions are checked for against the database, and who may keep them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, func, or_, select

from data_access.audit import note_in
from data_access.moved import Refused
from data_access.stores import Store
from data_access.tables import cases
from domain.access import Duty, OutOfReach, Viewer
from domain.audit import Act
from domain.meeting_checks import possible_references
from domain.tally import Source

_AT_ONCE = 500


def check_may_keep(store: Store, by: Viewer, service: str) -> None:
    """Raise OutOfReach for whom may not keep a meeting or an action of a service: who presents and sees all of it may.

    Raises
    ------
    Refused
        Where the figures are of a file that was not saved: it goes when the session ends, and what rests on it would stay.
    """
    by.check(Duty.PRESENTING, service)
    if not by.whole(service):
        raise OutOfReach(Duty.PRESENTING, service=service)
    if store.source is Source.IN_HAND:
        raise Refused(
            "Nothing was saved: the figures are of a file that is not saved. Save the return first."
        )


def refuse(problems: Iterable[str]) -> None:
    """Raise Refused where there is any problem, with the first three of them."""
    if found := list(problems):
        raise Refused("Nothing was saved. " + " ".join(found[:3]))


def references_in(connection: Connection, service: str, texts: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A sentence for each text that holds the reference of a case of a service's current returns.

    Parameters
    ----------
    texts : what each is called, and the text.
    """
    return tuple(
        f"{where} holds the reference of a case. Say it without: whoever is in the room sees it, and it stays."
        for where, text in texts
        if text and _holds_one(connection, service, text)
    )


def _holds_one(connection: Connection, service: str, text: str) -> bool:
    anyhow, as_written = possible_references(text)
    upper = func.upper(cases.c.case_ref)
    return any(
        connection.execute(
            select(cases.c.row_id)
            .where(and_(cases.c.service == service, cases.c.in_force.is_(True)))
            .where(or_(upper.in_([one.upper() for one in some]), cases.c.case_ref.in_(exact)))
            .limit(1)
        ).first()
        for some, exact in _portions(anyhow, as_written)
    )


def _portions(*several: Sequence[str]) -> Iterable[tuple[Sequence[str], ...]]:
    longest = max(map(len, several))
    for start in range(0, longest, _AT_ONCE):
        yield tuple(one[start : start + _AT_ONCE] for one in several)


def note_kept(
    connection: Connection, by: Viewer, service: str, provider: str, subject: str, what: str
) -> None:
    """Write down in the audit, in the transaction that does it, what somebody did to a meeting or an action."""
    act = Act.CHANGED_MEETINGS
    note_in(connection, by, act, service=service, provider=provider, subject=subject, detail=what)

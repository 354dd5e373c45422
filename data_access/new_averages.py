"""New averages, kept: said and taken back in acts of the ledger. Nothing begins one but a person with a reason."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from data_access.audit import note_in
from data_access.ledger import record_act, take_number
from data_access.stores import Store, reading, writing
from data_access.tables import ledger, new_averages
from domain.access import Duty, Viewer
from domain.audit import Act
from domain.new_averages import MOST_OF_A_REASON, NewAverage
from domain.periods import write_month
from domain.personal_data import value_kind

SAID, TAKEN_BACK = "new average said", "new average taken back"
"""How the two acts are called in the ledger."""


def begin_average(store: Store, new: NewAverage, *, by: Viewer) -> int:
    """Keep a new average, and give its number.

    Raises
    ------
    OutOfReach
        For whom may not change what the council has set.
    ValueError
        When there is no reason, one with something personal, or a new average of that series in that month already.
    """
    by.check(Duty.SETTINGS)
    reason = _checked(new.reason, "why a new average begins")
    with writing(store, by) as connection:
        seq = take_number(connection)
        asked = select(new_averages.c.id).where(
            new_averages.c.ended_seq.is_(None),
            *(
                new_averages.c[key] == getattr(new, key)
                for key in ("service", "provider", "measure", "month")
            ),
        )
        if connection.execute(asked).first():
            raise ValueError(
                f"Nothing was saved: a new average begins in {write_month(new.month)} already. Take that one back first."
            )
        _write_down(connection, seq, new, SAID, reason, by)
        row = connection.execute(
            insert(new_averages).values(
                seq=seq,
                service=new.service,
                provider=new.provider,
                measure=new.measure,
                month=new.month,
                reason=reason,
            )
        )
        (number,) = row.inserted_primary_key or (0,)
    return int(number)


def take_back_average(store: Store, number: int, *, by: Viewer) -> NewAverage:
    """End a new average from now on; the act stays, with who took it back and when. Gives the one taken back.

    Raises
    ------
    OutOfReach
        For whom may not change what the council has set.
    ValueError
        When it does not hold.
    """
    by.check(Duty.SETTINGS)
    with writing(store, by) as connection:
        seq = take_number(connection)
        held = new_averages.c
        row = connection.execute(
            select(new_averages).where(held.id == number, held.ended_seq.is_(None))
        ).first()
        if row is None:
            raise ValueError(
                f"Nothing was taken back: there is no new average {number}, or it was taken back."
            )
        new = NewAverage(row.service, row.measure, row.month, row.reason, row.provider, row.id)
        _write_down(connection, seq, new, TAKEN_BACK, row.reason, by)
        connection.execute(update(new_averages).where(held.id == number).values(ended_seq=seq))
    return new


def read_new_averages(
    store: Store, viewer: Viewer, *, service: str, measure: str, provider: str = ""
) -> tuple[NewAverage, ...]:
    """The new averages that hold, in order of their months: of all providers' series, or of one provider's.

    An average of all says nothing of one provider alone, so that each series has its own.
    """
    held = new_averages.c
    with reading(store, viewer) as connection:
        asked = (
            select(new_averages, ledger.c.who, ledger.c.at)
            .join(ledger, ledger.c.seq == held.seq, isouter=True)
            .where(
                held.service == service,
                held.measure == measure,
                held.provider == provider,
                held.ended_seq.is_(None),
            )
            .order_by(held.month)
        )
        rows = list(connection.execute(asked))
    may = viewer.may(Duty.SETTINGS)
    return tuple(
        NewAverage(
            row.service,
            row.measure,
            row.month,
            row.reason,
            row.provider,
            row.id,
            (row.who or "") if may else "",
            row.at if may else None,
        )
        for row in rows
    )


def _checked(reason: str, what: str) -> str:
    said = " ".join(reason.split())
    if not said:
        raise ValueError(f"Nothing was saved: say {what}, in a few words without names.")
    if len(said) > MOST_OF_A_REASON:
        raise ValueError(
            f"Nothing was saved: {what} has more than {MOST_OF_A_REASON} letters. Say it shorter."
        )
    if kind := value_kind(said, dates=False):
        raise ValueError(
            f"Nothing was saved: {what} looks as if it holds {kind.rstrip(',')}. Say it without."
        )
    return said


def _write_down(
    connection: Connection, seq: int, new: NewAverage, kind: str, reason: str, by: Viewer
) -> None:
    subject = f"new average:{new.service}"
    record_act(connection, seq, who=by.signature, kind=kind, subject=subject, note=reason)
    note_in(
        connection,
        by,
        Act.CHANGED_SETTINGS,
        service=new.service,
        provider=new.provider,
        subject=f"act {seq}",
        detail=f"{kind} of {new.measure}, {write_month(new.month)}",
    )

"""Refusing a save: when it would make the record wrong, or when what its preview rests on was changed meanwhile."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, select

from data_access.kept import read_kept
from data_access.scope import SETTINGS_CHANGED
from data_access.tables import ledger
from domain.access import THE_DASHBOARD
from domain.returns import COUNCIL, Return

_AGAIN = "so nothing was saved. Check the file again to see what it would change now."


class Refused(ValueError):
    """A change that would make the record wrong; the message says what to do instead."""


class Moved(Refused):
    """Somebody changed what the preview rests on after it was made; nothing was saved.

    Parameters
    ----------
    return_ids : the versions that were saved or withdrawn since, in the order of their acts; none where Settings changed.
    seq : the number of the latest of those acts. who, at : who did it and when.
    """

    def __init__(
        self,
        said: str,
        *,
        return_ids: tuple[str, ...] = (),
        seq: int = 0,
        who: str = "",
        at: datetime | None = None,
    ) -> None:
        super().__init__(said)
        self.return_ids, self.seq, self.who, self.at = return_ids, seq, who, at


def check_unmoved(connection: Connection, new: Return, expected: int | None) -> None:
    """Refuse when anything that the preview of a return was worked out from was changed after `expected`.

    That is every return of its provider, whatever the period, since a case's latest row counts; the council's supplement, which is
    read with the cases; for the supplement itself the returns of all providers; and Settings, which hold the targets.

    Raises
    ------
    Moved
        When there was such a change.
    """
    if expected is None:
        return
    later = connection.execute(select(ledger).where(ledger.c.seq > expected).order_by(ledger.c.seq)).all()
    concerned = [act for act in later if _concerns(act, new)]
    if not concerned:
        return
    last = concerned[-1]
    if last.kind == SETTINGS_CHANGED:
        what = "Settings were"
    elif last.subject == new.key:
        what = "This return was"
    else:
        what = "What your file is compared with was"
    acts = {act.seq: place for place, act in enumerate(concerned)}
    found = [
        (acts[seq], kept.id)
        for kept in read_kept(connection, THE_DASHBOARD, service=new.service)
        for seq in (kept.seq, kept.withdrawn_seq)
        if seq in acts
    ]
    raise Moved(
        f"{what} changed by {last.who} after you checked your file, {_AGAIN}",
        return_ids=tuple(dict.fromkeys(identity for _, identity in sorted(found))),
        seq=last.seq,
        who=last.who,
        at=last.at,
    )


def _concerns(act: Row[tuple[object, ...]], new: Return) -> bool:
    if act.kind == SETTINGS_CHANGED:
        return True
    service, _, rest = str(act.subject).partition(":")
    sender = rest.partition(":")[0]
    return service == new.service and (new.provider == COUNCIL or sender in (new.provider, COUNCIL))

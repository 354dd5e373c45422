"""Saving, withdrawing and previewing a return: each in one transaction, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, insert, select

from data_access.acceptances import accepted_before
from data_access.audit import note_in
from data_access.in_force import mark
from data_access.kept import KeptReturn, current, read_kept
from data_access.known_cases import read_known_cases, read_known_rows, read_lengths
from data_access.ledger import record_act, take_number
from data_access.moved import Moved, Refused, check_unmoved
from data_access.return_rows import NOTHING_BESIDE, WithReturn, insert_beside, insert_rows
from data_access.settings import settings_in
from data_access.stores import Store, Undo, reading, writing
from data_access.tables import TABLE_OF, marks, returns, withdrawals
from domain.access import THE_DASHBOARD, Duty, Viewer
from domain.audit import Act
from domain.drafts import KnownReturns
from domain.personal_data import value_kind
from domain.returns import Return

Before = TypeVar("Before")
After = TypeVar("After")

__all__ = [
    "Moved",
    "Refused",
    "Saved",
    "known_returns",
    "list_returns",
    "previewed",
    "save_return",
    "withdraw_return",
]


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: `changed` is False when the same file was already current."""

    id: str
    version: int
    changed: bool


def list_returns(store: Store, viewer: Viewer, *, as_of: int | None = None) -> tuple[KeptReturn, ...]:
    """Every version of every return that the viewer may see, by provider, period and version."""
    with reading(store, viewer) as connection:
        return read_kept(connection, viewer, as_of=as_of)


def known_returns(store: Store, viewer: Viewer, today: date) -> KnownReturns:
    """What the checks of a new return need to know: which periods are already current, and what day it is."""
    viewer = viewer.within(Duty.RETURNS)
    with reading(store, viewer) as connection:
        found = read_kept(connection, viewer)
    periods = tuple((kept.service, kept.provider, kept.period) for kept in current(found))
    return KnownReturns(
        today,
        periods,
        partial(read_known_cases, store, viewer),
        partial(accepted_before, store, viewer),
        partial(read_known_rows, store, viewer),
        partial(read_lengths, store, viewer),
        in_totals=frozenset((k.service, k.provider, k.period) for k in current(found) if k.totals_n),
    )


def _refuse_personal(*texts: str) -> None:
    """Refuse words that would be kept with a return and look personal, whoever gives them."""
    kind = next((kind for text in texts if (kind := value_kind(text, dates=False))), "")
    if kind:
        raise Refused(
            f"The reason or the name of the sender looks as if it holds {kind}, and it would be kept. Take it out."
        )


def _check_place(connection: Connection, new: Return, found: Sequence[KeptReturn]) -> None:
    for kept in current(found):
        other = kept.period
        if other != new.period and other.overlaps(new.period) and not new.period.covers(other):
            raise Refused(
                f"A return for {other.label} is already current, and {new.period.label} overlaps it. "
                f"Withdraw the return for {other.label} first, or correct the period on the Cover sheet."
            )


def _enter(
    connection: Connection,
    new: Return,
    seq: int,
    *,
    user: str,
    reason: str,
    expected: int | None = None,
    with_it: WithReturn = NOTHING_BESIDE,
) -> Saved:
    """Do the whole save under a number taken first, inside a transaction that the caller opened and will keep or undo."""
    found = read_kept(connection, THE_DASHBOARD, service=new.service, provider=new.provider)
    check_unmoved(connection, new, expected)
    same = [kept for kept in found if kept.period == new.period]
    for kept in current(same):
        if kept.digest == new.digest and kept.mapping == with_it.mapping.to_text():
            return Saved(kept.id, kept.version, changed=False)
    _check_place(connection, new, found)
    version = max((kept.version for kept in same), default=0) + 1
    record_act(connection, seq, who=user, kind="return accepted", subject=new.key, note=reason)
    result = connection.execute(
        insert(returns).values(
            service=new.service, provider=new.provider, period_start=new.period.start, period_end=new.period.end, version=version,
            seq=seq, digest=new.digest, file_name=new.file_name, reason=reason, nil=new.nil,
            surveys_sent=new.surveys_sent, mapping=with_it.mapping.to_text(),
            **{f"{table.name}_n": len(new.rows(sheet)) for sheet, table in TABLE_OF.items()},
        )
    )  # fmt: skip
    (row,) = result.inserted_primary_key or (0,)  # both databases give the new row's number back
    insert_rows(connection, new, row)
    insert_beside(connection, row, with_it)
    mark(connection, new.service, new.provider)
    return Saved(f"{new.key}:{version}", version, changed=True)


def save_return(
    store: Store,
    new: Return,
    *,
    by: Viewer,
    expected: int | None = None,
    reason: str = "",
    example: bool = False,
    with_it: WithReturn = NOTHING_BESIDE,
) -> Saved:
    """Save a checked return as a new version of its key.

    Parameters
    ----------
    by : who saves it; signs the act.
    expected : the data version its preview was made on; None takes the return as it comes, as the command line does.
    reason : why its warnings were accepted, all of them for one reason.
    with_it : the warnings accepted one by one, how its columns were matched, and the file itself where originals are kept.
    example : whether the return is one of the examples; kept apart from real ones for good.

    Raises
    ------
    Moved
        When the same key, or a month that the return would replace, changed after `expected`.
    Refused
        When the period overlaps another return, or examples and real returns would meet.
    """
    by.check(Duty.RETURNS, new.service, new.provider, subject=new.key)
    _refuse_personal(by.title, reason, *(one.note for one in with_it.accepted))
    if with_it.original is not None and with_it.original.digest != new.digest:
        raise Refused("The file that would be kept is not the one that was checked.")
    saved = Saved("", 0, changed=False)
    with suppress(Undo), writing(store, by) as connection:
        if with_it.original is not None and not settings_in(connection).keep_originals:
            raise Refused("The council no longer keeps the files of returns. Check the file again.")
        saved = _enter(
            connection,
            new,
            take_number(connection),
            user=by.signature,
            reason=reason,
            expected=expected,
            with_it=with_it,
        )
        _keep_apart(connection, example)
        if not saved.changed:
            raise Undo
        note_in(
            connection,
            by,
            Act.UPLOADED,
            service=new.service,
            provider=new.provider,
            subject=saved.id,
            detail=new.file_name,
        )
    return saved


def _keep_apart(connection: Connection, example: bool) -> None:
    wanted = "examples" if example else "returns"
    held = connection.execute(select(marks.c.value).where(marks.c.name == "holds")).scalar_one_or_none()
    if held is None:
        connection.execute(insert(marks).values(name="holds", value=wanted))
    elif held != wanted:
        raise Refused(
            "This database holds the examples, so real returns are kept out of it. Use a database of your own."
            if held == "examples"
            else "This database holds real returns, so the examples are kept out of it."
        )


def withdraw_return(store: Store, return_id: str, *, by: Viewer, why: str) -> KeptReturn:
    """Take a return back; the version before it counts again. Nothing is deleted.

    Raises
    ------
    Refused
        When no such return exists, it does not count now, or no reason is given.
    """
    if not why.strip():
        raise Refused("Say why the return is withdrawn; the reason is kept with it.")
    _refuse_personal(by.title, why)
    service, provider, *_ = [*return_id.split(":"), "", ""]
    by.check(Duty.RETURNS, service, provider, subject=return_id)
    with writing(store, by) as connection:
        seq = take_number(connection)
        found = {kept.id: kept for kept in read_kept(connection, by)}
        kept = found.get(return_id)
        if kept is None:
            raise Refused(
                f"There is no return {return_id}. `python -m data_access returns` lists those there are."
            )
        if kept.state != "current":
            raise Refused(
                f"The return {return_id} is {kept.state}; only one that counts now can be withdrawn."
            )
        record_act(
            connection, seq, who=by.signature, kind="return withdrawn", subject=kept.key, note=why.strip()
        )
        connection.execute(insert(withdrawals).values(return_id=kept.row, seq=seq))
        mark(connection, kept.service, kept.provider)
        note_in(connection, by, Act.WITHDREW, service=kept.service, provider=kept.provider, subject=kept.id)
    return kept


def previewed(
    store: Store,
    new: Return,
    by: Viewer,
    before: Callable[[Connection, int], Before],
    after: Callable[[Connection, int, Saved], After],
    *,
    with_it: WithReturn = NOTHING_BESIDE,
) -> tuple[int, Before, After]:
    """What is found before and after the save, and the version it was found on; the database stays as it was.

    Parameters
    ----------
    by : who would save it. before, after : what looks at the database, given that version; `after` also what became of the save.
    """
    found: list[tuple[int, Before, After]] = []
    by.check(Duty.RETURNS, new.service, new.provider, subject=new.key)
    with suppress(Undo), writing(store, by) as connection:
        seq = take_number(connection)
        earlier = before(connection, seq - 1)
        saved = _enter(connection, new, seq, user="preview", reason="", with_it=with_it)
        found.append((seq - 1, earlier, after(connection, seq - 1, saved)))
        raise Undo
    return found[0]

"""Changing the settings by hand: what each change was, taking the last one back, and what returns rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Table, select

from data_access import tables
from data_access.audit import note_in
from data_access.kept import current, read_kept
from data_access.ledger import record_act, take_number
from data_access.scope import SETTINGS_CHANGED
from data_access.settings import put_settings, settings_in
from data_access.settings_rows import settings_of
from data_access.stores import Store, Undo, reading, writing
from domain.access import THE_DASHBOARD, Duty, Viewer
from domain.audit import Act
from domain.settings import Settings
from domain.settings_changes import changes_between
from domain.settings_edits import NotPossible, Used, refuse_losses

STARTED = "init"
"""Who brings in the targets that a database starts with; taking those back is not offered."""


@dataclass(frozen=True, slots=True)
class SettingsAct:
    """One change of the settings: when, by whom, why, and what it changed in words."""

    seq: int
    at: datetime
    who: str
    why: str
    changes: tuple[str, ...]


def read_settings_history(store: Store, viewer: Viewer) -> tuple[SettingsAct, ...]:
    """Every change of the settings, the latest first."""
    viewer.check(Duty.SETTINGS)
    with reading(store, viewer) as connection:
        rows = {table: _every_row(connection, table) for table in tables.SETTINGS_TABLES}
        acts = connection.execute(
            select(tables.ledger)
            .where(tables.ledger.c.kind == SETTINGS_CHANGED)
            .order_by(tables.ledger.c.seq)
        ).mappings()
        found, before = [], Settings()
        for act in acts:
            after = settings_of(_held_at(rows, act["seq"]))
            found.append(
                SettingsAct(act["seq"], act["at"], act["who"], act["note"], changes_between(before, after))
            )
            before = after
    return tuple(reversed(found))


def _every_row(connection: Connection, table: Table) -> Sequence[RowMapping]:
    return list(connection.execute(select(table).order_by(table.c.id)).mappings())


def _held_at(rows: Mapping[Table, Sequence[RowMapping]], seq: int) -> Mapping[Table, Sequence[RowMapping]]:
    return {
        table: [
            row for row in held if row["seq"] <= seq and (row["ended_seq"] is None or row["ended_seq"] > seq)
        ]
        for table, held in rows.items()
    }


def used_in(connection: Connection) -> Used:
    """What the current returns rest on."""
    kept = current(read_kept(connection, THE_DASHBOARD))
    areas = connection.execute(
        select(tables.cases.c.area).where(tables.cases.c.in_force.is_(True)).distinct()
    ).scalars()
    answers = tables.answers
    asked = connection.execute(
        select(answers.c.service, answers.c.question_code).where(answers.c.in_force.is_(True)).distinct()
    ).all()
    return Used(
        frozenset(areas),
        tuple((k.service, k.provider, k.period) for k in kept),
        frozenset((service, code) for service, code in asked),
    )


def check_losses(store: Store, viewer: Viewer, wanted: Settings) -> None:
    """Raise NotPossible when saved returns rest on what the wanted settings leave out."""
    viewer.check(Duty.SETTINGS)
    with reading(store, viewer) as connection:
        refuse_losses(settings_in(connection), wanted, used_in(connection))


def save_settings(store: Store, before: Settings, wanted: Settings, *, by: Viewer, why: str) -> bool:
    """Save settings as they were shown, in one act.

    Parameters
    ----------
    before : the settings that the person saw; when others have been saved meanwhile, nothing is.

    Returns
    -------
    bool
        False when nothing differs, in which case nothing is written.

    Raises
    ------
    NotPossible
        When saved returns rest on what would go, or the settings moved meanwhile.
    """
    changed = False
    by.check(Duty.SETTINGS)
    with suppress(Undo), writing(store, by) as connection:
        seq = take_number(connection)
        now = settings_in(connection)
        if now != before:
            raise NotPossible(
                "Somebody else has changed the settings meanwhile, so nothing was saved. Look at them, and make the change "
                "again."
            )
        refuse_losses(now, wanted, used_in(connection))
        record_act(connection, seq, who=by.signature, kind=SETTINGS_CHANGED, subject="settings", note=why)
        changed = put_settings(connection, now, wanted, seq)
        if not changed:
            raise Undo
        _note(connection, by, now, wanted, f"act {seq}")
    return changed


def take_back(store: Store, seq: int, *, by: Viewer) -> None:
    """Put the settings back to what they were before the last change, in an act of its own.

    Parameters
    ----------
    seq : the change that is meant.

    Raises
    ------
    NotPossible
        When it is no longer the last one, or saved returns rest on what it brought.
    """
    by.check(Duty.SETTINGS)
    with writing(store, by) as connection:
        number = take_number(connection)
        last = connection.execute(
            select(tables.ledger.c.seq, tables.ledger.c.who)
            .where(tables.ledger.c.kind == SETTINGS_CHANGED)
            .order_by(tables.ledger.c.seq.desc())
        ).first()
        if last is None or last.seq != seq or last.who == STARTED:
            raise NotPossible("The settings have changed again, so nothing was taken back.")
        now, former = settings_in(connection), settings_in(connection, as_of=seq - 1)
        refuse_losses(now, former, used_in(connection))
        note = "Took back the change before it"
        record_act(connection, number, who=by.signature, kind=SETTINGS_CHANGED, subject="settings", note=note)
        put_settings(connection, now, former, number)
        _note(connection, by, now, former, f"act {number}: took back act {seq}")


def _note(connection: Connection, by: Viewer, before: Settings, after: Settings, subject: str) -> None:
    """Keep in the audit who changed the settings, and the targets apart from the rest."""
    if before.targets != after.targets:
        note_in(connection, by, Act.CHANGED_TARGETS, subject=subject)
    if replace(before, targets=()) != replace(after, targets=()):
        note_in(connection, by, Act.CHANGED_SETTINGS, subject=subject)

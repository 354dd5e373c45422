"""The settings as kept: every row says from which act on it holds, and which act ended it, so that the past keeps its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, func, insert, or_, select, update

from data_access import tables
from data_access.ledger import record_act, snapshot_of, take_number
from data_access.memory import Memory
from data_access.scope import SETTINGS_CHANGED
from data_access.settings_rows import rows_of, settings_of
from data_access.stores import Store, Undo, reading, viewer_of, writing
from domain.access import THE_DASHBOARD, Duty, OutOfReach, Viewer
from domain.settings import OF_COUNCIL, Contract, Settings, Target

_memory: Memory[Settings] = Memory(100)
"""Settings by what their snapshots share, and the earlier moment that was asked for."""


def read_settings(store: Store, viewer: Viewer, *, as_of: int | None = None) -> Settings:
    """What the council has set, now or as of an earlier moment: of providers and prices only what somebody may see."""
    with reading(store, viewer) as connection:
        return settings_in(connection, as_of=as_of)


def read_places(store: Store, viewer: Viewer) -> Settings:
    """The providers, their services and the areas, for whoever decides about roles or reads the audit: no target and no price."""
    if not {Duty.PEOPLE, Duty.AUDIT} & viewer.duties:
        raise OutOfReach(Duty.PEOPLE)
    found = read_settings(store, THE_DASHBOARD)
    bare = tuple(replace(one, fixed_price=None, price_per_extra=None) for one in found.contracts)
    return replace(found, contracts=bare, targets=(), questions=())


def settings_in(connection: Connection, *, as_of: int | None = None) -> Settings:
    """The same, inside a transaction that is already open."""
    snapshot = snapshot_of(connection)
    if snapshot is None:
        return _settings_in(connection, as_of)
    held = _memory.get((*snapshot, as_of))
    if held is None:
        held = _settings_in(connection, as_of)
        _memory.put((*snapshot, as_of), held)
    return held


def _settings_in(connection: Connection, as_of: int | None) -> Settings:
    found = settings_of({table: rows_in(connection, table, as_of) for table in tables.SETTINGS_TABLES})
    viewer = viewer_of(connection)
    priced = tuple(_priced(contract, viewer) for contract in found.contracts)
    return replace(found, contracts=priced, reach=viewer.reach)


def _priced(contract: Contract, viewer: Viewer) -> Contract:
    """The contract without its prices where somebody may not see them: no rule of the database can hide a column."""
    if viewer.may(Duty.PRICES, contract.service, contract.provider):
        return contract
    return replace(contract, fixed_price=None, price_per_extra=None)


NOT_IN_A_WORKBOOK = ("logo",)
"""What is set of the council and stands in no cell."""


def rows_in(connection: Connection, table: Table, as_of: int | None) -> list[RowMapping]:
    """The rows of one settings table that hold now, or that held at an earlier moment.

    What has a key keeps the place in which it first came: a provider with another name keeps its colour.
    """
    query = select(table)
    if as_of is None:
        query = query.where(table.c.ended_seq.is_(None))
    else:
        query = query.where(table.c.seq <= as_of, or_(table.c.ended_seq.is_(None), table.c.ended_seq > as_of))
    if "key" in table.c:
        first = select(table.c.key, func.min(table.c.id).label("place")).group_by(table.c.key).subquery()
        query = query.join(first, first.c.key == table.c.key).order_by(first.c.place, table.c.id)
    return list(connection.execute(query.order_by(table.c.id)).mappings())


def with_rest_kept(wanted: Settings, now: Settings, lacks: Sequence[str] = ()) -> Settings:
    """Give the settings that a workbook wants, with what it does not speak of as it is now.

    A workbook without a target or a question ends none: a target is ended in its row, by its last day.

    Parameters
    ----------
    lacks : attributes of contracts, targets or the council that the workbook has no column for.
    """
    contracts = {(c.service, c.provider, c.start): c for c in now.contracts}
    targets = {(t.kpi, t.provider, t.since): t for t in now.targets}
    return replace(
        wanted,
        contracts=tuple(
            replace(c, **_lacked(contracts.get((c.service, c.provider, c.start)), lacks))
            for c in wanted.contracts
        ),
        targets=tuple(
            replace(t, **_lacked(targets.get((t.kpi, t.provider, t.since)), lacks)) for t in wanted.targets
        )
        or now.targets,
        questions=wanted.questions or now.questions,
        **{name: getattr(now, name) for name in OF_COUNCIL if name in (*lacks, *NOT_IN_A_WORKBOOK)},
    )


def _lacked(held: Contract | Target | None, lacks: Sequence[str]) -> dict[str, Any]:
    """What is held of the attributes that a workbook has no column for; nothing of what is new in it."""
    return {} if held is None else {f.name: getattr(held, f.name) for f in fields(held) if f.name in lacks}


def change_settings(
    store: Store,
    change: Callable[[Settings], Settings],
    *,
    by: Viewer,
    subject: str = "settings",
    note: str = "",
) -> bool:
    """Replace the settings by what `change` makes of the current ones, in one act. Rows that stay the same are left alone.

    Parameters
    ----------
    by : who changes them; signs the act. note : why, in a sentence; kept with the act.

    Returns
    -------
    bool
        False when nothing differs, in which case nothing is written.
    """
    by.check(Duty.SETTINGS)
    changed = False
    with suppress(Undo), writing(store, by) as connection:
        seq = take_number(connection)
        now = settings_in(connection)
        record_act(connection, seq, who=by.signature, kind=SETTINGS_CHANGED, subject=subject, note=note)
        changed = put_settings(connection, now, change(now), seq)
        if not changed:
            raise Undo
    return changed


def put_settings(connection: Connection, now: Settings, wanted: Settings, seq: int) -> bool:
    """End the rows that are no longer wanted and begin those that are new, under one act; whether any differs."""
    held, new = rows_of(now), rows_of(wanted)
    changed = False
    for table in tables.SETTINGS_TABLES:
        ended = [row for row in held[table] if row not in new[table]]
        begun = [row for row in new[table] if row not in held[table]]
        for row in ended:
            same = [table.c.ended_seq.is_(None), *(_is(table, name, value) for name, value in row.items())]
            connection.execute(update(table).where(*same).values(ended_seq=seq))
        if begun:
            connection.execute(insert(table), [{**row, "seq": seq} for row in begun])
        changed = changed or bool(ended or begun)
    return changed


def _is(table: Table, name: str, value: object) -> Any:
    return table.c[name].is_(None) if value is None else table.c[name] == value

"""The settings as kept: every row says from which act on it holds, and which act ended it, so that the past keeps its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, insert, or_, select, update

from data_access import tables
from data_access.ledger import record_act, take_number
from data_access.stores import Store, Undo, reading, writing
from domain.periods import Period, PeriodKind
from domain.settings import Area, Contract, Provider, Settings, Target


def read_settings(store: Store, *, as_of: int | None = None) -> Settings:
    """Everything the council has set, now or as of an earlier moment."""
    with reading(store) as connection:
        return settings_in(connection, as_of=as_of)


def settings_in(connection: Connection, *, as_of: int | None = None) -> Settings:
    """The same, inside a transaction that is already open."""
    councils = _rows(connection, tables.councils, as_of)
    return Settings(
        council=councils[-1]["label"] if councils else "",
        providers=tuple(_provider(row) for row in _rows(connection, tables.providers, as_of)),
        areas=tuple(
            sorted((_area(row) for row in _rows(connection, tables.areas, as_of)), key=lambda a: a.order)
        ),
        contracts=tuple(_contract(row) for row in _rows(connection, tables.contracts, as_of)),
        targets=tuple(_target(row) for row in _rows(connection, tables.targets, as_of)),
    )


def _rows(connection: Connection, table: Table, as_of: int | None) -> list[RowMapping]:
    query = select(table).order_by(table.c.id)
    if as_of is None:
        query = query.where(table.c.ended_seq.is_(None))
    else:
        query = query.where(table.c.seq <= as_of, or_(table.c.ended_seq.is_(None), table.c.ended_seq > as_of))
    return list(connection.execute(query).mappings())


def _provider(row: RowMapping) -> Provider:
    return Provider(row["key"], row["label"], row["example"])


def _area(row: RowMapping) -> Area:
    aliases = tuple(alias for alias in row["aliases"].split("|") if alias)
    return Area(
        row["key"],
        row["label"],
        row["kind"],
        row["position"],
        aliases,
        row["valid_from"],
        row["valid_to"],
        row["successor"],
    )


def _contract(row: RowMapping) -> Contract:
    reporting = tuple(
        (date.fromisoformat(since), PeriodKind(kind)) for since, kind in json.loads(row["reporting"])
    )
    return Contract(
        row["key"],
        row["service"],
        row["provider"],
        row["start_on"],
        row["end_on"],
        reporting,
        row["due_days"],
        row["example"],
    )


def _target(row: RowMapping) -> Target:
    return Target(
        kpi=row["kpi"], service=row["service"], operator=row["operator"], value=Decimal(row["value"]),
        tolerance=None if row["tolerance"] is None else Decimal(row["tolerance"]), since=row["since"], until=row["until"],
        provider=row["provider"], profile=Period.parse(row["profile"]) if row["profile"] else None, example=row["example"],
        clause=row["clause"], note=row["note"],
    )  # fmt: skip


def _written(number: Decimal) -> str:
    """A number the same way however it was typed, so that 0.8 for 0.80 is no change."""
    return f"{number.normalize():f}"


def with_targets_kept(wanted: Settings, now: Settings) -> Settings:
    """Give the wanted settings with the targets there are now where the workbook names none: an empty sheet ends nothing."""
    return replace(wanted, targets=wanted.targets or now.targets)


def _as_rows(settings: Settings) -> Mapping[Table, list[dict[str, Any]]]:
    return {
        tables.councils: [{"label": settings.council}] if settings.council else [],
        tables.providers: [{"key": p.key, "label": p.label, "example": p.example} for p in settings.providers],
        tables.areas: [
            {"key": a.key, "label": a.label, "kind": a.kind, "position": a.order, "aliases": "|".join(a.aliases),
             "valid_from": a.valid_from, "valid_to": a.valid_to, "successor": a.successor}
            for a in settings.areas
        ],
        tables.contracts: [
            {"key": c.key, "service": c.service, "provider": c.provider, "start_on": c.start, "end_on": c.end,
             "reporting": json.dumps([[since.isoformat(), str(kind)] for since, kind in c.reporting]),
             "due_days": c.due_days, "example": c.example}
            for c in settings.contracts
        ],
        tables.targets: [
            {"kpi": t.kpi, "service": t.service, "provider": t.provider, "operator": t.operator, "value": _written(t.value),
             "tolerance": None if t.tolerance is None else _written(t.tolerance), "since": t.since, "until": t.until,
             "profile": t.profile.key if t.profile else "", "example": t.example, "clause": t.clause, "note": t.note}
            for t in settings.targets
        ],
    }  # fmt: skip


def change_settings(
    store: Store, change: Callable[[Settings], Settings], *, user: str, subject: str = "settings"
) -> bool:
    """Replace the settings by what `change` makes of the current ones, in one act. Rows that stay the same are left alone.

    Returns
    -------
    bool
        False when nothing differs, in which case nothing is written.
    """
    changed = False
    with suppress(Undo), writing(store) as connection:
        seq = take_number(connection)
        now = _as_rows(settings_in(connection))
        wanted = _as_rows(change(settings_in(connection)))
        record_act(connection, seq, who=user, kind="settings changed", subject=subject)
        for table in tables.SETTINGS_TABLES:
            ended = [row for row in now[table] if row not in wanted[table]]
            begun = [row for row in wanted[table] if row not in now[table]]
            for row in ended:
                same = [
                    table.c.ended_seq.is_(None),
                    *(_is(table, name, value) for name, value in row.items()),
                ]
                connection.execute(update(table).where(*same).values(ended_seq=seq))
            if begun:
                connection.execute(insert(table), [{**row, "seq": seq} for row in begun])
            changed = changed or bool(ended or begun)
        if not changed:
            raise Undo
    return changed


def _is(table: Table, name: str, value: object) -> Any:
    return table.c[name].is_(None) if value is None else table.c[name] == value

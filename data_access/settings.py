"""The settings as kept: every row says from which act on it holds, and which act ended it, so that the past keeps its own."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, func, insert, or_, select, update

from data_access import tables
from data_access.ledger import record_act, take_number
from data_access.scope import SETTINGS_CHANGED
from data_access.stores import Store, Undo, reading, viewer_of, writing
from domain.access import THE_DASHBOARD, Duty, OutOfReach, Viewer
from domain.periods import Period, PeriodKind
from domain.settings import OF_COUNCIL, Area, Contract, Provider, Settings, SurveyQuestion, Target


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


def settings_of(rows: Mapping[Table, Sequence[RowMapping]]) -> Settings:
    """The settings that the rows of one moment make."""
    councils = rows[tables.councils]
    return Settings(
        council=councils[-1]["label"] if councils else "",
        providers=tuple(_provider(row) for row in rows[tables.providers]),
        areas=tuple(sorted((_area(row) for row in rows[tables.areas]), key=lambda a: a.order)),
        contracts=tuple(_contract(row) for row in rows[tables.contracts]),
        targets=tuple(_target(row) for row in rows[tables.targets]),
        questions=tuple(
            sorted((_question(row) for row in rows[tables.survey_questions]), key=lambda q: q.order)
        ),
        **(_of_council(councils[-1]) if councils else {}),
    )


def _of_council(row: RowMapping) -> dict[str, Any]:
    return {name: row[name] for name in OF_COUNCIL} | {
        "exceptions_cap": Decimal(row["exceptions_cap"]),
        "logo": b64decode(row["logo"]),
    }


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
        tuple(json.loads(row["areas"] or "[]")),
        row["included_cases"],
        _number(row["fixed_price"]),
        _number(row["price_per_extra"]),
        row["clock_start"],
        tuple(json.loads(row["counted_exceptions"] or "[]")),
        row["case_report_days"],
        row["delivery_model"],
    )


def _target(row: RowMapping) -> Target:
    return Target(
        kpi=row["kpi"], service=row["service"], operator=row["operator"], value=Decimal(row["value"]),
        tolerance=_number(row["tolerance"]), since=row["since"], until=row["until"],
        provider=row["provider"], profile=Period.parse(row["profile"]) if row["profile"] else None, example=row["example"],
        clause=row["clause"], note=row["note"],
        judged_on=row["judged_on"], variation=row["variation"],
    )  # fmt: skip


def _question(row: RowMapping) -> SurveyQuestion:
    return SurveyQuestion(
        row["service"],
        row["code"],
        row["label"],
        row["scale"],
        row["position"],
        row["provider"],
        row["since"],
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _written(number: Decimal | None) -> str | None:
    """A number the same way however it was typed, so that 0.8 for 0.80 is no change."""
    return None if number is None else f"{number.normalize():f}"


def _listed(keys: Sequence[str]) -> str:
    return json.dumps(list(keys)) if keys else ""


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


def _as_rows(settings: Settings) -> Mapping[Table, list[dict[str, Any]]]:
    return {
        tables.councils: [
            {"label": settings.council, "keep_originals": settings.keep_originals,
             "exceptions_cap": _written(settings.exceptions_cap),
             "small_number": settings.small_number, "rounding": settings.rounding,
             "colour": settings.colour, "logo": b64encode(settings.logo).decode()}
        ]
        if settings.council or settings.council_set
        else [],
        tables.providers: [{"key": p.key, "label": p.label, "example": p.example} for p in settings.providers],
        tables.areas: [
            {"key": a.key, "label": a.label, "kind": a.kind, "position": a.order, "aliases": "|".join(a.aliases),
             "valid_from": a.valid_from, "valid_to": a.valid_to, "successor": a.successor}
            for a in settings.areas
        ],
        tables.contracts: [
            {"key": c.key, "service": c.service, "provider": c.provider, "start_on": c.start, "end_on": c.end,
             "reporting": json.dumps([[since.isoformat(), str(kind)] for since, kind in c.reporting]),
             "due_days": c.due_days, "example": c.example, "areas": _listed(c.areas), "included_cases": c.included_cases,
             "fixed_price": _written(c.fixed_price), "price_per_extra": _written(c.price_per_extra),
             "clock_start": c.clock_start, "counted_exceptions": _listed(c.counted_exceptions),
             "case_report_days": c.case_report_days, "delivery_model": c.delivery_model}
            for c in settings.contracts
        ],
        tables.targets: [
            {"kpi": t.kpi, "service": t.service, "provider": t.provider, "operator": t.operator, "value": _written(t.value),
             "tolerance": _written(t.tolerance), "since": t.since, "until": t.until,
             "profile": t.profile.key if t.profile else "", "example": t.example, "clause": t.clause, "note": t.note,
             "judged_on": t.judged_on, "variation": t.variation}
            for t in settings.targets
        ],
        tables.survey_questions: [
            {"service": q.service, "provider": q.provider, "code": q.code, "label": q.label, "scale": q.scale,
             "position": q.order, "since": q.since}
            for q in settings.questions
        ],
    }  # fmt: skip


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
    held, new = _as_rows(now), _as_rows(wanted)
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

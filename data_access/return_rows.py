"""Writing the rows of one return, and what is kept beside them. Opens no transaction of its own."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from data_access.originals import Original
from data_access.tables import TABLE_OF, accepted_warnings, case_codes, cases, originals
from domain.accepted import AcceptedWarning
from domain.derived import derive_case, derive_row
from domain.fields import CASES, Kind, Sheet, fields_of
from domain.mapping import Mapping
from domain.returns import Record, Return

_SEVERAL = tuple(f.key for f in CASES if f.kind is Kind.CODES)


@dataclass(frozen=True, slots=True)
class WithReturn:
    """What is kept beside the rows of a return; nothing of it moves a figure."""

    accepted: tuple[AcceptedWarning, ...] = ()
    mapping: Mapping = Mapping()  # noqa: RUF009 - it cannot change
    original: Original | None = None


NOTHING_BESIDE = WithReturn()


def insert_rows(connection: Connection, new: Return, row: int) -> None:
    """Write every row of a return under its number."""
    place = {
        "return_id": row,
        "service": new.service,
        "provider": new.provider,
        "period_end": new.period.end,
        "in_force": False,
    }
    _insert_cases(connection, new, place)
    for sheet, table in TABLE_OF.items():
        records = new.rows(sheet)
        if sheet is Sheet.CASES or not records:
            continue
        fields = [f.key for f in fields_of(sheet)]
        connection.execute(
            insert(table),
            [
                place | {key: record.get(key) for key in fields} | derive_row(sheet, record)
                for record in records
            ],
        )


def _insert_cases(connection: Connection, new: Return, place: AnyMapping[str, object]) -> None:
    if not new.cases:
        return
    derived = [derive_case(new.service, record) for record in new.cases]
    # Most columns belong to other services or are blank throughout; a blank one is left to the database.
    said = {key for record in new.cases for key, value in record.items() if value is not None}
    known = {key for one in derived for key, value in one.items() if value is not None}
    single = [f.key for f in CASES if f.key in said and f.key not in _SEVERAL]
    several = [key for key in _SEVERAL if key in said]
    rows = [
        dict(place)
        | {key: record.get(key) for key in single}
        | {key: ";".join(_several(record, key)) or None for key in several}
        | {key: one[key] for key in known}
        for record, one in zip(new.cases, derived, strict=True)
    ]
    connection.execute(insert(cases), rows)
    here = cases.c.return_id == place["return_id"]
    numbers = dict(connection.execute(select(cases.c.case_ref, cases.c.row_id).where(here)).all())
    codes = [
        {"case_row": numbers[record["case_ref"]], "field": key, "code": code}
        for record in new.cases
        for key in _SEVERAL
        for code in dict.fromkeys(_several(record, key))
    ]
    if codes:
        connection.execute(insert(case_codes), codes)


def insert_beside(connection: Connection, row: int, with_it: WithReturn) -> None:
    """Write what is kept beside the rows."""
    if with_it.accepted:
        connection.execute(
            insert(accepted_warnings),
            [
                {"return_id": row, "rule": one.rule, "check_id": one.check, "said": one.said, "count": one.count,
                 "reason": one.reason, "note": one.note, "fields": ";".join(one.fields)}
                for one in with_it.accepted
            ],
        )  # fmt: skip
    if with_it.original is not None:
        connection.execute(insert(originals).values(return_id=row, content=with_it.original.content))


def _several(record: Record, key: str) -> tuple[str, ...]:
    codes = record.get(key)
    return codes if isinstance(codes, tuple) else ()

"""Counting rows that may be wrong, and listing them for who may see single cases; the same statements for both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy import Table as SqlTable

from data_access import scans
from data_access.in_force import rows_now
from data_access.stores import Store, reading
from data_access.tables import TABLE_OF, cases, withdrawals
from domain.access import Duty, Viewer
from domain.cells import write_day
from domain.checks.length_rules import YEAR
from domain.columns import column_codes
from domain.data_quality_faults import (
    DATED_SHEETS,
    IN_CASE,
    MOVED,
    NAMING_CASES,
    DateFault,
    FaultyRow,
    Moved,
    Problem,
    Unmatched,
    faults_of,
    in_order,
    pairs_of,
    past_dates,
)
from domain.derived import MONTHS_OF
from domain.fields import KEY_OF, Sheet, fields_of
from domain.selection import Selection

Condition = ColumnElement[Any]


def count_unmatched(store: Store, viewer: Viewer, selection: Selection) -> tuple[Unmatched, ...]:
    """How many rows name a case that does not count, by sheet and provider: one statement.

    A row without its case is in no area, so that areas chosen do not narrow it.
    """
    viewer.check_asked(selection.service, selection.providers)
    parts = []
    for sheet in _naming(selection.service):
        rows, held, table, where = _beside(sheet, selection)
        named = rows.c.case_ref.is_not(None)
        parts.append(
            select(
                literal(str(sheet)),
                rows.c.provider,
                func.count(),
                scans.summed(rows.c.case_ref.is_(None)),
                scans.summed(and_(named, held.c.row_id.is_(None))),
            )
            .select_from(table)
            .where(*where)
            .group_by(rows.c.provider)
        )
    with reading(store, viewer) as connection:
        found = connection.execute(union_all(*parts)).all()
    order = {str(sheet): place for place, sheet in enumerate(NAMING_CASES)}
    listed = [Unmatched(Sheet(sheet), provider, *map(int, numbers)) for sheet, provider, *numbers in found]
    return tuple(sorted(listed, key=lambda one: (order[one.sheet], one.provider)))


def list_unmatched(store: Store, viewer: Viewer, selection: Selection) -> tuple[FaultyRow, ...]:
    """The same rows, each by its references, of the providers whose single cases the viewer may see."""
    found = []
    with reading(store, viewer.within(Duty.CASES)) as connection:
        for sheet in _naming(selection.service):
            rows, held, _, where = _beside(sheet, selection)
            own = rows.c[KEY_OF[sheet][0]]
            # Not a join: without any such row, SQLite would look through all cases for each of them.
            there = exists(select(literal(1)).select_from(held).where(_same_case(rows, held)))
            wrong = (*where, rows.c.case_ref.is_not(None), not_(there))
            query = select(rows.c.provider, rows.c.case_ref, own).distinct().where(*wrong)
            found += [
                FaultyRow(provider, sheet, ref, mine, "No case has this reference", "")
                for provider, ref, mine in connection.execute(query)
            ]
    return in_order(found)


def count_date_faults(
    store: Store, viewer: Viewer, selection: Selection
) -> Mapping[tuple[DateFault, str], int]:
    """How many rows have which fault in their dates, by fault and provider: one statement a sheet that has rows of the service."""
    viewer.check_asked(selection.service, selection.providers)
    with reading(store, viewer) as connection:
        return Counter((fault, row["provider"]) for _, row, fault, _ in _date_faults(connection, selection))


def list_date_faults(store: Store, viewer: Viewer, selection: Selection) -> tuple[FaultyRow, ...]:
    """The same rows, each by its references, of the providers whose single cases the viewer may see."""
    with reading(store, viewer.within(Duty.CASES)) as connection:
        return in_order(
            FaultyRow(
                row["provider"],
                sheet,
                row["case_ref"] or "",
                "" if sheet is Sheet.CASES else row[KEY_OF[sheet][0]],
                fault.label,
                days,
            )
            for sheet, row, fault, days in _date_faults(connection, selection)
        )


def _date_faults(
    connection: Connection, selection: Selection
) -> Iterator[tuple[Sheet, Mapping[Any, Any], DateFault, str]]:
    """The database finds the rows in which anything may be wrong; what it is, the checks' own rules say."""
    for sheet in DATED_SHEETS:
        if not fields_of(sheet, selection.service):
            continue
        rows, held, table, where = _beside(sheet, selection)
        ordered = chain.from_iterable(pairs_of(sheet, selection.service))
        keys = dict.fromkeys((*KEY_OF[sheet], *past_dates(sheet, selection.service), *ordered))
        more = [rows.c[name] for name in ("provider", "case_ref", "period_end") if name not in keys]
        if sheet is Sheet.CASES:
            kind = ["certificate_type"] if "certificate_type" in rows.c else []
            more += [rows.c[name] for name in kind]
        else:
            more += [held.c.referral_date, held.c.outcome_date]
            where = [*where, *_in_areas(held, selection)]
        query = select(*(rows.c[key] for key in keys), *more).select_from(table)
        for row in connection.execute(query.where(*where, _suspect(sheet, selection, rows, held))).mappings():
            for fault, days in faults_of(sheet, selection.service, dict(row)):
                yield sheet, row, fault, days


def _suspect(sheet: Sheet, selection: Selection, rows: FromClause, held: FromClause) -> Condition:
    """Whether anything may be wrong with the dates of a row; more rows than are wrong, and never fewer."""
    service = selection.service
    found = [rows.c[then] < rows.c[first] for first, then in pairs_of(sheet, service)]
    found += [rows.c[key] > rows.c.period_end for key in past_dates(sheet, service)]
    if sheet is Sheet.CASES:
        found += [rows.c.days_to_outcome > YEAR, rows.c.days_to_outcome == 0]
    elif IN_CASE in rows.c:
        found += [rows.c[IN_CASE] < held.c.referral_date, rows.c[IN_CASE] > held.c.outcome_date]
    return or_(false(), *found)


def count_moved(store: Store, viewer: Viewer, selection: Selection) -> tuple[Moved, ...]:
    """How many cases vanished, opened again after they had ended, or changed their outcome, by provider: one statement."""
    viewer.check_asked(selection.service, selection.providers)
    now, _, table, where = _beside(Sheet.CASES, selection)
    earlier = cases.alias("earlier")

    def before(*more: Condition) -> Condition:
        return exists(select(literal(1)).where(*_earlier(now, earlier), *more))

    conditions = (
        now.c.vanished_on.is_not(None),
        and_(now.c.ended == "N", before()),
        and_(now.c.ended == "Y", before(earlier.c.outcome != now.c.outcome)),
    )
    query = (
        select(now.c.provider, func.count(), *map(scans.summed, conditions))
        .select_from(table)
        .where(*where)
        .group_by(now.c.provider)
        .order_by(now.c.provider)
    )
    with reading(store, viewer) as connection:
        found = connection.execute(query).all()
    return tuple(
        Moved(provider, int(number), dict(zip(MOVED, map(int, counts), strict=True)))
        for provider, number, *counts in found
    )


def list_moved(store: Store, viewer: Viewer, selection: Selection) -> Mapping[Problem, tuple[FaultyRow, ...]]:
    """The same cases, each by its reference, of the providers whose single cases the viewer may see."""
    now, _, table, where = _beside(Sheet.CASES, selection)
    earlier = cases.alias("earlier")
    other = or_(now.c.ended == "N", earlier.c.outcome != now.c.outcome)
    gone = select(now.c.provider, now.c.case_ref, now.c.vanished_on).select_from(table)
    changed = (
        select(now.c.provider, now.c.case_ref, now.c.ended, now.c.outcome, earlier.c.outcome.label("was"))
        .select_from(table.join(earlier, and_(*_earlier(now, earlier), other)))
        .order_by(earlier.c.period_end, earlier.c.row_id)
    )
    with reading(store, viewer.within(Duty.CASES)) as connection:
        vanished = connection.execute(gone.where(*where, now.c.vanished_on.is_not(None))).all()
        rows = connection.execute(changed.where(*where)).all()
    codes = column_codes("outcome", selection.service)
    latest: dict[tuple[str, str], Any] = {(row.provider, row.case_ref): row for row in rows}
    found: dict[Problem, list[FaultyRow]] = {problem: [] for problem in MOVED}
    for provider, ref, day in vanished:
        detail = f"No longer reported from {write_day(day)}"
        found[Problem.VANISHED].append(
            FaultyRow(provider, Sheet.CASES, ref, "", Problem.VANISHED.value, detail)
        )
    for (provider, ref), row in latest.items():
        problem = Problem.CHANGED if row.ended == "Y" else Problem.REOPENED
        outcome = codes.label(row.outcome) if row.outcome else "blank"
        detail = f"Was '{codes.label(row.was)}', is '{outcome}'"
        found[problem].append(FaultyRow(provider, Sheet.CASES, ref, "", problem.value, detail))
    return {problem: in_order(some) for problem, some in found.items()}


def _earlier(now: FromClause, earlier: FromClause) -> list[Condition]:
    """The same case as it stood, ended, in an earlier return or version that was not withdrawn."""
    out = select(withdrawals.c.return_id).where(withdrawals.c.return_id == earlier.c.return_id)
    return [
        *(earlier.c[key] == now.c[key] for key in ("service", "provider", "case_ref")),
        earlier.c.row_id != now.c.row_id,
        earlier.c.period_end <= now.c.period_end,
        earlier.c.ended == "Y",
        not_(exists(out)),
    ]


def _naming(service: str) -> Sequence[Sheet]:
    return [sheet for sheet in NAMING_CASES if fields_of(sheet, service)]


def _beside(sheet: Sheet, selection: Selection) -> tuple[FromClause, FromClause, FromClause, list[Condition]]:
    """The rows of a sheet that count and the cases that count, the two joined, and the conditions of what is chosen on the rows."""
    table: SqlTable = TABLE_OF[sheet]
    rows, held = rows_now(table), rows_now(cases)
    month = "referral_month" if sheet is Sheet.CASES else MONTHS_OF[sheet][1]
    where: list[Condition] = [rows.c.service == selection.service]
    if selection.providers:
        where.append(rows.c.provider.in_(selection.providers))
    undated = rows.c[month].is_(None)
    if selection.first is not None:
        where.append(or_(undated, rows.c[month] >= selection.first))
    if selection.last is not None:
        where.append(or_(undated, rows.c[month] <= selection.last))
    if sheet is Sheet.CASES:
        return rows, held, rows, [*where, *_in_areas(rows, selection)]
    return rows, held, rows.outerjoin(held, _same_case(rows, held)), where


def _same_case(rows: FromClause, held: FromClause) -> Condition:
    return and_(*(rows.c[key] == held.c[key] for key in ("service", "provider", "case_ref")))


def _in_areas(rows: FromClause, selection: Selection) -> list[Condition]:
    return [rows.c.area.in_(selection.areas)] if selection.areas else []

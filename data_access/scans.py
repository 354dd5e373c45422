"""Questions as SQL: one `SELECT groups, SUM(CASE …) … GROUP BY` over the rows that count, in a form that any SQL engine runs alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
)

from data_access.rows import Rows
from data_access.tables import case_codes
from domain.dimensions import BANDS, Dimension, dimension
from domain.fields import CASES, Kind
from domain.measures import Measure, Share
from domain.periods import months_between, time_key
from domain.selection import Selection
from domain.vocabulary import DONT_KNOW, rolled_up

Condition = ColumnElement[Any]


def month_column(rows: Rows, measure: Measure) -> ColumnElement[Any]:
    """The stored month that a measure goes by."""
    column: ColumnElement[Any] = getattr(rows.c, measure.month)
    return column


def is_several(key: Dimension) -> bool:
    """Whether one case may stand in several groups."""
    return key.field is not None and key.field.kind is Kind.CODES


def _where_field(rows: Rows, measure: Measure, key: str, codes: Sequence[str]) -> Condition:
    if is_whole(key):
        return getattr(rows.c, key).in_([int(code) for code in codes])  # type: ignore[no-any-return]
    wanted = dimension(key)
    if wanted.timed:
        months = {m for code in codes for m in _months_of(wanted.key, code)}
        return month_column(rows, measure).in_(sorted(months))
    if wanted.key in BANDS:
        value = getattr(rows.c, wanted.key.removesuffix("_band"))
        return or_(*(_in_band(value, wanted.key, code) for code in codes))
    if is_several(wanted):
        return or_(*(rows.c.has(wanted.key, code) for code in _with_children(wanted, codes)))
    column: ColumnElement[Any] = getattr(rows.c, wanted.key)
    return column.in_(_with_children(wanted, codes))


def _with_children(wanted: Dimension, codes: Sequence[str]) -> list[str]:
    """The answers, and those that belong to the groups among them."""
    if wanted.field is None or not wanted.field.coded:
        return list(codes)
    return [*codes, *(child for code in codes for child in wanted.field.code_list.children(code))]


def is_whole(key: str) -> bool:
    """Whether a column of the cases holds whole numbers, so that it can be limited to some but not grouped by."""
    return any(field.key == key and field.kind is Kind.WHOLE for field in CASES)


def _months_of(grouping: str, key: str) -> Iterable[int]:
    """The months of a month, quarter or year, found by its key."""
    year = int(key[:4])
    return (m for m in months_between(year * 100 + 1, (year + 1) * 100 + 12) if time_key(grouping, m) == key)


def _in_band(value: ColumnElement[Any], bands: str, key: str) -> Condition:
    lowest: int | None = None
    for band, _, highest in BANDS[bands]:
        if band == key:
            above = value.is_not(None) if lowest is None else value > lowest
            return above if highest is None else and_(above, value <= highest)
        lowest = highest
    return false()


def limits(rows: Rows, measure: Measure, selection: Selection, *, timed: bool = True) -> list[Condition]:
    """Every condition on the rows: the service and what the reader chose; the viewer's own scope is added by `scope`.

    Rows without a date pass a limit of months, because they are reported as missing there rather than dropped unseen.
    """
    c = rows.c
    found: list[Condition] = [c.service == selection.service, *rows.where]
    if selection.providers:
        found.append(c.provider.in_(selection.providers))
    if selection.areas:
        found.append(c.area.in_(selection.areas))
    found += [_where_field(rows, measure, key, codes) for key, codes in selection.wanted().items()]
    if timed and selection.timed:
        month = month_column(rows, measure)
        if selection.first is not None:
            found.append(or_(month.is_(None), month >= selection.first))
        if selection.last is not None:
            found.append(or_(month.is_(None), month <= selection.last))
    return found


def is_timed(by: Sequence[str], selection: Selection) -> bool:
    """Whether the date matters, so that rows without one are missing."""
    return selection.timed or any(dimension(key).timed for key in by)


def group_columns(
    rows: Rows, measure: Measure, by: Sequence[str], selection: Selection
) -> tuple[list[ColumnElement[Any]], FromClause]:
    """The grouping columns in order, then the month where the date matters, and the table joined for answers that are several."""
    table, columns = rows.table, []
    for key in by:
        wanted = dimension(key)
        if wanted.timed:
            columns.append(month_column(rows, measure))
        elif wanted.key in BANDS:
            columns.append(getattr(rows.c, wanted.key.removesuffix("_band")))
        elif is_several(wanted):
            codes = answers_of(wanted)
            table = table.outerjoin(codes, codes.c.case_row == rows.case_row)
            columns.append(codes.c.code)
        else:
            columns.append(getattr(rows.c, wanted.key))
    if is_timed(by, selection):
        columns.append(month_column(rows, measure))
    return columns, table


def answers_of(wanted: Dimension) -> FromClause:
    """Case and answer of a field with several, each answer once a case: two answers of one group are that group once."""
    listed = wanted.field.code_list if wanted.field else None
    groups = {c.key: g for c in listed.codes if (g := rolled_up(listed, c.key)) != c.key} if listed else {}
    code: ColumnElement[Any] = case_codes.c.code
    if groups:
        code = case(*((code == key, literal(group)) for key, group in groups.items()), else_=code)
    query = select(case_codes.c.case_row, code.label("code")).where(case_codes.c.field == wanted.key)
    return (query.distinct() if groups else query).subquery(f"codes_{wanted.key}")


def summed(condition: Condition | None) -> ColumnElement[Any]:
    """How many rows a condition holds for; nought, never nothing, for a group where it holds for none."""
    return func.count() if condition is None else func.sum(case((condition, 1), else_=0))


@dataclass(frozen=True, slots=True)
class Flags:
    """How one row counts, as conditions: `met` and `base` of None hold for every row, `missing` and `unsure` of None for no row."""

    met: Condition | None = None
    base: Condition | None = None
    missing: Condition | None = None
    unsure: Condition | None = None


def flags(rows: Rows, measure: Measure) -> Flags:
    """How a row counts in one measure; the numbers of a tally are sums of it, and the rows behind a number those for which it holds."""
    c = rows.c
    among = measure.among(c) if measure.among else None
    if not isinstance(measure, Share):
        return Flags(among, among)

    def within(condition: Condition) -> Condition:
        return condition if among is None else and_(among, condition)

    base: Condition = measure.base(c)
    missing = unsure = None
    if measure.asks:
        asked = getattr(c, measure.asks)
        nobody_knows = asked.in_((DONT_KNOW, *measure.unknown))
        base = and_(base, asked.is_not(None), ~nobody_knows)
        missing, unsure = within(asked.is_(None)), within(nobody_knows)
    return Flags(within(and_(base, measure.met(c))), within(base), missing, unsure)


def sums(rows: Rows, measure: Measure) -> tuple[ColumnElement[Any], ...]:
    """Met, base, missing and unsure of one measure, as sums over the rows of a group."""
    return sums_of(flags(rows, measure))


def sums_of(found: Flags) -> tuple[ColumnElement[Any], ...]:
    """The same of rows of which it is known how each counts."""
    return (
        summed(found.met),
        summed(found.base),
        *(literal(0) if one is None else summed(one) for one in (found.missing, found.unsure)),
    )


def each(found: Flags) -> tuple[ColumnElement[Any], ...]:
    """Met, base, missing and unsure of one row: what `sums_of` adds up."""
    numbered = [literal(1) if one is None else case((one, 1), else_=0) for one in (found.met, found.base)]
    numbered += [
        literal(0) if one is None else case((one, 1), else_=0) for one in (found.missing, found.unsure)
    ]
    return tuple(numbered)


def grouped(
    columns: Sequence[ColumnElement[Any]],
    table: FromClause,
    where: Sequence[Condition],
    values: Sequence[ColumnElement[Any]],
) -> Select[Any]:
    """The scan itself."""
    return select(*columns, *values).select_from(table).where(*where).group_by(*columns)

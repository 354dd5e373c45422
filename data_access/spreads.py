"""Spreads: how many cases have each whole value. Means, medians and bands all come from these rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import FromClause, Select, func, literal_column, null, select

from data_access import scans
from data_access.counted import Counted, value_counts, value_rows
from data_access.folding import Keys, finish, key_of
from data_access.questions import Moment, Question
from domain.dimensions import BANDS, band_of
from domain.measures import Spread
from domain.tally import TallyRow

Values = dict[Keys, dict[int, int]]
Beside = dict[Keys, list[int]]
"""Missing and unsure of each group."""


def _scan(
    moment: Moment, question: Question, asked: Spread, by: Sequence[str]
) -> tuple[bool, Sequence[tuple[Any, ...]]]:
    """Rows of: the groups, the month where the date matters, the answer that the value comes from, the value, and how many."""
    found = value_rows(moment, question, asked)
    rows, where = found.rows, found.where
    columns, table = scans.group_columns(rows, asked, by, question.selection)
    timed = scans.is_timed(by, question.selection)
    count = func.count()
    if not asked.per_case:
        value = getattr(rows.c, asked.value)
        answer = [getattr(rows.c, asked.asks)] if asked.asks else []
        query = select(*columns, *(answer or [null()]), value, count).select_from(table).where(*where)
        return timed, moment.connection.execute(query.group_by(*columns, *answer, value)).all()
    each = each_case(found, columns, table).subquery()
    groups = [each.c[f"g{i}"] for i in range(len(columns))]
    outer = select(*groups, null(), each.c.n, func.count(literal_column("1"))).group_by(*groups, each.c.n)
    return timed, moment.connection.execute(outer).all()


def each_case(found: Counted, columns: Sequence[Any], table: FromClause, *more: Any) -> Select[Any]:
    """A row for each case, with its groups as g0 and so on, and how many rows it has; `more` are columns that a case has one of."""
    named = [column.label(f"g{i}") for i, column in enumerate(columns)]
    query = select(*named, found.rows.case_row.label("case_row"), func.count().label("n"), *more)
    return query.select_from(table).where(*found.where).group_by(*columns, found.rows.case_row, *more)


def read_spread(
    moment: Moment, question: Question, asked: Spread, by: Sequence[str]
) -> tuple[Values, Beside]:
    """How many of each whole value in each group, and how many have none (or, where the date matters, no date)."""
    timed, scanned = _scan(moment, question, asked, by)
    values: Values = {}
    beside: Beside = {}
    for row in scanned:
        keys = tuple(key_of(key, value) for key, value in zip(by, row, strict=False))
        answer, value, number = row[-3], row[-2], int(row[-1])
        group, gone = values.setdefault(keys, {}), beside.setdefault(keys, [0, 0])
        match value_counts(answer, value, undated=timed and row[len(by)] is None):
            case "base":
                group[int(value)] = group.get(int(value), 0) + number
            case "missing":
                gone[0] += number
            case "unsure":
                gone[1] += number
    if not by:
        values.setdefault((), {})
    return values, beside


def spread_rows(
    moment: Moment, question: Question, asked: Spread, by: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[TallyRow, ...]]:
    """The rows of a spread: the groupings with the value (or its band) as the last one, and a row for each."""
    band = next((key for key in by if key in BANDS and key.removesuffix("_band") == asked.value), None)
    others = tuple(key for key in by if key not in (band, asked.key))
    values, beside = read_spread(moment, question, asked, others)
    found: dict[Keys, list[int]] = {}
    for keys, spread in values.items():
        base, gone = sum(spread.values()), beside.get(keys, [0, 0])
        if band is not None:
            for key, _, _ in BANDS[band]:
                found[(*keys, key)] = [0, base, *gone]
            for value, number in spread.items():
                found[(*keys, band_of(band, value))][0] += number
        else:
            for value, number in spread.items():
                found[(*keys, f"{value}")] = [number, base, *gone]
    groups = (*others, band or asked.key)
    return groups, finish(asked, groups, found, moment.settings, question.selection.service)

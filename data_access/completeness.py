"""How completely the columns are filled: one scan with two sums a column, and for activities how many have their case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import and_

from data_access import scans
from data_access.counted import Counted
from data_access.folding import Counts, Keys, fold
from data_access.questions import Moment, Question
from data_access.rows import Rows, rows_for
from domain.completeness import WantedColumn, row_keys, wanted_columns
from domain.completeness_kind import FIELD, MATCHED
from domain.measures import Completeness, Count, Table
from domain.selection import Selection

ACTIVITIES: Final = Count(
    key="activities",
    label="Activities",
    table=Table.ACTIVITIES,
    unit="activities",
    when="activity_date",
    services=("mentoring",),
    source="Quarterly return, sheet Activities",
)
"""Not a figure of its own."""


def completeness_counts(
    moment: Moment, question: Question, asked: Completeness, by: tuple[str, ...]
) -> dict[Keys, Counts]:
    """Filled and wanted by group, a row a column where that is asked for; all columns together are the sum of their cells."""
    place = by.index(FIELD) if FIELD in by else None
    others = tuple(key for key in by if key != FIELD)
    only = question.selection.wanted().get(FIELD)
    timed = scans.is_timed(others, question.selection)
    found: dict[Keys, Counts] = {}
    for name, scanned in _scanned(moment, question, asked, others):
        if only is not None and name not in only:
            continue
        for keys, counts in fold(others, scanned, timed=timed).items():
            whose = keys if place is None else (*keys[:place], name, *keys[place:])
            held = found.setdefault(whose, [0, 0, 0, 0])
            held[:] = [a + b for a, b in zip(held, counts, strict=True)]
    return found


def _scanned(
    moment: Moment, question: Question, asked: Completeness, others: Sequence[str]
) -> Iterable[tuple[str, list[tuple[Any, ...]]]]:
    """The rows of a scan for each column: the groups, the month where the date matters, filled, wanted, nought and nought."""
    service = question.selection.service
    columns = wanted_columns(service)
    rows = rows_for(moment, question, asked)
    where = scans.limits(rows, asked, _without_field(question))
    groups, table = scans.group_columns(rows, asked, others, question.selection)
    sums = []
    for column in columns:
        how = _column_flags(rows, column)
        sums += [scans.summed(how.met), scans.summed(how.base)]
    found = moment.connection.execute(scans.grouped(groups, table, where, sums)).all() if sums else []
    for number, column in enumerate(columns):
        at = len(groups) + 2 * number
        yield column.key, [(*row[: len(groups)], row[at], row[at + 1], 0, 0) for row in found]
    if MATCHED in row_keys(service):
        yield MATCHED, _matched(moment, question, others)


def _without_field(question: Question) -> Selection:
    chosen = question.selection
    return replace(chosen, where=tuple(pair for pair in chosen.where if pair[0] != FIELD))


def _matched(moment: Moment, question: Question, others: Sequence[str]) -> list[tuple[Any, ...]]:
    """The activities that count, and those of them whose case does; one without its case is in no area."""
    found = _activities(moment, question)
    groups, table = scans.group_columns(found.rows, ACTIVITIES, others, question.selection)
    query = scans.grouped(groups, table, found.where, scans.sums_of(found.flags))
    return [tuple(row) for row in moment.connection.execute(query)]


def _activities(moment: Moment, question: Question) -> Counted:
    rows = rows_for(moment, question, ACTIVITIES, unmatched=True)
    where = scans.limits(rows, ACTIVITIES, _without_field(question))
    return Counted(rows, where, question.selection, scans.Flags(met=rows.case_row.is_not(None)))


def _column_flags(rows: Rows, column: WantedColumn) -> scans.Flags:
    wanted = column.wanted(rows.c)
    return scans.Flags(and_(wanted, getattr(rows.c, column.key).is_not(None)), wanted)


def column_rows(moment: Moment, question: Question, asked: Completeness, name: str) -> Counted | None:
    """The rows of one column, or of the activities; None where the service has no such column."""
    if name == MATCHED:
        return _activities(moment, question)
    column = next((one for one in wanted_columns(question.selection.service) if one.key == name), None)
    if column is None:
        return None
    rows = rows_for(moment, question, asked)
    where = scans.limits(rows, asked, _without_field(question))
    return Counted(rows, where, question.selection, _column_flags(rows, column))

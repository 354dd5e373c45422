"""Which rows a figure counts: what a tally adds up, and what the list of the rows behind it names, is taken from here by both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from data_access import scans
from data_access.questions import Moment, Question
from data_access.rows import Rows, rows_for
from domain.measures import Measure, Split, Spread, Stock, Table
from domain.periods import month_end
from domain.selection import Selection
from domain.vocabulary import DONT_KNOW

Condition = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows that a figure looks at, the conditions on them, what limits them, and how each of them counts."""

    rows: Rows
    where: list[Condition]
    selection: Selection
    flags: scans.Flags


def counted_rows(moment: Moment, question: Question, asked: Measure, at: int | None) -> Counted | None:
    """Those of a count, a share or a stock; None where there can be none."""
    selection = question.selection
    rows = rows_for(moment, question, asked)
    if asked.at_a_date:
        if at is None or (asked.table is Table.STAFF and selection.areas):
            return None  # a post is of a provider, and of no area
        selection = selection.during(None)
    where = scans.limits(rows, asked, selection)
    if isinstance(asked, Stock) and at is not None:
        where.append(asked.counted(rows.c, month_end(at)))
    return Counted(rows, where, selection, scans.flags(rows, asked))


def split_rows(moment: Moment, question: Question, asked: Split) -> Counted:
    """Those of a split: every known answer is in its base."""
    rows = rows_for(moment, question, asked)
    where = scans.limits(rows, asked, question.selection)
    if asked.among is not None:
        where.append(asked.among(rows.c))
    field = getattr(rows.c, asked.field)
    nobody_knows = field.in_((DONT_KNOW, *asked.unknown))
    known = field.is_not(None) & ~nobody_knows
    if asked.leave_out:
        known = known & field.not_in(asked.leave_out)
    return Counted(rows, where, question.selection, scans.Flags(known, known, field.is_(None), nobody_knows))


def no_answers(asked: Split) -> tuple[str | None, ...]:
    """What a split shows no figure of."""
    return (None, DONT_KNOW, *asked.unknown, *asked.leave_out)


def value_rows(moment: Moment, question: Question, asked: Spread) -> Counted:
    """Those of a spread, with and without a value: `value_counts` says which count."""
    rows = rows_for(moment, question, asked)
    where = scans.limits(rows, asked, question.selection)
    if asked.among is not None:
        where.append(asked.among(rows.c))
    return Counted(rows, where, question.selection, scans.Flags())


def value_counts(answer: str | None, value: Any, *, undated: bool) -> str:
    """How a row of a spread counts: 'base', 'missing', 'unsure', or blank for not at all. `undated` is one without a date that matters."""
    if value is not None and not undated:
        return "base"
    if value is not None or answer is None:
        return "missing"
    return "unsure" if answer == DONT_KNOW else ""

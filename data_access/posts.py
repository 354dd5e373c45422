"""Posts at a date: the day in question, and which posts of the returns still stand then."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, literal, not_

from data_access.questions import Moment, Question
from data_access.totals import without_totals
from domain.columns import DAY
from domain.measures import Measure
from domain.periods import month_end

Columns = dict[str, ColumnElement[Any]]


def posts_at(
    columns: Columns, moment: Moment, question: Question, asked: Measure
) -> tuple[Columns, tuple[ColumnElement[Any], ...]]:
    """The columns of the posts with the day in question, and the conditions on the posts that may stand on it.

    A post that a later return with posts no longer names stands no more, from the month in which that return's period begins: whoever
    leaves may be left out of the next return without a last day.
    """
    coverage = moment.coverage(question)
    at = question.at if question.at is not None else coverage.last_month
    found = columns | {DAY: literal(month_end(at) if at is not None else None, Date)}
    where = without_totals(found, asked, coverage, at)
    latest: dict[str, date] = {}
    for provider, period in coverage.posts:
        if at is not None and period.first_month <= at:
            latest[provider] = max(period.end, latest.get(provider, period.end))
    for provider, end in latest.items():
        where.append(not_(and_(columns["provider"] == provider, columns["period_end"] < literal(end, Date))))
    return found, tuple(where)

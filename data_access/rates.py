"""Rates: two counts over the same groups, each with a scan of its own, and one divided by the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import case, func, literal

from data_access import scans
from data_access.counted import Counted
from data_access.coverage import Coverage
from data_access.folding import Counts, Keys, fill, fold, key_of, months_to_fill, rated
from data_access.questions import Moment, Question
from data_access.rows import rows_for
from data_access.totals import join_totals
from domain.dimensions import dimension
from domain.measures import Measure, OpenCases, Posts, Rate, Stock, Table
from domain.periods import month_end, month_start, time_key, time_label
from domain.tally import TallyRow


@dataclass(frozen=True, slots=True)
class Asked:
    """A rate that is asked for. `lacking` are the providers whose totals say one of the two counts at most: they are in neither."""

    moment: Moment
    question: Question
    measure: Rate
    by: tuple[str, ...]
    coverage: Coverage
    at: int | None
    lacking: tuple[str, ...] = ()


def rate_rows(asked: Asked) -> tuple[TallyRow, ...]:
    """The rows of a rate. By time each month, quarter or year is asked for alone: a case open in two of them counts in both.

    Raises
    ------
    ValueError
        For a limit to a time by its key: the period is said by its first and last month.
    """
    chosen = asked.question.selection
    if any(dimension(key).timed for key in chosen.wanted() if not scans.is_whole(key)):
        raise ValueError(f"'{asked.measure.label}' is limited to a period by its first and last month")
    if not any(dimension(key).timed for key in asked.by):
        return _alone(asked)
    return tuple(_by_time(asked))


def _by_time(asked: Asked) -> Iterable[TallyRow]:
    for times, part in periods_of(asked):
        for row in _alone(part):
            yield _placed(row, asked.by, times)


def periods_of(asked: Asked) -> Iterable[tuple[dict[str, str], Asked]]:
    """A rate by time, as the keys of each time and the same rate asked of it alone."""
    first, last = asked.coverage.first_month, asked.coverage.last_month
    if first is None or last is None:
        return
    chosen = asked.question.selection
    times = [key for key in asked.by if dimension(key).timed]
    others = tuple(key for key in asked.by if key not in times)
    months = months_to_fill((), chosen, first, last)
    for moment, grouped in groupby(months, key=lambda m: tuple(time_key(dimension(k).key, m) for k in times)):
        inside = list(grouped)
        own = replace(chosen, first=inside[0], last=inside[-1])
        part = replace(asked, question=replace(asked.question, selection=own, by=others), by=others)
        yield dict(zip(times, moment, strict=True)), part


def _placed(row: TallyRow, by: tuple[str, ...], times: dict[str, str]) -> TallyRow:
    keys, labels = iter(row.keys), iter(row.labels)
    return replace(
        row,
        keys=tuple(times[key] if key in times else next(keys) for key in by),
        labels=tuple(
            time_label(dimension(key).key, times[key]) if key in times else next(labels) for key in by
        ),
    )


def _alone(asked: Asked) -> tuple[TallyRow, ...]:
    """The rate of one period, or at the end of one month."""
    if not can_be_said(asked):
        return ()
    asked = without_totals(asked)
    over = _counts(asked, asked.measure.over)
    of = _counts(asked, asked.measure.of)
    posts = _full_time(asked) if isinstance(asked.measure.of, Posts) else None
    for found in (over, of):
        fill(found, asked.by, (), {})
    service = asked.question.selection.service
    rows = rated(asked.measure, asked.by, over, of, posts, asked.moment.settings, service)
    # Nought of nought says nothing where the providers that were asked could not say.
    return tuple(row for row in rows if row.met or row.base or not asked.lacking)


def can_be_said(asked: Asked) -> bool:
    """Whether a rate has a day to be of, and posts to be of."""
    if asked.measure.at_a_date and asked.at is None:
        return False
    # A post is of a provider, and of no area.
    return not (asked.measure.of.table is Table.STAFF and asked.question.selection.areas)


def without_totals(asked: Asked) -> Asked:
    """The same rate without the providers whose totals do not say it."""
    joined = join_totals(
        asked.moment, asked.question, asked.measure, asked.by, asked.coverage, asked.at, timed=False
    )
    return replace(asked, lacking=joined.not_given)


def _counts(asked: Asked, part: Measure) -> dict[Keys, Counts]:
    """Met, base, missing and unsure of one of the two, by group."""
    found = part_rows(asked, part)
    sums = scans.sums_of(found.flags)
    columns, table = scans.group_columns(found.rows, part, asked.by, found.selection)
    scanned = asked.moment.connection.execute(scans.grouped(columns, table, found.where, sums)).all()
    timed = not _at_its_own_time(part) and scans.is_timed(asked.by, found.selection)
    return fold(asked.by, scanned, timed=timed)


def _at_its_own_time(part: Measure) -> bool:
    """Whether a count goes by a day or a period that its own condition names, and not by a date of its rows."""
    return isinstance(part, Stock | Posts | OpenCases)


def part_rows(asked: Asked, part: Measure) -> Counted:
    """The rows of one of the two counts, of one period or at the end of one month."""
    chosen = asked.question.selection
    rows = rows_for(asked.moment, asked.question, part)
    limited = chosen.during(None) if _at_its_own_time(part) else chosen
    where = scans.limits(rows, part, limited)
    if asked.lacking:
        where.append(rows.c.provider.not_in(asked.lacking))
    if isinstance(part, OpenCases):
        last = chosen.last if chosen.last is not None else asked.coverage.last_month
        first = month_start(chosen.first) if chosen.first is not None else None
        # Before the first return nothing is open.
        where.append(literal(1) == 0 if last is None else part.counted(rows.c, first, month_end(last)))
    if isinstance(part, Stock) and asked.at is not None:
        where.append(part.counted(rows.c, month_end(asked.at)))
    if isinstance(part, Posts):
        counted = part.counted(rows.c)
        return Counted(rows, where, limited, scans.Flags(counted, counted, part.unclear(rows.c)))
    return Counted(rows, where, limited, scans.flags(rows, part))


def _full_time(asked: Asked) -> dict[Keys, float]:
    """The full-time posts of each group."""
    part = asked.measure.of
    assert isinstance(part, Posts)  # noqa: S101 - the caller looked
    posts = part_rows(asked, part)
    columns, table = scans.group_columns(posts.rows, part, asked.by, posts.selection)
    total = func.sum(case((part.counted(posts.rows.c), posts.rows.c.fte), else_=0.0))
    found: dict[Keys, float] = {}
    for row in asked.moment.connection.execute(scans.grouped(columns, table, posts.where, (total,))):
        keys = tuple(key_of(key, value) for key, value in zip(asked.by, row, strict=False))
        found[keys] = found.get(keys, 0.0) + float(row[-1] or 0)
    return found

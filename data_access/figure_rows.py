"""The rows behind one number: those for which the very conditions hold that the number is a sum of, one row each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, false, null, or_, select

from data_access import scans
from data_access.completeness import ACTIVITIES, column_rows
from data_access.counted import Counted, counted_rows, no_answers, split_rows, value_counts, value_rows
from data_access.figure_row_cells import Told
from data_access.folding import Keys, fold, key_of
from data_access.kpi_cases import may_see_cases
from data_access.ledger import current_version
from data_access.questions import Moment, Question
from data_access.rates import Asked, can_be_said, part_rows, periods_of, without_totals
from data_access.settings import settings_in
from data_access.spreads import each_case
from data_access.stores import Store, reading
from domain.access import Duty, OutOfReach, Viewer
from domain.completeness_kind import FIELD, MATCHED
from domain.dimensions import BANDS, band_of, check_grouping, dimension
from domain.exceptions import without_excepted
from domain.figure_rows import FigureRow, FigureRows, Side, no_rows
from domain.measures import (
    Average,
    Completeness,
    Measure,
    OpenCases,
    Posts,
    Rate,
    Share,
    Split,
    Spread,
    Stock,
    Table,
    measure,
)
from domain.selection import Selection

TOWARDS = "Counts towards it"
"""What is told of each row that a share is out of."""
_PLACE = {Side.MET: 0, Side.BASE: 1, Side.MISSING: 2}


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows of one group of a figure: those looked at, by what they are grouped, and the group meant.

    `declared` is the measure that the rows are of; `timed` whether their own date matters.
    """

    counted: Counted
    declared: Measure
    by: tuple[str, ...]
    keys: Keys
    timed: bool


def may_see_rows(viewer: Viewer, question: Question, keys: tuple[str, ...] = ()) -> bool:
    """Whether somebody may see every single row behind a figure, or behind one group of it."""
    chosen = question.selection
    named = dict(zip(question.groups, keys, strict=False))
    whose = (
        (named["provider"],)
        if "provider" in named
        else chosen.providers or chosen.wanted().get("provider", ())
    )
    return all(may_see_cases(viewer, chosen.service, one) for one in whose or ("",))


def read_figure_rows(
    store: Store, viewer: Viewer, question: Question, keys: tuple[str, ...], side: Side
) -> FigureRows:
    """Exactly the rows that are counted in one group of a figure.

    Parameters
    ----------
    keys : the group, as `TallyRow.keys` has it; empty where the figure is of no group. side : which of the figure's counts.

    Raises
    ------
    OutOfReach
        For somebody who may not see every single row behind the figure.
    KeyError, ValueError
        For a measure, a grouping or a group that there cannot be.
    """
    chosen = question.selection
    asked = measure(question.measure, chosen.service)
    for key in (*question.groups, *(key for key in chosen.wanted() if not scans.is_whole(key))):
        check_grouping(asked, key)
    viewer.check_asked(chosen.service, (*chosen.providers, *chosen.wanted().get("provider", ())))
    if not may_see_rows(viewer, question, keys):
        raise OutOfReach(Duty.CASES, service=chosen.service, subject=asked.key)
    # As whoever sees the figure, and not with their other roles left out: how far returns reach would then be another thing.
    with reading(store, viewer) as connection:
        version = current_version(connection)
        if why := no_rows(asked, question.groups, chosen, side):
            return FigureRows(version=version, none_why=why)
        settings = settings_in(connection, as_of=question.as_of)
        return rows_in(Moment(connection, store.source, version, settings, viewer), question, keys, side)


def rows_in(moment: Moment, question: Question, keys: tuple[str, ...], side: Side) -> FigureRows:
    """The same in the snapshot of a moment, whoever looks and whether or not they are shown."""
    asked = measure(question.measure, question.selection.service)
    if question.adjusted_for and isinstance(asked, Share):
        asked = without_excepted(asked, question.adjusted_for)
    found = _told(moment, question, asked, keys, side)
    version = question.as_of if question.as_of is not None else moment.version
    without = _in_totals(moment, question, dict(zip(question.groups, keys, strict=False)))
    return replace(found, version=version, without=without)


def _told(
    moment: Moment, question: Question, asked: Measure, keys: tuple[str, ...], side: Side
) -> FigureRows:
    if isinstance(asked, Spread | Average):
        spread = asked if isinstance(asked, Spread) else asked.spread
        return _with_value(moment, question, spread, keys, side, every=isinstance(asked, Average))
    group = _group(moment, question, asked, keys, side)
    if group is None:
        return FigureRows(Told.of(asked).labels)
    told = Told.of(group.declared, group.counted.rows)
    rows = _named(moment, group, told, side)
    if side is Side.BASE and isinstance(asked, Share):
        return FigureRows((*told.labels, TOWARDS), rows)
    return FigureRows(told.labels, tuple(replace(row, cells=row.cells[:-1]) for row in rows))


def _group(
    moment: Moment, question: Question, asked: Measure, keys: tuple[str, ...], side: Side
) -> _Group | None:
    """The rows of a figure that is no spread; None where there can be none."""
    by, coverage = question.groups, moment.coverage(question)
    at = question.at if question.at is not None else coverage.last_month
    timed = scans.is_timed(by, question.selection)
    if isinstance(asked, Rate):
        return _of_rate(Asked(moment, question, asked, by, coverage, at), keys, side)
    if isinstance(asked, Completeness):
        return _of_column(moment, question, asked, keys)
    if isinstance(asked, Split):
        counted = split_rows(moment, question, asked)
        if asked.field in by:
            place = by.index(asked.field)
            if keys[place] in ("", *no_answers(asked)):
                return None
            if side is not Side.MET:
                # All answers of a group have one base.
                by, keys = (*by[:place], *by[place + 1 :]), (*keys[:place], *keys[place + 1 :])
            else:
                counted = replace(counted, flags=scans.Flags(counted.flags.met, false()))
        return _Group(counted, asked, by, keys, timed)
    found = counted_rows(moment, question, asked, at)
    return None if found is None else _Group(found, asked, by, keys, timed)


def _of_rate(asked: Asked, keys: tuple[str, ...], side: Side) -> _Group | None:
    """One of the two counts of a rate; by time it is asked of that time alone."""
    named = dict(zip(asked.by, keys, strict=True))
    times = {key: value for key, value in named.items() if dimension(key).timed}
    if times:
        found = next((part for moment, part in periods_of(asked) if moment == times), None)
        if found is None:
            return None
        asked = found
    if not can_be_said(asked):
        return None
    asked = without_totals(asked)
    part = asked.measure.over if side is Side.MET else asked.measure.of
    counted = part_rows(asked, part)
    timed = not isinstance(part, Stock | Posts | OpenCases) and scans.is_timed(asked.by, counted.selection)
    return _Group(counted, part, asked.by, tuple(named[key] for key in asked.by), timed)


def _of_column(
    moment: Moment, question: Question, asked: Completeness, keys: tuple[str, ...]
) -> _Group | None:
    by = question.groups
    if FIELD not in by:
        return None
    place = by.index(FIELD)
    name, others = keys[place], (*by[:place], *by[place + 1 :])
    found = column_rows(moment, question, asked, name)
    if found is None:
        return None
    timed = scans.is_timed(others, question.selection)
    whose = ACTIVITIES if name == MATCHED else asked
    return _Group(found, whose, others, (*keys[:place], *keys[place + 1 :]), timed)


def _named(moment: Moment, group: _Group, told: Told, side: Side) -> tuple[FigureRow, ...]:
    """The rows that stand on one side of a group, each put where a tally would have put it; the last that is told is whether it is met."""
    counted, by = group.counted, group.by
    columns, table = scans.group_columns(counted.rows, group.declared, by, counted.selection)
    flags = scans.each(counted.flags)
    query = select(*columns, *flags, *told.columns).select_from(table).where(*counted.where)
    query = query.where(*_only(side, counted.flags, columns[-1] if group.timed else None))
    end = len(columns) + len(flags)
    place = _PLACE[side]
    known: dict[tuple[Any, ...], bool] = {}

    def stands(row: tuple[Any, ...]) -> bool:
        if row not in known:
            counts = fold(by, [row], timed=group.timed).get(group.keys)
            known[row] = bool(counts and counts[place])
        return known[row]

    rows = (tuple(row) for row in moment.connection.execute(query))
    met = len(columns)
    return told.rows((*row[end:], "Yes" if row[met] else "No") for row in rows if stands(row[:end]))


def _only(side: Side, flags: scans.Flags, month: ColumnElement[Any] | None) -> Iterable[ColumnElement[Any]]:
    """What leaves out the rows that cannot stand on a side, before they are read; `month` is the date that matters, if one does."""
    if side is not Side.MISSING:
        wanted = flags.met if side is Side.MET else flags.base
        return () if wanted is None else (wanted,)
    missing = false() if flags.missing is None else flags.missing
    return (missing,) if month is None else (or_(missing, month.is_(None)),)


def _with_value(
    moment: Moment, question: Question, asked: Spread, keys: tuple[str, ...], side: Side, *, every: bool
) -> FigureRows:
    """Those of a spread at a value or in a band; all of them where `every` is asked for, as of an average."""
    by = question.groups
    band = (
        None
        if every
        else next((key for key in by if key in BANDS and key.removesuffix("_band") == asked.value), None)
    )
    others = tuple(key for key in by if every or key not in (band, asked.key))
    # The value is the last of the groups, whether or not somebody asked by it.
    group, wanted = (keys, "") if every else (keys[:-1], keys[-1])
    counted = value_rows(moment, question, asked)
    columns, table = scans.group_columns(counted.rows, asked, others, question.selection)
    timed = scans.is_timed(others, question.selection)
    # What is told is of a case where cases are counted by how many rows they have.
    told = Told.of(replace(asked, table=Table.CASES) if asked.per_case else asked, counted.rows)
    end = len(columns)
    if asked.per_case:
        query = each_case(counted, columns, table, *told.columns)
    else:
        answer = getattr(counted.rows.c, asked.asks) if asked.asks else null()
        value = getattr(counted.rows.c, asked.value)
        query = select(*columns, answer, value, *told.columns).select_from(table).where(*counted.where)

    def stands(row: Sequence[Any]) -> bool:
        if tuple(key_of(key, one) for key, one in zip(others, row, strict=False)) != group:
            return False
        said, value = None if asked.per_case else row[end], row[end + 1]
        counts = value_counts(said, value, undated=timed and row[len(others)] is None)
        if side is Side.MISSING or counts != "base":
            return side is Side.MISSING and counts == "missing"
        if every or side is Side.BASE:
            return True
        return wanted == (band_of(band, value) if band else f"{int(value)}")

    found = (tuple(row) for row in moment.connection.execute(query))
    labels = (*told.labels, told.value_label)
    return FigureRows(labels, told.rows((*row[end + 2 :], row[end + 1]) for row in found if stands(row)))


def _in_totals(moment: Moment, question: Question, named: dict[str, str]) -> tuple[str, ...]:
    """The providers asked about that sent totals for some of the months asked about, by their labels."""
    chosen: Selection = question.selection
    at = question.at if measure(question.measure, chosen.service).at_a_date else None
    first, last = (at, at) if at else (chosen.first or 0, chosen.last or 999_912)
    whose = (named["provider"],) if "provider" in named else chosen.wanted().get("provider", ())
    found = {
        key
        for key, reported in moment.coverage(question).totals
        if (not whose or key in whose) and any(first <= month <= last for month in reported.months)
    }
    return tuple(sorted(moment.settings.provider_label(key) for key in found))

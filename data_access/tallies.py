"""Asking a question: the answer is a tally, from one snapshot, remembered until an act changes the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, literal

from data_access import scans
from data_access.aggregates import given_rows
from data_access.completeness import completeness_counts
from data_access.counted import counted_rows, no_answers, split_rows
from data_access.coverage import Coverage
from data_access.folding import averaged, fill, finish, fold, months_to_fill
from data_access.ledger import current_version
from data_access.memory import Memory
from data_access.questions import Moment, Question
from data_access.rates import Asked, rate_rows
from data_access.settings import settings_in
from data_access.spreads import read_spread, spread_rows
from data_access.stores import Store, reading
from data_access.totals import NOTHING_JOINED, Joined, join_totals
from domain.access import Duty, OutOfReach, Viewer
from domain.dimensions import check_grouping, dimension
from domain.exceptions import without_excepted
from domain.measures import Average, Completeness, Measure, Rate, Share, Split, Spread, measure
from domain.selection import Selection
from domain.tally import Tally, TallyRow

_memory: Memory[Tally] = Memory(4_000)
"""Answers by database, moment, viewer and question."""


def read_tally(store: Store, question: Question, viewer: Viewer) -> Tally:
    """The answer to one question, for what this viewer may see."""
    return read_tallies(store, [question], viewer)[0]


def read_tallies(store: Store, questions: Sequence[Question], viewer: Viewer) -> tuple[Tally, ...]:
    """The answers to several questions, all from one moment.

    Raises
    ------
    OutOfReach
        For a provider or service of whom the viewer may see nothing.
    KeyError
        For an unknown measure or grouping.
    ValueError
        For a grouping that the measure cannot have.
    """
    for question in questions:
        chosen = question.selection
        if question.as_of is not None and viewer.knows_areas_only(chosen.service):
            # Which row of a case counted then cannot be found among those of one area: an earlier one may have been of another.
            raise OutOfReach(Duty.FIGURES, service=chosen.service, subject="an earlier moment")
        viewer.check_asked(chosen.service, (*chosen.providers, *chosen.wanted().get("provider", ())))
    with reading(store, viewer) as connection:
        return tallies_in(connection, store, questions, viewer)


def tallies_in(
    connection: Connection, store: Store, questions: Sequence[Question], viewer: Viewer
) -> tuple[Tally, ...]:
    """The same, inside a transaction on the store that only reads and is already open."""
    version = current_version(connection)
    moments: dict[int | None, Moment] = {}
    found: list[Tally] = []
    for question in questions:
        key = (store.url, version, viewer.scope, question)
        tally = _memory.get(key)
        if tally is None:
            as_of = question.as_of
            if as_of not in moments:
                settings = settings_in(connection, as_of=as_of)
                moments[as_of] = Moment(connection, store.source, version, settings, viewer)
            tally = answer(moments[as_of], question)
            _memory.put(key, tally)
        found.append(tally)
    return tuple(found)


def answer(moment: Moment, question: Question) -> Tally:
    """One tally, read in the snapshot of the moment and not remembered."""
    asked = measure(question.measure, question.selection.service)
    if question.adjusted_for and isinstance(asked, Share):
        asked = without_excepted(asked, question.adjusted_for)
    by = question.groups
    for key in (*by, *(key for key in question.selection.wanted() if not scans.is_whole(key))):
        check_grouping(asked, key)
    coverage = moment.coverage(question)
    at = question.at if question.at is not None else coverage.last_month
    timed = scans.is_timed(by, question.selection)
    joined, rows = NOTHING_JOINED, tuple[TallyRow, ...]()
    if asked.in_totals_only:
        rows, lacking = given_rows(moment, question, asked, by, coverage)
        joined = replace(joined, not_given=lacking)
    else:
        joined = join_totals(moment, question, asked, by, coverage, at, timed=timed)
        by, rows = _answered(moment, question, asked, by, coverage, at, joined)
    selection = question.selection
    version = question.as_of if question.as_of is not None else moment.version
    return Tally(
        asked,
        by,
        rows,
        selection,
        moment.source,
        version,
        coverage.as_at,
        at if asked.at_a_date else None,
        tuple(moment.settings.provider_label(provider) for provider in joined.not_given),
    )


def _answered(
    moment: Moment,
    question: Question,
    asked: Measure,
    by: tuple[str, ...],
    coverage: Coverage,
    at: int | None,
    joined: Joined,
) -> tuple[tuple[str, ...], tuple[TallyRow, ...]]:
    """The groupings and the rows of a measure that cases say, by its kind."""
    if isinstance(asked, Spread):
        return spread_rows(moment, question, asked, by)
    service = question.selection.service
    if isinstance(asked, Average):
        values, beside = read_spread(moment, question, asked.spread, by)
        return by, averaged(asked, by, values, beside, moment.settings, service)
    if isinstance(asked, Rate):
        return by, rate_rows(Asked(moment, question, asked, by, coverage, at))
    if isinstance(asked, Completeness):
        found = completeness_counts(moment, question, asked, by)
        joined.drop_unknown(found, by)
        return by, finish(asked, by, found, moment.settings, service)
    if isinstance(asked, Split):
        return by, _split(moment, question, asked, by, coverage, joined)
    return by, _counted(moment, question, asked, by, coverage, at, joined)


def _counted(
    moment: Moment,
    question: Question,
    asked: Measure,
    by: tuple[str, ...],
    coverage: Coverage,
    at: int | None,
    joined: Joined,
) -> tuple[TallyRow, ...]:
    counted = counted_rows(moment, question, asked, at)
    if counted is None:
        return ()
    selection = counted.selection
    sums = scans.sums(counted.rows, asked)
    timed = scans.is_timed(by, selection)
    columns, table = scans.group_columns(counted.rows, asked, by, selection)
    scanned = [*moment.connection.execute(scans.grouped(columns, table, counted.where, sums)), *joined.rows]
    if asked.by_deadline and any(dimension(key).timed for key in by):
        # A deadline that is still to come cannot be judged: its month would show nought of nought.
        scanned = [row for row in scanned if any(row[-4:])]
    found = fold(by, scanned, timed=timed)
    months = _months(scanned, len(by), selection, coverage) if timed else ()
    fill(found, by, months, {})
    joined.drop_unknown(found, by)
    return finish(asked, by, found, moment.settings, selection.service)


def _months(scanned: Sequence[Any], place: int, selection: Selection, coverage: Coverage) -> tuple[int, ...]:
    """The months to show, whatever is in them; `place` is where the month stands in a scanned row."""
    dated = [row[place] for row in scanned if row[place] is not None]
    if coverage.first_month is None or coverage.last_month is None:
        return ()
    return months_to_fill(dated, selection, coverage.first_month, coverage.last_month)


def _split(
    moment: Moment,
    question: Question,
    asked: Split,
    by: tuple[str, ...],
    coverage: Coverage,
    joined: Joined,
) -> tuple[TallyRow, ...]:
    """A share for each answer: the answers of each group, and the group's base, which is every known answer in it."""
    selection = question.selection
    counted = split_rows(moment, question, asked)
    rows, where, how = counted.rows, counted.where, counted.flags
    whole_sums = tuple(scans.summed(one) for one in (how.met, how.base, how.missing, how.unsure))
    timed = scans.is_timed(by, selection)
    others = tuple(key for key in by if key != asked.field)
    columns, table = scans.group_columns(rows, asked, others, selection)
    whole = [*moment.connection.execute(scans.grouped(columns, table, where, whole_sums)), *joined.bases]
    bases = fold(others, whole, timed=timed)
    months = _months(whole, len(others), selection, coverage) if timed else ()
    if asked.field not in by:
        fill(bases, others, months, {})
        joined.drop_unknown(bases, others)
        return finish(asked, others, bases, moment.settings, selection.service)
    columns, table = scans.group_columns(rows, asked, by, selection)
    each = (scans.summed(how.met), literal(0), literal(0), literal(0))
    parts = [*moment.connection.execute(scans.grouped(columns, table, where, each)), *joined.rows]
    place = by.index(asked.field)
    parts = [row for row in parts if row[place] not in no_answers(asked)]
    found = fold(by, parts, timed=timed)
    for keys in bases:
        found.setdefault((*keys[:place], asked.answers[0], *keys[place:]), [0, 0, 0, 0])
    fill(found, by, months, {asked.field: asked.answers})
    for keys, counts in found.items():
        counts[1:] = bases.get(tuple(key for i, key in enumerate(keys) if i != place), [0, 0, 0, 0])[1:]
    joined.drop_unknown(found, by)
    return finish(asked, by, found, moment.settings, selection.service)

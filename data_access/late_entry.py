"""Reading how late cases become known: from their dates of entry, or else from the return in which each stood first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import and_, case, func, select

from data_access import scans
from data_access.coverage import Coverage
from data_access.kept import KeptReturn, current, read_kept
from data_access.ledger import current_version
from data_access.questions import Moment, Question
from data_access.rows import Rows, rows_for
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tables import cases, returns
from domain.access import Viewer
from domain.late_entry import (
    FEWEST_RETURNS,
    FILLED,
    Arrival,
    LateEntry,
    LearntFrom,
    Reporting,
    months_apart,
)
from domain.measures import Measure, measure
from domain.nowcast import FEWEST_ROWS
from domain.periods import month_of, next_month
from domain.selection import Selection

_REFERRALS = "referrals"


def read_late_entry(
    store: Store, viewer: Viewer, selection: Selection, *, as_of: int | None = None
) -> LateEntry:
    """How late the cases of the providers and areas chosen became known, whatever months are chosen; now, or as of an earlier moment.

    Dates of entry are used where nearly every case has one; else the returns kept, where there are enough in a row; else nothing, with
    the reason in words.

    Raises
    ------
    OutOfReach
        For a provider or service of whom the viewer may see nothing.
    """
    viewer.check_asked(selection.service, selection.providers)
    chosen = selection.during(None)
    with reading(store, viewer) as connection:
        settings = settings_in(connection, as_of=as_of)
        moment = Moment(connection, store.source, current_version(connection), settings, viewer)
        question, asked = (
            Question(_REFERRALS, ("month",), chosen, as_of=as_of),
            measure(_REFERRALS, chosen.service),
        )
        coverage = moment.coverage(question)
        reporting = reporting_of(coverage)
        if not reporting:
            return _nothing("no return has come yet")
        if coverage.totals:
            return _nothing("a provider sends totals, which do not say when a case was entered")
        if all(one.over for one in reporting):
            return _nothing(
                "the contract has ended and its last return has come, so that no more are entered"
            )
        rows = rows_for(moment, question, asked)
        by_entry = _by_entry(moment, rows, asked, question)
        dated = sum(a.cases for a in by_entry if a.after is not None)
        referred = sum(a.cases for a in by_entry)
        if referred and dated >= FILLED * referred:
            return _enough(LateEntry(LearntFrom.ENTRY_DATES, by_entry, reporting))
        lacking = f"the date of entry is filled in for {dated:,} of {referred:,} referrals, and "
        if viewer.knows_areas_only(chosen.service):
            return _nothing(lacking + "earlier returns cannot be compared for one area alone")
        kept = read_kept(connection, viewer, service=chosen.service, as_of=as_of)
        every = _regular([k for k in current(kept) if k.provider in {one.provider for one in reporting}])
        if not every:
            return _nothing(
                f"{lacking}there are not yet {FEWEST_RETURNS} returns of equal length, one after the other, to compare"
            )
        arrivals = _by_return(moment, rows, asked, question, reporting, every)
    return _enough(LateEntry(LearntFrom.RETURNS, arrivals, reporting, every))


def _enough(late: LateEntry) -> LateEntry:
    return (
        late
        if late.history >= FEWEST_ROWS
        else _nothing(f"there are fewer than {FEWEST_ROWS} months to learn from")
    )


def _nothing(why: str) -> LateEntry:
    return LateEntry(LearntFrom.NOTHING, why=why)


def reporting_of(coverage: Coverage) -> tuple[Reporting, ...]:
    """How far each provider has reported, and whether its contract ended with that."""
    found = []
    for provider, months in coverage.months:
        ends = [last for key, _, last in coverage.contracts if key == provider]
        after = next_month(max(months))
        over = bool(ends) and all(last is not None and last < after for last in ends)
        found.append(Reporting(provider, months, over))
    return tuple(found)


def _by_entry(moment: Moment, rows: Rows, asked: Measure, question: Question) -> tuple[Arrival, ...]:
    """The cases that count, by the months of referral and of entry; what was entered after the last return is known by now."""
    columns = [rows.c.provider, rows.c.referral_month, rows.c.entered_month]
    where = [*scans.limits(rows, asked, question.selection), rows.c.referral_month.is_not(None)]
    query = scans.grouped(columns, rows.table, where, [func.count()])
    ends = {one.provider: one.end for one in reporting_of(moment.coverage(question))}
    found = []
    for provider, month, entered, number in moment.connection.execute(query):
        known = None if entered is None else min(entered, max(ends.get(provider, entered), month))
        found.append(Arrival(provider, month, None if known is None else months_apart(month, known), number))
    return tuple(found)


def _regular(kept: Sequence[KeptReturn]) -> int:
    """The months of every return, where all have as many and follow each other without a gap, to the same turn; 0 where not."""
    lengths = {len(k.period.months) for k in kept}
    if len(lengths) != 1:
        return 0
    every = lengths.pop()
    turns = set()
    for provider in {k.provider for k in kept}:
        periods = sorted(k.period for k in kept if k.provider == provider)
        if len(periods) < FEWEST_RETURNS or any(one.next() != other for one, other in pairwise(periods)):
            return 0
        turns.add((periods[-1].last_month // 100 * 12 + periods[-1].last_month % 100) % every)
    return every if len(turns) == 1 else 0


def _by_return(
    moment: Moment,
    rows: Rows,
    asked: Measure,
    question: Question,
    reporting: Sequence[Reporting],
    every: int,
) -> tuple[Arrival, ...]:
    """The cases that count, by their month and by the return in which each stood first.

    A case that came with a corrected return was not in the first one: it is taken to have become known with the next.
    """
    names, chosen = ("service", "provider", "case_ref"), question.selection
    known_by = () if question.as_of is None else (returns.c.seq <= question.as_of,)
    stood = (
        select(
            *(cases.c[key] for key in names),
            func.min(case((returns.c.version == 1, returns.c.period_end))).label("as_sent"),
            func.min(case((returns.c.version > 1, returns.c.period_end))).label("corrected"),
        )
        .join(returns, returns.c.id == cases.c.return_id)
        .where(cases.c.service == chosen.service, *known_by)
        .group_by(*(cases.c[key] for key in names))
        .subquery("stood")
    )
    columns = [rows.c.provider, rows.c.referral_month, stood.c.as_sent, stood.c.corrected]
    same = [stood.c[key] == getattr(rows.c, key) for key in names]
    where = [*scans.limits(rows, asked, chosen), rows.c.referral_month.is_not(None)]
    query = scans.grouped(columns, rows.table.join(stood, and_(*same)), where, [func.count()])
    ends = {one.provider: one.end for one in reporting}
    found = []
    for provider, month, as_sent, corrected, number in moment.connection.execute(query):
        known = [month_of(as_sent)] if as_sent else []
        known += [next_month(month_of(corrected), every)] if corrected else []
        first = max(min(*known, ends.get(provider, known[0])), month)
        found.append(Arrival(provider, month, months_apart(month, first), number))
    return tuple(found)

"""What stands in the table of KPIs of a meeting: a row a KPI, its numbers by key, and what must be known to read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from domain.access import Audience
from domain.base_words import as_at_words
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, counted, number, sentence_case
from domain.kpi_words import (
    adjusted_words,
    beside_words,
    counted_by,
    is_a_share,
    kpi_name,
    says_late,
    short_of_green,
    value_words,
    wanted_words,
)
from domain.kpis import KpiStatus
from domain.measures import Average
from domain.pack import PackFigure
from domain.periods import Period
from domain.share_rows import LEAST_BASE
from domain.status import Status
from domain.table import Cell, Table
from domain.tally import AsAt

ORDER: Final = (
    Status.RED,
    Status.AMBER,
    Status.NO_RETURN,
    Status.NOT_GIVEN,
    Status.TOO_FEW,
    Status.HIDDEN,
    Status.NOT_DUE,
    Status.GREEN,
    Status.NO_TARGET,
)
"""What needs a look first: what is missed, then what cannot be judged, then what is met, then what nobody set a target for."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The statuses of a meeting: of the period and of the one before, and what they rest on.

    Parameters
    ----------
    now, before : of whoever the meeting is about, in any order; the council's own duties among them.
    period, earlier : the months of each, of the same length.
    """

    now: Sequence[KpiStatus]
    before: Sequence[KpiStatus]
    period: Period
    earlier: Period
    audience: Audience
    as_at: AsAt


def near_target(rows: Sequence[KpiStatus]) -> tuple[int, int]:
    """How many of the missed shares chance alone could have put there, and of how many that can be said."""
    told = _missed(rows)
    return sum(not one.clear_of_target for one in told), len(told)


def few_missed(rows: Sequence[KpiStatus]) -> int:
    """How many of the missed shares are of fewer than ten cases, of which nobody can say that chance did not put them there."""
    return sum((one.base or 0) < LEAST_BASE for one in _missed(rows))


def asks_for_every_case(rows: Sequence[KpiStatus]) -> bool:
    """Whether each of the missed targets leaves no case out, as a legal time limit: one case misses it, and chance is no question."""
    return all(one.target is not None and one.target.value in (0, 1) for one in _missed(rows))


def _missed(rows: Sequence[KpiStatus]) -> list[KpiStatus]:
    return [
        one for one in rows if one.clear_of_target is not None and one.status in (Status.RED, Status.AMBER)
    ]


def moved(rows: Sequence[KpiStatus], before: Sequence[KpiStatus]) -> tuple[int, int, int]:
    """How many have a better colour than they had, how many a worse one, and how many were judged both times."""
    judgeable = (Status.RED, Status.AMBER, Status.GREEN)
    earlier = {(one.kpi.id, one.category): one.status for one in before}
    both = [
        (ORDER.index(earlier[one.kpi.id, one.category]), ORDER.index(one.status))
        for one in rows
        if one.status in judgeable and earlier.get((one.kpi.id, one.category)) in judgeable
    ]
    return sum(now > then for then, now in both), sum(now < then for then, now in both), len(both)


def counts(key: str, rows: Sequence[KpiStatus], judged: Judged) -> tuple[PackFigure, ...]:
    """How many stand where, so that each number of the title has its place."""
    of, every = Counter(one.status for one in rows), len(rows)
    near, missed = near_target(rows)
    better, worse, both = moved(rows, judged.before)
    than = f"than in {judged.earlier.label}"
    beside = (
        ("near", "Missed, and not to be told apart from the target", near, missed),
        ("better", f"A better colour {than}", better, both),
        ("worse", f"A worse colour {than}", worse, both),
    )
    named = tuple(
        PackFigure(f"{key}:{name}", label, f"{number(some)} of {number(base)}", some, base)
        for name, label, some, base in beside
        if base
    )
    return named + tuple(
        PackFigure(
            f"{key}:{status}",
            f"KPIs, {status.label.lower()}",
            f"{number(of[status])} of {number(every)}",
            of[status],
            every,
        )
        for status in ORDER
        if of[status]
    )


def figures(rows: Sequence[KpiStatus]) -> tuple[PackFigure, ...]:
    """The raw figure of each KPI by its id, and the adjusted one where exceptions take something out."""
    found = []
    for one in rows:
        key = f"{one.kpi.id}:{one.category}" if one.category else one.kpi.id
        hidden = one.status is Status.HIDDEN
        found.append(
            PackFigure(
                key,
                kpi_name(one),
                HIDDEN if hidden else _plain(value_words(one)),
                # Of a number of days, what it rests on is no part of it.
                None if isinstance(counted_by(one.kpi), Average) else one.met,
                one.base,
                one.value,
                one.status.label,
            )
        )
        if (other := one.adjusted) is not None and adjusted_words(one):
            label = f"{kpi_name(one)}, without agreed exceptions"
            found.append(
                PackFigure(
                    f"{key}:adjusted", label, _plain(adjusted_words(one)), other.met, other.base, other.value
                )
            )
    return tuple(found)


def _plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def table(rows: Sequence[KpiStatus], earlier: Mapping[tuple[str, str], KpiStatus], judged: Judged) -> Table:
    """A row a KPI: its target, what it was in the period before, what it is now, and why."""
    headers = ("KPI", "Target", judged.earlier.label, judged.period.label, "Status", "Why")
    return Table(headers, tuple(_row(one, earlier.get((one.kpi.id, one.category))) for one in rows))


def _row(one: KpiStatus, before: KpiStatus | None) -> tuple[Cell, ...]:
    target = sentence_case(wanted_words(one.kpi, one.target)) if one.target else "No target"
    status = f"{one.status.shape} {one.status.label}"
    return (kpi_name(one), target, _value(before), _value(one), status, _why(one))


def _value(one: KpiStatus | None) -> str:
    """The raw figure, with the adjusted one, few cases and what was not recorded beside it."""
    if one is None:
        return NOTHING
    if one.status is Status.HIDDEN:
        return HIDDEN
    return _plain(", ".join(filter(None, (value_words(one), beside_words(one)))))


def _why(one: KpiStatus) -> str:
    """How far it is from green, and whether chance could explain that; of one without a colour, why."""
    if one.status in (Status.RED, Status.AMBER):
        cases, _ = short_of_green(one) or ("", 0)
        chance = "within chance of the target" if one.clear_of_target is False else ""
        return sentence_case("; ".join(filter(None, (f"{cases} for green" if cases else "", chance))))
    return "" if one.status in (Status.GREEN, Status.NO_TARGET) else one.why


def base(rows: Sequence[KpiStatus], judged: Judged) -> str:
    """What stands in each cell, and how far the data reach."""
    cell = "X of Y, the cases that met it out of those that count"
    if any(says_late(one.kpi) for one in rows):
        cell += "; of a legal time limit, how many were late"
    if not all(is_a_share(one.kpi) for one in rows):
        cell += "; of a number of days or a rate, what it rests on in brackets"
    reach = sentence_case(as_at_words(judged.as_at, judged.audience))
    return f"In each cell: {cell}" + (f". {reach}" if reach else "")


def about(rows: Sequence[KpiStatus]) -> str:
    """Where the KPIs come from, each document once."""
    sources = dict.fromkeys(part for one in rows for part in one.kpi.source.split("; "))
    return f"Source: {'; '.join(sources)}."


def notes(rows: Sequence[KpiStatus], judged: Judged, example: str) -> tuple[str, ...]:
    """What must be known to read the rows rightly."""
    found = []
    several = [one for one in rows if one.category]
    for one in several:
        answers = [s for s in judged.now if s.kpi == one.kpi]
        if len(answers) > 1:
            hidden = any(s.status is Status.HIDDEN for s in answers)
            found.append(
                f"{one.kpi.name}: the lowest of {counted(len(answers), 'figure')}{', of those that may be shown' if hidden else ''}."
            )
    if any(one.status is Status.HIDDEN for one in rows):
        found.append(
            f"{HIDDEN} stands for a figure that is hidden, so that nobody can be recognised in a small number."
        )
    if any(adjusted_words(one) for one in rows):
        found.append(
            "Adjusted: without the cases that an agreed exception takes out. The raw figure counts every case."
        )
    if any(says_late(one.kpi) for one in rows):
        found.append("A legal time limit has no amber, and every case late counts.")
    if any(one.kpi.accountable == "council" for one in rows):
        found.append("No provider answers for the council's own duties.")
    if any(one.target is not None and one.target.example for one in rows):
        found.append("Some targets are examples that stand in no source document.")
    return (*found, *([example] if example else []))

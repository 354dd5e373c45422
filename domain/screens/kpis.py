"""The KPIs of a meeting: what is not met first, what cannot be judged after it, and the council's own duties apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from domain.access import Audience
from domain.base_words import as_at_words
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, counted, listed, number, sentence_case
from domain.kpi_words import (
    adjusted_words,
    beside_words,
    councils_own,
    is_a_share,
    kpi_name,
    one_each,
    says_late,
    value_words,
    wanted_words,
)
from domain.kpis import KpiStatus
from domain.pack import PackFigure, Screen, Takeaway
from domain.periods import Period
from domain.screens.parts import heading_of
from domain.status import Status
from domain.status_words import hidden_words, statuses_in_words
from domain.table import Cell, Table
from domain.tally import AsAt

ITEM: Final = "kpis"
MOST_ROWS: Final = 9
"""So many rows stand on a slide."""
_NAMED: Final = 3
_ORDER: Final = (
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
_CANNOT: Final = (Status.NO_RETURN, Status.NOT_GIVEN, Status.TOO_FEW, Status.HIDDEN, Status.NOT_DUE)


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


def kpi_screens(judged: Judged, *, example: str = "") -> tuple[Screen, ...]:
    """The KPIs, with what is not met first, and the council's own duties after them.

    `example` is what example or unsaved statuses say of themselves.
    """
    rows = _one_row_each(judged.now)
    theirs = [one for one in rows if not councils_own(one.kpi)]
    own = [one for one in rows if councils_own(one.kpi)]
    if not rows:
        return (_without(judged),)
    screens = _screens("kpis", heading_of(ITEM), "KPI", theirs, judged, example)
    return (
        *screens,
        *_screens("kpis_council", "The council's own duties", "duty of the council", own, judged, example),
    )


def _without(judged: Judged) -> Screen:
    return Screen(
        "kpis",
        ITEM,
        heading_of(ITEM),
        Takeaway("No KPI can be judged yet"),
        Table(("KPI", "Target", judged.earlier.label, judged.period.label, "Status", "Why"), ()),
        base=sentence_case(as_at_words(judged.as_at, judged.audience)),
    )


def _one_row_each(statuses: Sequence[KpiStatus]) -> list[KpiStatus]:
    """One status a KPI, exceptions first; of one with several figures the lowest of those that stand worst."""
    found = []
    for worst in one_each(statuses):
        same = [one for one in statuses if one.kpi == worst.kpi and one.status is worst.status]
        found.append(min(same, key=lambda one: one.value if one.value is not None else 2.0))
    return sorted(found, key=lambda one: _ORDER.index(one.status))


def _screens(
    key: str, heading: str, noun: str, rows: Sequence[KpiStatus], judged: Judged, example: str
) -> tuple[Screen, ...]:
    if not rows:
        return ()
    parts = [rows[start : start + MOST_ROWS] for start in range(0, len(rows), MOST_ROWS)]
    earlier = {(one.kpi.id, one.category): one for one in judged.before}
    found = []
    for place, part in enumerate(parts, start=1):
        of = f" {place} of {len(parts)}" if len(parts) > 1 else ""
        first = place == 1
        found.append(
            Screen(
                key if first else f"{key}_{place}",
                ITEM,
                f"{heading}{of}",
                _takeaway(noun, rows, judged) if first else _rest(part),
                _table(part, earlier, judged),
                base=_base(rows, judged),
                about=_about(part),
                notes=_notes(part, judged, example),
                figures=(*(_counts(key, rows) if first else ()), *_figures(part)),
            )
        )
    return tuple(found)


def _takeaway(noun: str, rows: Sequence[KpiStatus], judged: Judged) -> Takeaway:
    every = counted(len(rows), noun, _many(noun))
    where = f"{rows[0].where}, {judged.period.label}"
    said = Counter(one.status for one in rows)
    if set(said) == {Status.NO_RETURN}:
        return Takeaway(f"{where}: the return is not in, so no {noun} can be judged")
    worst = next((one for one in (Status.RED, Status.AMBER) if said[one]), None)
    if worst is None:
        # With a figure hidden nobody is told that none of them is missed.
        what = f"{where}: {every}, {statuses_in_words(rows)}"
        return Takeaway(what, _sure(rows), _against(rows, judged))
    names = listed([one.kpi.name for one in rows if one.status is worst], _NAMED)
    verb = "is" if said[worst] == 1 else "are"
    what = f"{where}: {number(said[worst])} of {every} {verb} {worst.label.lower()}: {names}"
    others = [one for one in rows if one.status is not worst]
    against = f"{statuses_in_words(others)}" if others else ""
    return Takeaway(what, _sure(rows), "; ".join(filter(None, (against, _against(rows, judged)))))


def _many(noun: str) -> str:
    return {"KPI": "KPIs"}.get(noun, "duties of the council")


def _sure(rows: Sequence[KpiStatus]) -> str:
    """How many of the colours chance could have given, and how many are hidden."""
    coloured = [
        one for one in rows if one.clear_of_target is not None and one.status in (Status.RED, Status.AMBER)
    ]
    near = sum(not one.clear_of_target for one in coloured)
    parts = []
    if coloured and near:
        which = "one" if len(coloured) == 1 else f"{number(near)} of {number(len(coloured))}"
        parts.append(f"Allowing for chance, {which} of those missed cannot be told apart from the target")
    elif coloured:
        parts.append("Chance alone does not explain what is missed")
    return ". ".join([*parts, *filter(None, [hidden_words(rows).removesuffix(".")])])


def _against(rows: Sequence[KpiStatus], judged: Judged) -> str:
    """Which KPIs stand otherwise than in the period before, of those that were judged in both."""
    earlier = {one.kpi.id: one.status for one in _one_row_each(judged.before)}
    judgeable = (Status.RED, Status.AMBER, Status.GREEN)
    both = [
        (earlier[one.kpi.id], one.status)
        for one in rows
        if one.status in judgeable and earlier.get(one.kpi.id) in judgeable
    ]
    if not both:
        return ""
    better = sum(_ORDER.index(now) > _ORDER.index(then) for then, now in both)
    worse = sum(_ORDER.index(now) < _ORDER.index(then) for then, now in both)
    if not better and not worse:
        return f"each colour is as it was in {judged.earlier.label}"
    moved = [f"{number(count)} {word}" for count, word in ((better, "better"), (worse, "worse")) if count]
    return f"{listed(moved)} than in {judged.earlier.label}"


def _rest(part: Sequence[KpiStatus]) -> Takeaway:
    return Takeaway(f"The other KPIs: {statuses_in_words(part)}")


def _counts(key: str, rows: Sequence[KpiStatus]) -> tuple[PackFigure, ...]:
    """How many stand where, so that each number of the title has its place."""
    of, every = Counter(one.status for one in rows), len(rows)
    return tuple(
        PackFigure(
            f"{key}:{status}",
            f"KPIs, {status.label.lower()}",
            f"{number(of[status])} of {number(every)}",
            of[status],
            every,
        )
        for status in _ORDER
        if of[status]
    )


def _figures(rows: Sequence[KpiStatus]) -> tuple[PackFigure, ...]:
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
                one.met,
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


def _table(rows: Sequence[KpiStatus], earlier: Mapping[tuple[str, str], KpiStatus], judged: Judged) -> Table:
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
    """Why it stands so, in one sentence; of a figure beside its target what is in the other cells already is left out."""
    if one.status in (Status.RED, Status.AMBER, Status.GREEN):
        if one.clear_of_target is None:
            return ""
        return "Even allowing for chance" if one.clear_of_target else "Within what chance alone can give"
    return "" if one.status is Status.NO_TARGET else one.why


def _base(rows: Sequence[KpiStatus], judged: Judged) -> str:
    cell = "X of Y, the cases that met it out of those that count"
    if any(says_late(one.kpi) for one in rows):
        cell += "; of a legal time limit, how many were late"
    if not all(is_a_share(one.kpi) for one in rows):
        cell += "; of a number of days or a rate, what it rests on in brackets"
    reach = sentence_case(as_at_words(judged.as_at, judged.audience))
    return f"In each cell: {cell}" + (f". {reach}" if reach else "")


def _about(rows: Sequence[KpiStatus]) -> str:
    sources = dict.fromkeys(part for one in rows for part in one.kpi.source.split("; "))
    return f"Source: {'; '.join(sources)}."


def _notes(rows: Sequence[KpiStatus], judged: Judged, example: str) -> tuple[str, ...]:
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

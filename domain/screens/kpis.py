"""The KPIs of a meeting: what is not met first, what cannot be judged after it, and the council's own duties apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import Final

from domain.agenda import agenda_item
from domain.base_words import as_at_words
from domain.formats import counted, listed, number, sentence_case
from domain.kpi_words import (
    councils_own,
    one_each,
)
from domain.kpis import KpiStatus
from domain.pack import Screen, Takeaway
from domain.screens.kpi_rows import (
    ORDER,
    Judged,
    about,
    asks_for_every_case,
    base,
    counts,
    few_missed,
    figures,
    moved,
    near_target,
    notes,
    table,
)
from domain.status import Status
from domain.status_words import hidden_words, statuses_in_words
from domain.table import Table

ITEM: Final = "kpis"
MOST_ROWS: Final = 9
"""So many rows stand on a slide."""
_NAMED: Final = 3


def kpi_screens(judged: Judged, *, example: str = "") -> tuple[Screen, ...]:
    """The KPIs, with what is not met first, and the council's own duties after them.

    `example` is what example or unsaved statuses say of themselves.
    """
    rows = _one_row_each(judged.now)
    theirs = [one for one in rows if not councils_own(one.kpi)]
    own = [one for one in rows if councils_own(one.kpi)]
    if not rows:
        return (_without(judged),)
    # Where only the council's own are judged, as after a contract has ended, that is said: nothing missed is not nothing judged.
    screens = _screens("kpis", agenda_item(ITEM).label, "KPI", theirs, judged, example) or (_without(judged),)
    return (
        *screens,
        *_screens("kpis_council", "The council's own duties", "duty of the council", own, judged, example),
    )


def _without(judged: Judged) -> Screen:
    return Screen(
        "kpis",
        ITEM,
        agenda_item(ITEM).label,
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
    return sorted(found, key=lambda one: ORDER.index(one.status))


def _screens(
    key: str, heading: str, noun: str, rows: Sequence[KpiStatus], judged: Judged, example: str
) -> tuple[Screen, ...]:
    if not rows:
        return ()
    # Evenly, so that none is left with a row or two.
    each = ceil(len(rows) / ceil(len(rows) / MOST_ROWS))
    parts = [rows[start : start + each] for start in range(0, len(rows), each)]
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
                table(part, earlier, judged),
                base=base(rows, judged),
                about=about(part),
                notes=notes(part, judged, example),
                figures=(*(counts(key, rows, judged) if first else ()), *figures(part)),
            )
        )
    return tuple(found)


def _takeaway(noun: str, rows: Sequence[KpiStatus], judged: Judged) -> Takeaway:
    every = counted(len(rows), noun, _many(noun))
    said = Counter(one.status for one in rows)
    if set(said) == {Status.NO_RETURN}:
        return Takeaway(
            f"{rows[0].where}: the returns for {judged.period.label} are not all in, so no {noun} can be judged"
        )
    worst = next((one for one in (Status.RED, Status.AMBER) if said[one]), None)
    if worst is None:
        return Takeaway(f"{every}: {statuses_in_words(rows)}", _sure(rows), _against(rows, judged))
    names = _names([one.kpi.name for one in rows if one.status is worst])
    verb = "is" if said[worst] == 1 else "are"
    others = [one for one in rows if one.status is not worst]
    beside = f"Of the others {statuses_in_words(others)}" if others else ""
    return Takeaway(
        f"{number(said[worst])} of {every} {verb} {worst.label.lower()}: {names}",
        ". ".join(filter(None, (beside, _sure(rows)))),
        _against(rows, judged),
    )


def _many(noun: str) -> str:
    return {"KPI": "KPIs"}.get(noun, "duties of the council")


def _sure(rows: Sequence[KpiStatus]) -> str:
    """How many of the missed targets chance could have missed, and how many KPIs are hidden."""
    near, missed = near_target(rows)
    parts = []
    if near:
        parts.append(
            f"Allowing for chance, {number(near)} of {number(missed)} missed cannot be told apart from the target"
        )
    elif missed and asks_for_every_case(rows):
        parts.append(f"One case is enough to miss {'that target' if missed == 1 else 'any of these targets'}")
    elif missed > (few := few_missed(rows)):
        of = " of ten cases or more" if few else ""
        parts.append(f"Chance alone does not explain what is missed{of}")
    return ". ".join([*parts, *filter(None, [hidden_words(rows).removesuffix(".")])])


def _against(rows: Sequence[KpiStatus], judged: Judged) -> str:
    """How many have another colour than in the period before, of those that were judged in both."""
    better, worse, both = moved(rows, judged.before)
    if not both:
        return ""
    if not better and not worse:
        return f"no other colour than in {judged.earlier.label}"
    said = [f"{number(count)} {word}" for count, word in ((better, "better"), (worse, "worse")) if count]
    return f"{listed(said)} in colour than in {judged.earlier.label}"


def _names(names: Sequence[str]) -> str:
    """The first names, and that there are others: how many stands before them."""
    return listed([*names[:_NAMED], *(["others"] if len(names) > _NAMED else [])])


def _rest(part: Sequence[KpiStatus]) -> Takeaway:
    return Takeaway(f"The other KPIs: {statuses_in_words(part)}")

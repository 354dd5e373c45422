"""The titles of the Timeliness page: what is kept in time, how long it took, and what falls due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.deadlines import AGES, SOON, When, age_bands
from domain.formats import counted, listed, number
from domain.kpis import Kpi
from domain.timeliness import Lengths, State, Unit

_OLDER: Final = 2
"""The place of the first band of ages that is called old."""
_WAITING: Final = {When.PAST: "past their day", When.SINCE: "of a day after the last return"}
"""How deadlines are counted in a sentence, where the words of a legend do not fit into one."""


def lengths_message(kpi: Kpi, lengths: Lengths) -> str:
    """How long it took: 'half took 24 days or less; 5 of 46 were late and 2 are not done'."""
    if not lengths.base:
        return f"How long it took. {kpi.name}: no case has come to its day yet"
    late, open_ = lengths.count(State.LATE), lengths.count(State.NOT_DONE)
    missed = f"{number(late)} of {number(lengths.base)} late, {number(open_)} not done"
    if lengths.median is None:
        return f"How long it took. {kpi.name}: {missed}"
    return f"How long it took. {kpi.name}: {_half(lengths, lengths.median)}; {missed}"


def _half(lengths: Lengths, median: float) -> str:
    middle = number(median, 1).removesuffix(".0")
    match lengths.timed.unit:
        case Unit.FROM_DUE if median < 0:
            return f"half were done {middle.removeprefix('-')} days early or more"
        case Unit.FROM_DUE:
            return (
                f"half were done by {middle} days after the last day"
                if median
                else "half were done by the last day"
            )
        case _:
            one = lengths.timed.unit.value.removesuffix("s") if median == 1 else lengths.timed.unit.value
            return f"half of those done took {middle} {one} or less"


def due_message(counts: Mapping[When, int]) -> str:
    """What falls due next: '3 deadlines fall due in the next 14 days; 2 are already past their day'."""
    if not any(counts.values()):
        return "No deadline of a case is waiting to be met"
    soon, past, since = (counts.get(when, 0) for when in (When.SOON, When.PAST, When.SINCE))
    falls = "falls" if soon == 1 else "fall"
    ahead = f"the next {SOON} days"
    said = (
        f"{counted(soon, 'deadline')} {falls} due in {ahead}" if soon else f"No deadline falls due in {ahead}"
    )
    known = (
        f"{number(past)} {'is already past its' if past == 1 else 'are already past their'} day"
        if past
        else "none is past its day"
    )
    unknown = (
        f"; of {number(since)} {'more ' if soon or past else ''}the day came after the last return"
        if since
        else ""
    )
    return f"{said}; {known}{unknown}"


def waiting_message(counts: Mapping[When, int]) -> str:
    """How many are still to be met, and when: '12 deadlines are still to be met: 2 already past their day, 3 in the next 14 days'."""
    total = sum(counts.values())
    if not total:
        return "No deadline of a case is waiting to be met"
    each = [
        f"{number(counts[when])} {_WAITING.get(when) or _lower(when.label)}"
        for when in When
        if counts.get(when)
    ]
    return f"{counted(total, 'deadline')} {'is' if total == 1 else 'are'} still to be met: {listed(each)}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def ages_message(ages: Mapping[str, int]) -> str:
    """How old the open cases are: '40 cases are open, 12 of them for more than 30 days'."""
    total = sum(ages.values())
    if not total:
        return "No case is open"
    older = sum(ages.get(band, 0) for band in age_bands()[_OLDER:])
    said = f"{counted(total, 'case')} {'is' if total == 1 else 'are'} open"
    return f"{said}, {number(older) if older else 'none'} of them for more than {AGES[_OLDER - 1]} days"

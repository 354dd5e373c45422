"""Say it in one breath: three sentences made of what the screens say, and of nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.pack import Screen

SENTENCES: Final = 3
_OUTCOME: Final = ("outcomes_quarters", "outcomes")
_OVERDUE: Final = "actions:overdue"
_THEN: Final = (
    "volumes",
    "actions",
    "timeliness",
    "satisfaction",
    "complaints",
    "escalations",
    "data_quality",
)
"""What else may be said, by agenda item, where one of the three cannot be."""
_NOTHING_TO_SAY: Final = ("hidden", "not shown to this audience")


def breath_of(screens: Sequence[Screen]) -> tuple[str, ...]:
    """The headline outcome, the KPIs, and what is overdue or else how many came; each as its screen says it, nothing that is hidden.

    A screen that says nothing gives way to the next item of the agenda; there are fewer sentences where there is no more to say.
    """
    sayable = [one for one in screens if _sayable(one)]
    found: list[Screen] = []
    for keys in (_OUTCOME, ("kpis",), ("actions",) if _overdue(screens) else ("volumes",)):
        found += _first(sayable, keys, found)
    for item in (*_OUTCOME[1:], *_THEN):
        if len(found) < SENTENCES:
            found += _first(sayable, (item,), found)
    return tuple(f"{one.takeaway.title}." for one in found[:SENTENCES])


def _sayable(screen: Screen) -> bool:
    """Whether it says anything, of figures that stand on it and may be said: one with something hidden in its title does not."""
    title = screen.takeaway.title
    return (
        bool(title and screen.table.rows)
        and not screen.withheld
        and not any(words in title for words in _NOTHING_TO_SAY)
    )


def _overdue(screens: Sequence[Screen]) -> bool:
    return any(figure.key == _OVERDUE and figure.met for screen in screens for figure in screen.figures)


def _first(screens: Sequence[Screen], keys: Sequence[str], said: Sequence[Screen]) -> list[Screen]:
    """The first screen of the first of some keys, or of that item, which has not been said."""
    for key in keys:
        for one in screens:
            if one.key == key and one not in said:
                return [one]
    for key in keys:
        for one in screens:
            if one.item == key and one not in said and not any(other.item == key for other in said):
                return [one]
    return []

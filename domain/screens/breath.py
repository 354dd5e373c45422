"""Say it in one breath: three sentences made of what the screens say, and of nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.hidden_words import IS_HIDDEN, NOT_COMPARED
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
_NOTHING_TO_SAY: Final = (IS_HIDDEN, NOT_COMPARED, "not shown to this audience")


def breath_of(screens: Sequence[Screen]) -> tuple[str, ...]:
    """The headline outcome, the KPIs, and what is overdue or else how many came; each as its screen says it, nothing that is hidden.

    A screen that says nothing gives way to the next item of the agenda; there are fewer sentences where there is no more to say.
    """
    first = {screen.key: screen for screen in reversed(screens) if _sayable(screen)}
    wanted = (_OUTCOME, ("kpis",), ("actions",) if _overdue(screens) else ("volumes",))
    found = [next((key for key in keys if key in first), "") for keys in wanted]
    found += [one.key for item in _THEN for one in _first_of(item, screens) if one.key in first]
    keys = [key for key in dict.fromkeys(found) if key][:SENTENCES]
    return tuple(f"{first[key].takeaway.title}." for key in keys)


def _sayable(screen: Screen) -> bool:
    """Whether it says anything, of figures that stand on it and may be said."""
    title = screen.takeaway.title
    return bool(title and screen.table.rows) and not (
        screen.withheld or any(words in title for words in _NOTHING_TO_SAY)
    )


def _overdue(screens: Sequence[Screen]) -> bool:
    return any(figure.key == _OVERDUE and figure.met for screen in screens for figure in screen.figures)


def _first_of(item: str, screens: Sequence[Screen]) -> list[Screen]:
    """The first screen of an item, which says what the others add to."""
    return [one for one in screens if one.item == item][:1]

"""The screens of a meeting as they are presented and put on slides: those with something to show, and one that names all the others.

The document and the workbook are for the record and keep a part for each; a room waits while a screen says only that there is nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from domain.figure_table import HIDDEN
from domain.formats import NOTHING, counted
from domain.pack import Screen, Takeaway
from domain.table import Cell, Table

GATHERED: Final = "nothing"
"""Key of the screen that names all those without anything to show."""
LAST: Final = "new_actions"
"""The item that a meeting ends with."""
_EMPTY: Final = (None, "", 0, NOTHING, HIDDEN, "None")


def is_silent(screen: Screen) -> bool:
    """Whether a screen has nothing to show beside its sentence: no chart, no figure in its table, nothing said about it."""
    if screen.comment or screen.quote:
        return False
    return bool(screen.withheld) or (screen.chart is None and not any(map(_says, screen.table.rows)))


def _says(row: tuple[Cell, ...]) -> bool:
    # The first cell names the row, unless it is all there is.
    return any(cell not in _EMPTY for cell in (row[1:] or row))


def presented(screens: Iterable[Screen], *, keep: Collection[str] = ()) -> tuple[Screen, ...]:
    """The screens with something to show, in their order, and one that says of each other in a line what there is to say.

    Parameters
    ----------
    keep : items of the agenda whose screens stay whatever they show, as one on which something may still be entered.
    """
    every = tuple(screens)
    silent = [one for one in every if is_silent(one) and one.item not in keep]
    if not silent:
        return every
    shown = [one for one in every if one not in silent]
    # What is agreed ends a meeting.
    place = next((n for n, one in enumerate(shown) if one.item == LAST), len(shown))
    return (*shown[:place], _gathered(silent), *shown[place:])


def _gathered(silent: Iterable[Screen]) -> Screen:
    lines: dict[str, list[str]] = {}
    guarded = False
    for one in silent:
        guarded = guarded or bool(one.withheld) or "hidden" in one.takeaway.title
        lines.setdefault(one.heading, []).append(one.takeaway.title or one.heading)
    points = counted(len(lines), "point")
    said = Takeaway(f"Nothing to show on {points}" if guarded else f"Nothing to report on {points}")
    rows = tuple((heading, ". ".join(dict.fromkeys(words))) for heading, words in lines.items())
    return Screen(
        GATHERED,
        GATHERED,
        "The rest of the agenda",
        said,
        Table(("On the agenda", "What there is to say"), rows),
    )

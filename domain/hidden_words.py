"""What is said where some numbers are hidden from an audience: of what is shown alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.disclosure import Released
from domain.formats import listed

IS_HIDDEN: Final = "hidden, so that nobody can be recognised in a small number"


OF_SHOWN: Final = "of what may be shown, "


NOT_COMPARED: Final = "not every period may be shown, so none are compared"


NO_WHOLE: Final = "Some numbers are hidden, so what is shown does not add up to all."


def partly(*several: Released | None) -> bool:
    """Whether something of some figures may not be shown, so that what is shown must not be added up or called the most."""
    return any(one is not None and (one.hidden or one.withheld or one.total_hidden) for one in several)


def hidden_message(released: Released) -> str:
    """The title of a figure of which nothing may be said: 'Homelessness prevented: hidden, so that …'."""
    why = "not shown to this audience" if released.withheld else IS_HIDDEN
    return f"{released.measure.label}: {why}"


def of_shown(released: Released) -> str:
    """What stands before 'most often' where a group is hidden, that may be larger; blank where none is."""
    return OF_SHOWN if partly(released) else ""


def hidden_labels(released: Released, place: int = 0) -> tuple[str, ...]:
    """The names of the hidden groups, by one of the groupings; what belongs to no group is not named."""
    return tuple(dict.fromkeys(one.labels[place] for one in released.hidden if one.keys[place]))


def withheld_note(several: Sequence[Released]) -> tuple[str, ...]:
    """Which of several figures an audience may not see at all, so that nobody takes those shown for all there are."""
    gone = [one.measure.label for one in several if one.withheld]
    return (f"Not shown to this audience: {listed(gone, len(gone))}.",) if gone else ()

"""The figure whose rows are asked for. Not a page."""

from __future__ import annotations

from data_access.questions import Question
from domain.disclosure import Released
from domain.figure import Figure
from domain.figure_rows import FigureKey
from pages._desk import Desk


def question_of(key: FigureKey) -> Question:
    """What is asked by the name of a number."""
    return Question(key.measure, key.by, key.selection, key.at)


def find_figure(desk: Desk, key: FigureKey) -> tuple[Released, Figure] | None:
    """The number that an address names, as it stands now; None where there is none.

    Raises
    ------
    OutOfReach
        For a service or a provider of whom the reader may see no figure.
    """
    try:
        (released,) = desk.ask_all(question_of(key))
    except (KeyError, ValueError):
        return None
    figure = released.figure(*key.keys)
    return None if figure is None else (released, figure)

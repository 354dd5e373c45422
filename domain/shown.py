"""The figures of a released one that are drawn or said, in the order in which they stand."""

from __future__ import annotations

from domain.disclosure import Figure, Released
from domain.settings import UNKNOWN_AREA

WINDOW = 3


def dated(released: Released) -> tuple[Figure, ...]:
    """The figures that belong to a period; cases without a date are left out."""
    return tuple(figure for figure in released.figures if figure.keys[0])


def periods_of(released: Released) -> dict[str, str]:
    """The keys and names of all periods, those among them whose count is hidden from the audience, in their order."""
    shown = {figure.keys[0]: figure.labels[0] for figure in dated(released)}
    hidden = {one.keys[0]: one.labels[0] for one in released.hidden if one.keys[0]}
    return dict(sorted((shown | hidden).items()))


def answered(released: Released) -> tuple[Figure, ...]:
    """The answers that have a base, in list order."""
    return tuple(figure for figure in released.figures if figure.base)


def with_a_base(released: Released) -> tuple[Figure, ...]:
    """The groups that have a base, in list order."""
    return tuple(figure for figure in released.figures if figure.base)


def by_size(released: Released) -> tuple[Figure, ...]:
    """The groups, the largest first; a group that is blank or unknown comes last."""
    return tuple(
        sorted(released.figures, key=lambda figure: (unknown_group(figure), -figure.met, figure.label))
    )


def unknown_group(figure: Figure) -> bool:
    """Whether it is of the cases whose group is blank or not known."""
    return figure.keys[-1] in ("", UNKNOWN_AREA)

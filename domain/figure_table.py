"""All of a released figure as a table, as it is read, downloaded and put into a pack."""

from __future__ import annotations

from collections.abc import Sequence

from domain.dimensions import dimension
from domain.disclosure import SMALL, Figure, Hidden, Released
from domain.formats import NOTHING, few_cases, number
from domain.measures import Average, Rate, Share, Split
from domain.rounding import percent
from domain.table import Cell, Table

HIDDEN = "c"
"""What stands in a table for a number that an audience may not see."""


def table_of(released: Released) -> Table:
    """All figures as a table: the groups, then the counts and what goes with them; 'c' stands for what is hidden."""
    measure = released.measure
    groups = [measure.label if key == measure.key else dimension(key).label for key in released.by]
    # For others how many were blank in each group is not told: it would give hidden bases away.
    beside = () if released.shut else ("Missing", "Don't know")
    if isinstance(measure, Share | Split):
        headers = ("Number", "Out of", "Share", "95% from", "95% to", *beside, "Note")
    elif isinstance(measure, Rate):
        headers = (measure.over.label, measure.of.label, measure.label, "95% from", "95% to")
    elif isinstance(measure, Average):
        headers = (measure.unit.capitalize(), "Out of")
    else:
        headers = (measure.unit.capitalize(), "Note")
    rows = [
        (*one.labels, *(HIDDEN for _ in headers))
        if isinstance(one, Hidden)
        else (*one.labels, *_figure_cells(one, released))
        for one in released.in_order
        if not (released.shut and _untold(one, released.by))
    ]
    return Table((*groups, *headers), tuple(rows))


def _untold(one: Figure | Hidden, by: Sequence[str]) -> bool:
    """Whether a row would be 'No date' and a nought, which would be untrue to who is not told of what is missing."""
    undated = any(dimension(key).timed and not own for key, own in zip(by, one.keys, strict=True))
    return isinstance(one, Figure) and undated and not one.met and not one.base


def _figure_cells(figure: Figure, released: Released) -> tuple[Cell, ...]:
    """What a table says of one figure."""
    measure = released.measure
    if isinstance(measure, Share | Split):
        cells = _share_cells(figure)
        return (*cells[:5], *cells[-1:]) if released.shut else cells
    if isinstance(measure, Rate):
        return figure.met, figure.base if figure.divisor is None else figure.divisor, *_rate_cells(figure)
    if isinstance(measure, Average):
        return number(figure.value, 1), figure.base
    return figure.met, _few(figure)


def _rate_cells(figure: Figure) -> tuple[Cell, ...]:
    return tuple(NOTHING if v is None else number(v, 1) for v in (figure.value, figure.low, figure.high))


def _share_cells(figure: Figure) -> tuple[Cell, ...]:
    share = f"{percent(figure.met, figure.base, 1)}%" if figure.base else NOTHING
    limits = [NOTHING if edge is None else f"{number(100 * edge, 1)}%" for edge in (figure.low, figure.high)]
    return (figure.met, figure.base, share, *limits, figure.missing, figure.unsure, _note(figure))


def _few(figure: Figure) -> str:
    return f"few cases ({figure.met})" if 0 < figure.met < SMALL else ""


def _note(figure: Figure) -> str:
    """What must be known of a share: that it rests on few cases, or says the same of everybody in a small group."""
    return ", ".join(part for part in (few_cases(figure), figure.flag) if part)

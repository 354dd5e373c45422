"""The words of a list of the rows behind a number: its title, what its rows are, and which of them are listed."""

from __future__ import annotations

from typing import Final

from domain.completeness_kind import MATCHED
from domain.disclosure import Released
from domain.figure import Figure
from domain.figure_rows import Side
from domain.formats import counted, number, share_of
from domain.measures import Average, Completeness, Measure, Rate, Share, Split, Spread, Table

_ROWS: Final = {
    Table.CASES: ("case", "cases"),
    Table.ACTIVITIES: ("activity", "activities"),
    Table.AGREEMENTS: ("agreed action", "agreed actions"),
    Table.ANSWERS: ("answer", "answers"),
    Table.COMPLAINTS: ("complaint", "complaints"),
    Table.STAFF: ("post", "posts"),
}
"""What one row of each table is called, and several."""


def rows_called(measure: Measure, side: Side = Side.MET, keys: tuple[str, ...] = ()) -> tuple[str, str]:
    """What one row behind a figure is called, and several."""
    if isinstance(measure, Rate):
        measure = measure.over if side is Side.MET else measure.of
    if isinstance(measure, Spread) and measure.per_case:
        return _ROWS[Table.CASES]
    if isinstance(measure, Completeness) and MATCHED in keys:
        return _ROWS[Table.ACTIVITIES]
    return _ROWS[measure.table]


def title_of(measure: Measure, figure: Figure) -> str:
    """The figure itself, which is the title of the list: 'Homelessness prevented, Harlow: 78% (21 of 27)'."""
    group = f", {', '.join(figure.labels)}" if figure.labels else ""
    return f"{measure.label}{group}: {value_of(measure, figure)}"


def value_of(measure: Measure, figure: Figure) -> str:
    """What is said of one figure, with what it is made of."""
    if isinstance(measure, Rate):
        divided = figure.base if figure.divisor is None else figure.divisor
        return f"{number(figure.value, 1)} for each {measure.per} ({number(figure.met)} for {divided:,g})"
    if isinstance(measure, Average):
        one, many = rows_called(measure.spread)
        return f"{number(figure.value, 1)} {measure.unit} ({counted(figure.base, one, many)})"
    if isinstance(measure, Share | Split):
        return share_of(figure.met, figure.base) if figure.base else "nothing to count"
    return number(figure.met)


def which(measure: Measure, side: Side, *, one: bool = False) -> str:
    """Which rows are listed, in words that follow their number."""
    if isinstance(measure, Rate):
        return (
            f"counted as '{measure.over.label}'" if side is Side.MET else f"counted as '{measure.of.label}'"
        )
    if side is Side.MISSING:
        return "left out, because what it asks or its date is blank"
    if isinstance(measure, Share) and side is Side.MET:
        return "that counts towards it" if one else "that count towards it"
    if isinstance(measure, Split) and side is Side.MET:
        return "with this answer"
    return "that it is out of" if isinstance(measure, Share | Split) else "counted in it"


def counted_rows(released: Released, side: Side, keys: tuple[str, ...], count: int) -> str:
    """How many rows of which kind: '21 cases that count towards it'."""
    one, many = rows_called(released.measure, side, keys)
    return f"{counted(count, one, many)} {which(released.measure, side, one=count == 1)}"

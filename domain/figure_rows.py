"""The rows behind one number: how a number is named in an address, what is told of its rows, and which numbers have none to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

from domain.columns_used import measure_columns
from domain.completeness_kind import FIELD
from domain.disclosure import Released
from domain.fields import CASE_FIELDS
from domain.figure import Figure
from domain.measures import Average, Completeness, Measure, Rate, Share, Split, Table, measure, measures_of
from domain.periods import parse_month, write_month
from domain.selection import Query, Selection
from domain.table import Cell

MEASURE: Final = "measure"
BY: Final = "by"
KEY: Final = "key"
SIDE: Final = "side"
AT: Final = "at"
"""What stands in the address beside what was chosen."""
_CHARACTERISTICS = frozenset(field.key for field in CASE_FIELDS if field.characteristic)


RowCell: TypeAlias = "Cell | date"


class Side(StrEnum):
    """Which rows of a figure: those counted in it, all that it is out of, or those that lack what it asks."""

    MET = "met"
    BASE = "base"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class FigureKey:
    """One number: a measure, grouped, for a selection, and the group meant. `at` is the month of what stands at a date."""

    measure: str
    selection: Selection
    by: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    side: Side = Side.MET
    at: int | None = None

    def to_query(self) -> Query:
        """The parameters of an address that name it; a group without a key, as 'not recorded', has an empty one."""
        found = {**self.selection.to_query(), MEASURE: [self.measure], SIDE: [str(self.side)]}
        if self.by:
            found |= {BY: list(self.by), KEY: list(self.keys)}
        return found if self.at is None else {**found, AT: [write_month(self.at)]}

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> FigureKey | None:
        """The number that an address names; None where it names none."""

        def one(name: str) -> str:
            return next(iter(query.get(name, ())), "")

        by, keys = tuple(query.get(BY, ())), tuple(query.get(KEY, ()))
        try:
            selection = Selection.from_query(query)
            declared = measure(one(MEASURE), selection.service)
            side = Side(one(SIDE) or Side.MET)
            at = parse_month(one(AT)) if one(AT) else None
        except (KeyError, ValueError):
            return None
        # The groups of a spread may be its values, by which nobody had to ask.
        return cls(declared.key, selection, by, keys, side, at) if len(by) == len(keys) else None


@dataclass(frozen=True, slots=True)
class Behind:
    """The numbers of one table that lead on to their rows: the figure without its group, and the groups by their words."""

    figure: FigureKey
    groups: tuple[tuple[tuple[str, ...], str], ...]

    def of(self, keys: tuple[str, ...]) -> FigureKey:
        """The number of one group."""
        return replace(self.figure, keys=keys)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row behind a number: whose it is, its case where it names one, and what is told of it under `FigureRows.columns`."""

    provider: str
    area: str
    case_ref: str
    cells: tuple[RowCell, ...]


@dataclass(frozen=True, slots=True)
class FigureRows:
    """Exactly the rows that are counted in one number.

    `version` names the moment. `without` are the providers, by their labels, that sent totals and no rows for some of the time: the number
    counts theirs too where totals say it. `none_why` says why there is no list; then `rows` is empty.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[FigureRow, ...] = ()
    version: int = 0
    without: tuple[str, ...] = ()
    none_why: str = ""


def no_rows(counted: Measure, by: Sequence[str], selection: Selection, side: Side = Side.MET) -> str:
    """Why single rows of a figure are not shown, in words; blank where they are.

    What a page on one case does not say of it, a list of cases must not say either.
    """
    if counted.in_totals_only:
        return "It comes in totals that somebody else counted, so no case of it is known here."
    if counted.table is Table.ANSWERS:
        return "Answers to a survey are shown together only, never one by one."
    if isinstance(counted, Completeness) and FIELD not in by:
        return "It counts the cells of several columns. Each column has its own list."
    if isinstance(counted, Rate) and side is Side.MISSING:
        return "Each of its two counts has its own list; what is blank is in neither."
    named = (
        *by,
        *selection.wanted(),
        *(() if isinstance(counted, Completeness) else measure_columns(counted)),
    )
    if any(key in _CHARACTERISTICS for key in named):
        return "It tells people apart by a personal characteristic, which is shown of groups and never of a single case."
    return ""


def behind(released: Released) -> Behind | None:
    """The numbers of a released figure that lead on to their rows; None where it has none to show, or is for others than us."""
    asked = released.selection
    if released.audience.gated or released.shut or released.withheld:
        return None
    # A figure without excepted cases has the key of the figure that has them, and not its rows.
    if no_rows(released.measure, released.by, asked) or released.measure not in measures_of(asked.service):
        return None
    groups = tuple((one.keys, ", ".join(one.labels)) for one in released.figures if one.met or one.base)
    figure = FigureKey(
        released.measure.key, asked, released.by, side=side_of(released.measure), at=released.at
    )
    return Behind(figure, groups) if groups else None


def side_of(counted: Measure) -> Side:
    """The side that is shown first: of an average every value, of anything else what is counted."""
    return Side.BASE if isinstance(counted, Average) else Side.MET


def sides_of(counted: Measure, figure: Figure) -> tuple[tuple[Side, int], ...]:
    """The sides of a figure that differ from each other, with how many rows each has."""
    if isinstance(counted, Rate):
        return (Side.MET, figure.met), (Side.BASE, figure.base)
    found = [(side_of(counted), figure.met)]
    if isinstance(counted, Share | Split) and figure.base:
        found.append((Side.BASE, figure.base))
    return (*found, (Side.MISSING, figure.missing)) if figure.missing else tuple(found)

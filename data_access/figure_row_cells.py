"""What is told of one row behind a number: whose it is, its reference, and its days. No characteristic and no answer of anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import ColumnElement, Date, String, literal

from data_access.rows import Rows
from domain.case_days import dates_of, deadline_of
from domain.columns import column_codes, column_label
from domain.fields import KEY_OF, Kind, fields_of
from domain.figure_rows import FigureRow, RowCell
from domain.measures import SHEET_OF, Average, Measure, Spread, Table

_DEADLINE = ("Start", "Last day in time", "Done", "Days")
_OF_POSTS = ("role", "fte")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of each row of a measure.

    Parameters
    ----------
    measure : the rows are of it. names : the columns that are read, beside provider, area and case; `shown` those of them that are told.
    columns : the same in a statement, with provider, area and case before them.
    """

    measure: Measure
    names: tuple[str, ...]
    shown: tuple[str, ...]
    columns: tuple[ColumnElement[Any], ...] = ()

    @classmethod
    def of(cls, counted: Measure, rows: Rows | None = None) -> Self:
        """What a measure's rows tell; its columns where the rows are given."""
        sheet = SHEET_OF[counted.table]
        reference = KEY_OF[sheet][0]
        own = [] if counted.table is Table.CASES else [reference]
        days = [name for name, _ in dates_of(counted)]
        if counted.table is not Table.CASES:
            fields = fields_of(sheet, counted.services[0])
            own += [field.key for field in fields if field.key in _OF_POSTS]
            days = [*(field.key for field in fields if field.kind is Kind.DATE), *days]
        shown = tuple(dict.fromkeys((*own, *([] if counted.by_deadline else days))))
        more = (counted.when, "outcome") if counted.by_deadline else ()
        names = tuple(dict.fromkeys((*shown, *days, *more)))
        if rows is None:
            return cls(counted, names, shown)
        of_case = (
            ("provider", "area", "case_ref") if counted.table is not Table.STAFF else ("provider", "", "")
        )
        columns = tuple(_column(rows, name) for name in (*of_case, *names))
        return cls(counted, names, shown, columns)

    @property
    def labels(self) -> tuple[str, ...]:
        """What is told of a row, in words."""
        return (
            *(column_label(name) for name in self.shown),
            *(_DEADLINE if self.measure.by_deadline else ()),
        )

    @property
    def value_label(self) -> str:
        """What the value of a spread is called."""
        spread = self.measure.spread if isinstance(self.measure, Average) else self.measure
        if isinstance(spread, Spread) and not spread.per_case:
            return column_label(spread.value)
        return self.measure.unit.capitalize()

    def rows(self, found: Iterable[Sequence[Any]]) -> tuple[FigureRow, ...]:
        """The rows as they are told, by provider and reference. What it has beside its columns, as a value, is told last."""
        told = [self._row(row) for row in found]
        return tuple(
            sorted(told, key=lambda one: (one.provider, one.case_ref, *(str(cell) for cell in one.cells)))
        )

    def _row(self, row: Sequence[Any]) -> FigureRow:
        provider, area, case_ref, *cells = row
        values = dict(zip(self.names, cells, strict=False))
        more = cells[len(self.names) :]
        days: tuple[RowCell, ...] = ()
        if self.measure.by_deadline:
            days = deadline_of(self.measure, values)
        return FigureRow(
            provider or "",
            area or "",
            case_ref or "",
            (*(_cell(name, values[name]) for name in self.shown), *days, *more),
        )


def _column(rows: Rows, name: str) -> ColumnElement[Any]:
    if not name:
        return literal(None, String)
    holder = rows.c.due if name.startswith("due.") else rows.c
    column: ColumnElement[Any] = getattr(holder, name.removeprefix("due."))
    return column if column is not None else literal(None, Date)


def _cell(name: str, value: Any) -> RowCell:
    coded = name == "role" and value
    found: RowCell = column_codes(name).label(value) if coded else value
    return found

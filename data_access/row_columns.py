"""The columns of the rows that a question looks at, as a formula speaks of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, FromClause, exists, literal, select

from data_access.tables import case_codes
from domain.exceptions import Cause

Condition = ColumnElement[Any]


class Columns(Mapping[str, ColumnElement[Any]]):
    """Columns by name, stored ones and ones that are worked out.

    What is worked out is made when it is first asked for: of some forty a question needs two or three, and to make all takes longer than
    the database needs to answer.
    """

    def __init__(self, stored: Mapping[str, ColumnElement[Any]]) -> None:
        self._made = dict(stored)
        self._later: dict[str, Callable[[], ColumnElement[Any]]] = {}

    def put(self, stored: Mapping[str, ColumnElement[Any]]) -> None:
        """Add stored columns, each in place of one of the same name."""
        self._made |= stored

    def later(self, key: str, make: Callable[[], ColumnElement[Any]]) -> None:
        """Add a column that is worked out, in place of one of the same name."""
        self._made.pop(key, None)
        self._later[key] = make

    @property
    def tables(self) -> tuple[FromClause, ...]:
        """The tables that stored columns stand in, each once."""
        found = (getattr(column, "table", None) for column in self._made.values())
        return tuple({table for table in found if table is not None})

    def __getitem__(self, key: str) -> ColumnElement[Any]:
        if key not in self._made:
            self._made[key] = self._later[key]()
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._made or key in self._later

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._made, *self._later)))

    def __len__(self) -> int:
        return len(self._made.keys() | self._later.keys())


class SqlColumns:
    """The columns of the rows that count."""

    def __init__(
        self,
        columns: Mapping[str, ColumnElement[Any]],
        case_row: ColumnElement[Any],
        excepted: Callable[[str, Cause | None, bool], Condition] | None = None,
    ) -> None:
        self._columns, self._case_row, self._excepted = columns, case_row, excepted

    def __getattr__(self, key: str) -> ColumnElement[Any]:
        try:
            return self._columns[key]
        except KeyError:
            raise AttributeError(f"no column is called {key}") from None

    @property
    def due(self) -> _Due:
        """The due dates, by their clocks."""
        return _Due(self._columns)

    def excepted(self, kpi: str, cause: Cause | None = None, *, counted: bool = True) -> Condition:
        """An agreed exception takes the case out of the adjusted figure of a KPI; of a cause only that which somebody caused.

        With a cause and not `counted`, it is only recorded, whatever the contract says.
        """
        if self._excepted is None:
            raise AttributeError("rows of posts have no exceptions")
        return self._excepted(kpi, cause, counted)

    def has(self, field: str, code: str) -> Condition:
        """A field with several answers holds this one."""
        held = (
            case_codes.c.case_row == self._case_row,
            case_codes.c.field == field,
            case_codes.c.code == code,
        )
        return exists(select(literal(1)).where(*held))


class _Due:
    def __init__(self, columns: Mapping[str, ColumnElement[Any]]) -> None:
        self._columns = columns

    def __getattr__(self, clock: str) -> ColumnElement[Any]:
        return self._columns[f"due_{clock}"]

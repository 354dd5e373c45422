"""The rows of returns as records again: the latest for each reference among some returns, for a return that starts from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from data_access.tables import TABLE_OF, cases
from domain.field_kinds import Field, Kind, Sheet
from domain.fields import KEY_OF, fields_of
from domain.returns import Record, Value

_AT_ONCE = 5000
"""So many rows are asked for in one question: an engine takes only so many values."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands, and what is quick to read of it; `outcome`, `outcome_date` and `vanished_on` are of cases only."""

    row_id: int
    return_id: int
    period_end: date
    provider: str
    key: tuple[str, ...]
    outcome: str | None = None
    outcome_date: date | None = None
    vanished_on: date | None = None


def _every(place: Place) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class EarlierRows:
    """Reads rows of one service, in one transaction; those of one provider when it is named."""

    connection: Connection
    service: str
    provider: str = ""

    def latest(
        self, sheet: Sheet, returns: Sequence[int], worth: Callable[[Place], bool] = _every
    ) -> list[tuple[Place, Record]]:
        """The latest row for each reference among some returns, by their numbers; only those that are worth it."""
        table = TABLE_OF[sheet]
        found = self._places(sheet, table.c.return_id.in_(returns))
        places = {(place.provider, *place.key): place for place in found}
        return self._whole(sheet, [place for place in places.values() if worth(place)])

    def counting(self, sheet: Sheet) -> list[tuple[Place, Record]]:
        """The rows of a sheet that count now."""
        return self._whole(sheet, self._places(sheet, TABLE_OF[sheet].c.in_force))

    def _places(self, sheet: Sheet, which: ColumnElement[bool]) -> list[Place]:
        table = TABLE_OF[sheet]
        keys = [key for key in KEY_OF[sheet] if key != "provider"]
        quick = ("outcome", "outcome_date", "vanished_on") if table is cases else ()
        columns = ["row_id", "return_id", "period_end", "provider"]
        asked = (
            select(*(table.c[name] for name in (*columns, *keys, *quick)))
            .where(which, table.c.service == self.service)
            .order_by(table.c.period_end, table.c.row_id)
        )
        if self.provider:
            asked = asked.where(table.c.provider == self.provider)
        return [
            Place(
                **{name: row[name] for name in (*columns, *quick)}, key=tuple(str(row[key]) for key in keys)
            )
            for row in self.connection.execute(asked).mappings()
        ]

    def _whole(self, sheet: Sheet, places: Sequence[Place]) -> list[tuple[Place, Record]]:
        """The records of rows, in the order of the rows."""
        table, fields = TABLE_OF[sheet], fields_of(sheet, self.service)
        found: dict[int, Record] = {}
        for start in range(0, len(places), _AT_ONCE):
            found |= self._records(
                table, fields, [place.row_id for place in places[start : start + _AT_ONCE]]
            )
        in_order = sorted(places, key=lambda place: place.row_id)
        return [(place, found[place.row_id]) for place in in_order]

    def _records(self, table: Table, fields: Sequence[Field], rows: Sequence[int]) -> dict[int, Record]:
        own = [table.c[field.key] for field in fields]
        asked = select(table.c.row_id, *own).where(table.c.row_id.in_(rows))
        return {row["row_id"]: _record(fields, row) for row in self.connection.execute(asked).mappings()}


def _record(fields: Sequence[Field], row: Mapping[Any, Any]) -> Record:
    """One row of a table as it was checked: several answers apart, and nothing for a blank."""
    found: dict[str, Value] = {}
    for field in fields:
        value = row[field.key]
        if value is not None:
            found[field.key] = tuple(value.split(";")) if field.kind is Kind.CODES else value
    return found

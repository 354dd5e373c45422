"""Which rows of one set of returns another set changes: counted in the database, and only what differs is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, FromClause, Select, and_, func, or_, select
from sqlalchemy import Table as SqlTable

from data_access.kept import KeptReturn, next_ends
from data_access.tables import TABLE_OF, cases
from domain.fields import KEY_OF, Sheet, fields_of
from domain.returns import Record
from domain.row_changes import Changed, RowChanges, SheetChanges, fields_changed, late_entries
from domain.settings import Settings
from domain.totals import row_in_words

Key: TypeAlias = tuple[str, ...]


class _Row(NamedTuple):
    """What is looked at of every row that counts."""

    row_id: int
    return_id: int
    ended: bool = False
    open: bool = False
    month: int | None = None


_Rows: TypeAlias = dict[Key, _Row]
_Both: TypeAlias = dict[tuple[int, int], Key]
"""The row that counts before and the one that counts after, of every key that has both and not the same."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The returns that count before and after, and which of them is the new one.

    `takes_out` says whether rows that the new return lacks are taken out by it, as they are by a later version of the same period.
    """

    before: tuple[KeptReturn, ...]
    after: tuple[KeptReturn, ...]
    new: KeptReturn
    takes_out: bool = True

    @property
    def replaced(self) -> frozenset[int]:
        """The returns that count before and no longer after."""
        return frozenset(k.row for k in self.before) - frozenset(k.row for k in self.after)


def read_row_changes(connection: Connection, sides: Sides, settings: Settings) -> RowChanges:
    """What the new return does to the rows that count."""
    main = Sheet.SUPPLEMENT if sides.new.from_council else Sheet.TOTALS if sides.new.totals_n else Sheet.CASES
    table = TABLE_OF[main]
    before, after = (_rows(connection, table, main, side) for side in (sides.before, sides.after))
    mine = {key: row for key, row in after.items() if row.return_id == sides.new.row}
    added = sorted(key for key in mine if key not in before)
    changed = _changed(connection, sides, main, _both(before, mine), settings)
    removed = _removed(before, mine, sides)
    gone_before, gone_after = (
        _gone(rows, side) for rows, side in ((before, sides.before), (after, sides.after))
    )
    if not sides.takes_out:
        gone_after |= {key for key, row in before.items() if row.open and key not in mine}
    vanished = sorted((gone_after - gone_before - set(removed)) & set(before))
    reopened = sorted(
        key for key, row in mine.items() if key in before and before[key].ended and not row.ended
    )
    named = _namer(main, settings, sides.new.service)
    return RowChanges(
        added=tuple(map(named, added)),
        changed=tuple(Changed(named(key), main, fields) for key, fields in changed),
        removed=tuple(map(named, removed)),
        vanished=tuple(map(named, vanished)) if table is cases else (),
        reopened=tuple(map(named, reopened)) if table is cases else (),
        same=len(mine) - len(added) - len(changed),
        late=late_entries((mine[key].month for key in added), sides.new.period.first_month),
        passed_over=max(getattr(sides.new, f"{table.name}_n") - len(mine), 0),
        sheet=main,
        others=tuple(_others(connection, main, sides)),
    )


def _namer(sheet: Sheet, settings: Settings, service: str) -> Any:
    if sheet is Sheet.TOTALS:
        return lambda key: row_in_words(key, settings, service)
    if sheet is Sheet.SUPPLEMENT:
        return lambda key: f"{settings.provider_label(key[0])}: {key[1]}"
    return lambda key: key[0]


def _ids(found: Iterable[KeptReturn]) -> list[int]:
    return [kept.row for kept in found]


def _counting(table: SqlTable, sheet: Sheet, found: Sequence[KeptReturn], *more: str) -> FromClause:
    """Keys, numbers and a few columns of the rows that count when these returns do."""
    keys = KEY_OF[sheet]
    whose = dict.fromkeys(("service", "provider", *keys))
    rank = func.row_number().over(
        partition_by=[table.c[key] for key in whose], order_by=table.c.period_end.desc()
    )
    named = dict.fromkeys(("row_id", "return_id", *keys, *more))
    ranked = (
        select(*(table.c[name] for name in named), rank.label("rank"))
        .where(table.c.return_id.in_(_ids(found)))
        .subquery()
    )
    return select(*(ranked.c[name] for name in named)).where(ranked.c.rank == 1).subquery()


def _rows(connection: Connection, table: SqlTable, sheet: Sheet, found: Sequence[KeptReturn]) -> _Rows:
    more = ("ended", "outcome_date", "referral_month") if table is cases else ()
    rows = _counting(table, sheet, found, *more)
    keys = KEY_OF[sheet]
    named = [rows.c[name] for name in ("row_id", "return_id", *more, *keys)]
    if not more:
        return {
            tuple(key): _Row(row_id, return_id)
            for row_id, return_id, *key in connection.execute(select(*named))
        }
    return {
        tuple(key): _Row(row_id, return_id, ended == "Y", day is None, month)
        for row_id, return_id, ended, day, month, *key in connection.execute(select(*named))
    }


def _both(before: _Rows, mine: _Rows) -> _Both:
    return {
        (before[key].row_id, row.row_id): key
        for key, row in mine.items()
        if key in before and before[key].row_id != row.row_id
    }


def _removed(before: _Rows, mine: _Rows, sides: Sides) -> list[Key]:
    if not sides.takes_out:
        return []
    return sorted(key for key, row in before.items() if row.return_id in sides.replaced and key not in mine)


def _gone(rows: _Rows, found: Sequence[KeptReturn]) -> set[Key]:
    """The open cases that are absent from the provider's next return, by `data_access.in_force.mark`'s own measure."""
    ends = next_ends(found)
    return {key for key, row in rows.items() if row.open and row.return_id in ends}


def _pairs(table: SqlTable, sheet: Sheet, sides: Sides) -> tuple[FromClause, FromClause, Select[Any]]:
    """The new return's rows, each with every row of the returns before under its key that differs in any column of the sheet.

    Joined by the index of the keys. Which of them counted is told afterwards: ranking both sides first would leave no index.
    """
    old, new = table.alias("old"), table.alias("new")
    keys = KEY_OF[sheet]
    whose = dict.fromkeys(("service", "provider", *keys))
    fields = [f.key for f in fields_of(sheet, sides.new.service) if f.key not in keys]
    query = (
        select(old.c.row_id, new.c.row_id)
        .join_from(new, old, and_(*(old.c[key] == new.c[key] for key in whose)))
        .where(
            new.c.return_id == sides.new.row,
            old.c.return_id.in_(_ids(sides.before)),
            or_(*(old.c[key].is_distinct_from(new.c[key]) for key in fields)),
        )
    )
    return old, new, query


def _changed(
    connection: Connection, sides: Sides, sheet: Sheet, both: _Both, settings: Settings
) -> list[tuple[Key, tuple[tuple[str, str, str], ...]]]:
    """Every row that says something else, and what; in the order of the references."""
    service, keys = sides.new.service, KEY_OF[sheet]
    fields = [f for f in fields_of(sheet, service) if f.key not in keys]
    old, new, query = _pairs(TABLE_OF[sheet], sheet, sides)
    columns = [*(old.c[f.key] for f in fields), *(new.c[f.key] for f in fields)]
    found = []
    for row in connection.execute(query.add_columns(*columns)):
        key = both.get((row[0], row[1]))
        if key is None:
            continue
        before, after = (
            dict(zip((f.key for f in fields), half, strict=True))
            for half in (row[2 : 2 + len(fields)], row[2 + len(fields) :])
        )
        if said := fields_changed(_record(before), _record(after), fields, settings, service):
            found.append((key, said))
    return sorted(found)


def _record(row: dict[str, Any]) -> Record:
    return row


def _others(connection: Connection, main: Sheet, sides: Sides) -> Iterable[SheetChanges]:
    """The sheets beside the main one that have rows before or after."""
    for sheet, table in TABLE_OF.items():
        if sheet is main or not fields_of(sheet, sides.new.service):
            continue
        before, after = (_rows(connection, table, sheet, side) for side in (sides.before, sides.after))
        mine = {key: row for key, row in after.items() if row.return_id == sides.new.row}
        added = sum(key not in before for key in mine)
        removed = len(_removed(before, mine, sides))
        if not mine and not removed:
            continue
        _, _, query = _pairs(table, sheet, sides)
        both = _both(before, mine)
        changed = sum((row[0], row[1]) in both for row in connection.execute(query))
        yield SheetChanges(sheet, added, changed, removed, len(mine) - added - changed)

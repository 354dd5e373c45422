"""What is expected of the months that still fill, in words and beside their counts in a table."""

from __future__ import annotations

from collections.abc import Mapping

from domain.disclosure import Released
from domain.formats import number
from domain.late_entry import Expected
from domain.periods import month_start
from domain.shown import dated
from domain.table import Table


def late_message(filling: Mapping[str, Expected]) -> str:
    """What the newest month is likely to become: 'October's 23 is likely to become about 28 to 47 once late cases are entered'."""
    if not filling:
        return ""
    newest = filling[max(filling)]
    name = f"{month_start(newest.month):%B}"
    if newest.range is None:
        return f"it is too early to say what {name}'s {number(newest.reported)} will become"
    edges = f"{number(newest.range.low)} to {number(newest.range.high)}"
    return f"{name}'s {number(newest.reported)} is likely to become about {edges} once late cases are entered"


def with_expected(table: Table, released: Released, filling: Mapping[str, Expected]) -> Table:
    """The table with what each month is expected to become, and the range."""
    keys = {figure.labels[0]: figure.keys[0] for figure in dated(released)}
    rows = []
    for row in table.rows:
        one = filling.get(keys.get(str(row[0]), ""))
        cells = ("", "", "")
        if one is not None:
            found = one.range
            cells = (
                (number(found.expected), number(found.low), number(found.high))
                if found
                else ("too early to say", "", "")
            )
        rows.append((*row, *cells))
    headers = (*table.headers, "Expected once late cases are entered", "Expected from", "Expected to")
    return Table(headers, tuple(rows))

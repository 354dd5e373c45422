"""A table that is too long for one presented screen goes on on the next one, and nothing of it is lost."""

from dataclasses import replace

from components.meeting_parts import MOST_LINES, parts_of
from domain.pack import Screen, Takeaway
from domain.table import Table
from tests.packs import chart_of_columns


def a_screen(rows: int, title: str = "8 KPIs", text: str = "Prevention rate") -> Screen:
    table = Table(("KPI", "Status", "Why"), tuple((f"{text} {n}", "– No target", "") for n in range(rows)))
    return Screen("kpis", "kpis", "KPIs", Takeaway(title), table)


def test_a_table_that_fits_is_one_part_without_its_empty_columns_and_with_short_cells_on_one_line() -> None:
    (part,) = parts_of(a_screen(MOST_LINES))
    assert part.table.headers == ("KPI", "Status")
    assert part.table.rows[0][1] == "–\u2060\u00a0No\u2060\u00a0target"
    assert part.heading == "KPIs"


def test_a_longer_one_is_parted_and_no_row_is_lost() -> None:
    parts = parts_of(a_screen(MOST_LINES + 3))
    assert [len(one.table.rows) for one in parts] == [MOST_LINES, 3]
    assert [one.heading for one in parts] == ["KPIs (1 of 2)", "KPIs (2 of 2)"]
    assert [row[0] for one in parts for row in one.table.rows] == [row[0] for row in a_screen(17).table.rows]


def test_a_long_title_high_rows_and_a_comment_leave_room_for_fewer() -> None:
    rows = MOST_LINES
    assert len(parts_of(a_screen(rows, title="A long title. " * 12))) == 2
    assert len(parts_of(a_screen(rows, text="A long name of a KPI that takes some lines. " * 4))) > 2
    assert len(parts_of(replace(a_screen(rows), comment="Said. " * 60))) == 2


def test_a_chart_is_never_parted() -> None:
    screen = replace(a_screen(40), chart=chart_of_columns())
    assert parts_of(screen) == (screen,)

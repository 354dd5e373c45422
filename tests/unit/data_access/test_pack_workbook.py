"""A pack as a workbook: what was shown stands in it and nothing else, laid out so that everybody can read it."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from data_access.packs.workbook import TIDY_COLUMNS, write_workbook
from domain.look import Look
from domain.pack import MeetingPack, PackFigure, Screen, Takeaway
from domain.table import Table
from tests.packs import a_pack

LOOK = Look("Example Council", "#ffd700")


def opened(pack: MeetingPack, *, quotes: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(write_workbook(pack, LOOK, quotes=quotes)))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(a_pack())


def words(book: Workbook) -> str:
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value)


def table_in(sheet: Worksheet) -> list[tuple[object, ...]]:
    (table,) = sheet.tables.values()
    return [tuple(cell.value for cell in row) for row in sheet[table.ref]]


def test_every_screen_has_its_sheet_between_the_notes_and_the_actions(book: Workbook) -> None:
    assert book.sheetnames == [
        "Cover", "Contents", "Notes", "Actions from last time", "KPI exceptions", "Volumes and included cases", "Outcomes",
        "Outcomes 2", "Complaints", "New actions", "Actions", "Tidy",
    ]  # fmt: skip
    assert book.active.title == "Cover"
    assert {sheet.sheet_state for sheet in book} == {"visible"}


def test_each_table_is_the_one_of_the_screen_with_numbers_as_numbers(book: Workbook) -> None:
    shown = [screen for screen in a_pack().screens if screen.table.rows]
    assert len(shown) == 6
    for screen, title in zip(shown, [*book.sheetnames[3:8], book.sheetnames[9]], strict=True):
        headers, *rows = table_in(book[title])
        assert (headers, tuple(rows)) == (screen.table.headers, screen.table.rows)
    cells = [cell for row in table_in(book["Outcomes"])[1:] for cell in row]
    assert cells[1:4] == [52, 65, "80.0%"]
    assert cells[-3:] == ["c", "c", "c"]


def test_each_number_shown_stands_once_in_the_sheet_for_programs(book: Workbook) -> None:
    headers, *rows = table_in(book["Tidy"])
    assert headers == TIDY_COLUMNS
    figures = [(screen.key, one) for screen in a_pack().screens for one in screen.figures]
    assert rows == [
        (key, one.key, one.label, one.met, one.base, one.value, one.shown, one.status or None)
        for key, one in figures
    ]
    hidden = [row for row in rows if row[6] == "c"]
    assert [row[3:6] for row in hidden] == [(None, None, None)]


def test_the_cover_says_who_what_when_and_for_whom(book: Workbook) -> None:
    pack = a_pack()
    cover = [cell.value for cell in book["Cover"]["A"]]
    assert cover[0] == pack.title
    for said in (pack.council, pack.example, pack.stood_words, pack.as_at, *pack.breath):
        assert said in cover
    for said in (pack.audience_words, pack.period.label, pack.selection, pack.link, "22 October 2018"):
        assert any(said in str(line) for line in cover)


def test_a_sheet_says_its_message_its_base_what_changed_and_the_comment_before_its_table(
    book: Workbook,
) -> None:
    lines = [cell.value for cell in book["Volumes and included cases"]["A"]][:7]
    assert lines[:5] == [
        "Volumes and included cases",
        "32 referrals a month in Jul 2018 to Sep 2018; no clear change from 30. Chance alone could make it 21 to 46.",
        "n = 135, data to 30 Sep 2018",
        "Last time and now: Apr-Jun 2018: 90 referrals; now 76",
        "Comment: The summer was busier than planned for.",
    ]
    assert str(lines[5]).startswith("c: hidden")


def test_what_an_audience_may_not_see_has_its_reason_and_no_table(book: Workbook) -> None:
    sheet = book["Complaints"]
    assert sheet["A3"].value == "Not shown: Areas are shown for all dates only."
    assert not sheet.tables
    held_back = replace(
        a_pack().screens[3], withheld="Not for them.", figures=(PackFigure("k", "K", "417", 417),)
    )
    told = words(opened(a_pack(screens=(held_back,))))
    assert "417" not in told
    assert "15.4%" not in told


def test_a_quote_leaves_only_where_it_is_asked_for() -> None:
    assert "rang my landlord" not in words(opened(a_pack()))
    assert "Quote: “They rang my landlord when I could not.”, a tenant" in words(
        opened(a_pack(), quotes=True)
    )


def test_actions_stand_with_their_days_and_their_kpi_before_and_now(book: Workbook) -> None:
    headers, first, second = table_in(book["Actions"])
    carried = dict(zip(headers, first, strict=True))
    assert carried["Who"] == "Service manager, provider"
    assert (carried["Status"], carried["Overdue"]) == ("In progress", "Overdue")
    assert (carried["KPI when agreed"], carried["KPI now"]) == (
        "84% (76 of 90), amber",
        "80% (52 of 65), red",
    )
    assert carried["Due"].date() == date(2018, 9, 30)  # type: ignore[attr-defined]
    assert second[:2] == ("Send the list of landlords' contacts", "In this meeting")


def test_every_sheet_is_laid_out_for_who_hears_it_read(book: Workbook) -> None:
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len(set(names)) == 10
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet["A1"].value
        assert len(sheet.tables) <= 1
        filled = [
            row[0].row for row in sheet.iter_rows() if any(cell.value not in (None, "") for cell in row)
        ]
        assert all(after - before == 1 for before, after in pairwise(filled)), sheet.title
        if sheet.title != "Tidy":
            assert sheet["A1"].style == "Headline 1"
        for table in sheet.tables.values():
            assert table.autoFilter is None
            headers = table_in(sheet)[0]
            assert [column.name for column in table.tableColumns] == list(headers)
            assert len(set(headers)) == len(headers)
    assert (book.properties.title, book.properties.language) == (a_pack().title, "en-GB")


def test_the_contents_lead_to_every_other_sheet(book: Workbook) -> None:
    links = [cell.hyperlink.location for cell in book["Contents"]["A"] if cell.hyperlink]
    assert links == [f"'{title}'!A1" for title in book.sheetnames[2:]]


def test_a_long_table_keeps_its_headers_in_sight() -> None:
    rows = tuple((f"Area {number}", number) for number in range(30))
    long = Screen("long", "volumes", "Areas", Takeaway("Thirty areas"), Table(("Area", "Cases"), rows))
    assert opened(a_pack(screens=(long,)))["Areas"].freeze_panes == "A5"


def test_what_looks_like_a_formula_is_a_text_and_titles_stay_legal() -> None:
    odd = Screen(
        "odd/one",
        "volumes",
        "Notes: who [and] why? A heading that is far too long for a tab",
        Takeaway("=1+1"),
        Table(("Name", "", "name"), (('=HYPERLINK("http://example.org")', "+44\x07", None),)),
        comment="@SUM(A1)\ufffe\ud800",
    )
    screens = (odd, odd, replace(odd, heading="Notes"), replace(odd, heading="???"))
    unseen = "Made-up\x00\x0b\ufffe\ud800 Council"
    book = opened(a_pack(screens=screens, council=unseen, about=unseen, audience_words=unseen))
    assert book.properties.creator == "Made-up Council"
    assert book.sheetnames[3:7] == [
        "Notes who and why A heading",
        "Notes who and why A heading 2",
        "Notes 2",
        "Sheet",
    ]
    assert table_in(book["Notes 2"]) == [
        ("Name", "Column 2", "name (3)"),
        ('=HYPERLINK("http://example.org")', "+44", None),
    ]
    assert "f" not in {cell.data_type for sheet in book for row in sheet for cell in row}


def test_the_same_pack_gives_the_same_bytes_whenever_it_is_written() -> None:
    first = write_workbook(a_pack(), LOOK)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
        assert b"2018-10-20T13:05:00Z" in archive.read("docProps/core.xml")
    assert write_workbook(a_pack(), LOOK) == first
    assert write_workbook(a_pack(version=13, breath=()), LOOK) != first


def test_a_pack_of_which_nothing_was_saved_can_be_written() -> None:
    bare = a_pack(
        screens=(),
        carried=(),
        agreed=(),
        stood=None,
        breath=(),
        link="",
        held_on=None,
        example="",
        council="",
    )
    book = opened(bare)
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Actions", "Tidy"]
    assert "No figures saved yet" in words(book)

"""The workbook of a needs assessment: the tables of the screens, charts drawn from cells, and nothing that is hidden."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from defusedxml.ElementTree import fromstring
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from data_access.procurement.workbook import write_needs_workbook
from domain.look import Look
from domain.pack import Chart, Form
from domain.procurement.needs import NeedsPack
from tests.needs import a_needs_pack, for_bidders, screens

LOOK = Look("Example Council", "#00703c")
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def opened(pack: NeedsPack) -> Workbook:
    return load_workbook(io.BytesIO(write_needs_workbook(pack, LOOK)))


@pytest.fixture(scope="module")
def data() -> bytes:
    return write_needs_workbook(a_needs_pack(), LOOK)


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def words(book: Workbook) -> str:
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None
    )


def tables_in(sheet: Worksheet) -> list[list[tuple[object, ...]]]:
    return [[tuple(cell.value for cell in row) for row in sheet[one.ref]] for one in sheet.tables.values()]


def test_every_screen_has_its_sheet_with_its_table_as_it_is(book: Workbook) -> None:
    assert book.sheetnames == [
        "Cover", "Contents", "Notes", "Referrals per 100 decisions", "Referrals counted and expected", "How well this would have done",
        "When referrals come", "How referrals end", "What a year costs at so many", "Volumes for the tender", "Assumptions", "Sources",
        "Definitions", "Tidy",
    ]  # fmt: skip
    for screen, title in zip(screens(), book.sheetnames[3:10], strict=True):
        told = [cell.value for cell in book[title]["A"] if cell.value]
        assert screen.takeaway.sentence in told
        if screen.table.rows:
            assert tables_in(book[title])[0] == [screen.table.headers, *screen.table.rows]
    assert book["Sources"]["A4"].value == "Referrals"
    assert len(tables_in(book["Tidy"])[0]) == 1 + 3


def test_charts_are_drawn_from_the_numbers_of_the_screen_and_hidden_ones_stand_in_no_cell(
    book: Workbook,
) -> None:
    for screen, title in zip(screens(), book.sheetnames[3:10], strict=True):
        sheet = book[title]
        assert len(sheet._charts) == (screen.chart is not None)
        if screen.chart is None:
            continue
        _headers, *rows = tables_in(sheet)[1]
        first = screen.chart.series[0]
        assert [row[1] for row in rows] == list(first.values)
        for place in screen.chart.hidden:
            shown = [value for value in rows[place][1:] if value is not None]
            level = screen.chart.line.value if screen.chart.line else None
            assert shown in ([], [level]), "only the level that marks are held against"
        assert sheet.freeze_panes is None, "the headers of one table never stand above the numbers of another"


def test_every_row_of_marks_is_a_row_of_cells_of_its_own_sheet(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        charts = {
            name: fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith("xl/charts/chart")
        }
    drawn = [screen for screen in screens() if screen.chart is not None]
    assert len(charts) == len(drawn) == 5
    found = sorted(
        (len(one.findall(f".//{CHART}ser")), len({ref.text.split("!")[0] for ref in one.iter(f"{CHART}f")}))
        for one in charts.values()
    )
    assert found == sorted((rows_of(screen.chart), 1) for screen in drawn)
    for one in charts.values():
        for limits in one.iter(f"{CHART}errBars"):
            order = [part.tag.removeprefix(CHART) for part in limits]
            assert order.index("plus") < order.index("minus"), "Excel refuses the other order"


def rows_of(chart: Chart | None) -> int:
    """How many rows of marks a chart has: of what is expected two limits of each kind and one line, and the level."""
    assert chart is not None
    level = chart.line is not None and chart.form is not Form.BARS
    return (6 if chart.form is Form.FAN else len(chart.series)) + level


def test_a_chart_says_what_it_shows_to_who_does_not_see_it(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        drawings = [fromstring(archive.read(f"xl/drawings/drawing{n}.xml")) for n in range(1, 6)]
    said = [one.find(f".//{DRAWING}cNvPr").get("descr") for one in drawings]
    assert said == [screen.chart.alt for screen in screens() if screen.chart is not None]


def test_the_cover_says_for_whom_and_every_message(book: Workbook) -> None:
    pack = a_needs_pack()
    cover = [str(cell.value) for cell in book["Cover"]["A"]]
    assert cover[0] == pack.title
    for one in (pack.scenario, pack.link, pack.stood_words, pack.as_at, pack.example, pack.audience_words):
        assert any(one in line for line in cover)
    for screen in pack.screens:
        assert any(line.endswith(screen.takeaway.sentence) for line in cover)


def test_the_bidders_version_has_no_price_no_address_and_no_name() -> None:
    careless = replace(a_needs_pack(), bidders=True, assumptions=(), definitions=())
    for pack in (for_bidders(), careless):
        book = opened(pack)
        told = words(book)
        # The words for all of a kind of figure are the same in every workbook.
        assert not re.search(r"£|http|procurement\?|\bprice|New duty, cautious", told, re.IGNORECASE)
        assert "(version for bidders)" in told
        assert not [
            cell
            for sheet in book
            for row in sheet
            for cell in row
            if cell.hyperlink and cell.hyperlink.target
        ]
        assert book.properties.subject == "For all bidders"


def test_what_is_withheld_has_its_reason_and_neither_table_nor_chart() -> None:
    kept_back = replace(screens()[5], item="work", withheld="Not for them.")
    book = opened(a_needs_pack(screens=(kept_back,)))
    sheet = book[book.sheetnames[3]]
    assert "Not shown: Not for them." in [cell.value for cell in sheet["A"]]
    assert (len(sheet.tables), len(sheet._charts)) == (0, 0)
    assert "£20,000" not in words(book)


def test_the_same_pack_gives_the_same_bytes(data: bytes) -> None:
    assert write_needs_workbook(a_needs_pack(), LOOK) == data
    assert write_needs_workbook(for_bidders(stood=None, screens=(), link=""), LOOK) != data

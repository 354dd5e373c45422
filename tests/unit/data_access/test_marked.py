"""The sender's workbook comes back with its problems marked, in whatever format it came, and says what the copy lacks."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from data_access.intake import examine
from data_access.spreadsheets import marking
from data_access.spreadsheets.filled import OUR_SHEETS
from data_access.spreadsheets.marked import NotMarked, mark_workbook
from data_access.spreadsheets.problem_marks import NOTE, SHEET_NAMES, TITLE
from data_access.spreadsheets.reading import IGNORED_SHEETS, read_return
from domain.problem import Level, Problem
from domain.vocabulary import plain
from tests.equipment.libreoffice import opened_by_libreoffice
from tests.upload_files.returns import KNOWN, SETTINGS, a_return, case, rewrite, with_stored_value

BAD = Problem(
    "V05", Level.MUST_FIX, "We read '=31/02'.", "A real date.", "Correct it.", sheet="Cases", row=3, index=3
)
ODD = Problem("V12", Level.CONFIRM, "Odd.", "A day.", "Confirm.", sheet="Cases", rows=(2, 4), index=1)
SAID = Problem("V10", Level.SAID, "Late.", "On time.", "Nothing.", sheet="Cases", row=2, index=2)


def a_workbook(*, errors: bool = False) -> Workbook:
    book = Workbook()
    book.active.title = "Cases"
    for row in (["Case reference", "Area", "Referral date"], ["C1", "Hill", "=A2"], ["C2", "Vale", 3]):
        book.active.append(row)
    book.active["B2"].comment = Comment("Ask Ann", "Ann")
    if errors:
        book.create_sheet("Errors").append(["of my own"])
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(content: bytes, **parts: bytes) -> bytes:
    """A workbook with parts added; `__` in a name stands for a slash, `_` for a dot."""
    named = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    return rewrite(content, lambda _, text: text, named)


def test_each_faulty_cell_has_a_note_and_a_line_that_leads_to_it() -> None:
    marked = mark_workbook("C:\\files\\My return.xlsx", saved(a_workbook()), (ODD, BAD, SAID))
    assert marked.file_name == "My return - problems marked.xlsx"
    book = load_workbook(io.BytesIO(marked.content))
    assert book.sheetnames == ["Errors", "Cases"]
    notes = {c.coordinate: c.comment.text for row in book["Cases"].iter_rows() for c in row if c.comment}
    assert notes.keys() == {"B2", "B4", "D3"}
    assert notes["B2"].startswith(f"Ask Ann\n\n{NOTE}\nTO BE CONFIRMED: Odd.")
    assert "MUST BE PUT RIGHT: We read '=31/02'. Wanted: A real date. To do: Correct it." in notes["D3"]
    links = [c.hyperlink.location for row in book["Errors"].iter_rows() for c in row if c.hyperlink]
    assert links == ["'Cases'!D3", "'Cases'!B2", "'Cases'!B4"]
    assert "Late." not in str([c.value for row in book["Errors"].iter_rows() for c in row])


def test_the_two_levels_differ_by_more_than_colour() -> None:
    book = load_workbook(io.BytesIO(mark_workbook("r.xlsx", saved(a_workbook()), (ODD, BAD)).content))
    looks = {
        str(area.sqref): (
            area.rules[0].dxf.fill.bgColor.rgb,
            area.rules[0].dxf.font.b,
            area.rules[0].dxf.font.i,
        )
        for area in book["Cases"].conditional_formatting
    }
    assert looks["D3"] != looks["B2 B4"]
    assert (looks["D3"][1:], looks["B2 B4"][1:]) == ((True, False), (False, True))


def test_a_sheet_of_the_senders_called_errors_stays_and_ours_has_another_name() -> None:
    marked = mark_workbook("r.xlsx", saved(a_workbook(errors=True)), (BAD,)).content
    again = load_workbook(io.BytesIO(mark_workbook("r.xlsx", marked, (BAD,)).content))
    assert again.sheetnames == ["Errors (dashboard)", "Cases", "Errors"]
    assert again["Errors"]["A1"].value == "of my own"


def test_what_is_written_on_our_sheet_is_never_a_formula() -> None:
    sly = replace(BAD, found="=HYPERLINK(1)", wanted="+1", repair="@x")
    book = load_workbook(io.BytesIO(mark_workbook("r.xlsx", saved(a_workbook()), (sly,)).content))
    assert {c.data_type for row in book["Errors"].iter_rows() for c in row} <= {"s", "n"}


def test_our_sheets_and_marks_are_not_read_when_the_workbook_comes_again() -> None:
    assert {plain(name) for name in (*SHEET_NAMES, *OUR_SHEETS)} <= IGNORED_SHEETS
    content = a_return(case(2, "referral_date", "31/02/2018"))
    first = examine("r.xlsx", content, SETTINGS, KNOWN)
    assert first.must_fix
    copy = mark_workbook("r.xlsx", content, first.problems).content
    again = examine("r.xlsx", copy, SETTINGS, KNOWN)
    assert [p.sentence for p in again.problems] == [p.sentence for p in first.problems]


def test_a_personal_value_stands_in_no_note_and_on_no_line_of_ours() -> None:
    content = a_return(case(2, "previous_case_ref", "ann@example.org"))
    found = examine("r.xlsx", content, SETTINGS, KNOWN)
    assert [p.check for p in found.must_fix] == ["V30"]
    book = load_workbook(io.BytesIO(mark_workbook("r.xlsx", content, found.problems).content))
    ours = [str(c.value) for row in book["Errors"].iter_rows() for c in row]
    ours += [c.comment.text for row in book["Cases"].iter_rows() for c in row if c.comment]
    assert NOTE in str(ours)
    assert "ann@example.org" not in str(ours)


def test_what_the_copy_lacks_is_named() -> None:
    book = a_workbook()
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=3, min_row=1, max_row=3))
    book.active.add_chart(chart)
    content = with_parts(saved(book), xl__media__image1_png=b"x", xl__slicers__slicer1_xml=b"<x/>")
    lost = mark_workbook("r.xlsx", content, (BAD,)).lost
    assert lost[:2] == ("pictures", "slicers")
    assert set(lost[2:]) == {
        "details of charts, such as their colours",
        "the size and the formats of notes",
    }
    assert mark_workbook("r.xlsx", saved(Workbook()), ()).lost == ()


def test_formulas_stay_and_their_stored_results_are_named_as_lost() -> None:
    marked = mark_workbook("r.xlsx", with_stored_value(saved(a_workbook()), "A2", "C1"), (BAD,))
    assert load_workbook(io.BytesIO(marked.content))["Cases"]["C2"].value == "=A2"
    assert any("stored results" in words for words in marked.lost)


def test_a_workbook_with_macros_keeps_them_and_its_ending() -> None:
    content = with_parts(saved(a_workbook()), xl__vbaProject_bin=b"not run")
    marked = mark_workbook("r.xlsm", content, (BAD,))
    assert marked.file_name == "r - problems marked.xlsm"
    with zipfile.ZipFile(io.BytesIO(marked.content)) as archive:
        assert archive.read("xl/vbaProject.bin") == b"not run"
        assert b"macroEnabled" in archive.read("[Content_Types].xml")


def test_a_csv_file_comes_back_as_a_workbook_with_the_same_cells() -> None:
    text = "Case reference,Referral date,Outcome\n=1+1,31/02/2018,Live\n007,01/04/2018,#N/A\n"
    bad = replace(BAD, row=2, index=1)
    marked = mark_workbook("Cases.csv", text.encode(), (bad,))
    assert (marked.file_name, len(marked.lost)) == ("Cases - problems marked.xlsx", 1)
    book = load_workbook(io.BytesIO(marked.content))
    read = [[cell.value for cell in row] for row in book["Cases"].iter_rows()]
    assert read == [line.split(",") for line in text.splitlines()]
    assert {cell.data_type for row in book["Cases"].iter_rows() for cell in row} == {"s"}
    assert NOTE in book["Cases"]["B2"].comment.text


def test_a_workbook_too_large_to_be_opened_whole_comes_back_with_its_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(marking, "CELLS_MOST", 5)
    ending, content, lost = marking.mark_here(
        ("r.xlsx", saved(a_workbook()), (BAD,), False), lambda text: None
    )
    book = load_workbook(io.BytesIO(content))
    assert (ending, book["Cases"]["A3"].value) == (".xlsx", "C2")
    assert NOTE in book["Cases"]["D3"].comment.text
    assert "too large" in lost[0]


def test_a_range_merged_over_everything_is_no_reason_to_hang() -> None:
    huge = '</sheetData><mergeCells count="1"><mergeCell ref="E1:XFD1048576"/></mergeCells>'
    content = rewrite(saved(a_workbook()), lambda _, text: text.replace("</sheetData>", huge))
    marked = mark_workbook("r.xlsx", content, (BAD,))
    assert NOTE in load_workbook(io.BytesIO(marked.content))["Cases"]["D3"].comment.text


def test_a_file_that_nobody_can_open_is_refused_in_words() -> None:
    assert read_return("r.xlsx", b"PK\x03\x04 nothing").refusal
    for data in (b"PK\x03\x04 nothing", b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)):
        with pytest.raises(NotMarked, match="CSV"):
            mark_workbook("r.xlsx", data, (BAD,))


def test_libreoffice_opens_the_copy_with_its_notes_links_and_colours() -> None:
    seen = opened_by_libreoffice(mark_workbook("r.xlsx", saved(a_workbook()), (ODD, BAD)).content)
    notes = re.findall(r"<office:annotation .*?</office:annotation>", seen, re.DOTALL)
    assert [NOTE in note for note in notes] == [True, True, True]
    links = re.findall(r'xlink:href="#([^"]+)"', seen)
    assert [link.replace("&apos;", "") for link in links] == ["Cases.D3", "Cases.B2", "Cases.B4"]
    assert seen.count("<calcext:condition ") == 2
    assert TITLE in seen


def test_array_formulas_stay() -> None:
    book = a_workbook()
    book.active["D2"] = ArrayFormula("D2:D3", "=SUM(C2:C3*2)")
    copy = load_workbook(io.BytesIO(mark_workbook("r.xlsx", saved(book), (BAD,)).content))
    assert (copy["Cases"]["D2"].value.ref, copy["Cases"]["D2"].value.text) == ("D2:D3", "=SUM(C2:C3*2)")


def test_a_blank_cell_with_a_link_stays_blank() -> None:
    book = a_workbook()
    book.active["D2"].hyperlink = "https://example.org/"
    blank = re.compile(r'<c r="D2"[^>]*>.*?</c>')
    content = rewrite(saved(book), lambda _, text: blank.sub("", text))
    marked = mark_workbook("r.xlsx", content, (BAD,))
    assert load_workbook(io.BytesIO(marked.content))["Cases"]["D2"].value is None
    assert "links on blank cells" in marked.lost


def test_a_number_that_is_no_day_stays_that_number_whatever_its_format() -> None:
    book = a_workbook()
    for row, number in enumerate((-5, 60, 43101.123456789, 99_999_999), start=5):
        book.active.cell(row, 1, number).number_format = "DD/MM/YYYY"
    copy = mark_workbook("r.xlsx", saved(book), (BAD,)).content
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    found = re.findall(r'<c r="A[5-8]"[^>]*><v>([^<]*)</v>', xml)
    assert [float(number) for number in found] == [-5, 60, 43101.123456789, 99_999_999]

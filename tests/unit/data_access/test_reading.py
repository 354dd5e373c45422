"""Every format and alphabet that returns come in gives the same cells; what is guessed is said."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from data_access.spreadsheets.delimited import decode
from data_access.spreadsheets.opened import pack, unpack
from data_access.spreadsheets.reading import read_return
from data_access.spreadsheets.workbook_parts import MERGED_LIMIT
from domain.drafts import Draft, RawCell
from tests.upload_files.hostile import HOSTILE
from tests.upload_files.readings import KEPT
from tests.upload_files.returns import a_return, case, rewrite


def workbook(**cells: object) -> bytes:
    book = Workbook()
    book.active.title = "Cases"
    for place, value in cells.items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(draft: Draft) -> dict[str, list[list[RawCell]]]:
    return {s.name: [[None if c == "" else c for c in row] for row in s.grid] for s in draft.sheets}


@pytest.mark.parametrize("form", ["xls", "ods"])
def test_other_formats_hold_the_same_cells(form: str) -> None:
    other = read_return(f"right.{form}", (KEPT / f"right.{form}").read_bytes())
    assert cells(other) == cells(read_return("right.xlsx", a_return()))
    assert (other.form, other.guesses, other.unread, other.macros) == (form, (), (), False)


@pytest.mark.parametrize("form", ["xls", "ods"])
def test_other_formats_tell_what_is_hidden_calculated_and_broken(form: str) -> None:
    hidden = read_return("r", (KEPT / f"hidden_row.{form}").read_bytes()).sheets[1]
    broken = read_return("r", (KEPT / f"error.{form}").read_bytes()).sheets[1]
    assert (hidden.hidden_rows, hidden.formulas, hidden.errors) == ((3,), 0, frozenset())
    assert (broken.hidden_rows, broken.formulas, broken.errors) == ((), 1, {(2, 15)})


def test_a_workbook_tells_what_it_merges_hides_and_calculates() -> None:
    def more(book: Workbook) -> None:
        sheet = book["Cases"]
        sheet.merge_cells("B7:D9")
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet["E2"] = "=1/0"

    sheet = read_return("r.xlsx", a_return(book=more)).sheets[1]
    assert (sheet.merged, sheet.hidden_rows, sheet.hidden_columns) == (((7, 1, 9, 3),), (3,), (2,))
    assert (sheet.formulas, sheet.unstored, sheet.from_1904) == (1, {(2, 4)}, False)
    name, make = HOSTILE["100,000 merged cells"]
    assert len(read_return(name, make()).sheets[1].merged) == MERGED_LIMIT


def test_the_xml_may_be_written_in_single_quotation_marks() -> None:
    def hide(book: Workbook) -> None:
        book["Cases"].row_dimensions[3].hidden = True

    data = rewrite(
        a_return(book=hide), lambda name, text: text.replace('"', "'") if "worksheets" in name else text
    )
    assert read_return("r.xlsx", data).sheets[1].hidden_rows == (3,)


def test_days_and_truths_keep_their_kind() -> None:
    given = {"A1": "x", "B1": True, "C1": 1, "D1": False, "E1": 0, "F1": date(2018, 4, 3), "G1": time(9, 5)}
    (row,) = read_return("r.xlsx", workbook(**given, H1=datetime(2018, 4, 3, 10, 30))).sheets[0].grid  # noqa: DTZ001
    assert row == ("x", True, 1, False, 0, date(2018, 4, 3), time(9, 5), datetime(2018, 4, 3, 10, 30))  # noqa: DTZ001
    assert [type(cell) for cell in row[1:5]] == [bool, float, bool, float]


def test_rows_and_columns_count_from_the_first_of_excel() -> None:
    assert read_return("r.xlsx", workbook(C3="x")).sheets[0].grid[2] == ("", "", "x")


def test_a_workbook_from_1904_gives_the_same_days_and_says_so() -> None:
    def from_1904(book: Workbook) -> None:
        book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001

    old, new = read_return("r.xlsx", a_return(book=from_1904)), read_return("r.xlsx", a_return())
    assert cells(old) == cells(new)
    assert old.sheets[1].from_1904 is True
    assert "1904" in old.guesses[0]


def test_sheets_that_no_return_has_are_kept_beside_it_and_ours_are_not() -> None:
    def more(book: Workbook) -> None:
        book.create_sheet("Client list").append(["Client No.", "Town"])
        book.create_sheet("Errors").append(["x"])

    draft = read_return("r.xlsx", a_return(book=more))
    assert draft.unread == ("Client list",)
    assert [sheet.grid for sheet in draft.others] == [(("Client No.", "Town"),)]


def test_another_sheet_that_is_too_large_does_not_refuse_the_return() -> None:
    def more(book: Workbook) -> None:
        book.create_sheet("Archive")["A70000"] = "x"

    draft = read_return("r.xlsx", a_return(book=more))
    assert (draft.refusal, draft.unread, draft.others) == (None, ("Archive",), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_alphabet_gives_the_same_text(encoding: str) -> None:
    text = "Case reference,Area\r\nCafé 1,Saffron Walden\r\n"
    said = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252"}
    assert decode(text.encode(encoding)) == (text, said.get(encoding, ""))


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_what_stands_between_cells_is_found_below_a_title_with_commas(between: str) -> None:
    rows = [["Case reference", "Area", "Vulnerabilities"], ["A-1", "Harlow", "x"], ["A-2", "Harlow", "y"]]
    text = "\n".join(["Cases, by area, of the quarter", *(between.join(row) for row in rows)])
    grid = read_return("Cases.csv", text.encode()).sheets[0].grid
    assert [list(row) for row in grid[1:]] == rows


def test_a_quotation_mark_left_open_never_swallows_the_rows_below_it() -> None:
    text = 'Case reference,Area\nA-1,"Harlow\nA-2,Harlow\n'
    draft = read_return("Cases.csv", text.encode())
    assert draft.refusal is not None
    assert "row 2 is not closed" in draft.refusal.found
    closed = read_return("Cases.csv", text.replace('"Harlow', '"Har""low"').encode())
    assert closed.sheets[0].grid[1:] == (("A-1", 'Har"low'), ("A-2", "Harlow"))


def test_a_packed_grid_is_the_same_grid_again() -> None:
    for grid in ((), ((),), (("a", 1, True), (None, 1.5, False)), (("a",), ("b", "c"), ())):
        assert unpack(pack(grid)) == grid


def test_a_formula_that_calls_a_program_is_never_run_nor_kept(tmp_path: Path) -> None:
    call = f"=cmd|' /C touch {tmp_path}/ran'!A0"
    draft = read_return("r.xlsx", a_return(case(2, "mentor_ref", call)))
    assert draft.sheets[1].unstored
    text = read_return("Cases.csv", f"Case reference,Area\nA-1,{call}\n".encode())
    assert text.sheets[0].grid[1][1] == call
    assert list(tmp_path.iterdir()) == []

"""The files of other formats, alphabets and ways of writing a day, a number or nothing; as those of `make`.

Those in kept/ were saved by LibreOffice 7.4 from pass/right.xlsx, since nothing here writes them.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

from tests.upload_files.hostile_parts import ods, ods_cell, ods_row, xls
from tests.upload_files.other_services import Example
from tests.upload_files.returns import Change, Sheets, as_csv, case, cover, later, right_return

KEPT = Path(__file__).parent / "kept"
PERIODS = ("Period start", "Period end", "Date submitted")


def _kept(name: str) -> bytes:
    return (KEPT / name).read_bytes()


def nil_as_csv(role: str = "Service manager", between: str = ",") -> str:
    """A Cover that says that there is nothing to report: a whole return on one sheet."""
    sheets = right_return()
    cover("Nil return", "Y")(sheets)
    cover("Submitted by (role)", role)(sheets)
    for what in ("cases", "activities", "answers", "complaints"):
        cover(f"Number of {what}", 0)(sheets)
    return as_csv(sheets["Cover"]).replace(",", between)


def _from_1904(book: Workbook) -> None:
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - as openpyxl wants it


def _with_a_blank_column(sheets: Sheets) -> None:
    sheets["Cases"] = [[None], [None], *([None, *row] for row in sheets["Cases"])]


def _hide_sheet(book: Workbook) -> None:
    book["Staff"].sheet_state = "hidden"


def _days(key: str, *values: object) -> tuple[Change, ...]:
    """A column of dates, from row 2 of Cases on."""
    return tuple(case(row, key, value) for row, value in enumerate(values, start=2))


PASS_READINGS: tuple[Example, ...] = (
    Example("right.xls", _kept("right.xls")),
    Example("right.ods", _kept("right.ods")),
    Example("right.xlsm", later()),
    Example("utf_8_with_its_mark.csv", nil_as_csv("Café manager").encode("utf-8-sig")),
    Example("utf_8_without_its_mark.csv", nil_as_csv("Café manager").encode()),
    Example("utf_16_with_its_mark.csv", b"\xff\xfe" + nil_as_csv("Café manager").encode("utf-16-le")),
    Example("utf_16_the_other_way_round.csv", b"\xfe\xff" + nil_as_csv("Café manager").encode("utf-16-be")),
    Example("lines_that_end_in_cr.csv", nil_as_csv().replace("\r\n", "\r").encode()),
    Example("line_break_within_a_cell.csv", nil_as_csv("Service\nmanager").encode()),
    Example("first_line_says_what_parts_cells.csv", f"sep=;\r\n{nil_as_csv(between=';')}".encode()),
    Example("numbers_as_text.xlsx", later(case(2, "adults_n", "1"), case(3, "adults_n", " 2.0 "))),
    Example("days_as_text.xlsx", later(*_days("referral_date", "3 April 2018", "2018-04-09", "20/06/2018"))),
    Example("spaces_that_do_not_break.xlsx", later(case(2, "area", "\u00a0Basildon\u00a0\u2009"))),
    Example("not_applicable.xlsx", later(case(3, "sex", "n/a"))),
    Example("blank_column_before.xlsx", later(_with_a_blank_column)),
)

FAIL_READINGS: tuple[Example, ...] = (
    Example("semicolons.csv", nil_as_csv(between=";").encode(), "file_as_read"),
    Example("tabs.csv", nil_as_csv(between="\t").encode(), "file_as_read"),
    Example("windows_1252.csv", nil_as_csv("Café manager").encode("cp1252"), "file_as_read"),
    Example("utf_16_without_its_mark.csv", nil_as_csv().encode("utf-16-le"), "file_as_read"),
    Example("workbook_that_ends_in_csv.csv", later(), "file_as_read"),
    Example("csv_that_ends_in_xls.xls", nil_as_csv().encode(), "file_as_read"),
    Example("days_from_1904.xlsx", later(book=_from_1904), "file_as_read"),
    Example(
        "day_numbers.xlsx", later(*_days("hearing_date", 43192, date(2018, 5, 1))), "numbers_read_as_days"
    ),
    Example(
        "day_numbers_as_text.xlsx",
        later(*_days("referral_date", "43193", "43199", "43271")),
        "numbers_read_as_days",
    ),
    Example("number_that_is_no_day.xlsx", later(case(2, "hearing_date", 43192.25)), "date_is_real"),
    Example("day_read_in_two_ways.xlsx", later(case(2, "referral_date", "03/04/2018")), "day_read_first"),
    Example("month_first.xlsx", later(case(4, "referral_date", "06/20/2018")), "date_is_real"),
    Example("dash_for_no_answer.xlsx", later(case(4, "sex", "-")), "marks_read_as_blank"),
    Example("dots_for_no_number.xlsx", later(case(4, "adults_n", "..")), "marks_read_as_blank"),
    Example("not_applicable_as_a_day.xlsx", later(case(4, "hearing_date", "N/A")), "marks_read_as_blank"),
    Example("none_as_a_number.xlsx", later(case(4, "adults_n", "none")), "number_within_limits"),
    Example("hidden_sheet.xlsx", later(book=_hide_sheet), "hidden_read"),
    Example("hidden_row_of_an_older_workbook.xls", _kept("hidden_row.xls"), "hidden_read"),
    Example("hidden_row_of_a_spreadsheet.ods", _kept("hidden_row.ods"), "hidden_read"),
    Example("error_in_an_older_workbook.xls", _kept("error.xls"), "formula_has_value"),
    Example("error_in_a_spreadsheet.ods", _kept("error.ods"), "formula_has_value"),
    Example("quotation_mark_left_open.csv", nil_as_csv().replace("Y", '"Y', 1).encode(), "file_opens"),
    Example("web_page.xls", b"<html><table><tr><td>Case reference</td></tr></table></html>", "file_opens"),
    Example("document.ods", ods("", kind=b"application/vnd.oasis.opendocument.text"), "file_opens"),
    Example("password.xls", xls(first=((0x2F, bytes(6)),)), "file_opens"),
    Example("password.ods", ods(ods_row(ods_cell()), manifest="<encryption-data/>"), "file_opens"),
)

"""The files of other people's spreadsheets: other layouts, names and words, with what a person confirmed of them; as those of `make`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from openpyxl import Workbook

from domain.mapping import LEFT_OUT, NO_MAPPING, Mapping, mapping_from_json
from tests.upload_files.other_services import Example
from tests.upload_files.returns import (
    PERIOD,
    Change,
    Sheets,
    case,
    later,
    with_column,
    with_row,
    without_column,
    without_sheet,
)

TOLD = {
    "service": "mentoring",
    "provider": "provider-a",
    "period_start": PERIOD.start,
    "period_end": PERIOD.end,
}
"""What is said on screen of a file without a Cover."""

OTHER_HEADERS = {
    "Case reference": "Client No.",
    "Area": "Town",
    "Referral date": "Referral Dt",
    "Outcome": "How it ended",
    "Vulnerabilities": "Needs of the household",
}
IN_OTHER_WORDS = Mapping(
    columns=(
        ("Cases", "clientno", "case_ref"),
        ("Cases", "howitended", "outcome"),
        ("Cases", "needsofthehousehold", "vulnerabilities"),
        ("Cases", "referraldt", "referral_date"),
        ("Cases", "town", "area"),
    )
)
OTHER_ANSWERS = mapping_from_json(
    '{"values": {"Cases": {"outcome": {"All good": "PREVENTED", "Left us": "WITHDRAWN"}, "area": {"Bas": "E07000066"},'
    ' "vulnerabilities": {"MH": "MENTAL", "To be asked": ""}}}}'
)
SECTIONS = Mapping(sheets=(("clientlist", "Cases"),))
CODE_LEFT_OUT = Mapping(columns=(("Cases", "ourowncode", LEFT_OUT),))
NAME_LEFT_OUT = Mapping(columns=(("Cases", "clientname", LEFT_OUT),))


def headers(sheet: str, named: dict[str, str]) -> Change:
    """Other words for some headers."""

    def change(sheets: Sheets) -> None:
        sheets[sheet][0] = [named.get(header, header) for header in sheets[sheet][0]]

    return change


def above(sheet: str, *rows: list[Any]) -> Change:
    """Rows above the headers."""

    def change(sheets: Sheets) -> None:
        sheets[sheet][:0] = [list(row) for row in rows]

    return change


def named(sheet: str, name: str) -> Change:
    """Another name for a sheet, where it stands."""

    def change(sheets: Sheets) -> None:
        items = [(name if key == sheet else key, rows) for key, rows in sheets.items()]
        sheets.clear()
        sheets.update(items)

    return change


def blank_column(sheet: str, at: int) -> Change:
    """A column with nothing in it."""

    def change(sheets: Sheets) -> None:
        for row in sheets[sheet]:
            row.insert(at, None)

    return change


def blank_rows(sheet: str, every: int = 1) -> Change:
    """Rows with nothing in them between the records."""

    def change(sheets: Sheets) -> None:
        sheets[sheet][:] = [line for row in sheets[sheet] for line in (row, [None] * every)]

    return change


def in_two_rows(sheet: str, groups: dict[str, tuple[str, str]]) -> Change:
    """Headers in two rows: some under a group, named by (group, own); the rest in the upper row alone."""

    def change(sheets: Sheets) -> None:
        upper = [groups[header][0] if header in groups else header for header in sheets[sheet][0]]
        lower = [groups[header][1] if header in groups else None for header in sheets[sheet][0]]
        sheets[sheet][:1] = [upper, lower]

    return change


GROUPS = {"Referral date": ("Dates", "Referral date"), "Date entered on system": ("Dates", "Entered date")}
SHORT_GROUPS = {"Referral date": ("Referral", "Date"), "Date entered on system": ("Referral", "Entered date")}


def merged(sheet: str, *ranges: str) -> Callable[[Workbook], None]:
    """Merged cells; only the first cell of each keeps its value."""

    def change(book: Workbook) -> None:
        for cells in ranges:
            book[sheet].merge_cells(cells)

    return change


def _upright(book: Workbook) -> None:
    """Merge the upper cells of a group, and each other header with the blank cell below it."""
    page = book["Cases"]
    page.merge_cells("C1:D1")
    for column in range(1, page.max_column + 1):
        if page.cell(2, column).value is None:
            page.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)


def _changed(name: str, rule: str, *changes: Change, mapping: Mapping = NO_MAPPING, **more: Any) -> Example:
    book = more.pop("book", None)
    return Example(name, later(*changes, book=book), rule, mapping=mapping, **more)


PASS_MATCHINGS: tuple[Example, ...] = (
    _changed("blank_columns.xlsx", "", blank_column("Cases", 0), blank_column("Cases", 4)),
    _changed("blank_rows_between.xlsx", "", blank_rows("Cases", 2)),
    _changed("header_in_two_rows.xlsx", "", in_two_rows("Cases", GROUPS)),
    _changed("header_completed_by_its_group.xlsx", "", in_two_rows("Cases", SHORT_GROUPS)),
    _changed("merged_header.xlsx", "", in_two_rows("Cases", SHORT_GROUPS), book=_upright),
    _changed("sheet_said_to_be_cases.xlsx", "", named("Cases", "Client list"), mapping=SECTIONS),
    _changed("headers_in_other_words.xlsx", "", headers("Cases", OTHER_HEADERS), mapping=IN_OTHER_WORDS),
    _changed(
        "answers_in_other_words.xlsx",
        "",
        case(2, "outcome", "All good"),
        case(3, "outcome", "Left us"),
        case(2, "area", "Bas"),
        case(2, "vulnerabilities", "MH; Young person; To be asked"),
        mapping=OTHER_ANSWERS,
    ),
    _changed(
        "column_left_out_before.xlsx",
        "",
        with_column("Cases", "Our own code", ["x", "y"]),
        mapping=CODE_LEFT_OUT,
    ),
    _changed("no_cover_but_told.xlsx", "", without_sheet("Cover"), told=TOLD),
    _changed("cover_completed.xlsx", "", lambda sheets: sheets["Cover"].pop(0), told=TOLD),
)
"""Files that give the same return as the template, without a word."""

FAIL_MATCHINGS: tuple[Example, ...] = (
    _changed(
        "titles_above_the_header.xlsx",
        "totals_left_out",
        above("Cases", ["Example provider A"], ["Quarter 1"], [None], *[[f"Point {n}"] for n in range(12)]),
    ),
    _changed(
        "merged_title_above.xlsx",
        "totals_left_out",
        above("Cases", ["Cases of the quarter"]),
        book=merged("Cases", "A1:D1"),
    ),
    _changed(
        "notes_below.xlsx",
        "totals_left_out",
        with_row("Cases", [None]),
        with_row("Cases", ["Figures are provisional and may still change."]),
        with_row("Cases", ["* includes cases taken over"]),
        with_row("Cases", ["N.B. 3 cases"]),
    ),
    _changed(
        "header_again_below.xlsx",
        "totals_left_out",
        lambda sheets: sheets["Cases"].insert(2, list(sheets["Cases"][0])),
    ),
    _changed("sheet_known_by_its_headers.xlsx", "known_by_headers", named("Cases", "Client list")),
    _changed(
        "sheet_that_may_be_two.xlsx",
        "sheets_there",
        named("Cases", "Client list"),
        lambda sheets: sheets.update({"Closed clients": [list(row) for row in sheets["Client list"]]}),
    ),
    _changed(
        "name_left_out_before.xlsx",
        "personal_again",
        with_column("Cases", "Client name", ["Somebody", "Someone"]),
        mapping=NAME_LEFT_OUT,
    ),
    _changed(
        "mapped_column_is_gone.xlsx",
        "columns_there",
        without_column("Cases", "Area"),
        headers("Cases", OTHER_HEADERS),
        mapping=IN_OTHER_WORDS,
    ),
    _changed(
        "two_columns_said_to_be_one.xlsx",
        "columns_there",
        with_column("Cases", "Town", ["Harlow"]),
        mapping=IN_OTHER_WORDS,
    ),
    _changed(
        "answer_that_was_not_said.xlsx",
        "answer_in_list",
        case(2, "outcome", "All is well"),
        mapping=OTHER_ANSWERS,
    ),
    _changed(
        "no_cover_and_half_told.xlsx", "sheets_there", without_sheet("Cover"), told={"service": "mentoring"}
    ),
    _changed(
        "provider_told_is_unknown.xlsx",
        "sender_known",
        without_sheet("Cover"),
        told=TOLD | {"provider": "Nobody we know"},
    ),
    _changed(
        "cover_says_another_period_than_told.xlsx",
        "period_expected",
        lambda sheets: [
            line.__setitem__(1, date(2018, 6, 1)) for line in sheets["Cover"] if line[0] == "Period start"
        ],
        told=TOLD,
    ),
)
"""Files that a rule speaks of, and no other."""

"""Marking a sender's workbook touches nothing that is the sender's, and marking it again changes nothing more."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill

from data_access.spreadsheets.marking import mark_here
from data_access.spreadsheets.problem_marks import TITLE
from domain.problem import Level, Problem

NAMES = ("Cases", "O'Neil's", "Errors", "Cover sheet", "Q1 (new)", "1.4", "Ünïté")
FORMATS = ("General", "DD/MM/YYYY", "0.00%", "@", '#,##0 "cases"', "[h]:mm")
TEXTS = st.one_of(
    st.text("abc =+-@'\"<>&é\n", max_size=12),
    st.sampled_from(("007", "#N/A", "TRUE", "1E5", " spaces ", "31/02/2018")),
)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.integers(-(10**6), 10**6),
    st.floats(-(10**6), 10**6),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(microsecond=0)),  # noqa: DTZ001
    st.times().map(lambda at: time(at.hour, at.minute)),
    st.sampled_from(("=A1*2", '=IF(B2="","",1)', "=SUM(A1:A3)")),
)
ROWS, COLUMNS = 6, 4


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)):
        sheet = book.create_sheet(name)
        for row in range(1, ROWS + 1):
            for column in range(1, COLUMNS + 1):
                cell = sheet.cell(row, column, draw(VALUES))
                if draw(st.booleans()):
                    cell.number_format = draw(st.sampled_from(FORMATS))
                if draw(st.integers(0, 4)) == 0:
                    cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="FF00FF00")
                if draw(st.integers(0, 7)) == 0:
                    cell.comment = Comment(f"mine {draw(TEXTS)}", "Ann")
        if draw(st.booleans()):
            sheet.merge_cells("B4:C5")
        if draw(st.booleans()):
            sheet["D6"].hyperlink = "https://example.org/"
        if draw(st.booleans()):
            fill = PatternFill(bgColor="FFDDDDFF")
            sheet.conditional_formatting.add("A1:D4", CellIsRule("greaterThan", ["5"], fill=fill))
        sheet.column_dimensions["A"].hidden = draw(st.booleans())
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@st.composite
def problems(draw: st.DrawFn) -> tuple[Problem, ...]:
    rows = st.lists(st.integers(1, ROWS + 3), min_size=1, max_size=4, unique=True).map(
        lambda found: tuple(sorted(found))
    )
    return tuple(
        Problem(
            "V05",
            draw(st.sampled_from(Level)),
            f"We read {draw(TEXTS)}.",
            "A real date.",
            "Correct it.",
            sheet=draw(st.sampled_from((*NAMES, "not there", ""))),
            rows=draw(rows),
            index=draw(st.none() | st.integers(0, COLUMNS)),
        )
        for _ in range(draw(st.integers(0, 5)))
    )


def the_senders(content: bytes) -> list[Any]:
    """All of a workbook that is its sender's: sheets in their order, values, formulas, formats, notes as they begin."""
    found: list[Any] = []
    for sheet in load_workbook(io.BytesIO(content), rich_text=True):
        if sheet["A1"].value == TITLE:
            continue
        found.append(
            (
                sheet.title,
                sheet.column_dimensions["A"].hidden,
                sorted(map(str, sheet.merged_cells.ranges)),
                sheet.freeze_panes,
            )
        )
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None or cell.has_style:
                    looks = (cell.number_format, cell.font.b, cell.fill.start_color.rgb)
                    link = cell.hyperlink.target if cell.hyperlink else ""
                    found.append((cell.coordinate, cell.data_type, cell.value, *looks, link))
    return found


def own_notes(content: bytes) -> dict[str, str]:
    return {
        f"{sheet.title} {cell.coordinate}": cell.comment.text
        for sheet in load_workbook(io.BytesIO(content))
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def all_of(content: bytes) -> list[Any]:
    book = load_workbook(io.BytesIO(content))
    rules = [
        (sheet.title, str(area.sqref), rule.priority, rule.formula)
        for sheet in book
        for area in sheet.conditional_formatting
        for rule in area.rules
    ]
    listed = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    # Blank lines at the end of a sender's note go with the mark that stood below them.
    notes = {place: text.rstrip("\n") for place, text in own_notes(content).items()}
    return [book.sheetnames, rules, listed, notes, the_senders(content)]


def marked(content: bytes, found: tuple[Problem, ...]) -> bytes:
    return mark_here(("r.xlsx", content, found, False), lambda text: None)[1]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=workbooks(), found=problems())
def test_marking_leaves_every_value_formula_format_note_and_sheet_as_it_was(
    content: bytes, found: tuple[Problem, ...]
) -> None:
    copy = marked(content, found)
    assert the_senders(copy) == the_senders(content)
    after = own_notes(copy)
    for place, text in own_notes(content).items():
        assert after[place].startswith(text.rstrip("\n"))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=workbooks(), first=problems(), second=problems())
def test_marking_again_leaves_only_the_new_marks(
    content: bytes, first: tuple[Problem, ...], second: tuple[Problem, ...]
) -> None:
    once = marked(content, second)
    assert all_of(marked(once, second)) == all_of(once)
    assert all_of(marked(marked(content, first), second)) == all_of(once)

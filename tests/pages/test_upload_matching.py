"""A provider's own spreadsheet on the Upload page: matched once, checked, repaired, given back marked, and known the next time."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from data_access.held_files import private_folder
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER
from pages._upload_work import AT_ONCE, Work
from tests.equipment.own_spreadsheet import (
    ANSWERS,
    HEADERS,
    MATCHED,
    NAMES,
    SECOND_QUARTER,
    SETTINGS,
    own_spreadsheet,
)
from tests.pages.opening import heading, opened, words_on
from tests.pages.uploading import PATIENCE, check, checked, chosen, over, pressed, returns_in, saved


@pytest.fixture
def council(shared: Store) -> Store:
    """A shared database of a council that has one provider under contract, and no return."""
    change_settings(shared, lambda _: SETTINGS, by=COMMISSIONER.signing("test"))
    return shared


def matched(page: AppTest) -> AppTest:
    """The page after its columns and answers were matched as they should be."""
    for letter, label in MATCHED.items():
        box = next(box for box in page.selectbox if str(box.label).startswith(f"Column {letter}"))
        box.set_value(next(option for option in box.options if option == label))
        page.run()
    box = next(box for box in page.selectbox if "Speech/lang delay" in box.label.replace("\\", ""))
    box.set_value(ANSWERS["Speech/lang delay"]).run()
    return over(pressed(page, "confirm_matching"))


def test_it_is_matched_on_one_screen_and_says_whose_it_is(council: Store, tmp_path: Path) -> None:
    page = checked(own_spreadsheet(tmp_path / "own.xlsx"), service="send")
    assert heading(page) == "Which column of own.xlsx is which?"
    labels = " ".join(box.label.replace("\\", "") for box in page.selectbox)
    assert all(header in labels for header in HEADERS if "name" not in header)
    assert "looks like a name" in words_on(page)
    assert "01/04/2026" in words_on(page), "three sample values stand beside each column"
    for name in NAMES:
        assert name not in words_on(page)
    page = matched(page)
    assert heading(page) == "own.xlsx can be saved, with a reason"
    assert "moves referrals in Apr-Jun 2026 (Q1 2026/27) from 0 to 12" in words_on(page)


def test_two_columns_are_not_read_as_the_same(council: Store, tmp_path: Path) -> None:
    page = checked(own_spreadsheet(tmp_path / "own.xlsx"), service="send")
    box = next(box for box in page.selectbox if box.label.startswith("Column H"))
    box.set_value("Outcome date").run()
    assert "both read as 'Outcome date'" in words_on(page)
    assert page.button(key="confirm_matching").disabled


def test_the_next_file_of_the_provider_needs_no_matching(council: Store, tmp_path: Path) -> None:
    saved(matched(checked(own_spreadsheet(tmp_path / "first.xlsx"), service="send")))
    (first,) = returns_in(council)
    assert "districtlivedin" in first.mapping
    page = checked(own_spreadsheet(tmp_path / "next.xlsx", SECOND_QUARTER), service="send")
    words = words_on(page)
    assert heading(page) == "Whose return is next.xlsx?"
    assert "Columns to confirm" not in words
    assert "Answers to confirm" not in words
    assert page.selectbox(key="told_period_send_northgate").value.label == "Jul-Sep 2026 (Q2 2026/27)"
    page = over(pressed(page, "confirm_matching"))
    assert heading(page) == "next.xlsx can be saved, with a reason"
    saved(page)
    assert len(returns_in(council)) == 2


def with_notes(path: Path) -> Path:
    """The spreadsheet with a sheet of notes beside its log."""
    book = load_workbook(path)
    book.create_sheet("READ ME").append(("Notes for the office",))
    book.save(path)
    return path


def test_a_sheet_that_was_left_out_is_not_asked_about_again(council: Store, tmp_path: Path) -> None:
    page = checked(with_notes(own_spreadsheet(tmp_path / "first.xlsx")), service="send")
    assert "Sheets" in [str(one.value) for one in page.header]
    saved(matched(page))
    page = checked(with_notes(own_spreadsheet(tmp_path / "next.xlsx", SECOND_QUARTER)), service="send")
    assert "Sheets" not in [str(one.value) for one in page.header]
    assert "Sheets that you left out: 1" in [one.label for one in page.expander]
    assert heading(over(pressed(page, "confirm_matching"))) == "next.xlsx can be saved, with a reason"


def test_it_is_asked_which_sheet_holds_the_cases_where_no_header_says_it(
    council: Store, tmp_path: Path
) -> None:
    book = load_workbook(own_spreadsheet(tmp_path / "own.xlsx"))
    for cell in book["Mediation log"][3]:
        cell.value = f"Field {cell.column}"
    book.save(tmp_path / "own.xlsx")
    page = checked(tmp_path / "own.xlsx", service="send")
    assert "Say which sheet holds your cases" in words_on(page)


def test_a_file_that_was_saved_before_is_taken_for_the_same_return_again(
    council: Store, tmp_path: Path
) -> None:
    first = own_spreadsheet(tmp_path / "first.xlsx")
    saved(matched(checked(first, service="send")))
    page = checked(first, service="send")
    assert page.selectbox(key="told_period_send_northgate").value.label == "Apr-Jun 2026 (Q1 2026/27)"


def test_a_repaired_file_is_read_as_it_was_matched(council: Store, tmp_path: Path) -> None:
    page = matched(checked(own_spreadsheet(tmp_path / "wrong.xlsx", wrong=2), service="send"))
    assert heading(page) == "There is a problem with wrong.xlsx"
    page = pressed(page, "again")
    assert "as you confirmed them" in words_on(page)
    page = check(page, own_spreadsheet(tmp_path / "right.xlsx"))
    assert heading(page) == "right.xlsx can be saved, with a reason"


def test_the_workbook_comes_back_with_its_problems_marked(council: Store, tmp_path: Path) -> None:
    page = matched(checked(own_spreadsheet(tmp_path / "wrong.xlsx", wrong=2), service="send"))
    page = over(pressed(page, "mark"))
    assert page.download_button(key="marked").label == "Download your marked workbook"
    marked = load_workbook(io.BytesIO(page.session_state["upload"].marked.content()))
    log = marked["Mediation log"]
    assert log["J15"].comment is not None
    assert log["J14"].comment is not None
    assert log["J13"].comment is None
    assert "Errors" in marked.sheetnames


def test_the_columns_can_be_read_in_another_way_afterwards(council: Store, tmp_path: Path) -> None:
    page = matched(checked(own_spreadsheet(tmp_path / "own.xlsx"), service="send"))
    page = pressed(page, "rematch")
    assert heading(page) == "Which column of own.xlsx is which?"
    box = next(box for box in page.selectbox if box.label.startswith("Column H"))
    assert box.value == "meeting_date"
    page = pressed(page, "leave_matching")
    assert heading(page) == "own.xlsx can be saved, with a reason"


@pytest.fixture
def busy() -> Iterator[None]:
    """As many other people's files are checked as may be at once, for as long as the test takes."""
    go_on = Event()
    others = [Work(lambda steps: go_on.wait(PATIENCE)) for _ in range(AT_ONCE)]
    yield
    go_on.set()
    assert all(work.wait(PATIENCE) for work in others)


def files_of_this_process() -> list[Path]:
    return list(private_folder().glob(f"{os.getpid()}-*.part"))


def test_the_marking_can_be_cancelled_and_leaves_the_file_as_it_was(council: Store, tmp_path: Path) -> None:
    page = matched(checked(own_spreadsheet(tmp_path / "wrong.xlsx", wrong=2), service="send"))
    before = files_of_this_process()
    go_on = Event()
    others = [Work(lambda steps: go_on.wait(PATIENCE)) for _ in range(AT_ONCE)]
    page = pressed(pressed(page, "mark"), "cancel_marking")
    go_on.set()
    assert all(work.wait(PATIENCE) for work in others)
    assert page.button(key="mark").label == "Mark the problems in your workbook"
    # Files of tests before may go meanwhile; none of this marking may stay.
    assert not set(files_of_this_process()) - set(before)


@pytest.mark.usefixtures("busy")
def test_while_a_file_waits_others_are_served_and_a_cancel_leaves_nothing(
    council: Store, tmp_path: Path
) -> None:
    before = files_of_this_process()
    page = chosen(opened("upload.py", service="send"), own_spreadsheet(tmp_path / "own.xlsx"))
    assert "waits for its turn" in words_on(page)
    assert set(files_of_this_process()) - set(before)
    assert opened("overview.py").title
    page = pressed(page, "cancel")
    assert "You cancelled the check of own.xlsx" in words_on(page)
    assert page.file_uploader
    assert set(files_of_this_process()) <= set(before)

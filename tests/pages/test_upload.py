"""The Upload page: a file is checked, previewed, saved or only looked at, and never half of it."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from components.upload_problems import REASONS
from components.upload_start import Form, Start
from data_access import sources
from data_access.intake import examine
from data_access.receipts import read_receipt
from data_access.returns import known_returns, save_return
from data_access.settings import read_settings
from data_access.stores import Store, writing
from data_access.tables import marks
from domain.access import COMMISSIONER
from domain.periods import Period
from domain.services import service
from domain.tally import Source
from pages._upload_start import workbook
from sample_data.make import RETURNS
from tests.pages.opening import heading, opened, words_on
from tests.pages.uploading import checked, over, pressed, returns_in, saved

FILES = Path(__file__).parents[1] / "upload_files"
FIRST = RETURNS / "provider-a_2017-04_to_2017-06.xlsx"
SEND_RETURN = RETURNS / "norfolk-mdr_2020-04_to_2020-06.xlsx"
SUPPLEMENT = RETURNS / "council_send_2024-04_to_2024-06.xlsx"
REASON = "upload_reason_wanted_filled"
NOTE = "upload_note_wanted_filled"
THREE_QUESTIONS = RETURNS / "housing-a_2024-07_to_2024-09.xlsx"
NEXT = RETURNS / "provider-a_2017-07_to_2017-09.xlsx"


def test_without_settings_the_page_says_how_to_begin(shared: Store) -> None:
    page = opened("upload.py")
    assert "does not know your providers" in page.warning[-1].value
    assert "settings load" in words_on(page)
    assert not page.file_uploader


def test_it_begins_with_the_earliest_period_still_wanted_and_the_open_cases(ready: Store) -> None:
    page = opened("upload.py", service="mentoring")
    assert page.selectbox(key="upload_provider_mentoring").value == "provider-a"
    assert page.selectbox(key="upload_period_mentoring_provider-a").value.label == "Apr-Jun 2017 (Q1 2017/18)"
    assert Form.FILLED not in page.radio[0].options, "there is no return to go on from"
    saved(checked(FIRST))
    page = opened("upload.py", service="mentoring")
    assert page.download_button(key="template").label == "Download the workbook with open cases"
    assert page.selectbox(key="upload_period_mentoring_provider-a").value.label == "Jul-Sep 2017 (Q2 2017/18)"


def test_only_a_service_with_fields_of_the_council_has_a_supplement(ready: Store) -> None:
    page = opened("upload.py", service="send")
    page.radio[0].set_value(Form.SUPPLEMENT).run()
    assert not page.exception
    assert page.download_button(key="template").label == "Download the council's supplement"
    page.selectbox(key="service").set_value("housing").run()
    assert Form.SUPPLEMENT not in page.radio[0].options


def test_the_supplement_of_a_period_names_the_cases_that_still_lack_what_the_council_knows(
    ready: Store,
) -> None:
    settings, known = (
        read_settings(ready, COMMISSIONER),
        known_returns(ready, COMMISSIONER, date(2024, 7, 10)),
    )
    accepted = examine(SEND_RETURN.name, SEND_RETURN, settings, known).accepted
    assert accepted is not None
    save_return(ready, accepted, by=COMMISSIONER.signing("manager"))
    begun = Start(service("send"), period=Period.parse("2020-04..2020-06"))
    book = load_workbook(io.BytesIO(workbook(ready, settings, COMMISSIONER, Form.SUPPLEMENT, begun)))
    references = {row[1] for row in book["Supplement"].iter_rows(min_row=2, values_only=True)}
    assert len(references - {None}) > 10


def test_nothing_to_report_is_previewed_and_saved_without_a_file(ready: Store) -> None:
    page = over(pressed(opened("upload.py", service="mentoring"), "nil"))
    assert heading(page) == "'Nothing to report' can be saved"
    assert not returns_in(ready), "nothing is saved before somebody says so"
    saved(page)
    (kept,) = returns_in(ready)
    assert (kept.nil, kept.cases_n, kept.provider) == (True, 0, "provider-a")


def test_nothing_to_report_in_place_of_cases_is_to_be_confirmed(ready: Store) -> None:
    saved(checked(FIRST))
    page = opened("upload.py", service="mentoring")
    box = page.selectbox(key="upload_period_mentoring_provider-a")
    page = box.set_value(next(one for one in returns_in(ready)).period).run()
    page = over(pressed(page, "nil"))
    assert "with a reason" in heading(page)
    assert "13 cases that are not in it" in words_on(page)
    assert page.button(key="save").disabled


def test_a_return_of_another_service_and_its_supplement_are_previewed_and_saved(ready: Store) -> None:
    page = checked(SEND_RETURN)
    words = words_on(page)
    assert "rows on the sheet Agreements" in words
    assert "Council declined mediation" not in words, "the council's own duty stands in no provider's preview"
    saved(page)
    page = checked(SUPPLEMENT)
    assert "(supplement)" in words_on(page)
    assert "Council's decision-maker present" in words_on(page)
    assert "look" not in [button.key for button in page.button]
    saved(page)
    assert {kept.provider for kept in returns_in(ready)} == {"norfolk-mdr", "council"}


def test_a_file_is_checked_previewed_and_saved(ready: Store) -> None:
    page = checked(FIRST)
    assert FIRST.name in heading(page)
    assert "can be saved" in heading(page)
    assert "This file moves referrals in Apr-Jun 2017 (Q1 2017/18) from 0 to" in words_on(page)
    assert not returns_in(ready), "nothing is saved before somebody says so"
    page = saved(page)
    assert heading(page) == "The return is saved"
    assert [kept.accepted_by for kept in returns_in(ready)] == ["Contract manager"]


def test_a_checked_file_lies_in_the_private_folder_until_somebody_starts_again(ready: Store) -> None:
    page = checked(FIRST)
    assert not page.file_uploader
    assert "upload_file_0" not in page.session_state
    held = page.session_state["upload"].wish.held
    assert held.there
    pressed(page, "start_again")
    assert not held.there


def test_the_same_file_again_changes_nothing_and_says_so(ready: Store) -> None:
    saved(checked(FIRST))
    page = checked(FIRST)
    assert "It changes no figure" in words_on(page)
    page = saved(page)
    assert "nothing has changed" in words_on(page)
    assert len(returns_in(ready)) == 1


def test_a_reason_is_wanted_for_warnings(ready: Store) -> None:
    page = checked(FIRST)
    assert page.button(key="save").disabled
    page.selectbox(key=REASON).set_value("Another reason").run()
    assert page.button(key="save").disabled
    page.text_input(key=NOTE).set_value("as in the published report").run()
    assert not page.button(key="save").disabled


def test_a_note_that_looks_personal_is_not_taken(ready: Store) -> None:
    page = checked(FIRST)
    page.selectbox(key=REASON).select_index(0).run()
    page.text_input(key=NOTE).set_value("ask somebody@example.org").run()
    assert page.button(key="save").disabled
    assert "an e-mail address" in page.error[0].value


def test_each_question_has_a_reason_of_its_own_and_one_pick_fills_in_all(ready: Store) -> None:
    page = checked(THREE_QUESTIONS)
    each = [
        box
        for box in page.selectbox
        if str(box.key).startswith("upload_reason_") and "for_all" not in box.key
    ]
    assert len(each) == 3
    page.selectbox(key="upload_reason_for_all").select_index(1).run()
    assert not page.button(key="save").disabled
    page.selectbox(key=each[1].key).select_index(0).run()
    saved(page, reasons=False)
    (kept,) = returns_in(ready)
    warnings = read_receipt(ready, COMMISSIONER, kept.id).warnings
    assert [one.reason for one in warnings] == [REASONS[1], REASONS[0], REASONS[1]]


def test_a_return_that_moved_meanwhile_is_refused_and_previewed_anew(ready: Store) -> None:
    first, second = checked(FIRST), checked(FIRST)
    saved(second)
    page = saved(first)
    assert "cannot be saved" in heading(page)
    assert "changed by Contract manager" in page.error[0].value
    assert "13 cases are new" in words_on(page), "what was saved meanwhile is shown"
    assert "What this file changes" not in words_on(page), "an effect that holds no longer is not shown"
    assert len(returns_in(ready)) == 1
    page = over(pressed(page, "preview_again"))
    assert "It changes no figure" in words_on(page)


def test_the_same_file_is_recognised_before_anything_else(ready: Store) -> None:
    saved(checked(FIRST))
    page = checked(FIRST)
    assert "This very file was saved before" in page.info[0].value


def test_the_receipt_says_who_saved_what_and_why(ready: Store) -> None:
    page = saved(checked(FIRST))
    words = words_on(page)
    (kept,) = returns_in(ready)
    assert "Contract manager" in words
    assert kept.digest[:12] in words
    assert REASONS[0] in words
    assert {"receipt_csv", "receipt_text"} <= {button.key for button in page.download_button}
    page = pressed(page, "another")
    assert page.file_uploader


def test_several_csv_files_are_one_return(ready: Store, tmp_path: Path) -> None:
    cover = tmp_path / "Cover.csv"
    cover.write_text(
        "Service,mentoring\nProvider,provider-a\nPeriod start,2017-04-01\nPeriod end,2017-06-30\n", "utf-8"
    )
    cases = tmp_path / "Cases.csv"
    cases.write_text("Case reference,Area,Referral date\nA-1,Harlow,2017-04-03\n", "utf-8")
    activities = tmp_path / "Activities.csv"
    activities.write_text("Activity reference,Case reference,Activity type\n", "utf-8")
    page = checked(cover, cases, activities)
    assert "We read 1 row on the sheet Cases" in words_on(page)
    assert heading(page).startswith("3 CSV files can be saved")


def test_a_workbook_among_other_files_is_not_checked(ready: Store) -> None:
    page = opened("upload.py")
    page.file_uploader[0].set_value([(f.name, f.read_bytes(), "") for f in (FIRST, NEXT)]).run()
    assert "one workbook, or several CSV files" in page.error[0].value
    assert page.button(key="check").disabled


def test_a_file_is_looked_at_without_saving(ready: Store) -> None:
    page = pressed(checked(FIRST), "look")
    assert any("Your file, not saved" in warning.value for warning in page.warning)
    assert not returns_in(ready)
    page = pressed(page, "leave_in_hand")
    assert not any("Your file, not saved" in warning.value for warning in page.warning)


@pytest.mark.parametrize(
    "name",
    [
        "damaged.xlsx",
        "password.xlsx",
        "not_a_workbook.xlsx",
        "same_reference_twice.xlsx",
        "live_with_a_date.xlsx",
    ],
)
def test_a_bad_file_changes_nothing_and_is_explained(ready: Store, name: str) -> None:
    page = checked(FILES / "fail" / name)
    assert heading(page) == f"There is a problem with {name}"
    assert "Nothing was saved" in page.error[0].value
    assert len(page.table) >= 1
    assert "save" not in [button.key for button in page.button]
    assert not returns_in(ready)
    page = pressed(page, "again")
    assert page.file_uploader


def test_a_database_of_examples_takes_no_return_and_says_why(ready: Store) -> None:
    mark_as_examples(ready)
    page = checked(FIRST)
    assert "holds the examples" in page.warning[-1].value
    assert [button.key for button in page.button if button.key in ("save", "look")] == ["look"]


def mark_as_examples(store: Store) -> None:
    with writing(store, COMMISSIONER) as connection:
        connection.execute(insert(marks).values(name="holds", value="examples"))
    assert sources.shared_store().source is Source.EXAMPLES

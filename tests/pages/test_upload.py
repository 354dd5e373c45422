"""The Upload page: a file is checked, previewed, saved or only looked at, and never half of it."""

from pathlib import Path

import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from data_access import sources
from data_access.kept import KeptReturn
from data_access.returns import list_returns
from data_access.stores import Store, writing
from data_access.tables import marks
from domain.access import COMMISSIONER
from domain.tally import Source
from sample_data.make import RETURNS
from tests.pages.opening import heading, opened, words_on

FILES = Path(__file__).parents[1] / "upload_files"
FIRST = RETURNS / "provider-a_2017-04_to_2017-06.xlsx"
SEND_RETURN = RETURNS / "norfolk-mdr_2020-04_to_2020-06.xlsx"
SUPPLEMENT = RETURNS / "council_send_2024-04_to_2024-06.xlsx"
NEXT = RETURNS / "provider-a_2017-07_to_2017-09.xlsx"


def checked(path: Path, name: str = "") -> AppTest:
    page = opened("upload.py")
    page.file_uploader[0].upload(name or path.name, path.read_bytes()).run()
    return pressed(page, "check")


def pressed(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception, page.exception
    return page


def test_without_settings_the_page_says_how_to_begin(shared: Store) -> None:
    page = opened("upload.py")
    assert "does not know your providers" in page.warning[0].value
    assert "settings load" in words_on(page)
    assert not page.file_uploader


def test_the_blank_return_can_be_filled_with_provider_and_period(ready: Store) -> None:
    page = opened("upload.py", service="mentoring")
    page.selectbox(key="template_provider").set_value("provider-b").run()
    page.selectbox(key="template_period").select_index(1).run()
    assert not page.exception
    assert page.download_button(key="template").label == "Download the blank return"


def test_only_a_service_with_fields_of_the_council_has_a_supplement(ready: Store) -> None:
    page = opened("upload.py", service="send")
    page.radio(key="template_sender").set_value("The council's supplement").run()
    assert not page.exception
    assert page.download_button(key="template").label == "Download the blank supplement"
    page.selectbox(key="service").set_value("housing").run()
    assert "template_sender" not in [radio.key for radio in page.radio]
    assert page.download_button(key="template").label == "Download the blank return"


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


def test_the_bytes_of_a_checked_file_are_not_kept(ready: Store) -> None:
    page = checked(FIRST)
    assert not page.file_uploader
    assert "upload_file_0" not in page.session_state


def test_the_same_file_again_changes_nothing_and_says_so(ready: Store) -> None:
    saved(checked(FIRST))
    page = checked(FIRST)
    assert "It changes no figure" in words_on(page)
    page = saved(page)
    assert "nothing has changed" in page.info[0].value
    assert len(returns_in(ready)) == 1


def test_a_reason_is_wanted_for_warnings(ready: Store) -> None:
    page = checked(FIRST)
    assert page.button(key="save").disabled
    page.selectbox(key="reason").set_value("Another reason").run()
    assert page.button(key="save").disabled
    page.text_input(key="reason_note").set_value("as in the published report").run()
    assert not page.button(key="save").disabled


def test_a_note_that_looks_personal_is_not_taken(ready: Store) -> None:
    page = checked(FIRST)
    page.selectbox(key="reason").select_index(0).run()
    page.text_input(key="reason_note").set_value("ask somebody@example.org").run()
    assert page.button(key="save").disabled
    assert "an e-mail address" in page.error[0].value


def test_a_return_that_moved_meanwhile_is_refused(ready: Store) -> None:
    first, second = checked(FIRST), checked(FIRST)
    saved(second)
    page = saved(first)
    assert "cannot be saved" in heading(page)
    assert len(returns_in(ready)) == 1


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
        "unknown_code.xlsx",
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
    assert "holds the examples" in page.warning[0].value
    assert [button.key for button in page.button if button.key in ("save", "look")] == ["look"]


def mark_as_examples(store: Store) -> None:
    with writing(store) as connection:
        connection.execute(insert(marks).values(name="holds", value="examples"))
    assert sources.shared_store().source is Source.EXAMPLES


def saved(page: AppTest) -> AppTest:
    if any(box.key == "reason" for box in page.selectbox):
        page.selectbox(key="reason").select_index(0).run()
    page.text_input(key="upload_user").set_value("Contract manager").run()
    return pressed(page, "save")


def returns_in(store: Store) -> tuple[KeptReturn, ...]:
    return list_returns(store, COMMISSIONER)

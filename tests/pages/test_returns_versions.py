"""The Returns page: one version with its receipt, and two versions compared, each by its address."""

import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from components.returns_versions import difference_csv
from data_access.return_rows import WithReturn
from data_access.returns import list_returns, save_return, withdraw_return
from data_access.settings import change_settings
from data_access.stores import Store, writing
from data_access.tables import originals
from data_access.versions_between import read_difference
from domain.accepted import AcceptedWarning
from domain.access import COMMISSIONER
from domain.mapping import Mapping
from tests.builders import NORTH, Q1, Q2, SOUTH, a_case, a_return, some_settings
from tests.pages.opening import opened, words_on

FIRST, SECOND = f"mentoring:{NORTH}:{Q1}:1", f"mentoring:{NORTH}:{Q1}:2"
MATCHED = Mapping(columns=(("Cases", "client number", "case_ref"),))


@pytest.fixture
def three(shared: Store) -> Store:
    """Two versions of one quarter of one provider, with a warning accepted and columns matched, and a return of another."""
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER.signing("test"))
    kept = WithReturn(
        (AcceptedWarning("dates_known", "V12", "A date is blank.", 3, "Not recorded by our system", "old system"),),
        MATCHED,
    )  # fmt: skip
    save_return(
        shared, a_return(cases=[a_case("C1"), a_case("C2")]), by=COMMISSIONER.signing("Manager"), with_it=kept
    )
    cases = [a_case("C1", "UNSUCCESSFUL"), a_case("C3")]
    save_return(shared, a_return(cases=cases), by=COMMISSIONER.signing("Deputy"))
    save_return(shared, a_return(SOUTH, Q2, [a_case("S1")]), by=COMMISSIONER.signing("Deputy"))
    return shared


def options(page: AppTest, key: str) -> list[str]:
    return list(page.selectbox(key=key).options)


def test_a_version_is_opened_by_its_address_with_its_receipt(three: Store) -> None:
    page = opened("returns.py", version=FIRST)
    words = words_on(page)
    for wanted in (
        "Replaced by a later return",
        "Manager",
        "A date is blank.",
        "old system",
        "2 rows of Cases",
    ):
        assert wanted in words
    keys = [b.key for b in page.get("download_button")]
    assert {"receipt_csv", "receipt_text", "mapping_json"} <= set(keys)
    assert "original_file" not in keys, "the council keeps no files"


def test_nothing_is_chosen_at_first_and_a_strange_address_is_no_error(three: Store) -> None:
    for query in ({}, {"version": "mentoring:north:2018-04..2018-06:9", "later": "nonsense"}):
        page = opened("returns.py", **query)
        assert page.selectbox(key="version").value is None
        assert page.selectbox(key="later").value is None


def test_a_kept_file_can_be_had_again(three: Store) -> None:
    with writing(three, COMMISSIONER) as connection:
        connection.execute(insert(originals).values(return_id=2, content=b"as it was sent"))
    for version, kept in ((SECOND, True), (FIRST, False)):
        page = opened("returns.py", version=version)
        assert ("is kept as it was sent" in words_on(page)) is kept
        assert ("original_file" in [b.key for b in page.get("download_button")]) is kept


def test_two_versions_are_compared_by_their_address(three: Store) -> None:
    page = opened("returns.py", later=SECOND, earlier=FIRST)
    words = words_on(page)
    assert "Version 2 of Apr-Jun 2018 (Q1 2018/19), saved on" in words
    assert "1 case is new." in words
    assert "C2" in words
    assert "Unsuccessful" in words


def test_without_a_second_choice_a_version_is_compared_with_the_one_before(three: Store) -> None:
    page = opened("returns.py")
    page.selectbox(key="later").set_value(SECOND).run()
    assert "against version 1 of Apr-Jun 2018" in words_on(page)
    page.selectbox(key="later").set_value(FIRST).run()
    assert "the first of its period" in words_on(page)


def test_only_versions_of_the_same_sender_can_be_compared(three: Store) -> None:
    page = opened("returns.py", later=SECOND)
    (offered,) = options(page, "earlier")
    assert offered.startswith("North Mentors")
    page.selectbox(key="later").set_value(f"mentoring:{SOUTH}:{Q2}:1").run()
    assert not page.exception
    assert options(page, "earlier") == []


def test_a_withdrawn_version_keeps_its_receipt(three: Store) -> None:
    withdraw_return(three, SECOND, by=COMMISSIONER.signing("Deputy"), why="Wrong quarter")
    words = words_on(opened("returns.py", version=SECOND))
    assert "by Deputy: Wrong quarter. Saved on" in words
    assert [k.state for k in list_returns(three, COMMISSIONER) if k.provider == NORTH] == [
        "current",
        "withdrawn",
    ]


def test_the_difference_as_a_file_holds_every_changed_field(three: Store) -> None:
    content = difference_csv(read_difference(three, COMMISSIONER, FIRST, SECOND)).decode("utf-8-sig")
    assert "New,Cases,C3,,," in content
    assert "Gone from this return,Cases,C2,,," in content
    assert "Changed,Cases,C1,Outcome,Prevented,Unsuccessful" in content
    assert "KPI,,,Prevention rate" in content

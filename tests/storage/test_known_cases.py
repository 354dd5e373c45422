"""What the checks of a return may ask of a provider's other returns: its cases, who was helped and who was satisfied."""

from datetime import date

from data_access.known_cases import read_known_cases
from data_access.returns import known_returns, save_return, withdraw_return
from data_access.stores import Store
from domain.access import COMMISSIONER
from domain.drafts import KnownCases
from domain.periods import Period
from domain.returns import Record, Return
from tests.builders import (
    NORTH,
    Q1,
    Q2,
    Q3,
    SOUTH,
    a_case,
    a_return,
    a_send_case,
    a_supplement,
    a_supplement_row,
    an_activity,
)


def known(store: Store, replaced: str | None) -> KnownCases:
    return read_known_cases(
        store, COMMISSIONER, "mentoring", NORTH, Period.parse(replaced) if replaced else None
    )


def outcomes(found: KnownCases) -> dict[str, object]:
    return {reference: case["outcome"] for reference, case in found.cases.items()}


def with_answers(new: Return, *answers: Record) -> Return:
    return Return(
        new.service,
        new.provider,
        new.period,
        new.cases,
        new.activities,
        new.digest,
        new.file_name,
        answers=answers,
    )


def test_the_latest_row_of_each_case_is_known_and_no_other_providers(store: Store) -> None:
    first = a_case("one", "LIVE")
    save_return(store, a_return(NORTH, Q1, [first, a_case("two")]), by=COMMISSIONER.signing("ann"))
    save_return(
        store,
        a_return(NORTH, Q2, [a_case("one", "WITHDRAWN")], [an_activity(first)]),
        by=COMMISSIONER.signing("ann"),
    )
    save_return(store, a_return(SOUTH, Q1, [a_case("three")]), by=COMMISSIONER.signing("ann"))
    found = known(store, Q3)
    assert outcomes(found) == {"one": "WITHDRAWN", "two": "PREVENTED"}
    assert found.cases["one"]["referral_date"] == date(2018, 4, 10)
    assert found.helped == {"one"}


def test_a_return_is_not_checked_against_what_it_replaces(store: Store) -> None:
    save_return(store, a_return(NORTH, Q1, [a_case("one", "LIVE")]), by=COMMISSIONER.signing("ann"))
    save_return(store, a_return(NORTH, Q2, [a_case("one"), a_case("two")]), by=COMMISSIONER.signing("ann"))
    assert outcomes(known(store, Q2)) == {"one": "LIVE"}
    assert outcomes(known(store, "2018-04..2018-09")) == {}
    assert outcomes(known(store, None)) == {"one": "PREVENTED", "two": "PREVENTED"}


def test_what_was_withdrawn_or_replaced_is_not_known(store: Store) -> None:
    save_return(store, a_return(NORTH, Q1, [a_case("one")]), by=COMMISSIONER.signing("ann"))
    save_return(store, a_return(NORTH, Q1, [a_case("two")]), by=COMMISSIONER.signing("ann"))
    assert outcomes(known(store, Q2)) == {"two": "PREVENTED"}
    withdraw_return(store, f"mentoring:{NORTH}:{Q1}:2", by=COMMISSIONER.signing("ben"), why="wrong file")
    assert outcomes(known(store, Q2)) == {"one": "PREVENTED"}


def test_only_positive_answers_with_a_case_count_as_satisfied(store: Store) -> None:
    rows = tuple(
        {"response_ref": f"R{number}", "question_code": "G1", "case_ref": reference, "answer_code": code}
        for number, (reference, code) in enumerate(
            [("one", "A4"), ("two", "A3"), (None, "A5"), ("three", "DK")]
        )
    )
    save_return(
        store, with_answers(a_return(NORTH, Q1, [a_case("one")]), *rows), by=COMMISSIONER.signing("ann")
    )
    assert known(store, Q2).satisfied == {"one"}


def test_the_checks_are_given_what_is_known(store: Store) -> None:
    save_return(store, a_return(NORTH, Q1, [a_case("one")]), by=COMMISSIONER.signing("ann"))
    found = known_returns(store, COMMISSIONER, date(2018, 10, 1)).find_cases(
        "mentoring", NORTH, Period.parse(Q2)
    )
    assert outcomes(found) == {"one": "PREVENTED"}


def test_every_spelling_ever_met_is_known_the_first_one_first(all_services: Store) -> None:
    save_return(
        all_services,
        a_supplement(Q1, [a_supplement_row("s-1"), a_supplement_row("s-2")]),
        by=COMMISSIONER.signing("carl"),
    )
    save_return(
        all_services,
        a_return(NORTH, Q1, [a_send_case("One")], service="send"),
        by=COMMISSIONER.signing("ann"),
    )
    save_return(
        all_services,
        a_return(NORTH, Q1, [a_send_case("two")], service="send"),
        by=COMMISSIONER.signing("ann"),
    )
    withdraw_return(all_services, f"send:{NORTH}:{Q1}:2", by=COMMISSIONER.signing("ann"), why="wrong file")
    save_return(
        all_services,
        a_return(SOUTH, Q1, [a_send_case("three")], service="send"),
        by=COMMISSIONER.signing("sue"),
    )
    found = read_known_cases(all_services, COMMISSIONER, "send", NORTH, Period.parse(Q1))
    assert found.cases == {}
    assert found.written == ("One", "two", "s-1", "s-2")

"""A case that was open and is no longer in its provider's next return is not live from that return's last day."""

from datetime import date

import pytest

from data_access.questions import Question
from data_access.returns import save_return, withdraw_return
from data_access.stores import Store
from data_access.tallies import read_tally
from domain.access import COMMISSIONER
from domain.returns import Record
from domain.selection import Selection
from tests.builders import NORTH, Q1, Q2, Q3, SOUTH, a_case, a_housing_case, a_return
from tests.storage.figures import assert_whole, total

JUNE, AUGUST, SEPTEMBER, DECEMBER = 201806, 201808, 201809, 201812


def live(store: Store, *months: int, as_of: int | None = None) -> list[int]:
    return [total(store, "live_cases", at=month, as_of=as_of) for month in months]


@pytest.fixture
def open_case() -> Record:
    return a_case("open", "LIVE")


@pytest.fixture
def q1(store: Store, open_case: Record) -> Store:
    save_return(store, a_return(NORTH, Q1, [open_case, a_case("closed")]), by=COMMISSIONER.signing("ann"))
    return store


def test_an_open_case_stays_live_until_the_end_of_the_return_without_it(q1: Store) -> None:
    assert live(q1, JUNE, SEPTEMBER) == [1, 1]
    save_return(
        q1, a_return(NORTH, Q2, [a_case("other", "LIVE", referred=None)]), by=COMMISSIONER.signing("ann")
    )
    assert live(q1, JUNE, AUGUST, SEPTEMBER, DECEMBER) == [1, 1, 0, 0]
    assert live(q1, JUNE, AUGUST, SEPTEMBER, as_of=2) == [1, 1, 1]


def test_it_is_live_again_when_the_next_return_is_withdrawn(q1: Store) -> None:
    save_return(q1, a_return(NORTH, Q2, [a_case("other")]), by=COMMISSIONER.signing("ann"))
    withdraw_return(q1, f"mentoring:north:{Q2}:1", by=COMMISSIONER.signing("ben"), why="incomplete")
    assert live(q1, JUNE, SEPTEMBER, DECEMBER) == [1, 1, 1]
    assert live(q1, SEPTEMBER, as_of=3) == [0]
    assert_whole(q1)


def test_it_is_live_again_when_a_corrected_or_later_return_brings_it_back(
    q1: Store, open_case: Record
) -> None:
    save_return(q1, a_return(NORTH, Q2, [a_case("other")]), by=COMMISSIONER.signing("ann"))
    assert live(q1, SEPTEMBER) == [0]
    save_return(q1, a_return(NORTH, Q3, [open_case]), by=COMMISSIONER.signing("ann"))
    assert live(q1, DECEMBER) == [1]
    save_return(q1, a_return(NORTH, Q2, [a_case("other"), open_case]), by=COMMISSIONER.signing("ann"))
    assert live(q1, SEPTEMBER, DECEMBER) == [1, 1]
    assert_whole(q1)


def test_a_closed_case_does_not_vanish_and_another_provider_ends_nothing(q1: Store) -> None:
    closed_before = total(q1, "completed_cases")
    save_return(q1, a_return(SOUTH, Q2, [a_case("theirs")]), by=COMMISSIONER.signing("ann"))
    assert live(q1, SEPTEMBER) == [1]
    save_return(q1, a_return(NORTH, Q2, [a_case("other")]), by=COMMISSIONER.signing("ann"))
    assert total(q1, "completed_cases") == closed_before + 2


def test_a_deadline_after_the_day_a_case_vanished_is_nobody_s(all_services: Store) -> None:
    unseen = [
        a_housing_case(ref, "OPEN", referred=day, first_contact_date=None, initial_visit_date=None)
        for ref, day in (("DUE_BEFORE", date(2018, 6, 1)), ("DUE_AFTER", date(2018, 9, 25)))
    ]
    other = a_housing_case("OTHER", referred=date(2018, 6, 1))
    save_return(
        all_services, a_return(NORTH, Q1, [*unseen, other], service="housing"), by=COMMISSIONER.signing("ann")
    )
    save_return(all_services, a_return(NORTH, Q2, [other], service="housing"), by=COMMISSIONER.signing("ann"))
    save_return(all_services, a_return(NORTH, Q3, [other], service="housing"), by=COMMISSIONER.signing("ann"))
    asked = Question("initial_contact_in_time", (), Selection("housing"))
    (row,) = read_tally(all_services, asked, COMMISSIONER).rows
    assert (row.met, row.base) == (1, 2), "vanished on 30 September, and due on 9 October"

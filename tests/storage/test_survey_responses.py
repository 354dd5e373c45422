"""Surveys returned of those sent: counted return by return, and only where the number sent is known."""

from datetime import date

import pytest

from data_access.returns import save_return
from data_access.stores import Store
from data_access.survey_responses import read_responses
from domain.access import COMMISSIONER, Viewer
from domain.response_rate import Sent
from domain.selection import Selection
from tests.builders import HILL, NORTH, Q1, Q2, Q3, SOUTH, a_return, an_answer, of_area, of_provider

HOUSING = Selection("housing")


@pytest.fixture
def store(all_services: Store) -> Store:
    return all_services


def send_in(store: Store, period: str, people: int, sent: int | None, provider: str = NORTH) -> None:
    """People who each answer two questions."""
    answers = [
        an_answer(response_ref=f"{provider}-{period}-{n}", question_code=code)
        for n in range(people)
        for code in ("Q1", "Q10")
    ]
    new = a_return(provider, period, service="housing", surveys_sent=sent, answers=answers)
    save_return(store, new, by=COMMISSIONER.signing("test"))


def test_a_person_with_two_answers_is_one_survey(store: Store) -> None:
    send_in(store, Q1, 3, 10)
    send_in(store, Q2, 5, 20, SOUTH)
    found = read_responses(store, HOUSING, COMMISSIONER)
    assert [(row.keys, row.met, row.base) for row in found.tally.rows] == [(("2018-19",), 8, 30)]
    assert found.sent == Sent(2)


def test_a_return_that_does_not_say_how_many_were_sent_is_left_out_whole(store: Store) -> None:
    send_in(store, Q1, 3, 10)
    send_in(store, Q2, 4, None)
    found = read_responses(store, HOUSING, COMMISSIONER)
    assert [(row.met, row.base) for row in found.tally.rows] == [(3, 10)]
    assert found.sent == Sent(2, unsaid=1)


def test_more_answers_than_surveys_sent_make_no_rate(store: Store) -> None:
    send_in(store, Q1, 3, 2)
    found = read_responses(store, HOUSING, COMMISSIONER)
    assert found.tally.rows == ()
    assert found.sent == Sent(1, beyond=1)


def test_a_person_whom_two_returns_hold_counts_in_the_later_one(store: Store) -> None:
    for period, sent in ((Q1, 10), (Q2, 20)):
        row = an_answer(response_ref="R1", question_code="Q1")
        new = a_return(NORTH, period, service="housing", surveys_sent=sent, answers=[row])
        save_return(store, new, by=COMMISSIONER.signing("test"))
    found = read_responses(store, HOUSING, COMMISSIONER)
    assert [(row.met, row.base) for row in found.tally.rows] == [(1, 30)]


def test_what_is_chosen_and_who_asks_limit_the_returns(store: Store) -> None:
    send_in(store, Q1, 3, 10)
    send_in(store, Q3, 4, 10)
    send_in(store, Q1, 5, 10, SOUTH)
    in_part, in_whole = of_area("somebody", HILL).grants, of_provider("somebody", NORTH).grants
    counted = {
        "south": (Selection("housing", providers=(SOUTH,)), COMMISSIONER),
        "until September": (Selection("housing", first=201804, last=201809), COMMISSIONER),
        "part of a quarter": (Selection("housing", first=201805), COMMISSIONER),
        "another service": (Selection("send"), COMMISSIONER),
        "north alone may be seen": (HOUSING, of_provider("somebody", NORTH)),
        "one area alone may be seen": (HOUSING, of_area("somebody", HILL)),
        "north, and one area of the others": (HOUSING, Viewer("somebody", (*in_part, *in_whole))),
    }
    people = {
        name: sum(row.met for row in read_responses(store, *asked).tally.rows)
        for name, asked in counted.items()
    }
    assert people == {
        "south": 5,
        "until September": 8,
        "part of a quarter": 4,
        "another service": 0,
        "north alone may be seen": 7,
        "one area alone may be seen": 0,
        "north, and one area of the others": 7,
    }
    # How many surveys a provider sent is told for none of its areas.
    mixed = read_responses(store, *counted["north, and one area of the others"])
    assert sum(row.base or 0 for row in mixed.tally.rows) == 20


def test_the_figures_reach_as_far_as_the_returns(store: Store) -> None:
    send_in(store, Q1, 3, 10)
    assert read_responses(store, HOUSING, COMMISSIONER).tally.as_at.earliest == date(2018, 6, 30)

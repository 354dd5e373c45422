"""The council's supplement: versions of its own, joined to the provider's case, waiting where the case is not there."""

from datetime import date

import pytest

from data_access.questions import Question
from data_access.returns import save_return, withdraw_return
from data_access.stores import Store
from data_access.tallies import read_tally
from domain.access import COMMISSIONER
from domain.selection import Selection
from tests.builders import NORTH, Q1, Q2, SOUTH, a_return, a_send_case, a_supplement, a_supplement_row
from tests.storage.figures import assert_whole, states, total

ONE, TWO = a_send_case("ONE"), a_send_case("TWO")


def present(store: Store, as_of: int | None = None) -> tuple[int, int, int]:
    """At how many meetings the council's decision-maker was, of how many, and of how many that is not known."""
    question = Question("la_decision_maker_present", (), Selection(service="send"), None, as_of)
    (row,) = read_tally(store, question, COMMISSIONER).rows
    return row.met, row.base, row.missing


def send(store: Store, *rows: object, period: str = Q1) -> str:
    return save_return(store, a_supplement(period, rows), by=COMMISSIONER.signing("carl")).id  # type: ignore[arg-type]


@pytest.fixture
def two_meetings(all_services: Store) -> Store:
    save_return(all_services, a_return(NORTH, Q1, [ONE, TWO], service="send"), by=COMMISSIONER.signing("ann"))
    return all_services


def test_every_moment_of_the_supplement_keeps_its_own_figures(two_meetings: Store) -> None:
    assert present(two_meetings) == (0, 0, 2)
    send(two_meetings, a_supplement_row(ONE))
    send(two_meetings, a_supplement_row(ONE), a_supplement_row(TWO, la_decision_maker="N"))
    assert present(two_meetings) == (1, 2, 0)
    assert states(two_meetings)[f"council:{Q1}:1"] == "replaced"
    withdraw_return(two_meetings, f"send:council:{Q1}:2", by=COMMISSIONER.signing("carl"), why="wrong file")
    assert present(two_meetings) == (1, 1, 1)
    withdraw_return(two_meetings, f"send:council:{Q1}:1", by=COMMISSIONER.signing("carl"), why="wrong file")
    assert present(two_meetings) == (0, 0, 2)
    moments = {2: (0, 0, 2), 3: (1, 1, 1), 4: (1, 2, 0), 5: (1, 1, 1), 6: (0, 0, 2)}
    assert {seq: present(two_meetings, seq) for seq in moments} == moments
    assert total(two_meetings, service="send") == 2
    assert_whole(two_meetings)


def test_a_row_waits_until_its_case_is_there(all_services: Store) -> None:
    send(all_services, a_supplement_row("ONE"))
    assert total(all_services, service="send") == 0
    assert present(all_services) == (0, 0, 0)
    save_return(all_services, a_return(NORTH, Q1, [ONE], service="send"), by=COMMISSIONER.signing("ann"))
    assert present(all_services) == (1, 1, 0)
    withdraw_return(all_services, f"send:north:{Q1}:1", by=COMMISSIONER.signing("ann"), why="wrong file")
    assert present(all_services) == (0, 0, 0)
    assert [present(all_services, seq) for seq in (2, 3, 4)] == [(0, 0, 0), (1, 1, 0), (0, 0, 0)]


def test_a_row_is_about_the_case_of_the_provider_it_names(two_meetings: Store) -> None:
    save_return(two_meetings, a_return(SOUTH, Q1, [ONE], service="send"), by=COMMISSIONER.signing("sue"))
    send(two_meetings, a_supplement_row(ONE, SOUTH))
    question = Question("la_decision_maker_present", ("provider",), Selection(service="send"))
    rows = read_tally(two_meetings, question, COMMISSIONER).rows
    assert [(row.keys[0], row.met, row.missing) for row in rows] == [(NORTH, 0, 2), (SOUTH, 1, 0)]


def test_the_row_of_the_latest_period_counts_and_a_case_of_an_earlier_one_keeps_its_row(
    two_meetings: Store,
) -> None:
    send(two_meetings, a_supplement_row(ONE, la_decision_maker="N"), a_supplement_row(TWO))
    send(two_meetings, a_supplement_row(ONE), period=Q2)
    assert present(two_meetings) == (2, 2, 0)
    withdraw_return(two_meetings, f"send:council:{Q2}:1", by=COMMISSIONER.signing("carl"), why="wrong file")
    assert present(two_meetings) == (1, 2, 0)
    assert_whole(two_meetings)


def test_the_supplement_does_not_say_how_far_a_provider_has_reported(two_meetings: Store) -> None:
    # Due on 7 July, after the last day that the provider has reported: a supplement of a later period makes nobody late.
    late = a_send_case("LATE", "OPEN", requested=date(2018, 6, 7))
    save_return(two_meetings, a_return(NORTH, Q1, [late], service="send"), by=COMMISSIONER.signing("ann"))
    question = Question("mediation_held_in_time", (), Selection(service="send"))
    before = read_tally(two_meetings, question, COMMISSIONER)
    send(two_meetings, a_supplement_row(late), period=Q2)
    after = read_tally(two_meetings, question, COMMISSIONER)
    assert [(row.met, row.base) for row in after.rows] == [(0, 0)]
    assert (before.rows, before.as_at) == (after.rows, after.as_at)

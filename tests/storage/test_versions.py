"""Versions of a return: each moment keeps its own figures, and nothing is ever taken away."""

from datetime import UTC, datetime, timedelta

import pytest

from data_access.ledger import data_version
from data_access.returns import Refused, Saved, list_returns, save_return, withdraw_return
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER
from domain.returns import Return
from domain.tally import Source
from tests.builders import NORTH, Q1, Q2, SOUTH, a_case, a_return, an_activity
from tests.storage.figures import assert_whole, contents, states, total


def saved(store: Store, new: Return, **more: str) -> Saved:
    return save_return(store, new, by=COMMISSIONER.signing("ann"), **more)


def with_cases(n: int, *, provider: str = NORTH, period: str = Q1) -> Return:
    cases = [a_case(f"{provider}-{i}") for i in range(n)]
    return a_return(provider, period, cases, [an_activity(case) for case in cases])


def test_every_moment_gives_its_own_figures_back(store: Store) -> None:
    saved(store, with_cases(3))
    saved(store, with_cases(5))
    withdraw_return(
        store, "mentoring:north:2018-04..2018-06:2", by=COMMISSIONER.signing("ben"), why="sent in error"
    )
    saved(store, with_cases(4, period=Q2))
    assert data_version(store) == 5
    moments = {1: 0, 2: 3, 3: 5, 4: 3, 5: 4}  # north-3 stands in the second quarter only
    assert {seq: total(store, as_of=seq) for seq in moments} == moments
    assert total(store) == 4
    assert {seq: total(store, "preventions", as_of=seq) for seq in moments} == moments


def test_a_corrected_version_replaces_the_whole_return(store: Store) -> None:
    kept, dropped = a_case("kept"), a_case("dropped")
    saved(store, a_return(cases=[kept, dropped]))
    corrected = saved(store, a_return(cases=[{**kept, "outcome": "UNSUCCESSFUL"}]))
    assert (corrected.version, corrected.changed) == (2, True)
    assert (total(store), total(store, "preventions")) == (1, 0)
    assert states(store) == {f"north:{Q1}:1": "replaced", f"north:{Q1}:2": "current"}


def test_the_same_bytes_twice_change_nothing_and_say_so(store: Store) -> None:
    new = with_cases(3)
    first = saved(store, new)
    before = contents(store)
    again = saved(store, new, reason="another reason")
    assert first == Saved("mentoring:north:2018-04..2018-06:1", 1, changed=True)
    assert again == Saved("mentoring:north:2018-04..2018-06:1", 1, changed=False)
    assert contents(store) == before


def test_an_earlier_file_sent_again_is_a_new_version(store: Store) -> None:
    for n in (3, 5, 3):
        saved(store, with_cases(n))
    assert total(store) == 3
    assert len(assert_whole(store)) == 3


def test_withdrawing_puts_the_version_before_back(store: Store) -> None:
    saved(store, with_cases(3))
    saved(store, with_cases(5))
    withdraw_return(store, f"mentoring:north:{Q1}:2", by=COMMISSIONER.signing("ben"), why="wrong district")
    assert total(store) == 3
    withdraw_return(store, f"mentoring:north:{Q1}:1", by=COMMISSIONER.signing("ben"), why="wrong provider")
    assert total(store) == 0
    assert set(states(store).values()) == {"withdrawn"}
    listed = {kept.version: kept for kept in list_returns(store, COMMISSIONER)}
    assert (listed[2].withdrawn_by, listed[2].withdrawn_why, listed[2].accepted_by) == (
        "ben", "wrong district", "ann",
    )  # fmt: skip
    assert_whole(store)


def test_the_version_after_a_withdrawn_one_has_the_next_number(store: Store) -> None:
    saved(store, with_cases(3))
    withdraw_return(store, f"mentoring:north:{Q1}:1", by=COMMISSIONER.signing("ben"), why="wrong file")
    assert saved(store, with_cases(3)) == Saved(f"mentoring:north:{Q1}:2", 2, changed=True)


@pytest.mark.parametrize(
    ("identity", "why", "said"),
    [
        (f"mentoring:north:{Q1}:9", "wrong", "no return"),
        (f"mentoring:north:{Q1}:1", "wrong", "replaced"),
        (f"mentoring:north:{Q1}:2", "  ", "why"),
    ],
)
def test_only_a_return_that_counts_is_withdrawn_and_with_a_reason(
    store: Store, identity: str, why: str, said: str
) -> None:
    saved(store, with_cases(3))
    saved(store, with_cases(5))
    before = contents(store)
    with pytest.raises(Refused, match=said):
        withdraw_return(store, identity, by=COMMISSIONER.signing("ben"), why=why)
    assert contents(store) == before


def test_a_quarter_replaces_all_its_months_and_withdrawing_it_brings_them_back(store: Store) -> None:
    saved(store, with_cases(2, period="2018-04"))
    saved(store, a_return(NORTH, "2018-05", [a_case("may")]))
    saved(store, a_return(NORTH, Q1, [a_case("q1"), a_case("q2"), a_case("q3"), a_case("q4")]))
    assert total(store) == 4
    assert states(store)["north:2018-05:1"] == "replaced"
    with pytest.raises(Refused, match="replaced"):
        withdraw_return(store, "mentoring:north:2018-05:1", by=COMMISSIONER.signing("ben"), why="too late")
    withdraw_return(store, f"mentoring:north:{Q1}:1", by=COMMISSIONER.signing("ben"), why="months wanted")
    assert total(store) == 3
    assert states(store)["north:2018-05:1"] == "current"
    assert [total(store, as_of=seq) for seq in (2, 3, 4, 5)] == [2, 3, 4, 3]
    assert_whole(store)


@pytest.mark.parametrize("period", ["2018-05", "2018-06..2018-08", "2018-03..2018-04"])
def test_a_period_inside_or_across_another_is_refused(store: Store, period: str) -> None:
    saved(store, with_cases(2))
    before = contents(store)
    with pytest.raises(Refused, match=r"Apr-Jun 2018.*overlaps"):
        saved(store, a_return(NORTH, period, [a_case()]))
    assert contents(store) == before
    assert saved(store, a_return(SOUTH, period, [a_case()])).changed  # another provider's periods are its own


def test_a_case_in_two_quarters_is_counted_once_by_its_latest_row(store: Store) -> None:
    saved(store, a_return(NORTH, Q2, [a_case("both", "PREVENTED")]))
    saved(store, a_return(NORTH, Q1, [a_case("both", "LIVE")]))  # sent late: the older period does not win
    saved(store, a_return(SOUTH, Q1, [a_case("both", "LIVE")]))  # another provider's case of the same name
    assert (total(store), total(store, "preventions")) == (2, 1)


def test_a_return_without_cases_is_a_return(store: Store) -> None:
    assert saved(store, a_return(NORTH, Q1)).changed
    assert total(store) == 0
    assert states(store) == {f"north:{Q1}:1": "current"}


def test_examples_and_real_returns_never_meet(store: Store, examples_store: Store) -> None:
    saved(store, with_cases(2))
    for held, example in ((store, True), (examples_store, False)):
        before = contents(held)
        with pytest.raises(Refused, match="kept out"):
            save_return(held, with_cases(1, provider=SOUTH), by=COMMISSIONER.signing("ann"), example=example)
        assert contents(held) == before


def test_the_moment_of_a_save_is_of_utc_whatever_the_server_s_clock(store: Store, database_url: str) -> None:
    save_return(store, a_return(NORTH, Q1, [a_case()]), by=COMMISSIONER.signing("ann"))
    elsewhere = "?options=-c%20timezone%3DAmerica/New_York" if database_url.startswith("postgresql") else ""
    joint = elsewhere.replace("?", "&") if "?" in database_url else elsewhere
    other = open_store(database_url + joint, Source.SHARED)
    (here,), (there,) = (list_returns(each, COMMISSIONER) for each in (store, other))
    other.engine.dispose()
    assert here.accepted_at == there.accepted_at
    assert here.accepted_at.tzinfo is there.accepted_at.tzinfo is UTC
    assert abs(datetime.now(UTC) - here.accepted_at) < timedelta(minutes=5)

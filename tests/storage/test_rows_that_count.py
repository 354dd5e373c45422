"""The kept flags say what the returns themselves say, whatever was saved, replaced and withdrawn before."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from data_access import tables
from data_access.ledger import data_version
from data_access.memory import forget
from data_access.returns import Refused, list_returns, save_return, withdraw_return
from data_access.stores import Store, writing
from domain.access import COMMISSIONER
from domain.returns import COUNCIL, Return
from tests.builders import (
    NORTH,
    SOUTH,
    a_case,
    a_complaint,
    a_post,
    a_return,
    a_send_case,
    a_supplement,
    a_supplement_row,
    an_agreement,
    an_answer,
)
from tests.storage.figures import assert_whole, contents, rows_that_count

PERIODS = ("2018-04", "2018-05", "2018-06", "2018-04..2018-06", "2018-05..2018-06", "2018-07..2018-09")
SAVES = st.tuples(
    st.sampled_from((NORTH, SOUTH, COUNCIL)),
    st.sampled_from(PERIODS),
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(("OPEN", "CHANGED")), max_size=4),
)
WITHDRAWALS = st.integers(min_value=0, max_value=5)
HISTORIES = st.lists(st.one_of(SAVES, SAVES, WITHDRAWALS), min_size=1, max_size=9)


def emptied(store: Store) -> None:
    """As it was before the first return; making a database for each example would take longer than the test."""
    with writing(store, COMMISSIONER) as connection:
        for table in (tables.case_codes, *tables.TABLE_OF.values(), tables.withdrawals, tables.returns):
            connection.execute(delete(table))
        connection.execute(delete(tables.ledger).where(tables.ledger.c.seq > 1))
        connection.execute(update(tables.counter).values(seq=1))
    forget(store.url)  # its numbers are given again


def sent(provider: str, period: str, found: dict[str, str]) -> Return:
    """A return with rows on every sheet of SEND mediation, named after its cases; or the council's about the same cases."""
    if provider == COUNCIL:
        rows = [a_supplement_row(ref, whose) for ref in sorted(found) for whose in (NORTH, SOUTH)]
        return a_supplement(period, rows)
    cases = [a_send_case(ref, outcome) for ref, outcome in sorted(found.items())]
    return a_return(
        provider,
        period,
        cases,
        service="send",
        agreements=[an_agreement(case, agreement_ref=case["case_ref"]) for case in cases],
        answers=[an_answer(case, response_ref=case["case_ref"]) for case in cases],
        complaints=[a_complaint(case, complaint_ref=case["case_ref"]) for case in cases],
        staff=[a_post(case["case_ref"]) for case in cases],
    )


def play(store: Store, history: list[object]) -> dict[int, object]:
    """Do the acts in turn; give the rows that counted after each, by data version."""
    seen: dict[int, object] = {1: rows_that_count(store)}
    for act in history:
        try:
            if isinstance(act, int):
                current = [k for k in list_returns(store, COMMISSIONER) if k.state == "current"]
                if current:
                    withdraw_return(
                        store, current[act % len(current)].id, by=COMMISSIONER.signing("ben"), why="play"
                    )
            else:
                provider, period, found = act  # type: ignore[misc]
                save_return(store, sent(provider, period, found), by=COMMISSIONER.signing("ann"))
        except Refused:
            pass
        seen[data_version(store)] = rows_that_count(store)
    return seen


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=HISTORIES)
def test_each_moment_can_be_worked_out_again_and_equals_what_the_flags_said(
    store: Store, history: list[object]
) -> None:
    emptied(store)
    seen = play(store, history)
    assert_whole(store)
    for version, rows in seen.items():
        # What vanishes is told from the returns known at the moment, so it is compared as well.
        assert rows_that_count(store, version) == rows


@pytest.mark.parametrize("period", PERIODS)
def test_a_refused_save_leaves_no_trace(store: Store, period: str) -> None:
    save_return(store, a_return(NORTH, "2018-04..2018-06", [a_case("a")]), by=COMMISSIONER.signing("ann"))
    save_return(store, a_return(NORTH, "2018-07..2018-09", [a_case("a")]), by=COMMISSIONER.signing("ann"))
    before = contents(store)
    try:
        save_return(
            store, a_return(NORTH, period, [a_case("a"), a_case("a")]), by=COMMISSIONER.signing("ann")
        )
    except Exception:  # refused for its period, or by the database for the case that stands twice in it
        assert contents(store) == before
    else:
        pytest.fail("a case stood twice in one return")

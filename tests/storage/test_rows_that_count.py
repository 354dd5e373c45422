"""The kept flags say what the returns themselves say, whatever was saved, replaced and withdrawn before."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from data_access import tables
from data_access.ledger import data_version
from data_access.returns import Refused, list_returns, save_return, withdraw_return
from data_access.stores import Store, writing
from domain.access import COMMISSIONER
from tests.builders import NORTH, SOUTH, a_case, a_return, an_activity
from tests.storage.figures import assert_whole, contents, rows_that_count

PERIODS = ("2018-04", "2018-05", "2018-06", "2018-04..2018-06", "2018-05..2018-06", "2018-07..2018-09")
SAVES = st.tuples(
    st.sampled_from((NORTH, SOUTH)),
    st.sampled_from(PERIODS),
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(("LIVE", "PREVENTED")), max_size=4),
)
WITHDRAWALS = st.integers(min_value=0, max_value=5)
HISTORIES = st.lists(st.one_of(SAVES, SAVES, WITHDRAWALS), min_size=1, max_size=9)


def emptied(store: Store) -> None:
    """As it was before the first return; making a database for each example would take longer than the test."""
    with writing(store) as connection:
        for table in ("case_codes", "activities", "cases", "withdrawals", "returns"):
            connection.execute(delete(tables.metadata.tables[table]))
        connection.execute(delete(tables.ledger).where(tables.ledger.c.seq > 1))
        connection.execute(update(tables.counter).values(seq=1))


def play(store: Store, history: list[object]) -> dict[int, object]:
    """Do the acts in turn; give the rows that counted after each, by data version."""
    seen: dict[int, object] = {1: rows_that_count(store)}
    for act in history:
        try:
            if isinstance(act, int):
                current = [k for k in list_returns(store, COMMISSIONER) if k.state == "current"]
                if current:
                    withdraw_return(store, current[act % len(current)].id, user="ben", why="play")
            else:
                provider, period, found = act  # type: ignore[misc]
                cases = [a_case(ref, outcome) for ref, outcome in sorted(found.items())]
                save_return(
                    store,
                    a_return(provider, period, cases, [an_activity(case) for case in cases]),
                    user="ann",
                )
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
    save_return(store, a_return(NORTH, "2018-04..2018-06", [a_case("a")]), user="ann")
    save_return(store, a_return(NORTH, "2018-07..2018-09", [a_case("a")]), user="ann")
    before = contents(store)
    try:
        save_return(store, a_return(NORTH, period, [a_case("a"), a_case("a")]), user="ann")
    except Exception:  # refused for its period, or by the database for the case that stands twice in it
        assert contents(store) == before
    else:
        pytest.fail("a case stood twice in one return")

"""Cumulative returns: each holds the contract year so far, and replaces the earlier ones of its year."""

import pytest

from data_access.coverage import read_coverage
from data_access.returns import Refused, list_returns, save_return, withdraw_return
from data_access.stores import Store
from domain.access import COMMISSIONER
from tests.builders import NORTH, a_housing_case, a_return
from tests.storage.figures import assert_whole, contents, total

QUARTER, HALF, YEAR, NEXT = "2018-04..2018-06", "2018-04..2018-09", "2018-04..2019-03", "2019-04..2019-06"


def send(store: Store, period: str, *references: str) -> str:
    cases = [a_housing_case(reference) for reference in references]
    return save_return(
        store, a_return(NORTH, period, cases, service="housing"), by=COMMISSIONER.signing("ann")
    ).id


def count(store: Store, as_of: int | None = None) -> int:
    return total(store, service="housing", as_of=as_of)


def states(store: Store) -> list[str]:
    return [kept.state for kept in list_returns(store, COMMISSIONER)]


def test_a_longer_one_replaces_the_earlier_ones_of_its_year_and_withdrawing_brings_them_back(
    all_services: Store,
) -> None:
    send(all_services, QUARTER, "a", "b")
    send(all_services, HALF, "a", "c", "d")  # b was entered in error and is gone
    assert (count(all_services), states(all_services)) == (3, ["replaced", "current"])
    whole = send(all_services, YEAR, "a", "c", "d", "e")
    send(all_services, NEXT, "f")
    assert (count(all_services), states(all_services)) == (5, ["replaced", "replaced", "current", "current"])
    withdraw_return(all_services, whole, by=COMMISSIONER.signing("ben"), why="wrong file")
    assert (count(all_services), states(all_services)) == (4, ["replaced", "current", "withdrawn", "current"])
    assert [count(all_services, seq) for seq in (1, 2, 3, 4, 5, 6)] == [0, 2, 3, 4, 5, 4]
    assert_whole(all_services)


@pytest.mark.parametrize("period", ["2018-05", QUARTER, "2018-07..2018-12"])
def test_a_period_inside_or_across_one_that_counts_is_refused(all_services: Store, period: str) -> None:
    send(all_services, HALF, "a")
    before = contents(all_services)
    with pytest.raises(Refused, match="overlaps"):
        send(all_services, period, "b")
    assert contents(all_services) == before


def test_the_months_of_a_cumulative_return_are_all_reported(all_services: Store) -> None:
    send(all_services, HALF, "a")
    coverage = read_coverage(all_services, COMMISSIONER, service="housing")
    assert (coverage.first_month, coverage.last_month) == (201804, 201809)
    assert [said.partition(":")[0] for said in coverage.outstanding] == ["South Mentors", "South Mentors"]
    assert set(coverage.ends()) == {NORTH}

"""Cases used of those included: the contract year, the rate of twelve months, and the price."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.contract_use import (
    ContractUse,
    beside,
    contracts_of,
    first_month_needed,
    last_day,
    months_of,
)
from domain.periods import months_between
from domain.settings import Contract

CONTRACT = Contract("housing-a", "housing", "a", date(2023, 4, 1), included_cases=120)
EVERY_MONTH = months_between(202304, 202412)


def a_use(
    each: int = 10, *, as_at: date = date(2024, 12, 31), reported=EVERY_MONTH, **of_contract
) -> ContractUse:
    return ContractUse(
        replace(CONTRACT, **of_contract), as_at, dict.fromkeys(EVERY_MONTH, each), frozenset(reported)
    )


def test_only_the_contract_year_counts() -> None:
    use = a_use()
    assert (use.year_start, use.year_end) == (date(2024, 4, 1), date(2025, 3, 31))
    assert use.cumulative == (10, 20, 30, 40, 50, 60, 70, 80, 90)
    assert (use.used, use.months_left) == (90, 3)


def test_a_year_is_cut_where_the_contract_ends() -> None:
    use = a_use(end=date(2025, 1, 31))
    assert use.year_end == date(2025, 1, 31)
    assert use.months_left == 1


def test_the_month_in_which_the_cases_are_used_up() -> None:
    assert a_use(included_cases=60).used_up_in == 202409
    assert a_use(included_cases=61).used_up_in == 202410
    assert a_use().used_up_in is None


def test_the_rate_says_when_with_a_range_around_it() -> None:
    about, early, late = a_use().reached_in() or (0, 0, 0)
    assert about == 202503
    assert early < about < late
    assert a_use(included_cases=60).reached_in() is None


def test_the_year_ends_with_what_is_used_and_what_the_rate_brings() -> None:
    ahead = a_use().by_year_end()
    assert ahead is not None
    assert ahead.middle == 120
    assert 90 < ahead.low < 120 < ahead.high


@pytest.mark.parametrize(
    "use",
    [
        a_use(reported=EVERY_MONTH[10:]),
        a_use(each=0),
        a_use(reported=[m for m in EVERY_MONTH if m != 202408]),
    ],
    ids=["eleven months", "no case", "a month is not in"],
)
def test_nothing_is_said_of_a_rate_on_too_little(use: ContractUse) -> None:
    assert use.reached_in() is None
    assert use.by_year_end() is None


def test_a_year_that_is_over_leads_nowhere() -> None:
    assert a_use(as_at=date(2024, 3, 31)).by_year_end() is None


def test_the_price_is_fixed_and_then_by_the_case() -> None:
    prices = {"fixed_price": Decimal("50000"), "price_per_extra": Decimal("400.50")}
    within = a_use(**prices).money()
    assert within is not None
    assert within.to_date == Decimal("50000")
    beyond = a_use(included_cases=80, **prices).money()
    assert beyond is not None
    assert beyond.to_date == Decimal("54005.00")
    assert beyond.low is not None
    assert beyond.high is not None
    assert beyond.to_date < beyond.low < beyond.high


def test_there_is_no_price_without_both_numbers() -> None:
    assert a_use().money() is None
    assert a_use(fixed_price=Decimal("50000")).money() is None


def test_the_contracts_that_run_come_first_and_those_of_another_service_never() -> None:
    over = replace(CONTRACT, key="over", end=date(2024, 11, 30))
    other = replace(CONTRACT, key="other", service="send")
    later = replace(CONTRACT, key="later", start=date(2025, 4, 1))
    every = (over, later, CONTRACT, other)
    ends = {"a": date(2024, 12, 31)}
    assert contracts_of(every, "housing", ends) == (CONTRACT, over, later)
    assert contracts_of(every, "housing", ends, ("b",)) == ()
    assert contracts_of(every, "housing", {}) == (over, later, CONTRACT)


def test_a_contract_is_known_to_the_last_day_reported_or_to_its_end() -> None:
    ends = {"a": date(2024, 12, 31)}
    assert last_day(CONTRACT, ends) == date(2024, 12, 31)
    assert last_day(replace(CONTRACT, end=date(2024, 11, 30)), ends) == date(2024, 11, 30)
    assert last_day(replace(CONTRACT, start=date(2025, 1, 1)), ends) is None
    assert last_day(CONTRACT, {}) is None


def test_of_two_contracts_of_a_provider_each_has_its_own_months_and_one_alone_has_all() -> None:
    first = replace(CONTRACT, end=date(2024, 3, 31))
    second = replace(CONTRACT, key="second", start=date(2024, 4, 1), end=date(2027, 3, 31))
    elsewhere = replace(CONTRACT, key="elsewhere", provider="b", start=date(2022, 4, 1))
    assert months_of(first, (first, second, elsewhere)) == (None, 202403)
    assert months_of(second, (first, second, elsewhere)) == (202404, None)
    assert months_of(second, (second, elsewhere)) == (None, None)


def test_contracts_stand_beside_each_other_only_where_they_run_at_the_same_time() -> None:
    first = replace(CONTRACT, end=date(2024, 3, 31))
    second = replace(CONTRACT, key="second", start=date(2024, 4, 1))
    assert not beside(first, (first, second))
    assert beside(CONTRACT, (CONTRACT, second))
    assert not beside(CONTRACT, (CONTRACT, replace(second, provider="b")))


def test_the_figures_go_back_to_the_earlier_of_the_year_and_the_rate() -> None:
    assert first_month_needed(CONTRACT, date(2024, 12, 31)) == 202401
    assert first_month_needed(CONTRACT, date(2024, 3, 31)) == 202304

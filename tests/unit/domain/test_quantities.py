"""What measures count: those that count the same cases share a name."""

import pytest

from domain.measures import Average, Split, measure, measures_of
from domain.quantities import CASES, family_of, quantities, supported
from domain.services import SERVICES


def test_shares_of_one_field_are_sums_of_its_answers() -> None:
    rate = quantities(measure("prevention_rate", "mentoring"), "mentoring")
    assert rate.family == "outcome"
    assert rate.met_codes == {"PREVENTED"}
    assert rate.base_codes == {"PREVENTED", "UNSUCCESSFUL", "WITHDRAWN"}
    # A single answer is the cell of that answer, so that preventions and the rate share it.
    assert rate.cells[0] == ("outcome", ("PREVENTED",))
    assert quantities(measure("preventions", "mentoring"), "mentoring").cells == [("outcome", ("PREVENTED",))]


def test_who_is_left_out_of_a_base_makes_another_base() -> None:
    family = {one.base for one in family_of("outcome", "mentoring")}
    assert {"outcome: PREVENTED, UNSUCCESSFUL, WITHDRAWN", "outcome: PREVENTED, UNSUCCESSFUL"} <= family


def test_every_case_is_one_quantity() -> None:
    assert quantities(measure("referrals", "send"), "send").base == CASES


def test_an_average_rests_on_the_values_of_its_spread() -> None:
    for one in measures_of("mentoring"):
        if isinstance(one, Average):
            assert quantities(one, "mentoring") == quantities(one.spread, "mentoring")


@pytest.mark.parametrize("service", [one.key for one in SERVICES])
def test_what_columns_hold_and_what_only_totals_give_is_not_for_others(service: str) -> None:
    shut = {one.key for one in measures_of(service) if not supported(one)}
    given = {one.key for one in measures_of(service) if one.in_totals_only}
    assert shut == {"completeness"} | given


def test_a_split_counts_who_answered() -> None:
    split = measure("outcomes", "mentoring")
    assert isinstance(split, Split)
    assert quantities(split, "mentoring").base_codes == {"PREVENTED", "UNSUCCESSFUL", "WITHDRAWN"}

"""What is said of cases used, and what is left unsaid."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from components.cases_used import cases_used_panel, money_note, pounds
from components.charts.burn_up import burn_up
from domain.contract_use import ContractUse
from domain.contract_words import rate_notes, use_message
from domain.periods import months_between
from domain.settings import Contract
from domain.tally import Source
from tests.unit.components.builders import SETTINGS, months

CONTRACT = Contract("housing-a", "housing", "a", date(2023, 4, 1), included_cases=120)
EVERY_MONTH = months_between(202304, 202412)


def a_use(each: int = 10, reported: Collection[int] = EVERY_MONTH, **of_contract: object) -> ContractUse:
    contract = replace(CONTRACT, **of_contract)  # type: ignore[arg-type]
    return ContractUse(contract, date(2024, 12, 31), dict.fromkeys(EVERY_MONTH, each), reported)


def test_the_title_says_how_far_the_year_and_the_cases_have_gone() -> None:
    assert use_message(a_use()) == (
        "90 of 120 included cases used by 31 Dec 2024 (75%), 9 of 12 months gone; about 120 by the end at this rate"
    )
    assert use_message(a_use(included_cases=85)).endswith("used up in Dec 2024; 5 beyond them")
    assert use_message(a_use(included_cases=90)).endswith("used up in Dec 2024")


def test_the_rate_gives_a_month_with_its_range() -> None:
    first, second, third = rate_notes(a_use(included_cases=110))
    assert first.startswith(
        "At the rate of the last 12 months (10.0 a month), 110 is reached about Feb 2025 (95% range"
    )
    assert "about 120 cases are used by 31 Mar 2025 (95% range 109 to 133)" in second
    assert "busy season" in third


def test_a_number_beyond_the_year_is_not_reached_in_it() -> None:
    assert (
        "500 is not reached before the contract year ends in Mar 2025."
        in rate_notes(a_use(included_cases=500))[0]
    )
    near = rate_notes(a_use(included_cases=125))[0]
    assert "whether 125 is reached before the contract year ends in Mar 2025 cannot be said" in near


def test_nothing_is_said_of_a_rate_on_too_few_months_or_cases() -> None:
    assert rate_notes(a_use(reported=EVERY_MONTH[12:]))[0].startswith("Too few months or cases")
    assert rate_notes(a_use(each=0))[0].startswith("Too few months or cases")


def test_a_month_that_is_not_in_makes_the_count_a_least_one() -> None:
    use = a_use(reported=[month for month in EVERY_MONTH if month != 202408])
    assert (
        use_message(use) == "at least 90 of 120 included cases used by 31 Dec 2024, with 1 month not reported"
    )
    assert rate_notes(use) == ("Not reported: Aug 2024. So nothing is said of when the cases are used up.",)


def test_a_price_is_never_made_up() -> None:
    assert money_note(a_use()) == "No price is set; add it in Settings."
    half = money_note(a_use(fixed_price=Decimal("50000")))
    assert half == "Fixed price £50,000; no price for each extra case is set; add it in Settings."


def test_the_price_counts_the_cases_beyond() -> None:
    prices = {"fixed_price": Decimal("50000"), "price_per_extra": Decimal("85.50")}
    said = money_note(a_use(included_cases=88, **prices))
    assert said.startswith("Price so far £50,171: £50,000 fixed, 2 extra cases at £85.50 each. By the end")
    assert money_note(a_use(included_cases=500, **prices)) == (
        "Price so far £50,000: £50,000 fixed, no extra case. By the end of the contract year, at that rate: £50,000."
    )


@pytest.mark.parametrize(("value", "said"), [("12500", "£12,500"), ("85.5", "£85.50"), ("0", "£0")])
def test_pounds_have_pence_only_where_there_are_any(value: str, said: str) -> None:
    assert pounds(Decimal(value)) == said


def test_the_chart_has_the_line_so_far_the_even_line_and_the_number() -> None:
    used, even, included = burn_up(["Apr", "May", "Jun", "Jul"], [5, 9], 40, Source.EXAMPLES).data
    assert list(used.y) == [5, 9]
    assert list(used.text) == ["", "9"]
    assert list(even.y) == [10, 20, 30, 40]
    assert set(included.y) == {40}
    assert len({used.line.dash, even.line.dash, included.line.dash}) == 3


def test_the_panel_counts_from_released_months() -> None:
    contract = replace(CONTRACT, start=date(2018, 4, 1))
    panel = cases_used_panel(
        "cases_used_a",
        contract,
        months(20, 31, 28, undated=4),
        SETTINGS,
        as_at=date(2018, 6, 30),
        reported=months_between(201804, 201806),
    )
    assert panel.title.startswith(
        "Example provider A: 79 of 120 included cases used by 30 Jun 2018 (66%), 3 of 12"
    )
    assert panel.table.rows[1][:3] == ("May 2018", 31, 51)
    assert panel.table.rows[11] == ("Mar 2019", "–", "–", "120", 120, "to come")
    assert "Without a date of referral, so left out: 4 cases." in panel.notes
    assert any(note.startswith("Too few months") for note in panel.notes)
    assert panel.basis.base.startswith("n = 79 in the contract year")

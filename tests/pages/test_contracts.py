"""The page of cases used: for contracts that include a number of cases, and a plain sentence otherwise."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, Grant, Reach, Role
from domain.settings import Settings
from tests.builders import HILL, NORTH, SOUTH, a_housing_case, a_return, settings_of_all
from tests.pages.opening import heading, words_on
from tests.pages.roles import give, people_sign_in, signed_in

Open = Callable[..., AppTest]
PAGE = "cases_used.py"


def with_included(**prices: Decimal) -> Settings:
    """The provider in the north has three cases included."""
    some = settings_of_all()
    return replace(
        some,
        contracts=tuple(
            replace(c, included_cases=3, **prices) if (c.service, c.provider) == ("housing", NORTH) else c
            for c in some.contracts
        ),
    )


@pytest.fixture
def used(shared: Store) -> Store:
    """Five cases in the north of which one was not accepted, and two in the south."""
    change_settings(shared, lambda _: with_included(), by=COMMISSIONER.signing("test"))
    north = [*(a_housing_case() for _ in range(4)), a_housing_case(accepted="N")]
    for provider, cases in ((NORTH, north), (SOUTH, [a_housing_case(), a_housing_case()])):
        save_return(
            shared, a_return(provider, service="housing", cases=cases), by=COMMISSIONER.signing("test")
        )
    return shared


def test_accepted_cases_of_the_contract_year_stand_against_the_number(opened: Open, used: Store) -> None:
    app = opened(PAGE, used, service="housing")
    assert not app.exception
    assert heading(app) == "Cases used: 1 contract with included cases"
    said = words_on(app)
    assert "4 of 3 included cases used by 30 Jun 2018; used up in Apr 2018; 1 beyond them" in said
    assert "No price is set; add it in Settings." in said
    assert len(app.get("plotly_chart")) == 1
    assert len(app.get("download_button")) == 1


def test_the_price_comes_from_the_settings(opened: Open, used: Store) -> None:
    prices = {"fixed_price": Decimal(900), "price_per_extra": Decimal(250)}
    change_settings(used, lambda _: with_included(**prices), by=COMMISSIONER.signing("test"))
    said = words_on(opened(PAGE, used, service="housing"))
    assert "Price so far £1,150: £900 fixed, 1 extra case at £250 each." in said


def test_areas_and_months_at_the_side_do_not_narrow_the_contract(opened: Open, used: Store) -> None:
    said = words_on(opened(PAGE, used, service="housing", area=["E3"], from_=201806))
    assert "4 of 3 included cases" in said


def test_a_provider_without_included_cases_has_none_to_show(opened: Open, used: Store) -> None:
    app = opened(PAGE, used, service="housing", provider=[SOUTH])
    assert "includes a number of cases" in app.info[0].value


def test_the_examples_show_both_housing_contracts(opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service="housing")
    assert not app.exception
    assert len(app.get("plotly_chart")) == 2
    assert "No price is set; add it in Settings." in words_on(app)


@pytest.mark.parametrize("service", ["send", "mentoring", "homelessness"])
def test_other_services_get_a_plain_sentence(service: str, opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service=service)
    assert not app.exception
    assert "includes a number of cases in a fixed price" in app.info[0].value


def test_without_figures_the_page_says_what_to_do(opened: Open, empty: Store) -> None:
    app = opened(PAGE, empty)
    assert not app.exception
    assert app.info
    assert not app.get("plotly_chart")


def test_who_sees_some_areas_only_is_told_no_part_of_a_contracts_number(
    used: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_sign_in(monkeypatch)
    give(used, "jo@x.example", Grant(Role.VIEWER, Reach("housing", area=HILL)))
    app = signed_in("jo@x.example").run().switch_page(PAGE).run()
    said = words_on(app)
    assert "some of them only" in said
    assert "included cases" not in said
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.VIEWER])
def test_who_may_see_no_prices_is_told_nothing_of_them(
    role: Role, used: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    prices = {"fixed_price": Decimal(900), "price_per_extra": Decimal(250)}
    change_settings(used, lambda _: with_included(**prices), by=COMMISSIONER.signing("test"))
    people_sign_in(monkeypatch)
    give(used, "jo@x.example", Grant(role, Reach("housing", NORTH)))
    app = signed_in("jo@x.example").run().switch_page(PAGE).run()
    said = words_on(app)
    assert "4 of 3 included cases used" in said
    assert "900" not in said
    assert "£" not in said
    assert "No price is set" not in said

"""The page of contracts: one at a time, with what was agreed, the cases used, and what else it asks for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, Grant, Reach, Role
from domain.settings import Contract, Settings
from tests.builders import (
    HILL,
    NORTH,
    SOUTH,
    a_complaint,
    a_housing_case,
    a_post,
    a_return,
    settings_of_all,
)
from tests.pages.opening import SHELL, heading, words_on
from tests.pages.roles import give, people_sign_in, signed_in

Open = Callable[..., AppTest]
PAGE = "contracts.py"
CLOSED = date(2018, 5, 20)


def with_terms(**terms: object) -> Settings:
    """The provider in the north has three cases included, and what else is given."""
    some = settings_of_all()

    def agreed(contract: Contract) -> Contract:
        mine = (contract.service, contract.provider) == ("housing", NORTH)
        return replace(contract, included_cases=3, **terms) if mine else contract  # type: ignore[arg-type]

    return replace(some, contracts=tuple(map(agreed, some.contracts)))


def set_terms(store: Store, **terms: object) -> None:
    change_settings(store, lambda _: with_terms(**terms), by=COMMISSIONER.signing("test"))


@pytest.fixture
def used(shared: Store) -> Store:
    """Six cases in the north, of which one was not accepted and one has no date, what else a contract asks for, and two in the south."""
    set_terms(shared, case_report_days=10)
    north = [
        a_housing_case(case_report_date=date(2018, 5, 30)),
        a_housing_case(case_report_date=date(2018, 5, 31), escalated_on=CLOSED, escalation_reason="RISK"),
        a_housing_case(),
        a_housing_case(outcome="OPEN"),
        a_housing_case(outcome="OPEN", referral_date=None),
        a_housing_case(accepted="N", case_report_date=date(2018, 5, 21)),
    ]
    sheets = {
        "complaints": (a_complaint(complaint_outcome="UPHELD"), a_complaint(complaint_outcome="NOT")),
        "staff": (
            a_post(llw_relevant="Y", hourly_rate_meets_llw="Y"),
            a_post(llw_relevant="Y", hourly_rate_meets_llw="N"),
            a_post(llw_relevant="Y", hourly_rate_meets_llw=None),
            a_post(llw_relevant="N", hourly_rate_meets_llw="N"),
        ),
    }
    south = a_return(SOUTH, service="housing", cases=[a_housing_case(), a_housing_case()])
    for one in (a_return(NORTH, service="housing", cases=north, **sheets), south):
        save_return(shared, one, by=COMMISSIONER.signing("test"))
    return shared


def test_accepted_cases_of_the_contract_year_stand_against_the_number(opened: Open, used: Store) -> None:
    app = opened(PAGE, used, service="housing")
    assert not app.exception
    assert heading(app) == "Contract of North Mentors"
    said = words_on(app)
    assert "4 of 3 included cases used by 30 Jun 2018; used up in Apr 2018; 1 beyond them" in said
    assert "No price is set; add it in Settings." in said


def test_what_else_the_contract_asks_for_is_said_with_its_bases(opened: Open, used: Store) -> None:
    app = opened(PAGE, used, service="housing")
    headings = [str(one.value).replace("\\", "") for one in app.header]
    assert headings[2:] == [
        "33.3 complaints for each 100 cases open (2 complaints, 6 cases open)",
        "50% (1 of 2) of the complaints decided were upheld, wholly or partly",
        "50% (1 of 2) of posts are paid at least the London Living Wage where it applies",
        "The case report was sent within 10 days of closing for 50% (2 of 4) of cases closed",
        "1 case escalated to the council; most often for risk of harm (1 of 1)",
        "Reasons for escalation: most often Risk of harm, 100% (1 of 1)",
        "Least complete: 'Referral date' is filled in for 83% (5 of 6)",
    ]
    assert len(app.get("download_button")) == len(headings)
    said = words_on(app)
    assert "Within 10 days of closing" in said
    assert "n = 2 complaints and 6 cases open" in said
    assert "Below 95%: Referral date." in said


def test_the_price_comes_from_the_settings(opened: Open, used: Store) -> None:
    set_terms(used, fixed_price=Decimal(900), price_per_extra=Decimal(250))
    said = words_on(opened(PAGE, used, service="housing"))
    assert "Price so far £1,150: £900 fixed, 1 extra case at £250 each." in said
    assert "Price of each extra case" in said


def test_areas_and_months_at_the_side_do_not_narrow_the_contract(opened: Open, used: Store) -> None:
    said = words_on(opened(PAGE, used, service="housing", area=["E3"], from_=201806))
    assert "4 of 3 included cases" in said
    assert "50% (1 of 2) of posts" in said
    assert "No case was open, so there is no rate of complaints" in said


def test_a_contract_is_looked_at_by_itself(opened: Open, used: Store) -> None:
    app = opened(PAGE, used, service="housing", contract="housing-south")
    assert heading(app) == "Contract of South Mentors"
    said = words_on(app)
    assert "includes no number of cases" in app.info[0].value
    assert "No complaint recorded; 2 cases open" in said
    assert "No post to which the London Living Wage applies was recorded" in said
    assert "No case was escalated to the council" in said
    assert "North Mentors" not in said


def test_only_the_contracts_of_the_providers_chosen_can_be_looked_at(opened: Open, used: Store) -> None:
    app = opened(PAGE, used, service="housing", provider=[SOUTH])
    assert heading(app) == "Contract of South Mentors"
    assert "Contract" not in [one.label for one in app.selectbox]


def test_a_contract_of_which_nothing_has_come_shows_its_terms(opened: Open, used: Store) -> None:
    some = with_terms()
    west = Contract("housing-south-2", "housing", SOUTH, date(2021, 4, 1), case_report_days=5)
    ended = tuple(
        replace(c, end=date(2021, 3, 31)) if c.key == "housing-south" else c for c in some.contracts
    )
    wanted = replace(some, contracts=(*ended, west))
    change_settings(used, lambda _: wanted, by=COMMISSIONER.signing("test"))
    app = opened(PAGE, used, service="housing", contract="housing-south-2")
    assert "has sent no return for this contract yet" in app.info[0].value
    assert "Within 5 days of closing" in words_on(app)
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("service", ["send", "mentoring", "homelessness", "housing"])
def test_each_service_shows_what_its_contracts_have(service: str, opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service=service)
    assert not app.exception
    said = words_on(app)
    assert ("included cases used" in said) is (service == "housing")
    assert ("case report" in said.lower()) is (service == "housing")
    assert ("30 days for mediation" in said) is (service == "send")
    assert ("Delivered as" in said) is (service == "homelessness")
    assert "complaint" in said
    assert "Least complete" in said or "Every column that a KPI rests on" in said


def test_without_figures_the_page_says_what_to_do(opened: Open, empty: Store) -> None:
    app = opened(PAGE, empty)
    assert not app.exception
    assert app.info
    assert not app.get("plotly_chart")


def test_one_screen_shows_one_panel_while_presenting(opened: Open, used: Store) -> None:
    app = opened(PAGE, used, service="housing", present=True)
    assert not app.exception
    assert len(app.header) == 1
    assert not app.info


def test_no_price_is_on_screen_while_presenting_even_for_who_may_see_it(opened: Open, used: Store) -> None:
    set_terms(used, fixed_price=Decimal(900), price_per_extra=Decimal(250))
    app = opened(PAGE, used, service="housing")
    assert "Fixed price, a contract year" in words_on(app)
    # Said by hand that the team is among itself, or the cases used of one provider would be withheld.
    app.selectbox(key="for").set_value("public").run()
    app.selectbox(key="for").set_value("us").run()
    app.toggle(key="present").set_value(True).run()
    screens = [words_on(app)]
    while not app.button(key="present_on").disabled:
        screens.append(words_on(app.button(key="present_on").click().run()))
    assert "4 of 3 included cases used" in screens[1]
    assert not [said for said in screens if "£" in said or "rice" in said.replace("fixed price", "")]


def test_a_link_to_the_page_as_it_is_presented_shows_no_price(used: Store) -> None:
    set_terms(used, fixed_price=Decimal(900), price_per_extra=Decimal(250))
    # The page is the first that is opened, so what it shows is drawn before anything was chosen in the session.
    app = AppTest.from_file(str(SHELL), default_timeout=60)
    app.query_params["service"], app.query_params["present"] = "housing", "true"
    app.switch_page(PAGE).run()
    assert not app.exception
    assert len(app.header) == 1
    assert "Cases in the fixed price" in words_on(app)
    assert "£" not in words_on(app)


def test_who_sees_some_areas_only_is_told_no_part_of_a_contracts_number(
    used: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_sign_in(monkeypatch)
    give(used, "jo@x.example", Grant(Role.VIEWER, Reach("housing", area=HILL)))
    app = signed_in("jo@x.example").switch_page(PAGE).run()
    said = words_on(app)
    assert "some of them only" in said
    assert "included cases" not in said
    assert "Living Wage" not in said


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.VIEWER])
def test_who_may_see_no_prices_and_one_provider_is_told_nothing_else(
    role: Role, used: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_terms(used, fixed_price=Decimal(900), price_per_extra=Decimal(250))
    people_sign_in(monkeypatch)
    give(used, "jo@x.example", Grant(role, Reach("housing", NORTH)))
    app = signed_in("jo@x.example", query=[("contract", "housing-south")]).switch_page(PAGE).run()
    assert not app.exception
    said = words_on(app)
    assert heading(app) == "Contract of North Mentors"
    assert "4 of 3 included cases used" in said
    assert "900" not in said
    assert "£" not in said
    assert "rice" not in said.replace("fixed price", "")
    assert "South" not in said

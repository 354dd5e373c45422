"""Unusual months on Demand, and the form for a new average: for whoever may change settings, with a reason, and taken back again."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data_access.new_averages import begin_average, read_new_averages
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, Grant, Role
from domain.new_averages import NewAverage
from tests.builders import Q1, Q2, SOUTH, a_case, a_return, some_settings
from tests.pages.opening import words_on
from tests.pages.roles import give, people_sign_in, signed_in

Open = Callable[..., AppTest]
PAGE = "demand.py"


@pytest.fixture
def council(shared: Store) -> Store:
    """Two quarters of both providers, with cases in each month."""
    by = COMMISSIONER.signing("test")
    change_settings(shared, lambda _: some_settings(), by=by)
    for quarter, first in ((Q1, 4), (Q2, 7)):
        cases = [
            a_case(case_ref=f"C{first}{n}", referral_date=date(2018, first + n % 3, 10)) for n in range(6)
        ]
        save_return(shared, a_return(period=quarter, cases=cases), by=by)
        save_return(shared, a_return(SOUTH, quarter), by=by)
    return shared


def kept(store: Store) -> list[tuple[int, str]]:
    found = read_new_averages(store, COMMISSIONER, service="mentoring", measure="referrals")
    return [(one.month, one.reason) for one in found]


def buttons(app: AppTest) -> list[str]:
    return [one.label for one in app.button]


def test_the_examples_say_that_they_rise_and_have_no_form(opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service="mentoring")
    assert not app.exception
    said = words_on(app)
    assert (
        "No month is called unusual, because referrals are rising by about 1 a month. Aug 2018: 32, " in said
    )
    assert "no clear change from 26 in Aug 2017" in said
    assert "Left out, because not complete: Sep 2018 and Oct 2018." in said
    assert "Begin a new average" not in buttons(app)


def test_a_new_average_is_said_with_a_reason_and_taken_back(opened: Open, council: Store) -> None:
    app = opened(PAGE, council)
    assert not app.exception
    next(one for one in app.button if one.label == "Begin a new average").click().run()
    assert app.error[0].value.startswith("Nothing was saved: say why")
    assert kept(council) == []

    app.selectbox(key="average_month_0").set_value(201806)
    app.text_input(key="average_why_0").set_value("New contract")
    next(one for one in app.button if one.label == "Begin a new average").click().run()
    assert not app.exception
    assert kept(council) == [(201806, "New contract")]
    assert app.success[0].value.startswith("Saved: a new average begins in Jun 2018.")
    assert "A new average begins in Jun 2018: New contract." in words_on(app)
    assert "From Jun 2018: New contract, said by " in words_on(app)

    next(one for one in app.button if one.label == "Take back").click().run()
    assert not app.exception
    assert kept(council) == []
    assert app.success[0].value == "Taken back: the new average from Jun 2018."


def test_who_may_only_look_reads_the_reason_and_has_no_form(
    council: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_average(
        council, NewAverage("mentoring", "referrals", 201806, "New contract"), by=COMMISSIONER.signing("Lead")
    )
    people_sign_in(monkeypatch)
    give(council, "pat@council.gov.uk", Grant(Role.VIEWER))
    app = signed_in("pat@council.gov.uk").switch_page(PAGE).run()
    assert not app.exception
    assert "A new average begins in Jun 2018: New contract." in words_on(app)
    assert "Lead" not in words_on(app)
    assert not {"Begin a new average", "Take back"} & set(buttons(app))

"""The page on families who change their mind, and what other services see in its place."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER
from tests.builders import a_return, a_send_case, settings_of_all
from tests.pages.opening import heading, words_on

Open = Callable[..., AppTest]
PAGE = "change_of_mind.py"


def test_the_examples_give_a_rate_with_its_circumstances(opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service="send")
    assert not app.exception
    assert heading(app).startswith("Families changed their mind in ")
    said = words_on(app)
    for words in (
        "The returns do not ask a family why it changed its mind",
        "with and without a certificate together",
        "asked for a certificate",
        "By reason",
        "Of referrals that ended within 2 weeks",
        "By who asked for mediation",
        "How different from average? Districts differ",
        "Example data: not your figures",
    ):
        assert words in said
    assert len(app.get("plotly_chart")) == 7
    assert len(app.get("download_button")) == 7


def test_years_may_be_calendar_years(opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service="send")
    app.radio(key="years").set_value("calendar_year").run()
    assert any("by calendar year. 2024" in header.value for header in app.header)


@pytest.mark.parametrize("service", ["housing", "mentoring", "homelessness"])
def test_other_services_are_led_to_their_outcomes(service: str, opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service=service)
    assert not app.exception
    assert "counted in SEND mediation only" in app.info[0].value
    assert not app.get("plotly_chart")
    assert any("Outcomes" in link.proto.label for link in app.get("page_link"))


def test_one_referral_is_too_few_to_compare(opened: Open, shared: Store) -> None:
    change_settings(shared, lambda _: settings_of_all(), by=COMMISSIONER.signing("test"))
    cases = [a_send_case(outcome="CHANGED_CERT")]
    save_return(shared, a_return(service="send", cases=cases), by=COMMISSIONER.signing("test"))
    app = opened(PAGE, shared, service="send")
    assert not app.exception
    assert heading(app) == "Families changed their mind in 100% of the referrals that ended: 1 of 1"
    assert "too few referrals have ended to compare" in words_on(app)


def test_without_figures_the_page_says_what_to_do(opened: Open, empty: Store) -> None:
    app = opened(PAGE, empty)
    assert not app.exception
    assert not app.get("plotly_chart")
    assert app.info


def test_what_is_too_little_to_draw_is_not_said_to_be_nothing(
    opened: Open, one_case_of: Callable[[str], Store]
) -> None:
    app = opened(PAGE, one_case_of("send"), service="send")
    said = [info.value for info in app.info]
    assert "Too few to draw. What has been recorded stands in the table." in said
    assert not any("Nothing has been recorded" in words for words in said)

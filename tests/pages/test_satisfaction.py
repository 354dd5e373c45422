"""The Satisfaction page: on the examples of each service, on small returns, and on nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER
from domain.settings import SurveyQuestion
from tests.builders import NORTH, Q1, Q2, SOUTH, a_complaint, a_return, an_answer, settings_of_all
from tests.pages.opening import heading, words_on

Open = Callable[..., AppTest]
PAGE = "satisfaction.py"


@pytest.fixture
def surveyed(shared: Store) -> Store:
    """Housing: 12 residents of one provider and 40 council officers of the other."""
    change_settings(shared, lambda _: settings_of_all(), by=COMMISSIONER.signing("test"))
    for provider, who, people, period, day in (
        (NORTH, "RESIDENT_A", 12, Q1, date(2018, 5, 1)),
        (SOUTH, "LA", 40, Q2, date(2018, 8, 1)),
    ):
        answers = [
            an_answer(
                response_ref=f"{who}{n}",
                respondent_type=who,
                date_received=day,
                answer="A5" if n % 4 else "A1",
                question_code="Q1",
            )
            for n in range(people)
        ]
        new = a_return(
            provider, period, service="housing", surveys_sent=100, answers=answers, complaints=[a_complaint()]
        )
        save_return(shared, new, by=COMMISSIONER.signing("test"))
    return shared


@pytest.mark.parametrize("service", ["send", "housing", "mentoring", "homelessness"])
def test_the_page_shows_the_examples_of_every_service(service: str, opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service=service)
    assert not app.exception
    assert "Example data: not your figures" in words_on(app)
    if service == "mentoring":
        assert heading(app) == "No survey answer has been recorded"
    else:
        assert " positive" in heading(app)


def test_one_kind_of_person_is_shown_and_named_in_the_title(opened: Open, surveyed: Store) -> None:
    app = opened(PAGE, surveyed, service="housing")
    assert heading(app) == "Council: 75% (30 of 40) positive"
    app.radio(key="answered_by").set_value("RESIDENT_A").run()
    assert heading(app) == "Resident who complained: 75% (9 of 12) positive"
    said = words_on(app)
    assert "39 of 52" not in said
    assert "There is no figure of all together" in said
    assert "fewer than 30 answers, so read with caution" in said


def test_the_response_rate_and_the_complaints_stand_below(opened: Open, surveyed: Store) -> None:
    said = words_on(opened(PAGE, surveyed, service="housing"))
    assert "26% (52 of 200) of the surveys sent came back" in said
    assert "2 complaints recorded" in said


def test_some_areas_have_no_response_rate(opened: Open, surveyed: Store) -> None:
    app = opened(PAGE, surveyed, service="housing", area=["E1"])
    assert any("No response rate for some areas" in info.value for info in app.info)
    assert "came back" not in words_on(app)


def test_a_return_that_does_not_say_how_many_were_sent(opened: Open, shared: Store) -> None:
    change_settings(shared, lambda _: settings_of_all(), by=COMMISSIONER.signing("test"))
    save_return(shared, a_return(service="housing", answers=[an_answer()]), by=COMMISSIONER.signing("test"))
    app = opened(PAGE, shared, service="housing")
    assert any("no return says on its Cover" in info.value for info in app.info)
    assert heading(app) == "Someone else: too few answers to say"


def test_different_questions_under_one_code_are_not_added_up(opened: Open, surveyed: Store) -> None:
    own = SurveyQuestion("housing", "Q1", "Were you on time?", "agree", 1, provider=SOUTH)
    change_settings(
        surveyed, lambda now: replace(now, questions=(*now.questions, own)), by=COMMISSIONER.signing("test")
    )
    app = opened(PAGE, surveyed, service="housing")
    assert any("These providers do not ask the same" in one.value for one in app.warning)
    assert not app.get("plotly_chart")
    app = opened(PAGE, surveyed, service="housing", provider=[SOUTH])
    assert not any("do not ask the same" in one.value for one in app.warning)
    assert any("Were you on time?" in header.value for header in app.header)


def test_one_case_without_answers_says_so(opened: Open, one_case: Store) -> None:
    app = opened(PAGE, one_case)
    assert not app.exception
    assert heading(app) == "No survey answer has been recorded"
    assert "No complaint recorded" in words_on(app)


def test_without_figures_the_page_says_what_to_do(opened: Open, empty: Store) -> None:
    app = opened(PAGE, empty)
    assert not app.exception
    assert "open Upload to begin" in app.info[0].value


def test_presenting_shows_one_panel(opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service="send", present=True)
    assert not app.exception
    assert len(app.header) == 1

"""Answers to surveys and complaints, which count whether or not they name a case; and what every service counts of its cases."""

import pytest

from domain.selection import Selection
from tests.spec.conftest import SpecTest

EVERY = ("send", "housing", "mentoring", "homelessness")
A_CASE = "case_ref | area\nONE | E2"
ANSWERS = """
    question_code | answer_code | date_received | case_ref
    Q1            | A5          | 2018-04-30    | ONE
    Q1            | A4          | 2018-06-01    |
    Q1            | A3          | 2018-06-01    | ONE
    Q1            | NA          | 2018-06-01    |
    Q1            | DK          | 2018-06-01    |
    Q1            |             | 2018-06-01    |
    Q10           | U4          | 2018-06-01    | GONE
    Q10           | U1          |               |
"""


@pytest.mark.parametrize("service", EVERY)
def test_the_two_best_answers_of_five_are_positive_on_either_scale(spec_test: SpecTest, service: str) -> None:
    expected = "met | base | missing | unsure | value\n3 | 5 | 1 | 2 | 0.6"
    spec_test(A_CASE, "satisfaction_positive", expected, answers=ANSWERS, service=service)


def test_each_question_has_its_own_share_in_the_order_of_the_survey(spec_test: SpecTest) -> None:
    expected = """
        question_code | met | base | missing | unsure
        Q1            | 2   | 3    | 1       | 2
        Q10           | 1   | 2    | 0       | 0
    """
    for key in ("question", "question_code"):
        spec_test(A_CASE, "satisfaction_positive", expected, by=(key,), answers=ANSWERS, service="housing")


def test_an_answer_has_the_area_of_its_case_and_none_without_one(spec_test: SpecTest) -> None:
    expected = "area | met | base | missing | unsure\nE2 | 1 | 2 | 0 | 0\n | 2 | 3 | 1 | 2"
    spec_test(A_CASE, "satisfaction_positive", expected, by=("area",), answers=ANSWERS, service="housing")
    hill = Selection(service="housing", areas=("E2",))
    spec_test(
        A_CASE,
        "satisfaction_positive",
        "met | base\n1 | 2",
        selection=hill,
        answers=ANSWERS,
        service="housing",
    )


def test_answers_go_by_the_day_they_came(spec_test: SpecTest) -> None:
    expected = """
        month   | met | base | missing | unsure
        2018-04 | 1   | 1    | 0       | 0
        2018-05 | 0   | 0    | 0       | 0
        2018-06 | 2   | 3    | 1       | 2
                | 0   | 0    | 1       | 0
    """
    spec_test(A_CASE, "satisfaction_positive", expected, by=("month",), answers=ANSWERS, service="housing")


COMPLAINTS = """
    complaint_outcome | received_date | case_ref
    UPHELD            | 2018-04-30    | ONE
    PART              | 2018-06-01    |
    NOT               | 2018-06-01    | GONE
    OPEN              | 2018-06-01    |
    WITHDRAWN         | 2018-06-01    |
                      |               |
"""


@pytest.mark.parametrize("service", EVERY)
def test_all_complaints_count_and_those_that_were_decided_are_upheld_or_not(
    spec_test: SpecTest, service: str
) -> None:
    spec_test(A_CASE, "complaints", "met | base\n6 | 6", complaints=COMPLAINTS, service=service)
    expected = "met | base | missing | value\n2 | 3 | 0 | 0.6667"
    spec_test(A_CASE, "complaints_upheld", expected, complaints=COMPLAINTS, service=service)


def test_complaints_go_by_the_day_they_came(spec_test: SpecTest) -> None:
    expected = "month | met | missing\n2018-04 | 1 | 0\n2018-05 | 0 | 0\n2018-06 | 4 | 0\n | 0 | 1"
    spec_test(A_CASE, "complaints", expected, by=("month",), complaints=COMPLAINTS, service="send")


SHARED = """
    case_ref | referral_date | entered_date | outcome_date
    ONE      | 2018-04-01    | 2018-04-01   |
    TWO      | 2018-04-01    | 2018-04-11   | 2018-05-31
    THREE    | 2018-06-02    | 2018-06-05   |
    FOUR     | 2018-06-02    |              |
"""


@pytest.mark.parametrize("service", EVERY)
def test_every_service_counts_its_referrals_live_cases_and_the_days_until_entered(
    spec_test: SpecTest, service: str
) -> None:
    spec_test(SHARED, "referrals", "met\n4", service=service)
    for at, met in ((201804, 2), (201805, 1), (201806, 3)):
        spec_test(SHARED, "live_cases", f"met\n{met}", at=at, service=service)
    expected = "entry_delay | met | base | missing\n0 | 1 | 3 | 1\n3 | 1 | 3 | 1\n10 | 1 | 3 | 1"
    spec_test(SHARED, "entry_delay", expected, service=service)
    spec_test(SHARED, "median_entry_delay", "base | missing | value\n3 | 1 | 3", service=service)


def test_rows_of_one_service_are_not_those_of_another(spec_test: SpecTest) -> None:
    spec_test(SHARED, "referrals", "met\n0", selection=Selection(service="housing"), service="send")
    other = Selection(service="housing")
    for measure, sheet, text in (
        ("satisfaction_positive", "answers", ANSWERS),
        ("complaints", "complaints", COMPLAINTS),
    ):
        spec_test(A_CASE, measure, "met | base\n0 | 0", selection=other, service="send", **{sheet: text})

"""Shares: how many of how many, what is missing, and what is not known."""

from domain.selection import Selection
from tests.spec.conftest import SpecTest

CLOSED = """
    outcome      | outcome_date | tenancy_outcome | risk_at_assessment | repeat_case
    PREVENTED    | 2018-05-01   | OWN_HOME        | FUTURE             | Y
    PREVENTED    | 2018-05-20   | ANOTHER         | D28                | N
    PREVENTED    | 2018-06-01   | UNKNOWN         |                    | N
    PREVENTED    | 2018-06-02   | LC              | DK                 | N
    PREVENTED    | 2018-06-03   |                 | HOMELESS           | DK
    PREVENTED    | 2018-06-04   | DK              | REF                | REF
    UNSUCCESSFUL | 2018-06-05   | OWN_HOME        | FUTURE             |
    WITHDRAWN    | 2018-06-06   |                 | D29_56             |
    LIVE         |              |                 |                    | Y
                 |              |                 | NA                 | NA
"""


def test_live_and_blank_outcomes_are_not_in_the_base(spec_test: SpecTest) -> None:
    spec_test(CLOSED, "prevention_rate", "met | base | missing | unsure | value\n6 | 8 | 0 | 0 | 0.75")


def test_withdrawn_cases_may_be_left_out_of_the_base(spec_test: SpecTest) -> None:
    spec_test(CLOSED, "prevention_rate_excluding_withdrawn", "met | base | value\n6 | 7 | 0.8571")


def test_lost_contact_and_unknown_are_unsure_in_stayed_in_own_home(spec_test: SpecTest) -> None:
    spec_test(CLOSED, "stayed_in_own_home", "met | base | missing | unsure | value\n1 | 2 | 1 | 3 | 0.5")


def test_declined_is_an_answer_and_dont_know_is_unsure(spec_test: SpecTest) -> None:
    spec_test(CLOSED, "identified_early", "met | base | missing | unsure | value\n2 | 7 | 2 | 1 | 0.2857")


def test_repeat_cases_are_of_those_asked(spec_test: SpecTest) -> None:
    spec_test(CLOSED, "repeat_rate", "met | base | missing | unsure | value\n2 | 7 | 2 | 1 | 0.2857")


def test_more_than_one_kind_of_vulnerability(spec_test: SpecTest) -> None:
    cases = """
        area | vulnerabilities
        E1   | MENTAL+YOUNG
        E1   | MENTAL
        E1   | NONE
        E1   | DK
        E1   | REF
        E1   |
    """
    spec_test(cases, "multiple_vulnerabilities", "met | base | missing | unsure\n1 | 3 | 1 | 1")


def test_a_share_of_nobody_has_no_value(spec_test: SpecTest) -> None:
    spec_test("outcome\nLIVE", "prevention_rate", "met | base | missing | value\n0 | 0 | 0 | ")


def test_a_case_without_the_date_is_missing_from_a_figure_by_time(spec_test: SpecTest) -> None:
    cases = """
        outcome   | outcome_date
        PREVENTED | 2018-04-30
        WITHDRAWN | 2018-06-01
        PREVENTED |
    """
    expected = """
        month   | met | base | missing | value
        2018-04 | 1   | 1    | 0       | 1
        2018-05 | 0   | 0    | 0       |
        2018-06 | 0   | 1    | 0       | 0
                | 0   | 0    | 1       |
    """
    spec_test(cases, "prevention_rate", expected, by=("month",))
    april = Selection("mentoring", first=201804, last=201804)
    spec_test(cases, "prevention_rate", "met | base | missing\n1 | 1 | 1", selection=april)


def test_an_unknown_area_keeps_a_row_of_its_own_and_comes_last(spec_test: SpecTest) -> None:
    cases = """
        area | outcome
        UNK  | PREVENTED
        E2   | WITHDRAWN
        E1   | PREVENTED
        E1   | LIVE
    """
    expected = """
        area | met | base
        E1   | 1   | 1
        E2   | 0   | 1
        UNK  | 1   | 1
    """
    spec_test(cases, "prevention_rate", expected, by=("area",))


def test_a_case_is_entered_late_when_the_month_of_its_referral_is_over(spec_test: SpecTest) -> None:
    cases = """
        referral_date | entered_date
        2018-04-30    | 2018-04-30
        2018-04-30    | 2018-05-01
        2018-04-01    | 2018-04-30
        2017-12-31    | 2018-01-01
        2018-04-01    |
                      | 2018-04-01
    """
    spec_test(cases, "entered_late", "met | base | value\n2 | 4 | 0.5")

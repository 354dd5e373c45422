"""Counts, and how many there are at a date."""

import pytest

from domain.selection import Selection
from tests.spec.conftest import SpecTest

CASES = """
    area | referral_date | outcome      | outcome_date
    E1   | 2018-04-10    | PREVENTED    | 2018-06-20
    E1   | 2018-06-30    | LIVE         |
    E2   | 2018-06-01    | WITHDRAWN    | 2018-06-02
    UNK  |               | UNSUCCESSFUL | 2018-05-05
    E2   | 2018-03-31    |              |
"""


@pytest.mark.parametrize(
    ("measure", "met"),
    [("referrals", 5), ("completed_cases", 3), ("prevented_of_referred", 1), ("preventions", 1)],
)
def test_a_count_is_its_own_base(spec_test: SpecTest, measure: str, met: int) -> None:
    spec_test(CASES, measure, f"met | base | missing | value\n{met} | {met} | 0 | ")


def test_undated_cases_count_in_all_and_are_missing_by_month(spec_test: SpecTest) -> None:
    expected = """
        month   | met | missing
        2018-03 | 1   | 0
        2018-04 | 1   | 0
        2018-05 | 0   | 0
        2018-06 | 2   | 0
                | 0   | 1
    """
    spec_test(CASES, "referrals", expected, by=("month",))


def test_quarters_follow_the_financial_year(spec_test: SpecTest) -> None:
    expected = """
        quarter          | met | missing
        2018-01..2018-03 | 1   | 0
        2018-04..2018-06 | 3   | 0
                         | 0   | 1
    """
    spec_test(CASES, "referrals", expected, by=("quarter",))
    expected = "financial_year | met | missing\n2017-18 | 1 | 0\n2018-19 | 3 | 0\n | 0 | 1"
    spec_test(CASES, "referrals", expected, by=("financial_year",))


def test_referred_cases_go_by_referral_and_preventions_by_outcome(spec_test: SpecTest) -> None:
    april = Selection("mentoring", first=201804, last=201804)
    spec_test(CASES, "prevented_of_referred", "met | base\n1 | 1", selection=april)
    spec_test(CASES, "preventions", "met | base\n0 | 0", selection=april)


def test_months_before_the_first_return_are_not_shown_as_nought(spec_test: SpecTest) -> None:
    expected = "month | met\n2018-04 | 0\n2018-05 | 0\n2018-06 | 1"
    cases = "referral_date\n2018-06-04"
    spec_test(cases, "referrals", expected, by=("month",), selection=Selection("mentoring", first=201701))


@pytest.mark.parametrize(("at", "met"), [(201803, 1), (201804, 2), (201805, 2), (201806, 2)])
def test_live_cases_began_by_then_and_had_not_ended(spec_test: SpecTest, at: int, met: int) -> None:
    spec_test(CASES, "live_cases", f"met | base | value\n{met} | {met} | ", at=at)


def test_a_live_case_without_referral_date_counts_from_its_entry(spec_test: SpecTest) -> None:
    cases = "referral_date | entered_date\n | 2018-05-02\n |"
    spec_test(cases, "live_cases", "met\n0", at=201804)
    spec_test(cases, "live_cases", "met\n1", at=201805)


def test_an_open_case_absent_from_the_next_return_is_live_no_more(spec_test: SpecTest) -> None:
    cases = """
        period           | case_ref | referral_date
        2018-04..2018-06 | LEFT     | 2018-04-01
        2018-04..2018-06 | STAYS    | 2018-04-01
        2018-07..2018-09 | STAYS    | 2018-04-01
    """
    for at, met in ((201806, 2), (201808, 2), (201809, 1)):
        spec_test(cases, "live_cases", f"met\n{met}", at=at)


def test_the_row_of_the_latest_period_counts(spec_test: SpecTest) -> None:
    cases = """
        period           | provider | case_ref | outcome
        2018-07..2018-09 | north    | ONE      | PREVENTED
        2018-04..2018-06 | north    | ONE      | LIVE
        2018-04..2018-06 | south    | ONE      | WITHDRAWN
    """
    expected = "provider | outcome | met\nnorth | PREVENTED | 1\nsouth | WITHDRAWN | 1"
    spec_test(cases, "referrals", expected, by=("provider", "outcome"))


@pytest.mark.parametrize(
    ("measure", "by", "words"),
    [
        ("live_cases", "month", "choose the month instead"),
        ("referrals", "adults", "ask for 'adults' itself"),
        ("referrals", "activity_type", "known of activities only"),
    ],
)
def test_what_a_measure_cannot_be_given_by_is_refused(
    spec_test: SpecTest, measure: str, by: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        spec_test(CASES, measure, "met\n0", by=(by,))
    with pytest.raises(ValueError, match=words):
        spec_test(CASES, measure, "met\n0", selection=Selection("mentoring", where=((by, "2018-04"),)))

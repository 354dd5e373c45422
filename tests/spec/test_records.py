"""What stands beside the cases: complaints for each 100 open cases, mentors, the Living Wage, and columns filled in."""

from __future__ import annotations

import pytest

from domain.selection import Selection
from tests.spec.conftest import SpecTest

QUARTER = Selection("housing", first=201804, last=201806)
OPEN = """
    case_ref   | referral_date | outcome_date | outcome | entered_date
    LAST_DAY   | 2018-06-30    |              | OPEN    |
    NEXT_DAY   | 2018-07-01    |              | OPEN    |
    ENDED_ON   | 2018-01-10    | 2018-04-01   | GNA     |
    DAY_BEFORE | 2018-01-10    | 2018-03-31   | GNA     |
    ENTERED    |               |              | OPEN    | 2018-05-05
    NO_DATES   |               |              | OPEN    |
"""
RECEIVED = """
    case_ref   | received_date | complaint_outcome
    LAST_DAY   | 2018-04-01    | UPHELD
    LAST_DAY   | 2018-06-30    | NOT
    DAY_BEFORE | 2018-03-31    | NOT
               | 2018-05-05    | OPEN
    ENDED_ON   |               | PART
"""


def test_complaints_for_each_100_cases_open_at_any_time_in_the_period(spec_test: SpecTest) -> None:
    """Referred on the last day and ended on the first are open in it; a complaint without a date is missing."""
    spec_test(
        OPEN, "complaints_rate", "met | base | missing | unsure | value\n3 | 3 | 1 | 0 | 100",
        service="housing", selection=QUARTER, complaints=RECEIVED,
    )  # fmt: skip


def test_a_complaint_is_in_the_area_of_its_case_and_one_without_a_case_in_none(spec_test: SpecTest) -> None:
    cases = OPEN.replace("entered_date", "entered_date | area", 1)
    lines = cases.strip().splitlines()
    placed = "\n".join([lines[0], *(f"{line} | {'E1' if 'LAST' in line else 'E2'}" for line in lines[1:])])
    expected = (
        "area | met | base | missing | value\nE1 | 2 | 1 | 0 | 200\nE2 | 0 | 2 | 1 | 0\n | 1 | 0 | 0 | "
    )
    spec_test(
        placed, "complaints_rate", expected,
        by=("area",), service="housing", selection=QUARTER, complaints=RECEIVED,
    )  # fmt: skip


def test_a_case_open_in_two_months_is_in_both_and_once_in_the_quarter(spec_test: SpecTest) -> None:
    cases = "referral_date | outcome_date | outcome\n2018-04-20 | 2018-05-02 | GNA\n2018-06-01 | | OPEN"
    complaints = "received_date\n2018-05-09"
    expected = "month | met | base | value\n2018-04 | 0 | 1 | 0\n2018-05 | 1 | 1 | 100\n2018-06 | 0 | 1 | 0"
    spec_test(cases, "complaints_rate", expected, by=("month",), service="housing", complaints=complaints)
    expected = "quarter | met | base | value\n2018-04..2018-06 | 1 | 2 | 50"
    spec_test(cases, "complaints_rate", expected, by=("quarter",), service="housing", complaints=complaints)


def test_a_case_no_longer_reported_is_open_until_the_next_return_ends(spec_test: SpecTest) -> None:
    cases = """
        case_ref | referral_date | period
        GONE     | 2018-04-10    | 2018-04..2018-06
        STAYS    | 2018-07-01    | 2018-07..2018-09
    """
    for first, last, base in ((201804, 201806, 1), (201807, 201809, 2), (201810, 201812, 1)):
        selection = Selection("housing", first=first, last=last)
        expected = f"met | base | value\n0 | {base} | 0"
        spec_test(cases, "complaints_rate", expected, service="housing", selection=selection)


def test_a_rate_is_limited_by_its_months_and_by_no_name_of_a_time(spec_test: SpecTest) -> None:
    named = Selection("housing", where=(("quarter", "2018-04..2018-06"),))
    with pytest.raises(ValueError, match="first and last month"):
        spec_test(OPEN, "complaints_rate", "met\n0", service="housing", selection=named)


LIVE = "referral_date | outcome | outcome_date\n2018-04-10 | LIVE |\n2018-04-10 | PREVENTED | 2018-06-30\n2018-06-30 | LIVE |"
POSTS = """
    role    | fte | in_post_from | in_post_to
    MENTOR  | 1   | 2018-04-01   |
    MENTOR  | 0.5 | 2018-06-30   | 2018-06-30
    MENTOR  | 1   | 2018-07-01   |
    MENTOR  | 1   | 2018-04-01   | 2018-06-29
    MENTOR  |     | 2018-04-01   |
            | 1   | 2018-04-01   |
    MANAGER | 1   | 2018-04-01   |
    MENTOR  | 1   |              |
"""


def test_live_cases_for_each_full_time_mentor_in_post_on_the_last_day(spec_test: SpecTest) -> None:
    """Two live cases, a whole mentor and one of half a post; one without its share and one without a role are missing, not 1."""
    spec_test(
        LIVE, "caseload_per_mentor", "met | base | missing | value\n2 | 2 | 2 | 1.333", at=201806, staff=POSTS
    )


def test_no_mentor_no_caseload(spec_test: SpecTest) -> None:
    spec_test(LIVE, "caseload_per_mentor", "met | base | missing | value\n2 | 0 | 0 | ", at=201806)


def test_a_post_that_the_next_return_leaves_out_is_filled_no_more(spec_test: SpecTest) -> None:
    posts = """
        role_ref | role   | fte | in_post_from | period
        P1       | MENTOR | 1   | 2018-04-01   | 2018-04..2018-06
        P2       | MENTOR | 1   | 2018-04-01   | 2018-04..2018-06
        P2       | MENTOR | 1   | 2018-04-01   | 2018-07..2018-09
    """
    for at, base in ((201806, 2), (201807, 1), (201809, 1)):
        spec_test(LIVE, "caseload_per_mentor", f"base | missing\n{base} | 0", at=at, staff=posts)


PAID = """
    llw_relevant | hourly_rate_meets_llw | in_post_from | in_post_to
    Y            | Y                     | 2018-04-01   |
    Y            | N                     | 2018-04-01   | 2018-06-30
    Y            |                       | 2018-04-01   |
    Y            | DK                    | 2018-04-01   |
    Y            | N                     | 2018-04-01   | 2018-06-29
    N            | N                     | 2018-04-01   |
                 | Y                     | 2018-04-01   |
"""


def test_the_living_wage_is_of_posts_it_applies_to_and_blank_is_missing(spec_test: SpecTest) -> None:
    expected = "met | base | missing | unsure | value\n1 | 2 | 1 | 1 | 0.5"
    spec_test("referral_date\n2018-04-10", "living_wage", expected, service="housing", at=201806, staff=PAID)


def test_what_is_known_of_posts_is_of_a_provider_and_of_no_area(spec_test: SpecTest) -> None:
    expected = "provider | met | base\nnorth | 1 | 2"
    spec_test(
        "referral_date\n2018-04-10",
        "living_wage",
        expected,
        by=("provider",),
        service="housing",
        at=201806,
        staff=PAID,
    )
    with pytest.raises(ValueError, match="about posts"):
        spec_test(LIVE, "living_wage", "met\n0", by=("area",), service="housing", staff=PAID)
    with pytest.raises(ValueError, match="about posts"):
        spec_test(LIVE, "caseload_per_mentor", "met\n0", by=("area",), staff=POSTS)


KEPT = """
  case_ref | referral_date | entered_date | outcome   | outcome_date | assessment_date | risk_at_assessment | repeat_case | tenancy_outcome
  A        | 2018-04-10    | 2018-04-10   | PREVENTED | 2018-05-01   | 2018-04-11      | D28                | N           | OWN_HOME
  B        | 2018-04-10    |              | PREVENTED | 2018-05-01   |                 | DK                 |             |
  C        | 2018-04-10    | 2018-04-10   | WITHDRAWN |              |                 |                    | Y           |
  D        |               |              | LIVE      |              |                 |                    |             |
"""


def test_each_column_is_asked_of_the_cases_in_which_it_is_wanted(spec_test: SpecTest) -> None:
    """Answers of cases that have ended, where they lived of those prevented, the day of referral of all; don't know is an answer."""
    expected = """
        field              | met | base | missing
        referral_date      | 3   | 4    | 0
        entered_date       | 2   | 4    | 0
        repeat_case        | 2   | 3    | 0
        risk_at_assessment | 2   | 3    | 0
        assessment_date    | 1   | 3    | 0
        outcome_date       | 2   | 3    | 0
        tenancy_outcome    | 1   | 2    | 0
        activities_matched | 1   | 1    | 0
    """
    activities = "case_ref | activity_date | activity_type\nA | 2018-04-12 | INFO"
    spec_test(KEPT, "completeness", expected, by=("field",), activities=activities)
    spec_test(KEPT, "completeness", "met | base | value\n14 | 23 | 0.6087", activities=activities)


def test_cells_go_by_the_day_of_referral_of_their_case(spec_test: SpecTest) -> None:
    april = Selection("mentoring", first=201804, last=201804, where=(("field", "repeat_case"),))
    spec_test(KEPT, "completeness", "field | met | base\nrepeat_case | 2 | 3", by=("field",), selection=april)
    april = Selection("mentoring", first=201804, last=201804, where=(("field", "referral_date"),))
    expected = "field | met | base | missing\nreferral_date | 3 | 3 | 1"
    spec_test(KEPT, "completeness", expected, by=("field",), selection=april)


def test_an_activity_whose_case_counts_no_more_is_not_matched(spec_test: SpecTest) -> None:
    activities = "case_ref | activity_date | activity_type\nA | 2018-04-12 | INFO\nNOBODY | 2018-04-12 | INFO"
    only = Selection("mentoring", where=(("field", "activities_matched"),))
    expected = "field | met | base\nactivities_matched | 1 | 2"
    spec_test(KEPT, "completeness", expected, by=("field",), selection=only, activities=activities)

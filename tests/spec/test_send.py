"""SEND mediation: how requests end, what they are about, and what only the council knows."""

import pytest

from domain.selection import Selection
from tests.spec.conftest import SpecTest

SERVICE = "send"
ENDED = """
    area | outcome      | outcome_date | meeting_mode
    E1   | CHANGED_CERT | 2018-05-01   |
    E1   | CHANGED      | 2018-05-02   |
    E1   | LA_DECLINED  | 2018-05-03   |
    E1   | RESOLVED_PRE | 2018-05-04   | ONLINE
    E1   | SUPPORT_ONLY | 2018-05-05   |
    E2   | DR_HELD      | 2018-05-06   | ONLINE
    E2   | MED_HELD     | 2018-05-07   | IN_PERSON
    E2   | MED_HELD     | 2018-05-08   |
    E2   | OPEN         |              | ONLINE
    E2   |              |              |
"""


@pytest.mark.parametrize(
    ("measure", "met"), [("referrals", 10), ("closed_cases", 8), ("held", 3), ("resolved_or_held", 4)]
)
def test_a_count_of_requests(spec_test: SpecTest, measure: str, met: int) -> None:
    spec_test(ENDED, measure, f"met | base | value\n{met} | {met} | ", service=SERVICE)


@pytest.mark.parametrize(
    ("measure", "met"),
    [
        ("resolved_or_held_rate", 4),
        ("change_of_mind", 2),
        ("resolved_before_mediation", 1),
        ("la_declined", 1),
    ],
)
def test_a_share_of_the_requests_that_have_ended(spec_test: SpecTest, measure: str, met: int) -> None:
    spec_test(ENDED, measure, f"met | base | missing\n{met} | 8 | 0", service=SERVICE)


def test_how_requests_ended(spec_test: SpecTest) -> None:
    expected = """
        outcome      | met | base
        CHANGED_CERT | 1   | 8
        CHANGED      | 1   | 8
        LA_DECLINED  | 1   | 8
        RESOLVED_PRE | 1   | 8
        SUPPORT_ONLY | 1   | 8
        DR_HELD      | 1   | 8
        MED_HELD     | 2   | 8
    """
    spec_test(ENDED, "outcomes", expected, by=("outcome",), service=SERVICE)


def test_only_meetings_that_were_held_have_a_way_of_being_held(spec_test: SpecTest) -> None:
    expected = """
        meeting_mode | met | base | missing
        ONLINE       | 1   | 2    | 1
        IN_PERSON    | 1   | 2    | 1
        PHONE        | 0   | 2    | 1
        HYBRID       | 0   | 2    | 1
    """
    spec_test(ENDED, "meeting_mode", expected, by=("meeting_mode",), service=SERVICE)


REASONS = """
    area | reason
    E1   | CON_B+CON_F
    E1   | CON+RTA
    E2   | SECI
    E2   | DK
    E2   |
"""


def test_two_reasons_of_one_group_are_that_group_once(spec_test: SpecTest) -> None:
    expected = """
        reason | met | base | missing | unsure
        RTA    | 1   | 3    | 1       | 1
        RTI    | 0   | 3    | 1       | 1
        CON    | 2   | 3    | 1       | 1
        SECI   | 1   | 3    | 1       | 1
        RTAM   | 0   | 3    | 1       | 1
        CEASE  | 0   | 3    | 1       | 1
        HEALTH | 0   | 3    | 1       | 1
        SOCIAL | 0   | 3    | 1       | 1
        DR     | 0   | 3    | 1       | 1
        OTH    | 0   | 3    | 1       | 1
    """
    spec_test(REASONS, "reasons", expected, by=("reason",), service=SERVICE)
    spec_test(REASONS, "reasons", "met | base | missing | unsure\n3 | 3 | 1 | 1", service=SERVICE)
    grouped = "reason | met\nRTA | 1\nCON | 2\nSECI | 1\nDK | 1\n | 1"
    spec_test(REASONS, "referrals", grouped, by=("reason",), service=SERVICE)


@pytest.mark.parametrize(("code", "met"), [("CON", 2), ("CON_F", 1), ("RTA", 1), ("RTI", 0)])
def test_a_figure_limited_to_a_reason_takes_in_what_belongs_to_it(
    spec_test: SpecTest, code: str, met: int
) -> None:
    limited = Selection(service=SERVICE, where=(("reason", code),))
    spec_test(REASONS, "referrals", f"met\n{met}", selection=limited, service=SERVICE)


@pytest.mark.parametrize(
    ("measure", "field", "code"),
    [
        ("needs", "sen_need", "ASD"),
        ("applicant_type", "applicant_type", "YOUNG_PERSON"),
        ("sex", "sex", "F"),
        ("age_band", "age_band", "5-10"),
        ("ethnicity", "ethnicity", "AS_IND"),
    ],
)
def test_other_splits_count_known_answers(spec_test: SpecTest, measure: str, field: str, code: str) -> None:
    cases = f"{field} | area\n{code} | E1\nREF | E1\nDK | E1\n | E1"
    spec_test(cases, measure, "met | base | missing | unsure\n2 | 2 | 1 | 1", service=SERVICE)


DAYS = """
    case_ref | referral_date | outcome  | outcome_date
    ONE      | 2018-04-01    | MED_HELD | 2018-04-15
    TWO      | 2018-04-01    | CHANGED  | 2018-05-01
    THREE    | 2018-04-01    | CHANGED  | 2018-05-02
    NO_DATE  |               | CHANGED  | 2018-05-02
    OPEN     | 2018-04-01    | OPEN     |
"""


def test_days_run_from_referral_to_the_outcome_of_requests_that_have_ended(spec_test: SpecTest) -> None:
    expected = "days_to_outcome | met | base | missing\n14 | 1 | 3 | 1\n30 | 1 | 3 | 1\n31 | 1 | 3 | 1"
    spec_test(DAYS, "days_to_outcome", expected, service=SERVICE)
    spec_test(DAYS, "median_days_to_outcome", "base | missing | value\n3 | 1 | 30", service=SERVICE)
    banded = """
        days_to_outcome_band | met | base | missing
        up_to_014            | 1   | 3    | 1
        up_to_030            | 1   | 3    | 1
        up_to_060            | 1   | 3    | 1
        up_to_090            | 0   | 3    | 1
        more                 | 0   | 3    | 1
    """
    spec_test(DAYS, "days_to_outcome", banded, by=("days_to_outcome_band",), service=SERVICE)


MEETINGS = """
    case_ref | outcome  | outcome_date
    ONE      | MED_HELD | 2018-05-07
    TWO      | MED_HELD | 2018-05-07
    THREE    | MED_HELD | 2018-05-07
    FOUR     | MED_HELD | 2018-06-07
    DR       | DR_HELD  | 2018-05-07
    OPEN     | OPEN     |
"""
SUPPLEMENT = """
    case_ref | la_decision_maker | delay_exception
    ONE      | Y                 |
    TWO      | N                 | SCHOOL_HOL
    THREE    | DK                |
    DR       | Y                 |
    WAITING  | Y                 | SCHOOL_HOL
"""


def test_who_spoke_for_the_council_comes_from_the_supplement_and_is_missing_without_it(
    spec_test: SpecTest,
) -> None:
    expected = "met | base | missing | unsure | value\n1 | 2 | 1 | 1 | 0.5"
    spec_test(MEETINGS, "la_decision_maker_present", expected, supplement=SUPPLEMENT, service=SERVICE)
    spec_test(MEETINGS, "la_decision_maker_present", "met | base | missing\n0 | 0 | 4", service=SERVICE)
    expected = "month | met | base | missing\n2018-04 | 0 | 0 | 0\n2018-05 | 1 | 2 | 0\n2018-06 | 0 | 0 | 1"
    spec_test(
        MEETINGS,
        "la_decision_maker_present",
        expected,
        by=("month",),
        supplement=SUPPLEMENT,
        service=SERVICE,
    )


def test_any_figure_may_be_grouped_and_limited_by_what_the_council_said(spec_test: SpecTest) -> None:
    grouped = "delay_exception | met\nSCHOOL_HOL | 1\n | 5"
    spec_test(MEETINGS, "referrals", grouped, by=("delay_exception",), supplement=SUPPLEMENT, service=SERVICE)
    present = Selection(service=SERVICE, where=(("la_decision_maker", "Y"),))
    spec_test(MEETINGS, "held", "met\n2", selection=present, supplement=SUPPLEMENT, service=SERVICE)


def test_the_council_s_row_is_of_one_provider_s_case(spec_test: SpecTest) -> None:
    cases = """
        provider | case_ref | outcome  | outcome_date
        north    | ONE      | MED_HELD | 2018-05-07
        south    | ONE      | MED_HELD | 2018-05-07
    """
    said = "provider | case_ref | la_decision_maker\nsouth | ONE | Y"
    expected = "provider | met | base | missing\nnorth | 0 | 0 | 1\nsouth | 1 | 1 | 0"
    spec_test(
        cases, "la_decision_maker_present", expected, by=("provider",), supplement=said, service=SERVICE
    )

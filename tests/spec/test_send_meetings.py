"""SEND mediation: what a meeting came to, who was heard, how long it took, whether the agreement was kept, and appeals after it."""

from tests.spec.conftest import SpecTest

SERVICE = "send"
RESULTS = """
    outcome  | outcome_date | meeting_result
    MED_HELD | 2018-05-01   | FULL
    MED_HELD | 2018-05-01   | PART
    MED_HELD | 2018-05-02   | NO_AGREEMENT
    MED_HELD | 2018-05-02   | ADJ
    MED_HELD | 2018-05-03   |
    MED_HELD | 2018-05-03   | DK
    MED_HELD | 2018-05-03   | NA
    DR_HELD  | 2018-05-04   | FULL
    OPEN     |              | FULL
"""


def test_an_agreement_on_some_issues_is_one_and_an_adjourned_meeting_is_neither(spec_test: SpecTest) -> None:
    expected = "met | base | missing | unsure | value\n2 | 3 | 1 | 2 | 0.6667"
    spec_test(RESULTS, "agreement_reached", expected, service=SERVICE)


VIEWS = """
    outcome  | outcome_date | applicant_type | cyp_views | cyp_views_reason
    MED_HELD | 2018-05-01   | PARENT         | Y         |
    MED_HELD | 2018-05-01   | PARENT         | N         | TOO_YOUNG
    MED_HELD | 2018-05-01   | PARENT         | NA        | DECLINED
    MED_HELD | 2018-05-01   | PARENT         | N         |
    MED_HELD | 2018-05-01   | PARENT         | N         | DK
    MED_HELD | 2018-05-01   | PARENT         |           |
    MED_HELD | 2018-05-01   | PARENT         | DK        | OTHER
    MED_HELD | 2018-05-01   | YOUNG_PERSON   | N         | DECLINED
    MED_HELD | 2018-05-01   |                | Y         |
    DR_HELD  | 2018-05-01   | PARENT         | N         | TOO_YOUNG
"""


def test_a_child_who_was_not_heard_stays_in_the_base_whatever_the_reason(spec_test: SpecTest) -> None:
    expected = "met | base | missing | unsure | value\n1 | 5 | 1 | 1 | 0.2"
    spec_test(VIEWS, "cyp_views_obtained", expected, service=SERVICE)


def test_the_reasons_are_those_of_the_same_meetings(spec_test: SpecTest) -> None:
    expected = """
        cyp_views_reason | met | base | missing | unsure
        TOO_YOUNG        | 1   | 2    | 1       | 1
        DECLINED         | 1   | 2    | 1       | 1
        NOT_APPROPRIATE  | 0   | 2    | 1       | 1
        OTHER            | 0   | 2    | 1       | 1
    """
    spec_test(VIEWS, "cyp_views_reasons", expected, by=("cyp_views_reason",), service=SERVICE)


BEFORE = """
    outcome  | outcome_date | met_mediator_before | met_mediator_reason
    MED_HELD | 2018-05-01   | Y                   |
    MED_HELD | 2018-05-01   | Y                   | DECLINED
    MED_HELD | 2018-05-01   | N                   | OTHER
    MED_HELD | 2018-05-01   | N                   |
    MED_HELD | 2018-05-01   | N                   | DECLINED
    MED_HELD | 2018-05-01   | NA                  | DECLINED
    MED_HELD | 2018-05-01   |                     | DECLINED
    MED_HELD | 2018-05-01   |                     |
    DR_HELD  | 2018-05-01   | N                   |
"""


def test_a_family_that_declined_to_meet_the_mediator_is_left_out_and_told_apart(spec_test: SpecTest) -> None:
    expected = "met | base | missing | unsure | value\n2 | 4 | 1 | 0 | 0.5"
    spec_test(BEFORE, "met_mediator_before", expected, service=SERVICE)
    expected = """
        met_mediator_reason | met | base | missing
        TOO_YOUNG           | 0   | 3    | 1
        DECLINED            | 2   | 3    | 1
        NOT_APPROPRIATE     | 0   | 3    | 1
        OTHER               | 1   | 3    | 1
    """
    spec_test(BEFORE, "met_mediator_reasons", expected, by=("met_mediator_reason",), service=SERVICE)


SCHOOLS = """
    outcome  | outcome_date | reason   | school_involved | school_involved_reason
    MED_HELD | 2018-05-01   | SECI     | Y               |
    DR_HELD  | 2018-05-01   | DR+SECI  | N               | DECLINED
    MED_HELD | 2018-05-01   | CON+SECI | N               |
    MED_HELD | 2018-05-01   | SECI     | N               | NOT_APPROPRIATE
    MED_HELD | 2018-05-01   | SECI     | NA              |
    MED_HELD | 2018-05-01   | SECI     |                 |
    MED_HELD | 2018-05-01   | SECI     | REF             |
    MED_HELD | 2018-05-01   | CON      | N               | OTHER
    MED_HELD | 2018-05-01   |          | Y               |
    CHANGED  | 2018-05-01   | SECI     | N               | OTHER
"""


def test_a_school_counts_where_the_meeting_was_about_it_and_its_part_was_fitting(spec_test: SpecTest) -> None:
    expected = "met | base | missing | unsure | value\n1 | 3 | 1 | 1 | 0.3333"
    spec_test(SCHOOLS, "school_involved", expected, service=SERVICE)
    expected = """
        school_involved_reason | met | base | missing
        TOO_YOUNG              | 0   | 2    | 2
        DECLINED               | 1   | 2    | 2
        NOT_APPROPRIATE        | 1   | 2    | 2
        OTHER                  | 0   | 2    | 2
    """
    spec_test(SCHOOLS, "school_involved_reasons", expected, by=("school_involved_reason",), service=SERVICE)


MEETINGS = """
    outcome  | referral_date | meeting_date | outcome_date
    MED_HELD | 2018-04-01    | 2018-05-13   | 2018-05-13
    MED_HELD | 2018-04-01    | 2018-05-14   | 2018-05-14
    DR_HELD  | 2018-04-01    | 2018-04-11   | 2018-04-11
    DR_HELD  | 2018-04-01    | 2018-04-21   | 2018-04-21
    MED_HELD |               | 2018-05-14   | 2018-05-14
    OPEN     | 2018-04-01    | 2018-05-14   |
    CHANGED  | 2018-04-01    | 2018-04-02   | 2018-04-03
"""
"""42, 43, 10 and 20 days; one unknown; a meeting that is only planned, and one that was not held."""


def test_days_run_from_the_referral_to_a_meeting_that_was_held_and_the_42nd_is_within_six_weeks(
    spec_test: SpecTest,
) -> None:
    expected = """
        days_to_meeting | met | base | missing
        10              | 1   | 4    | 1
        20              | 1   | 4    | 1
        42              | 1   | 4    | 1
        43              | 1   | 4    | 1
    """
    spec_test(MEETINGS, "days_to_meeting", expected, service=SERVICE)
    spec_test(MEETINGS, "median_days_to_meeting", "base | missing | value\n4 | 1 | 31", service=SERVICE)
    spec_test(MEETINGS, "mean_days_to_meeting", "base | missing | value\n4 | 1 | 28.75", service=SERVICE)
    spec_test(MEETINGS, "meeting_within_six_weeks", "met | base | value\n3 | 4 | 0.75", service=SERVICE)


CASES = "case_ref\nONE\nTWO"
ACTIONS = """
    case_ref | action_type         | agreement_date | action_due | timescale_agreed_in_writing | action_done
    ONE      | OTHER_ISSUES        | 2018-06-16     |            |                             | 2018-06-30
    ONE      | OTHER_ISSUES        | 2018-06-16     |            |                             |
    ONE      | OTHER_ISSUES        | 2018-06-17     |            |                             |
    ONE      | DRAFT_PLAN          | 2018-05-01     | 2018-06-20 | N                           | 2018-06-06
    ONE      | DRAFT_PLAN          | 2018-05-01     | 2018-05-20 |                             | 2018-06-05
    ONE      | DRAFT_PLAN          | 2018-05-01     | 2018-06-20 | Y                           | 2018-06-20
    TWO      |                     | 2018-05-01     | 2018-05-15 |                             | 2018-05-16
    TWO      | FINAL_PLAN          |                | 2018-05-15 |                             | 2018-05-15
    TWO      | FINAL_PLAN          | 2018-05-01     |            | Y                           | 2018-06-01
    THREE    | OTHER_ISSUES        | 2018-05-01     |            |                             | 2018-05-02
"""
"""In order: done on the last day; open on it, which counts as missed; due a day after the return; a day after the five weeks, because a
later day was not agreed in writing; on the last day of the five weeks, though an earlier day was given; on the day agreed in writing;
a day late by the day given; in time by it; another time agreed of which nobody knows the day; of a case that is not there."""


def test_an_agreed_action_is_kept_by_the_day_in_writing_else_by_law_else_as_given(
    spec_test: SpecTest,
) -> None:
    spec_test(
        CASES, "agreement_kept", "met | base | value\n4 | 7 | 0.5714", agreements=ACTIONS, service=SERVICE
    )
    expected = "month | met | base\n2018-04 | 0 | 0\n2018-05 | 1 | 2\n2018-06 | 3 | 5"
    spec_test(CASES, "agreement_kept", expected, by=("month",), agreements=ACTIONS, service=SERVICE)


def test_an_appeal_counts_two_months_after_the_mediation_and_not_before(spec_test: SpecTest) -> None:
    cases = """
        case_ref | outcome  | outcome_date | meeting_date
        ONE      | MED_HELD | 2018-04-30   | 2018-04-30
        TWO      | MED_HELD | 2018-04-29   | 2018-04-29
        THREE    | MED_HELD | 2018-04-01   | 2018-04-01
        FOUR     | MED_HELD | 2018-04-01   | 2018-04-01
        TOO_NEW  | MED_HELD | 2018-05-01   | 2018-05-01
        DR       | DR_HELD  | 2018-04-01   | 2018-04-01
    """
    said = "case_ref | appeal_registered\nONE | Y\nTWO | N\nTHREE | DK\nTOO_NEW | Y\nDR | Y"
    expected = "met | base | missing | unsure | value\n1 | 2 | 1 | 1 | 0.5"
    spec_test(cases, "appeal_after_mediation", expected, supplement=said, service=SERVICE)


def test_satisfaction_is_of_each_question_alone(spec_test: SpecTest) -> None:
    answers = """
        question_code | answer_code | date_received
        Q1            | A5          | 2018-05-01
        Q1            | A4          | 2018-05-01
        Q1            | NA          | 2018-05-01
        Q10           | U4          | 2018-05-01
        Q10           | U3          | 2018-05-01
        Q10           |             | 2018-05-01
    """
    expected = "question_code | met | base\nQ1 | 2 | 2\nQ10 | 1 | 2"
    spec_test(
        "case_ref\nONE", "satisfaction_positive", expected, by=("question",), answers=answers, service=SERVICE
    )

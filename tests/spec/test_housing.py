"""Housing mediation: the four targets of the specification at their edges, and the steps on the way."""

import pytest

from tests.spec.conftest import SpecTest

SERVICE = "housing"
TIMES = """
    case_ref | referral_date | first_contact_date | initial_visit_date | mediation_started_date
    LAST_DAY | 2018-06-01    | 2018-06-15         | 2018-06-15         | 2018-06-20
    DAY_LATE | 2018-06-01    | 2018-06-16         | 2018-06-16         |
    AT_END   | 2018-06-16    |                    |                    |
    LATER    | 2018-06-17    | 2018-06-18         |                    |
    NO_DATE  |               |                    |                    |
"""


@pytest.mark.parametrize("measure", ["initial_contact_in_time", "initial_visit_in_time"])
def test_the_fourteenth_day_is_in_time_and_what_is_due_later_is_not_counted(
    spec_test: SpecTest, measure: str
) -> None:
    spec_test(TIMES, measure, "met | base | missing | value\n1 | 3 | 0 | 0.3333", service=SERVICE)
    expected = "month | met | base | missing\n2018-04 | 0 | 0 | 0\n2018-05 | 0 | 0 | 0\n2018-06 | 1 | 3 | 0"
    spec_test(TIMES, measure, expected, by=("month",), service=SERVICE)


@pytest.mark.parametrize(("measure", "met"), [("contact_made", 3), ("visit_made", 2), ("session_held", 1)])
def test_a_step_is_a_share_of_all_that_were_referred(spec_test: SpecTest, measure: str, met: int) -> None:
    spec_test(TIMES, measure, f"met | base | missing\n{met} | 5 | 0", service=SERVICE)


ENDED = """
    outcome     | outcome_date | accepted
    SATISFIED   | 2018-05-01   | Y
    GNA         | 2018-05-02   | Y
    NO_EVIDENCE | 2018-05-03   |
    ENFORCE     | 2018-05-04   | DK
    OTHER       | 2018-05-05   | Y
    WITHDRAWN   | 2018-05-06   | N
    OPEN        |              | Y
                |              | N
"""


def test_four_outcomes_are_expected_of_the_six_that_close_a_case(spec_test: SpecTest) -> None:
    spec_test(ENDED, "expected_outcome", "met | base | value\n4 | 6 | 0.6667", service=SERVICE)
    expected = """
        outcome     | met | base
        SATISFIED   | 1   | 6
        GNA         | 1   | 6
        NO_EVIDENCE | 1   | 6
        ENFORCE     | 1   | 6
        OTHER       | 1   | 6
        WITHDRAWN   | 1   | 6
    """
    spec_test(ENDED, "outcomes", expected, by=("outcome",), service=SERVICE)


@pytest.mark.parametrize(
    ("measure", "met"),
    [("referrals", 8), ("closed_cases", 6), ("expected_of_referred", 4), ("accepted_cases", 6)],
)
def test_a_count_of_cases_takes_a_case_as_accepted_unless_it_was_not(
    spec_test: SpecTest, measure: str, met: int
) -> None:
    spec_test(ENDED, measure, f"met | base\n{met} | {met}", service=SERVICE)


def test_other_agencies_are_asked_about_three_months_after_the_opening_and_a_blank_is_missing(
    spec_test: SpecTest,
) -> None:
    # Three months after 31 March is 30 June, the last day reported; after 1 April it is 1 July.
    cases = """
        case_opened_date | multi_agency_3m
        2018-03-30       | Y
        2018-03-31       | N
        2018-03-30       | NA
        2018-03-31       |
        2018-03-30       | DK
        2018-04-01       | Y
                         | Y
    """
    expected = "met | base | missing | unsure | value\n1 | 3 | 1 | 1 | 0.3333"
    spec_test(cases, "multi_agency", expected, service=SERVICE)


def test_a_case_counts_as_reopened_until_the_last_day_of_the_twelve_months(spec_test: SpecTest) -> None:
    cases = """
        case_ref  | outcome | outcome_date | reopened_date
        LAST_DAY  | GNA     | 2017-06-30   | 2018-06-30
        DAY_LATE  | OTHER   | 2017-06-01   | 2018-06-02
        NEVER     | ENFORCE | 2017-06-02   |
        TOO_YOUNG | GNA     | 2017-07-01   | 2017-07-02
        OPEN      | OPEN    |              | 2018-01-01
    """
    spec_test(cases, "reopened", "met | base | value\n1 | 3 | 0.3333", service=SERVICE)
    expected = "month | met | base\n2018-04 | 0 | 0\n2018-05 | 0 | 0\n2018-06 | 1 | 3"
    spec_test(cases, "reopened", expected, by=("month",), service=SERVICE)


@pytest.mark.parametrize(
    ("measure", "field", "code"),
    [
        ("reasons", "service_type", "A"),
        ("sex", "sex", "M"),
        ("age_band", "age_band", "25-34"),
        ("ethnicity", "ethnicity", "WHITE"),
    ],
)
def test_splits_count_known_answers(spec_test: SpecTest, measure: str, field: str, code: str) -> None:
    cases = f"{field} | area\n{code} | E1\nREF | E1\nDK | E1\n | E1"
    spec_test(cases, measure, "met | base | missing | unsure\n2 | 2 | 1 | 1", service=SERVICE)


ESCALATED = """
    referral_date | escalated_on | escalation_reason
    2018-04-10    | 2018-04-30   | RISK
    2018-04-10    | 2018-05-01   | RISK
    2018-05-10    | 2018-05-31   | LEGAL
    2018-05-10    | 2018-05-31   |
    2018-05-10    |              | RISK
"""


def test_an_escalation_counts_in_the_month_it_happened_in_and_a_reason_without_one_counts_nowhere(
    spec_test: SpecTest,
) -> None:
    spec_test(
        ESCALATED,
        "escalations",
        "month | met\n2018-04 | 1\n2018-05 | 3\n2018-06 | 0",
        by=("month",),
        service=SERVICE,
    )
    expected = """
        escalation_reason | met | base | missing
        RISK              | 2   | 3    | 1
        NO_CONTACT        | 0   | 3    | 1
        LEGAL             | 1   | 3    | 1
        SAFEGUARDING      | 0   | 3    | 1
        OTHER             | 0   | 3    | 1
    """
    spec_test(ESCALATED, "escalation_reasons", expected, by=("escalation_reason",), service=SERVICE)


REPORTS = """
    provider | outcome   | outcome_date | case_report_date
    north    | GNA       | 2018-05-01   | 2018-06-29
    north    | OTHER     | 2018-06-30   |
    north    | OPEN      |              | 2018-05-01
    north    |           |              |
    south    | GNA       | 2018-06-01   | 2018-06-11
    south    | GNA       | 2018-06-01   | 2018-06-12
    south    | SATISFIED | 2018-06-01   | 2018-05-30
    south    | GNA       | 2018-06-20   |
    south    | GNA       | 2018-06-21   |
    south    | WITHDRAWN | 2018-06-30   | 2018-06-30
"""


def test_a_case_report_comes_within_the_days_of_the_contract_and_is_missed_when_they_have_run_out(
    spec_test: SpecTest,
) -> None:
    # The contract of 'south' gives ten days: the tenth is in time, and a case closed on 20 June is late on 30 June.
    # One that closed with its report on 30 June waits for its day too.
    expected = "provider | met | base | missing | value\nnorth | 1 | 2 | 0 | 0.5\nsouth | 2 | 4 | 0 | 0.5"
    spec_test(REPORTS, "case_report_sent", expected, by=("provider",), service=SERVICE)

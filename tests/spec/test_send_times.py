"""SEND mediation: the 30 days and the three working days, at their edges."""

from domain.selection import Selection
from tests.spec.conftest import SpecTest

SERVICE = "send"
REQUESTS = """
    case_ref   | service_type | family_request_date | meeting_arranged_date | meeting_date | outcome      | outcome_date
    LAST_DAY   | MED          | 2018-05-01          | 2018-05-10            | 2018-05-31   | MED_HELD     | 2018-05-31
    DAY_LATE   | MED          | 2018-05-01          | 2018-05-10            | 2018-06-01   | MED_HELD     | 2018-06-01
    PLANNED    |              | 2018-05-01          | 2018-05-10            | 2018-05-20   | OPEN         |
    DUE_AT_END | MED          | 2018-05-31          |                       |              | OPEN         |
    DUE_LATER  | MED          | 2018-06-01          | 2018-06-02            | 2018-06-20   | MED_HELD     | 2018-06-20
    TAKEN_BACK | MED          | 2018-05-01          |                       |              | CHANGED      | 2018-05-30
    TOO_LATE   | MED          | 2018-05-01          |                       |              | CHANGED_CERT | 2018-05-31
    DECLINED   | MED          | 2018-05-01          |                       |              | LA_DECLINED  | 2018-05-10
    SETTLED    | MED          | 2018-05-01          |                       |              | RESOLVED_PRE | 2018-05-20
    ADVICE     | MED          | 2018-05-01          |                       |              | SUPPORT_ONLY | 2018-05-02
    DR         | DR           | 2018-05-01          |                       | 2018-05-20   | DR_HELD      | 2018-05-20
    NO_REQUEST | MED          |                     |                       | 2018-05-20   | MED_HELD     | 2018-05-20
"""
"""Due by the end of June and still wanted then: the first four without DUE_LATER, TOO_LATE and DECLINED. A request that was taken back
or settled before its day is left out; one that the council declined is not."""


def test_mediation_is_held_on_the_thirtieth_day_and_not_a_day_later(spec_test: SpecTest) -> None:
    expected = "met | base | missing | unsure | value\n1 | 6 | 0 | 0 | 0.1667"
    spec_test(REQUESTS, "mediation_held_in_time", expected, service=SERVICE)


def test_mediation_is_arranged_when_its_date_lies_within_the_time_held_or_not(spec_test: SpecTest) -> None:
    expected = "met | base | missing | unsure | value\n2 | 6 | 0 | 0 | 0.3333"
    spec_test(REQUESTS, "mediation_arranged_in_time", expected, service=SERVICE)


def test_a_mediation_that_began_in_time_was_held_in_time_while_the_referral_is_still_open(
    spec_test: SpecTest,
) -> None:
    cases = """
        case_ref  | family_request_date | meeting_date | mediation_started_date | outcome | outcome_date
        BEGAN     | 2018-05-01          | 2018-05-31   | 2018-05-31             | OPEN    |
        ADJOURNED | 2018-05-01          | 2018-06-20   | 2018-05-20             | CHANGED | 2018-06-21
        BEGAN_LATE | 2018-05-01         | 2018-06-01   | 2018-06-01             | OPEN    |
        PLANNED   | 2018-05-01          | 2018-05-31   |                        | OPEN    |
    """
    spec_test(cases, "mediation_held_in_time", "met | base | value\n2 | 4 | 0.5", service=SERVICE)


def test_a_request_counts_in_the_month_it_was_due_in_and_no_later_month_is_shown(spec_test: SpecTest) -> None:
    expected = "month | met | base | missing\n2018-04 | 0 | 0 | 0\n2018-05 | 1 | 5 | 0\n2018-06 | 0 | 1 | 0"
    spec_test(REQUESTS, "mediation_held_in_time", expected, by=("month",), service=SERVICE)
    june = Selection(service=SERVICE, first=201806, last=201806)
    spec_test(REQUESTS, "mediation_held_in_time", "met | base\n0 | 1", selection=june, service=SERVICE)


def test_the_contract_chooses_the_day_from_which_the_30_days_count(spec_test: SpecTest) -> None:
    cases = """
        provider | case_ref | family_request_date | la_informed_date | meeting_date | outcome  | outcome_date
        north    | ONE      | 2018-05-01          | 2018-05-04       | 2018-06-03   | MED_HELD | 2018-06-03
        south    | ONE      | 2018-05-01          | 2018-05-04       | 2018-06-03   | MED_HELD | 2018-06-03
        south    | LATE     | 2018-05-01          | 2018-05-04       | 2018-06-04   | MED_HELD | 2018-06-04
        south    | NOT_TOLD | 2018-05-01          |                  | 2018-06-03   | MED_HELD | 2018-06-03
    """
    expected = "provider | met | base\nnorth | 0 | 1\nsouth | 1 | 2"
    spec_test(cases, "mediation_held_in_time", expected, by=("provider",), service=SERVICE)
    may = Selection(service=SERVICE, first=201805)
    filled = """
        provider | month   | met | base
        north    | 2018-05 | 0   | 1
        north    | 2018-06 | 0   | 0
        south    | 2018-05 | 0   | 0
        south    | 2018-06 | 1   | 2
    """
    spec_test(
        cases, "mediation_held_in_time", filled, by=("provider", "month"), selection=may, service=SERVICE
    )


def test_a_certificate_follows_the_mediation_within_three_working_days_over_easter(
    spec_test: SpecTest,
) -> None:
    # 30 March 2018 was Good Friday and 2 April Easter Monday, so the third working day after 29 March was 5 April.
    cases = """
        case_ref  | service_type | mediation_end_date | certificate_date | certificate_type
        THIRD_DAY | MED          | 2018-03-29         | 2018-04-05       | MEDIATED
        DAY_LATE  | MED          | 2018-03-29         | 2018-04-06       | MEDIATED
        NONE_YET  |              | 2018-06-26         |                  |
        NOT_DUE   | MED          | 2018-06-27         | 2018-06-28       | MEDIATED
        DEEMED    | MED          | 2018-03-29         | 2018-05-01       | DEEMED
        NO_NEED   | MED          | 2018-03-29         | 2018-03-20       | NOT_MEDIATED
        NOT_SAID  | MED          | 2018-03-29         |                  | NA
        NOT_KNOWN | MED          | 2018-03-29         | 2018-04-05       | DK
        DR        | DR           | 2018-03-29         | 2018-05-01       |
    """
    # 'Not applicable' where no certificate was issued does not take a mediation out of those that wanted one.
    spec_test(cases, "certificate_after_mediation", "met | base | value\n2 | 5 | 0.4", service=SERVICE)


def test_a_family_that_chose_not_to_mediate_gets_its_certificate_unless_about_the_school_alone(
    spec_test: SpecTest,
) -> None:
    # 7 May 2018 was a bank holiday, so the third working day after 2 May was 8 May.
    cases = """
        case_ref  | service_type | family_decision_date | certificate_date | reason
        THIRD_DAY | MED          | 2018-05-02           | 2018-05-08       | CON
        DAY_LATE  | MED          | 2018-05-02           | 2018-05-09       | RTA
        NO_REASON | MED          | 2018-05-02           | 2018-05-03       |
        ALSO_SECI | MED          | 2018-05-02           |                  | SECI+CON
        SECI_ONLY | MED          | 2018-05-02           |                  | SECI
        NOT_DUE   | MED          | 2018-06-28           |                  | CON
        DR        | DR           | 2018-05-02           |                  | DR
    """
    spec_test(cases, "certificate_without_mediation", "met | base | value\n2 | 4 | 0.5", service=SERVICE)


def test_a_certificate_follows_when_the_council_cannot_arrange_mediation(spec_test: SpecTest) -> None:
    # 28 May 2018 was a bank holiday, so the third working day after 24 May was 30 May.
    cases = """
        case_ref  | service_type | la_cannot_arrange_date | certificate_date
        THIRD_DAY | MED          | 2018-05-24             | 2018-05-30
        DAY_LATE  | MED          | 2018-05-24             | 2018-05-31
        NOT_DUE   | MED          | 2018-06-28             |
        DR        | DR           | 2018-05-24             |
    """
    spec_test(cases, "certificate_not_arranged", "met | base | value\n1 | 2 | 0.5", service=SERVICE)


def test_of_requests_that_are_due_after_the_last_day_reported_nothing_is_said(spec_test: SpecTest) -> None:
    later = REQUESTS.replace("2018-05", "2018-06").replace("2018-06-31", "2018-06-30")
    spec_test(later, "mediation_held_in_time", "met | base | value\n0 | 0 | ", service=SERVICE)

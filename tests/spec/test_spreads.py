"""Spreads, averages and activities."""

from tests.spec.conftest import SpecTest

HOUSEHOLDS = """
    area | adults_n | dependent_children_n | vulnerabilities
    E1   | 2        | 0                    | MENTAL+YOUNG
    E1   | 1        |                      | NONE
    E1   | 2        | 3                    | DK
    E2   |          | 0                    | REF
    E2   | 1        | 0                    |
"""
CASES = """
    case_ref | referral_date | entered_date | assessment_date | outcome      | outcome_date
    ONE      | 2018-04-01    | 2018-04-01   | 2018-04-10      | PREVENTED    | 2018-04-20
    TWO      | 2018-04-01    | 2018-04-11   | 2018-04-10      | PREVENTED    | 2018-05-10
    THREE    | 2018-04-01    | 2018-04-03   |                 | UNSUCCESSFUL | 2018-05-10
    FOUR     | 2018-04-01    |              | 2018-04-10      | LIVE         |
    FIVE     | 2018-04-01    | 2018-04-01   | 2018-04-10      | WITHDRAWN    | 2018-04-14
"""
ACTIVITIES = """
    case_ref | activity_type | is_admin | activity_date
    ONE      | INFO          |          | 2018-04-11
    ONE      | MEDIATION     | N        | 2018-04-12
    ONE      | ADMIN         |          | 2018-04-12
    ONE      | INFO          | Y        | 2018-04-12
    TWO      | INFO          | N        |
    TWO      | RELIEF        |          | 2018-04-30
    THREE    | INFO          |          | 2018-04-30
    THREE    | RELIEF        |          | 2018-04-30
    THREE    | RELIEF        |          | 2018-04-30
    NOBODY   | INFO          |          | 2018-04-30
"""


def test_one_row_for_each_whole_value(spec_test: SpecTest) -> None:
    spec_test(
        HOUSEHOLDS,
        "adults",
        "adults | met | base | missing | value\n1 | 2 | 4 | 1 | 0.5\n2 | 2 | 4 | 1 | 0.5",
    )
    expected = """
        dependent_children | met | base | missing
        0                  | 3   | 4    | 1
        3                  | 1   | 4    | 1
    """
    spec_test(HOUSEHOLDS, "dependent_children", expected)


def test_a_spread_may_be_asked_for_by_its_own_name_and_by_area(spec_test: SpecTest) -> None:
    expected = """
        area | adults | met | base | missing
        E1   | 1      | 1   | 3    | 0
        E1   | 2      | 2   | 3    | 0
        E2   | 1      | 1   | 1    | 1
    """
    spec_test(HOUSEHOLDS, "adults", expected, by=("area", "adults"))


def test_none_is_nought_vulnerabilities_and_dont_know_is_unsure(spec_test: SpecTest) -> None:
    expected = """
        number_of_vulnerabilities | met | base | missing | unsure
        0                         | 1   | 2    | 1       | 1
        2                         | 1   | 2    | 1       | 1
    """
    spec_test(HOUSEHOLDS, "number_of_vulnerabilities", expected)
    spec_test(HOUSEHOLDS, "mean_vulnerabilities", "met | base | missing | unsure | value\n2 | 2 | 1 | 1 | 1")


def test_days_of_support_run_from_assessment_to_outcome_of_cases_that_ended(spec_test: SpecTest) -> None:
    expected = "days_of_support | met | base | missing\n4 | 1 | 3 | 1\n10 | 1 | 3 | 1\n30 | 1 | 3 | 1"
    spec_test(CASES, "days_of_support", expected)
    spec_test(CASES, "mean_days_of_support", "base | missing | value\n3 | 1 | 14.67")
    spec_test(CASES, "median_days_of_support", "base | missing | value\n3 | 1 | 10")


def test_the_average_of_nothing_has_no_value(spec_test: SpecTest) -> None:
    spec_test("outcome\nLIVE", "mean_days_of_support", "met | base | value\n0 | 0 | ")


def test_an_average_by_month_goes_by_outcome(spec_test: SpecTest) -> None:
    expected = "month | base | missing | value\n2018-04 | 2 | 0 | 7\n2018-05 | 1 | 1 | 30"
    spec_test(CASES, "mean_days_of_support", expected, by=("month",))


def test_bands_show_those_nobody_is_in(spec_test: SpecTest) -> None:
    cases = "assessment_date | outcome | outcome_date\n2018-04-01 | PREVENTED | 2018-04-08"
    bands = [f"up_to_{7 * weeks:03d}" for weeks in (*range(1, 13), 16, 20, 24)] + ["more"]
    rows = "\n".join(f"{band} | {int(band == 'up_to_007')} | 1" for band in bands)
    spec_test(
        cases, "days_of_support", f"days_of_support_band | met | base\n{rows}", by=("days_of_support_band",)
    )


def test_days_until_entered(spec_test: SpecTest) -> None:
    expected = "entry_delay | met | base | missing\n0 | 2 | 4 | 1\n2 | 1 | 4 | 1\n10 | 1 | 4 | 1"
    spec_test(CASES, "entry_delay", expected)
    spec_test(CASES, "median_entry_delay", "base | missing | value\n4 | 1 | 1")


def test_direct_help_leaves_out_administration_relief_and_cases_not_prevented(spec_test: SpecTest) -> None:
    expected = """
        activity_type | met | base
        INFO          | 2   | 3
        MEDIATION     | 1   | 3
        FINANCIAL     | 0   | 3
        PROBLEM       | 0   | 3
        PARTNER       | 0   | 3
        REFERRAL      | 0   | 3
        OTHER         | 0   | 3
    """
    spec_test(CASES, "activity_mix", expected, by=("activity_type",), activities=ACTIVITIES)


def test_help_with_administration_adds_what_is_administrative_and_nothing_else(spec_test: SpecTest) -> None:
    expected = """
        activity_type | met | base
        INFO          | 3   | 5
        MEDIATION     | 1   | 5
        FINANCIAL     | 0   | 5
        PROBLEM       | 0   | 5
        PARTNER       | 0   | 5
        REFERRAL      | 0   | 5
        OTHER         | 0   | 5
        ADMIN         | 1   | 5
    """
    spec_test(
        CASES, "activity_mix_with_administrative", expected, by=("activity_type",), activities=ACTIVITIES
    )


def test_activities_are_counted_for_each_case_that_has_any(spec_test: SpecTest) -> None:
    expected = "activities_per_case | met | base\n1 | 1 | 2\n2 | 1 | 2"
    spec_test(CASES, "activities_per_case", expected, activities=ACTIVITIES)
    spec_test(CASES, "mean_activities_per_case", "base | value\n2 | 1.5", activities=ACTIVITIES)
    expected = "relief_activities_per_case | met | base\n1 | 1 | 2\n2 | 1 | 2"
    spec_test(CASES, "relief_activities_per_case", expected, activities=ACTIVITIES)

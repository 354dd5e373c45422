"""Splits: a share for each answer of a field, with the answers that nobody gave."""

import pytest

from tests.spec.conftest import SpecTest


def test_every_answer_of_the_list_is_shown_and_blanks_stand_beside(spec_test: SpecTest) -> None:
    cases = "risk_at_assessment | area\nD28 | E1\nD28 | E1\nREF | E1\nDK | E1\n | E1"
    expected = """
        risk_at_assessment | met | base | missing | unsure | value
        FUTURE             | 0   | 3    | 1       | 1      | 0
        D29_56             | 0   | 3    | 1       | 1      | 0
        D28                | 2   | 3    | 1       | 1      | 0.6667
        HOMELESS           | 0   | 3    | 1       | 1      | 0
        REF                | 1   | 3    | 1       | 1      | 0.3333
    """
    spec_test(cases, "reasons", expected, by=("risk_at_assessment",))


def test_live_and_blank_outcomes_are_neither_rows_nor_in_the_base(spec_test: SpecTest) -> None:
    cases = "outcome | area\nPREVENTED | E1\nPREVENTED | E1\nWITHDRAWN | E1\nLIVE | E1\n | E1"
    expected = """
        outcome      | met | base | missing | unsure
        PREVENTED    | 2   | 3    | 0       | 0
        UNSUCCESSFUL | 0   | 3    | 0       | 0
        WITHDRAWN    | 1   | 3    | 0       | 0
    """
    spec_test(cases, "outcomes", expected, by=("outcome",))
    spec_test(cases, "outcomes", "met | base | value\n3 | 3 | 1")


def test_a_household_counts_once_in_each_of_its_vulnerabilities(spec_test: SpecTest) -> None:
    cases = "vulnerabilities | area\nMENTAL+YOUNG | E1\nMENTAL | E1\nNONE | E1\nDK | E1\n | E1"
    expected = """
        vulnerabilities | met | base | missing | unsure
        DEP_CHILD       | 0   | 3    | 1       | 1
        MENTAL          | 2   | 3    | 1       | 1
        PHYSICAL        | 0   | 3    | 1       | 1
        DRUG_ALC        | 0   | 3    | 1       | 1
        YOUNG           | 1   | 3    | 1       | 1
        MULTI           | 0   | 3    | 1       | 1
        NONE            | 1   | 3    | 1       | 1
    """
    spec_test(cases, "vulnerabilities", expected, by=("vulnerabilities",))


def test_ethnic_groups_are_shown_as_the_larger_ones(spec_test: SpecTest) -> None:
    cases = "ethnicity\nAS_BAN\nAS_IND\nWHITE\nNOT_STATED"
    expected = """
        ethnicity  | met | base
        ASIAN      | 2   | 4
        BLACK      | 0   | 4
        MIXED      | 0   | 4
        WHITE      | 1   | 4
        OTHER      | 0   | 4
        NOT_STATED | 1   | 4
    """
    spec_test(cases, "ethnicity", expected, by=("ethnicity",))


def test_the_base_of_each_area_is_its_own(spec_test: SpecTest) -> None:
    cases = "area | referral_route\nE2 | SELF\nE1 | LA\nE1 | SELF\nE2 |"
    expected = """
        area | referral_route | met | base | missing
        E1   | LA             | 1   | 2    | 0
        E1   | OTHER          | 0   | 2    | 0
        E1   | SELF           | 1   | 2    | 0
        E2   | LA             | 0   | 1    | 1
        E2   | OTHER          | 0   | 1    | 1
        E2   | SELF           | 1   | 1    | 1
    """
    spec_test(cases, "routes", expected, by=("area", "referral_route"))


def test_a_month_of_blanks_leaves_no_gap_before_the_next(spec_test: SpecTest) -> None:
    cases = "referral_date | referral_route\n2018-04-02 |\n2018-06-02 | LA"
    expected = """
        month   | referral_route | met | base | missing
        2018-04 | LA             | 0   | 0    | 1
        2018-04 | OTHER          | 0   | 0    | 1
        2018-04 | SELF           | 0   | 0    | 1
        2018-05 | LA             | 0   | 0    | 0
        2018-05 | OTHER          | 0   | 0    | 0
        2018-05 | SELF           | 0   | 0    | 0
        2018-06 | LA             | 1   | 1    | 0
        2018-06 | OTHER          | 0   | 1    | 0
        2018-06 | SELF           | 0   | 1    | 0
    """
    spec_test(cases, "routes", expected, by=("month", "referral_route"))


def test_tenancies_count_lost_contact_and_unknown_as_unsure(spec_test: SpecTest) -> None:
    cases = """
        outcome   | tenancy_outcome
        PREVENTED | OWN_HOME
        PREVENTED | UNKNOWN
        PREVENTED | LC
        PREVENTED | DK
        PREVENTED |
        WITHDRAWN | OWN_HOME
    """
    spec_test(cases, "tenancy_outcomes", "met | base | missing | unsure\n1 | 1 | 1 | 3")


@pytest.mark.parametrize(
    ("measure", "field", "code"),
    [
        ("housing_status", "housing_status", "BB"),
        ("primary_vulnerability", "primary_vulnerability", "MENTAL"),
        ("sex", "sex", "F"),
        ("age_band", "age_band", "25-34"),
    ],
)
def test_other_splits_count_known_answers(spec_test: SpecTest, measure: str, field: str, code: str) -> None:
    cases = f"{field} | area\n{code} | E1\nREF | E1\nDK | E1\n | E1"
    spec_test(cases, measure, "met | base | missing | unsure\n2 | 2 | 1 | 1")

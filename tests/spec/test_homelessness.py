"""Homelessness mediation: how it ends, and the answers of the national lists shown by their groups."""

import pytest

from tests.spec.conftest import SpecTest

SERVICE = "homelessness"
CASES = """
    outcome         | outcome_date | mediation_started_date | mediation_agreement
    RETURNED_HOME   | 2018-05-01   | 2018-04-20             | Y
    NO_AGREEMENT    | 2018-05-02   | 2018-04-20             | N
    OTHER_AGREEMENT | 2018-05-03   | 2018-04-20             |
    PLANNED_MOVE    | 2018-05-04   | 2018-04-20             | DK
    NOT_STARTED     | 2018-05-05   |                        | N
    WITHDRAWN       | 2018-05-06   |                        |
    OPEN            |              | 2018-04-20             | Y
                    |              |                        |
"""


@pytest.mark.parametrize(
    ("measure", "met"),
    [
        ("referrals", 8),
        ("closed_cases", 6),
        ("mediation_started", 5),
        ("mediation_concluded", 4),
        ("agreement_of_referred", 3),
    ],
)
def test_a_count_of_cases(spec_test: SpecTest, measure: str, met: int) -> None:
    spec_test(CASES, measure, f"met | base\n{met} | {met}", service=SERVICE)


def test_mediation_works_when_one_that_was_started_and_has_ended_brought_an_agreement(
    spec_test: SpecTest,
) -> None:
    expected = "met | base | missing | unsure | value\n1 | 2 | 1 | 1 | 0.5"
    spec_test(CASES, "mediation_effective", expected, service=SERVICE)


def test_going_home_is_one_way_of_six(spec_test: SpecTest) -> None:
    expected = """
        outcome         | met | base
        RETURNED_HOME   | 1   | 6
        PLANNED_MOVE    | 1   | 6
        OTHER_AGREEMENT | 1   | 6
        NO_AGREEMENT    | 1   | 6
        NOT_STARTED     | 1   | 6
        WITHDRAWN       | 1   | 6
    """
    spec_test(CASES, "outcomes", expected, by=("outcome",), service=SERVICE)


@pytest.mark.parametrize(
    ("measure", "field"), [("adults", "adults_n"), ("dependent_children", "dependent_children_n")]
)
def test_households_are_counted_by_how_many_are_in_them(
    spec_test: SpecTest, measure: str, field: str
) -> None:
    cases = f"{field} | area\n1 | E1\n1 | E2\n3 | E1\n | E2"
    expected = f"{measure} | met | base | missing\n1 | 2 | 3 | 1\n3 | 1 | 3 | 1"
    spec_test(cases, measure, expected, service=SERVICE)


@pytest.mark.parametrize(
    ("measure", "field", "code", "group"),
    [("reasons", "loss_reason", "A2_02", "A2_01"), ("routes", "referral_route", "A7_04", "A7_01")],
)
def test_an_answer_is_counted_in_its_group(
    spec_test: SpecTest, measure: str, field: str, code: str, group: str
) -> None:
    cases = f"{field} | area\n{code} | E1\n{group} | E2\n | E1"
    spec_test(cases, measure, "met | base | missing\n2 | 2 | 1", service=SERVICE)
    spec_test(cases, "referrals", f"{field} | met\n{group} | 2\n | 1", by=(field,), service=SERVICE)


@pytest.mark.parametrize(
    ("measure", "field", "code"),
    [
        ("accommodation", "accommodation_at_application", "A4_01"),
        ("sex", "sex", "M"),
        ("age_band", "age_band", "16-17"),
        ("ethnicity", "ethnicity", "WHITE"),
    ],
)
def test_splits_count_known_answers(spec_test: SpecTest, measure: str, field: str, code: str) -> None:
    cases = f"{field} | area\n{code} | E1\nREF | E1\nDK | E1\n | E1"
    spec_test(cases, measure, "met | base | missing | unsure\n2 | 2 | 1 | 1", service=SERVICE)


def test_the_outcomes_of_concluded_mediations_stand_together(spec_test: SpecTest) -> None:
    expected = """
        outcome         | met | base
        RETURNED_HOME   | 1   | 4
        PLANNED_MOVE    | 1   | 4
        OTHER_AGREEMENT | 1   | 4
        NO_AGREEMENT    | 1   | 4
    """
    spec_test(CASES, "mediation_outcomes", expected, by=("outcome",), service=SERVICE)


def test_mediation_is_early_on_the_day_before_the_assessment_and_not_on_its_day(spec_test: SpecTest) -> None:
    cases = """
        referral_date | mediation_offer_date | homelessness_assessment_date
        2018-05-01    | 2018-05-09           | 2018-05-10
        2018-05-01    | 2018-05-10           | 2018-05-10
        2018-05-01    | 2018-05-11           | 2018-05-10
        2018-05-01    | 2018-05-11           |
        2018-05-01    |                      | 2018-05-10
        2018-05-01    |                      |
    """
    spec_test(cases, "early_mediation", "met | base | missing | value\n1 | 3 | 0 | 0.3333", service=SERVICE)
    spec_test(cases, "early_mediation_not_known", "met | base\n3 | 3", service=SERVICE)

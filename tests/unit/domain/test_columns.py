"""Formulas in words, and what they may not say."""

from datetime import date

import pytest

from domain.columns import CHOSEN_DUE, Words, column_codes, column_label, in_words
from domain.derived import CASE_CLOCKS


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (lambda c: c.outcome == "LIVE", "'Outcome' is Live"),
        (lambda c: c.outcome != "LIVE", "'Outcome' is not Live"),
        (lambda c: ~(c.outcome != "LIVE"), "'Outcome' is Live"),
        (lambda c: c.adults_n < 2, "'Number of adults' is less than 2"),
        (lambda c: ~(c.adults_n < 2), "'Number of adults' is at least 2"),
        (lambda c: c.adults_n <= 2, "'Number of adults' is at most 2"),
        (lambda c: ~(c.adults_n <= 2), "'Number of adults' is more than 2"),
        (lambda c: c.referral_date < date(2018, 4, 3), "'Referral date' is before 3 April 2018"),
        (lambda c: c.referral_date <= date.max, "'Referral date' is on or before the day in question"),
        (
            lambda c: c.assessment_date == c.referral_date,
            f"'{column_label('assessment_date')}' is 'Referral date'",
        ),
        (lambda c: c.outcome.in_(["LIVE"]), "'Outcome' is Live"),
        (lambda c: ~c.outcome.in_(["LIVE", "PREVENTED"]), "'Outcome' is none of Live and Prevented"),
        (lambda c: c.outcome.is_(None), "'Outcome' is blank"),
        (lambda c: ~c.outcome.is_(None), "'Outcome' is filled in"),
        (lambda c: c.outcome.is_not(None), "'Outcome' is filled in"),
        (
            lambda c: ~c.outcome.in_(["LIVE", "PREVENTED", "WITHDRAWN"]),
            "'Outcome' is none of Live, Prevented and Withdrawn",
        ),
        (lambda c: ~c.outcome.in_(["LIVE"]), "'Outcome' is not Live"),
        (lambda c: c.ended == "Y", "'Case has ended' is Yes"),
        (
            lambda c: c.first_contact_date <= c.due.initial_contact,
            "'First contact date' is on or before 'Due: Initial contact within 2 weeks'",
        ),
        (
            lambda c: ~(c.due.mediation <= c.as_at),
            "'Due: Mediation within 30 days, from the start that the contract chooses' is after "
            "'End of the provider's latest return'",
        ),
        (
            lambda c: c.outcome_date < c.due.mediation,
            "'Outcome date' is before 'Due: Mediation within 30 days, from the start that the contract chooses'",
        ),
        (lambda c: c.la_decision_maker == "Y", "'Council's decision-maker present' is Yes"),
        (lambda c: c.has("vulnerabilities", "YOUNG"), "'Vulnerabilities' includes Young person"),
        (
            lambda c: ~c.has("vulnerabilities", "YOUNG"),
            "not ('Vulnerabilities' includes Young person)",
        ),
    ],
)
def test_a_formula_prints_itself(formula, words):
    assert in_words(formula) == words


def test_brackets_stand_where_and_meets_or():
    words = in_words(lambda c: (c.sex == "F") & ((c.sex == "M") | (c.sex == "X")) & (c.adults_n <= 1))
    assert (
        words
        == "'Sex' is Female and ('Sex' is Male or 'Sex' is Other / sex not known) and 'Number of adults' is at most 1"
    )
    words = in_words(lambda c: ~((c.sex == "F") & (c.adults_n <= 1)))
    assert words == "not ('Sex' is Female and 'Number of adults' is at most 1)"


def test_no_condition_is_every_one():
    assert in_words(None) == "every one"


@pytest.mark.parametrize(
    "formula",
    [
        lambda c: c.adults_n > 1,
        lambda c: c.adults_n >= 1,
        lambda c: c.adults_n + 1,
        lambda c: c.adults_n - c.dependent_children_n,
        lambda c: 2 * c.adults_n,
        lambda c: c.outcome == "LIVE" and c.sex == "F",
        lambda c: c.outcome == "LIVE" or c.sex == "F",
        lambda c: not c.outcome.is_(None),
        lambda c: 1 < c.adults_n < 3,
        lambda c: c.outcome and c.sex,
        lambda c: "LIVE" in c.outcome,
        lambda c: c.outcome[0],
        lambda c: (c.outcome == "LIVE") + (c.sex == "F"),
    ],
)
def test_a_formula_that_would_not_run_alike_everywhere_raises(formula):
    with pytest.raises(TypeError):
        in_words(formula)


@pytest.mark.parametrize(
    "formula",
    [
        lambda c: c.nothing == 1,
        lambda c: c.due.nothing <= c.as_at,
        lambda c: c.has("nothing", "A"),
        lambda c: c.outcome.like("L%"),
    ],
)
def test_a_column_that_is_not_there_raises(formula):
    with pytest.raises(AttributeError):
        in_words(formula)


def test_columns_have_labels_and_coded_ones_answers():
    assert column_label("days_of_support") == "Days of support"
    assert column_codes("activity_type").get("INFO")
    with pytest.raises(AttributeError, match="no column is called"):
        column_codes("nothing")
    with pytest.raises(ValueError, match="not an answer from a list"):
        Words().has("case_ref", "A")
    assert Words().outcome.key == "outcome"


def test_a_column_has_the_answers_of_one_service_or_of_all():
    assert column_codes("outcome", "housing").label("GNA") == column_codes("outcome").label("GNA")
    assert column_codes("outcome", "housing").get("PREVENTED") is None
    with pytest.raises(ValueError, match="no field of housing"):
        column_codes("referral_route", "housing")


def test_every_due_date_is_a_column_with_a_month_and_the_contract_chooses_between_two():
    for clock in CASE_CLOCKS:
        assert getattr(Words().due, clock).key == f"due_{clock}"
        assert column_label(f"due_{clock}_month").startswith("Month due: ")
    assert [name for pair in CHOSEN_DUE.values() for name in pair] == [
        "mediation_from_request",
        "mediation_from_council_informed",
    ]

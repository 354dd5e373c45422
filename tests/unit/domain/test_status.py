"""KPI status: the order of the rules and the sentences."""

import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files

import pytest

from domain.status import Operator, Status, clear_of_target, judge, profiled_target

NINETY = {"target": Decimal("0.90"), "operator": ">=", "tolerance": Decimal("0.85")}
STATUTORY = {"target": Decimal(1), "operator": ">=", "tolerance": None, "minimum_base": 1}
START, END = date(2017, 4, 1), date(2019, 3, 31)


def test_essex_against_ninety_per_cent_is_red_and_clear():
    verdict = judge(Fraction(387, 471), base=471, **NINETY)
    assert verdict.status is Status.RED
    assert verdict.why == ("387 of 471 is 82.2%, below the target of 90% and outside the tolerance of 85%.")
    assert clear_of_target(387, 471, Decimal("0.90")) is True


def test_each_rule_goes_before_the_next():
    last = {"target": None, "operator": None, "tolerance": None}
    assert judge(None, base=0, returned=False, **last).status is Status.NO_RETURN
    assert judge(None, base=0, **last).status is Status.NOT_DUE
    assert judge(None, base=None, **last).status is Status.NOT_DUE
    assert judge(Fraction(4, 9), base=9, **last).status is Status.NO_TARGET
    assert judge(Fraction(4, 9), base=9, **NINETY).status is Status.TOO_FEW


def test_nine_of_nine_is_too_few_or_green_with_the_mark():
    assert judge(Fraction(1), base=9, **NINETY).why == "9 of 9 is 100%; a status needs at least 10 cases."
    marked = judge(Fraction(1), base=9, minimum_base=1, **NINETY)
    assert (marked.status, marked.few) == (Status.GREEN, True)
    assert marked.why == "9 of 9 is 100%, at or above the target of 90%; few cases (9)."
    assert not judge(Fraction(1), base=10, minimum_base=1, **NINETY).few


@pytest.mark.parametrize("met", range(5))
def test_a_statutory_target_has_no_amber(met):
    assert judge(Fraction(met, 5), base=5, **STATUTORY).status is Status.RED
    assert judge(Fraction(5, 5), base=5, **STATUTORY).status is Status.GREEN


@pytest.mark.parametrize(
    ("met", "operator", "target", "tolerance", "why"),
    [
        (31, ">=", 0.8, 0.75, "31 of 37 is 83.8%, at or above the target of 80%."),
        (31, ">", 0.8, 0.75, "31 of 37 is 83.8%, above the target of 80%."),
        (31, "<=", 0.9, None, "31 of 37 is 83.8%, at or below the target of 90%."),
        (31, "<", 0.9, None, "31 of 37 is 83.8%, below the target of 90%."),
        (31, ">=", 0.9, 0.8, "31 of 37 is 83.8%, below the target of 90% but within the tolerance of 80%."),
        (37, ">", 1, None, "37 of 37 is 100%, not above the target of 100%."),
        (
            31,
            "<=",
            0.8,
            0.825,
            "31 of 37 is 83.8%, above the target of 80% and outside the tolerance of 82.5%.",
        ),
        (0, "<", 0, None, "0 of 37 is 0%, not below the target of 0%."),
    ],
)
def test_the_sentence_says_how_the_target_was_met_or_missed(met, operator, target, tolerance, why):
    verdict = judge(Fraction(met, 37), target=target, operator=operator, tolerance=tolerance, base=37)
    assert verdict.why == why


def test_the_sentence_never_rounds_a_miss_onto_its_target():
    verdict = judge(Fraction(8996, 10000), base=10000, **NINETY)
    assert verdict.why.startswith("8996 of 10000 is 89.96%, below the target of 90%")


def test_a_share_that_is_not_of_whole_cases_is_printed_alone():
    assert judge(0.8333, base=50, **NINETY).why.startswith("83.3%, below")


def test_a_number_is_judged_without_a_base():
    verdict = judge(
        491,
        target=profiled_target(496, START, END, END),
        operator=">=",
        tolerance=446.4,
        base=None,
        unit="number",
    )
    assert verdict.status is Status.AMBER
    assert verdict.why == "491, below the target of 496 but within the tolerance of 446.4."
    assert not verdict.few


def test_a_figure_without_a_target_is_said():
    verdict = judge(Fraction(387, 471), target=None, operator=None, tolerance=None, base=471)
    assert verdict.why == "387 of 471 is 82.2%; no target is set."


def test_a_float_target_means_the_decimal_that_was_written():
    assert judge(Fraction(4, 5), target=0.8, operator=">=", tolerance=None, base=40).status is Status.GREEN


def test_a_missing_value_with_a_base_is_an_error_not_a_status():
    with pytest.raises(ValueError, match="base is 12"):
        judge(None, base=12, **NINETY)


@pytest.mark.parametrize("operator", [None, "", "=="])
def test_a_target_needs_a_known_operator(operator):
    with pytest.raises(ValueError, match="not a valid Operator"):
        judge(Fraction(1), target=1, operator=operator, tolerance=None, base=12)


@pytest.mark.parametrize("operator", Operator)
def test_only_the_inclusive_operators_hold_at_the_target(operator):
    assert operator.holds(Fraction(1, 2), Fraction(1, 2)) is ("=" in operator)
    assert operator.holds(Fraction(2, 3), Fraction(1, 2)) is (">" in operator)
    assert operator.holds(Fraction(1, 3), Fraction(1, 2)) is ("<" in operator)


def test_the_words_are_those_of_the_code_list_and_the_shapes_differ():
    file = files("domain").joinpath("codelists/kpi_status.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    assert [(row["code"], row["label"]) for row in rows] == [(s.value, s.label) for s in Status]
    assert len({status.shape for status in Status}) == len(Status)
    assert all(len(status.shape) == 1 for status in Status)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (date(2017, 3, 31), 0),
        (date(2017, 4, 1), 496 / 24),
        (date(2018, 3, 31), 248),
        (date(2018, 10, 31), 496 * 19 / 24),
        (date(2019, 3, 1), 496),
        (date(2020, 1, 1), 496),
    ],
)
def test_the_profiled_target_grows_by_whole_months(at, expected):
    assert profiled_target(496, START, END, at) == expected


def test_a_programme_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="ends on 01 April 2017, before it starts on 31 March 2019"):
        profiled_target(496, END, START, END)


def test_chance_is_not_ruled_out_where_the_target_lies_in_the_interval():
    assert clear_of_target(387, 471, 0.80) is False
    assert clear_of_target(387, 471, 0.70) is True


def test_without_cases_or_target_nothing_is_clear_or_unclear():
    assert clear_of_target(0, 0, 0.9) is None
    assert clear_of_target(387, 471, None) is None


def test_a_number_is_said_with_what_it_counts() -> None:
    free = judge(29, target=None, operator=None, tolerance=None, base=81, unit="number", of=" days")
    assert free.why == "29 days; no target is set."
    late = judge(43.5, target=42, operator="<=", tolerance=45, base=81, unit="number", of=" days")
    assert late.why == "43.5 days, above the target of 42 but within the tolerance of 45."

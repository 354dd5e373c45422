"""A formula tells which columns it rests on, and says the same of a row as of the database."""

from __future__ import annotations

from datetime import date

import pytest

from domain.columns import DERIVED
from domain.columns_used import _SOURCES, LENGTHS, columns_of, deadline_starts, measure_columns
from domain.derived import CASE_CLOCKS, derive_case
from domain.fields import FIELDS
from domain.kpis import kpis
from domain.measures import MEASURES, Table, measure
from domain.row_conditions import holds
from domain.usual import usual_range

FULL = {
    "referral_date": date(2018, 4, 3),
    "assessment_date": date(2018, 4, 5),
    "entered_date": date(2018, 4, 4),
    "meeting_date": date(2018, 5, 4),
    "case_report_date": date(2018, 6, 9),
    "outcome": "PREVENTED",
    "outcome_date": date(2018, 6, 4),
    "vulnerabilities": ("YOUNG",),
}


def test_every_column_a_measure_rests_on_is_a_column_of_a_return() -> None:
    known = {field.key for field in FIELDS} | LENGTHS
    for one in MEASURES:
        assert set(measure_columns(one)) <= known, one.key


def test_a_kpi_rests_on_the_columns_of_its_formula_its_date_and_its_rows() -> None:
    assert measure_columns(measure("stayed_in_own_home")) == (
        "outcome",
        "tenancy_outcome",
        "outcome_date",
        "case_ref",
    )
    assert deadline_starts(measure("mediation_held_in_time")) == ("family_request_date", "la_informed_date")
    assert all(measure_columns(measure(kpi.measure, kpi.service)) for kpi in kpis())


def test_both_sides_of_a_comparison_and_every_branch_are_told() -> None:
    used = columns_of(
        lambda c: ~(c.outcome == "X") & (c.a.is_(None) | (c.b <= c.due.reopening)) & c.has("d", "e")
    )
    assert used == ("outcome", "a", "b", "outcome_date", "d")


@pytest.mark.parametrize(
    "key", [d.key for d in DERIVED if not d.key.startswith("due_") and d.key != "vanished_on"]
)
def test_a_computed_column_comes_from_the_columns_named_for_it_and_from_no_other(key: str) -> None:
    whole = derive_case("mentoring", FULL)[key]
    for field in FULL:
        without = derive_case("mentoring", {k: v for k, v in FULL.items() if k != field})[key]
        assert (without != whole) == (field in _SOURCES[key]), field


def test_every_deadline_of_a_case_has_a_column_it_starts_from() -> None:
    for clock in CASE_CLOCKS:
        assert columns_of(lambda c, key=clock: getattr(c.due, key) <= c.as_at)  # type: ignore[misc]


def test_a_condition_on_a_row_takes_a_blank_as_neither_true_nor_false() -> None:
    row = {"outcome": "GNA", "outcome_date": date(2018, 4, 3)}
    at = date(2018, 6, 30)

    def ask(condition: object, **also: object) -> bool:
        return holds(condition, "housing", {**row, **also}, as_at=at)  # type: ignore[arg-type]

    assert ask(lambda c: c.ended == "Y")
    assert ask(None)
    assert not ask(lambda c: c.accepted != "N")
    assert not ask(lambda c: ~(c.accepted != "N"))
    assert ask(lambda c: c.accepted.is_(None) | (c.accepted != "N"))
    assert ask(lambda c: c.accepted != "N", accepted="Y")
    assert not ask(lambda c: c.due.reopening <= c.as_at)
    assert ask(lambda c: c.due.reopening <= c.as_at, outcome_date=date(2017, 6, 30))
    assert not ask(lambda c: (c.outcome == "GNA") & (c.first_contact_date < c.outcome_date))


def test_a_quiet_series_has_narrow_limits_and_one_jump_does_not_widen_them() -> None:
    assert usual_range([10, 12, 11, 10, 12, 11]).holds(8)
    assert not usual_range([10, 12, 11, 10, 12, 11]).holds(3)
    found = usual_range([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])
    assert (round(found.mean, 6), round(found.low, 6), round(found.high, 6)) == (
        1.944444,
        -0.715556,
        4.604444,
    )
    with pytest.raises(ValueError, match="two numbers"):
        usual_range([1])


def test_every_table_of_a_measure_has_a_key_among_its_columns() -> None:
    keys = {Table.ANSWERS: "response_ref", Table.COMPLAINTS: "complaint_ref", Table.CASES: "case_ref"}
    for one in MEASURES:
        assert keys.get(one.table, "") in (*measure_columns(one), "")

"""Which columns are asked of which cases, what a cell says, which dates are odd, and which bases cannot lie in one another."""

from __future__ import annotations

from datetime import date

import pytest

from domain.completeness import wanted_columns
from domain.data_quality import ENOUGH, IN_LISTS, Cells, Part, Said, asked_of_cases, codes_that_say, together
from domain.data_quality_bases import Base, crossings, dated_apart, main_measures, several_answers
from domain.data_quality_entry import Entered, by_month
from domain.data_quality_faults import AFTER, AHEAD, LONG, OUTSIDE, SAME_DAY, faults_of, pairs_of
from domain.fields import Sheet
from domain.services import SERVICES
from domain.vocabulary import code_list

KEYS = [service.key for service in SERVICES]
END = date(2018, 6, 30)


@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for name, codes in IN_LISTS.items() for code in codes]
)
def test_an_answer_that_says_nothing_is_in_its_list(name: str, code: str) -> None:
    assert code_list(name).get(code) is not None


@pytest.mark.parametrize("key", KEYS)
def test_every_column_that_a_kpi_rests_on_is_asked_about(key: str) -> None:
    asked = {one.key: one for one in asked_of_cases(key)}
    assert {column.key for column in wanted_columns(key)} <= set(asked)
    assert {"area", "referral_date", "entered_date", "sex", "age_band", "ethnicity"} <= set(asked)
    assert not {"outcome", "previous_case_ref", "hearing_date", "not_accepted_reason"} & set(asked)
    assert asked["ethnicity"].wanted is None, "of every case"
    assert asked["outcome_date"].wanted is not None, "of those that have ended"


@pytest.mark.parametrize("key", KEYS)
def test_no_code_says_two_things(key: str) -> None:
    for one in asked_of_cases(key):
        codes = [code for listed in codes_that_say(one.field, key).values() for code in listed]
        assert len(codes) == len(set(codes)), one.key


def test_the_least_filled_column_comes_first_and_one_that_nobody_is_asked_is_left_out() -> None:
    parts = [
        Part("full", "a", 201804, {Said.ANSWER: 20}),
        Part("half", "a", 201804, {Said.ANSWER: 6, Said.BLANK: 4}),
        Part("half", "b", 201805, {Said.DONT_KNOW: 5, Said.BLANK: 5}),
        Part("nobody", "a", 201804, {Said.ANSWER: 0}),
        Part("nearly", "a", None, {Said.ANSWER: 19, Said.BLANK: 1}),
    ]
    cells = together(parts)
    assert list(cells) == ["half", "nearly", "full"]
    assert (cells["half"].filled, cells["half"].wanted) == (11, 20), "don't know is filled in"
    assert cells["nearly"].enough, "95% is enough"
    assert not Cells({Said.ANSWER: 94, Said.BLANK: 6}).enough
    assert ENOUGH == 0.95


def test_dates_of_a_case_are_looked_at_by_the_rules_of_an_upload() -> None:
    row = {"referral_date": date(2018, 4, 10), "period_end": END}

    def found(**more: object) -> list[str]:
        return [fault.label for fault, _ in faults_of(Sheet.CASES, "mentoring", row | more)]

    assert found(outcome_date=date(2018, 6, 1)) == []
    assert found(outcome_date=date(2018, 4, 9)) == ["Outcome date before referral date"]
    assert found(outcome_date=date(2018, 4, 10)) == [SAME_DAY.label]
    assert found(outcome_date=date(2018, 7, 31)) == [AFTER.label], "31 days after"
    assert found(outcome_date=date(2018, 8, 1)) == [AHEAD.label]
    assert found(hearing_date=date(2018, 12, 1)) == [], "a hearing may be planned"
    assert found(referral_date=date(2017, 6, 30), outcome_date=END) == [], "365 days"
    assert found(referral_date=date(2017, 6, 29), outcome_date=END) == [LONG.label]
    assert ("referral_date", "outcome_date") in pairs_of(Sheet.CASES, "housing"), "also without an assessment"


def test_a_certificate_without_a_meeting_may_come_before_it() -> None:
    row = {
        "meeting_date": date(2018, 5, 10),
        "certificate_date": date(2018, 5, 1),
        "period_end": END,
        "certificate_type": "MEDIATED",
    }
    (fault,) = [fault for fault, _ in faults_of(Sheet.CASES, "send", row)]
    assert fault.impossible
    assert not list(faults_of(Sheet.CASES, "send", row | {"certificate_type": "NOT_MEDIATED"}))


@pytest.mark.parametrize(
    ("day", "odd"),
    [
        (date(2018, 4, 9), True),
        (date(2018, 4, 10), False),
        (date(2018, 5, 15), False),
        (date(2018, 5, 16), True),
    ],
)
def test_an_activity_lies_in_its_case_or_up_to_two_weeks_after(day: date, odd: bool) -> None:
    case = {"referral_date": date(2018, 4, 10), "outcome_date": date(2018, 5, 1), "period_end": END}
    found = [fault for fault, _ in faults_of(Sheet.ACTIVITIES, "mentoring", case | {"activity_date": day})]
    assert found == ([OUTSIDE] if odd else [])


def base(
    key: str, known: int, areas: dict[str, int], gives: int = 0, dated: str = "by date of referral"
) -> Base:
    return Base(key, key.capitalize(), known, 0, 0, gives or known, "cases", dated, areas)


def test_a_base_that_is_smaller_in_an_area_is_no_whole_of_the_other() -> None:
    routes = base("routes", 103, {"Southend": 15, "Thurrock": 17, "Harlow": 71})
    ended = base(
        "ended", 108 - 20, {"Southend": 17, "Thurrock": 21, "Harlow": 50}, dated="by date of outcome"
    )
    every = base("referrals", 110, {"Southend": 17, "Thurrock": 21, "Harlow": 72}, gives=150)
    (found,) = crossings([every, routes, ended])
    assert (found.larger.key, found.smaller.key) == ("routes", "ended")
    assert found.areas == (("Southend", 15, 17), ("Thurrock", 17, 21))
    assert [one.key for one in several_answers([every, routes])] == ["referrals"]
    assert list(dated_apart([every, ended])) == ["by date of referral", "by date of outcome"]
    assert not dated_apart([every, routes])


@pytest.mark.parametrize("key", KEYS)
def test_the_main_figures_of_a_service_begin_with_its_referrals(key: str) -> None:
    found = main_measures(key)
    assert found[0] == ("referrals", "")
    assert len(found) == len(set(found)) >= 4


def test_the_delay_of_a_month_is_of_all_providers_together() -> None:
    found = by_month(
        [Entered("a", 201805, 3, 1, 0), Entered("b", 201805, 30, 2, 2), Entered("a", 201804, 1, 1, 0)]
    )
    assert [(month, one.cases, one.late, one.median) for month, one in found.items()] == [
        (201804, 1, 0, 1.0),
        (201805, 3, 2, 30.0),
    ]

"""Due dates at the edges of their rules, and the list of bank holidays against another."""

from datetime import date

import holidays
import pytest

from domain.clocks import (
    CLOCKS,
    add_months,
    add_working_days,
    appeal_deadline,
    bank_holidays,
    is_working_day,
    working_days_between,
)

day = date.fromisoformat


@pytest.mark.parametrize(
    ("notice", "certificate", "deadline"),
    [
        ("2025-01-06", None, "2025-03-06"),  # the placement alone: no certificate is needed
        ("2025-01-06", "2025-01-20", "2025-03-06"),  # the notice gives the later day
        ("2025-01-06", "2025-03-03", "2025-04-03"),  # the certificate gives the later day
        ("2025-01-08", None, "2025-03-10"),  # a Saturday goes to Monday
        ("2024-12-31", None, "2025-02-28"),  # no 31 February
        ("2025-11-01", None, "2026-01-02"),  # 1 January itself
        ("2025-10-24", None, "2025-12-24"),  # the last day before Christmas still counts
        ("2024-10-25", None, "2025-01-02"),  # Christmas Day
        ("2023-06-01", None, "2023-09-01"),  # the first day of August
        ("2024-06-30", None, "2024-09-02"),  # 30 August; 31 August 2024 is a Saturday
        ("2024-07-01", None, "2024-09-02"),  # 1 September 2024 is a Sunday
        ("2021-05-31", None, "2021-08-02"),  # 31 July is a Saturday: the ordinary rule, not August's
    ],
)
def test_appeal_deadline_at_the_edges_of_its_rules(notice, certificate, deadline):
    assert appeal_deadline(day(notice), certificate and day(certificate)) == day(deadline)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2025-01-15", -1, "2024-12-15"),
        ("2025-05-31", 12, "2026-05-31"),
        ("2025-05-31", 0, "2025-05-31"),
    ],
)
def test_months_go_to_the_corresponding_date_or_the_last(start, months, expected):
    assert add_months(day(start), months) == day(expected)


def test_no_working_day_later_is_the_day_itself():
    assert add_working_days(day("2025-04-19"), 0) == day("2025-04-19")


def test_working_days_are_not_counted_backward_by_adding():
    with pytest.raises(ValueError, match="-1"):
        add_working_days(day("2025-04-17"), -1)


def test_working_days_between_is_negative_when_the_end_comes_first():
    assert working_days_between(day("2025-04-24"), day("2025-04-17")) == -3
    assert working_days_between(day("2025-04-17"), day("2025-04-17")) == 0


@pytest.mark.parametrize("outside", ["2016-12-31", "2029-01-01", "2029-01-06"])
def test_a_year_without_known_bank_holidays_is_refused_by_name(outside):
    with pytest.raises(
        ValueError, match=f"bank holidays of {outside[:4]} are not known, only those of 2017 to 2028"
    ):
        is_working_day(day(outside))


def test_the_bank_holidays_are_those_of_the_holidays_package():
    other = holidays.country_holidays("GB", subdiv="ENG", years=range(2017, 2029))
    assert set(bank_holidays()) == set(other)


@pytest.mark.parametrize(
    ("changed", "working"),
    [
        ("2020-05-04", True),  # the early May holiday moved to VE Day
        ("2020-05-08", False),
        ("2022-05-30", True),  # the spring holiday moved to the Platinum Jubilee
        ("2022-06-02", False),
        ("2022-06-03", False),
        ("2022-09-19", False),  # the Queen's funeral
        ("2023-05-08", False),  # the King's coronation
    ],
)
def test_the_years_with_proclaimed_holidays(changed, working):
    assert is_working_day(day(changed)) is working


@pytest.mark.parametrize(
    ("key", "start", "due"),
    [
        ("mediation_from_request", "2025-07-01", "2025-07-31"),
        ("mediation_from_council_informed", "2025-07-04", "2025-08-03"),
        ("certificate_after_mediation", "2025-04-17", "2025-04-24"),
        ("certificate_without_mediation", "2025-12-23", "2025-12-30"),
        ("certificate_not_arranged", "2025-12-23", "2025-12-30"),
        ("adviser_contact", "2025-12-31", "2026-02-28"),
        ("multi_agency", "2025-11-30", "2026-02-28"),
        ("reopening", "2024-02-29", "2025-02-28"),
        ("appeal_after_mediation", "2024-12-31", "2025-02-28"),
        ("initial_contact", "2025-07-01", "2025-07-15"),
        ("initial_visit", "2025-07-01", "2025-07-15"),
        ("prevention_duty", "2025-07-01", "2025-08-26"),
    ],
)
def test_each_deadline_gives_its_due_date(key, start, due):
    assert CLOCKS[key].due(day(start)) == day(due)


def test_every_deadline_is_tested_above_and_says_its_source():
    tested = set(test_each_deadline_gives_its_due_date.pytestmark[0].args[1])
    assert {key for key, _, _ in tested} == set(CLOCKS)
    assert all(clock.source for clock in CLOCKS.values())

"""Every deadline against a calendar written here by itself: the worked dates, and two hundred made-up ones.

The calendar below counts its days one after another, and works out the bank holidays from Easter and the rules; it asks nothing of the
project.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from domain.action_periods import action_due
from domain.clocks import CLOCKS, appeal_deadline
from domain.derived import derive_case, derive_row
from domain.fields import Sheet
from domain.returns import Record

DAY = timedelta(days=1)
MOVED = {
    2020: ({date(2020, 5, 4)}, {date(2020, 5, 8)}),
    2022: ({date(2022, 5, 30)}, {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)}),
    2023: (set(), {date(2023, 5, 8)}),
}
"""Years in which bank holidays were moved or proclaimed: those that were none, and those that were."""


def easter(year: int) -> date:
    """Easter Sunday, by the method of Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def bank_holidays(year: int) -> set[date]:
    """The bank holidays of England and Wales in a year."""
    found = {easter(year) - 2 * DAY, easter(year) + DAY}
    for month, place in ((5, 0), (5, -1), (8, -1)):
        mondays = [day for day in (date(year, month, n) for n in range(1, 32)) if day.weekday() == 0]
        found.add(mondays[place])
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while day.weekday() > 4 or day in found:  # the next day that is free instead
            day += DAY
        found.add(day)
    none, more = MOVED.get(year, (set(), set()))
    return (found - none) | more


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def days_on(start: date, count: int) -> date:
    day = start
    for _ in range(count):
        day += DAY
    return day


def working_days_on(start: date, count: int) -> date:
    day = start
    while count:
        day += DAY
        if works(day):
            count -= 1
    return day


def months_on(start: date, count: int) -> date:
    """The same day of a later month; its last day where it has no such day."""
    year, month = start.year, start.month
    for _ in range(count):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = start.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def appeal_by(notice: date, certificate: date | None) -> date:
    """The later of the two months and the one; out of August and the days round Christmas, and on to a working day."""
    day = months_on(notice, 2)
    if certificate and months_on(certificate, 1) > day:
        day = months_on(certificate, 1)
    closed = {(8, n) for n in range(1, 32)} | {(12, n) for n in range(25, 32)} | {(1, 1)}
    if (day.month, day.day) in closed:
        while (day.month, day.day) in closed or not works(day):
            day += DAY
    while not works(day):
        day += DAY
    return day


WEEKS = {
    "ASSESSMENT_NOTIFIED": 2, "ASSESSMENT_NO_PLAN": 10, "ASSESSMENT_FINAL_PLAN": 14, "DRAFT_PLAN": 5, "FINAL_PLAN": 11,
    "PLAN_AMENDED": 5, "OTHER_ISSUES": 2,
}  # fmt: skip
RULES: dict[str, tuple[str, str, Callable[[date], date]]] = {
    "initial_contact": ("housing", "referral_date", lambda d: days_on(d, 14)),
    "initial_visit": ("housing", "referral_date", lambda d: days_on(d, 14)),
    "multi_agency": ("housing", "case_opened_date", lambda d: months_on(d, 3)),
    "reopening": ("housing", "outcome_date", lambda d: months_on(d, 12)),
    "mediation_from_request": ("send", "family_request_date", lambda d: days_on(d, 30)),
    "mediation_from_council_informed": ("send", "la_informed_date", lambda d: days_on(d, 30)),
    "certificate_after_mediation": ("send", "mediation_end_date", lambda d: working_days_on(d, 3)),
    "certificate_without_mediation": ("send", "family_decision_date", lambda d: working_days_on(d, 3)),
    "certificate_not_arranged": ("send", "la_cannot_arrange_date", lambda d: working_days_on(d, 3)),
    "appeal_after_mediation": ("send", "meeting_date", lambda d: months_on(d, 2)),
}
"""The deadlines that are kept with a case: its service, the day they count from, and how."""
NOT_KEPT: dict[str, Callable[[date], date]] = {
    "adviser_contact": lambda d: months_on(d, 2),
    "prevention_duty": lambda d: days_on(d, 56),
}
"""The deadlines that are worked out when they are asked for."""


def made_up(number: int) -> date:
    """A day of the years whose bank holidays are known; every other one near the end of a month, Easter, Christmas or August."""
    drawn = random.Random(number)
    year = drawn.randint(2017, 2027)
    if number % 2:
        return date(2017, 1, 1) + drawn.randint(0, 4000) * DAY
    edges = [
        easter(year), date(year, 12, 24), date(year, 11, 1), date(year, 10, 25), date(year, 6, 1), date(year, 6, 30),
        date(year, 7, 1), date(year, 7, 31), date(year, 2, 28), date(year, 1, 31), date(year, 8, 30),
    ]  # fmt: skip
    return drawn.choice(edges) + drawn.randint(-4, 4) * DAY


STARTS = [made_up(number) for number in range(200)]


def test_the_calendar_is_the_project_s_only_in_what_both_say() -> None:
    assert easter(2018) == date(2018, 4, 1)
    assert easter(2025) == date(2025, 4, 20)
    assert date(2022, 1, 3) in bank_holidays(2022), "1 January 2022 was a Saturday"
    assert {date(2021, 12, 27), date(2021, 12, 28)} <= bank_holidays(2021)
    assert len(STARTS) == 200
    assert len(set(STARTS)) > 150


@pytest.mark.parametrize(
    ("clock", "start", "due"),
    [
        ("mediation_from_request", date(2025, 7, 1), date(2025, 7, 31)),
        ("mediation_from_council_informed", date(2025, 7, 4), date(2025, 8, 3)),
        ("initial_contact", date(2025, 7, 1), date(2025, 7, 15)),
        ("initial_visit", date(2025, 7, 1), date(2025, 7, 15)),
        ("certificate_after_mediation", date(2025, 4, 17), date(2025, 4, 24)),
        ("certificate_without_mediation", date(2025, 12, 23), date(2025, 12, 30)),
        ("certificate_not_arranged", date(2025, 12, 23), date(2025, 12, 30)),
    ],
)
def test_the_worked_dates(clock: str, start: date, due: date) -> None:
    service, field, later = RULES[clock]
    assert later(start) == due
    assert derive_case(service, {field: start})[f"due_{clock}"] == due


@pytest.mark.parametrize(
    ("notice", "certificate", "last"),
    [
        (date(2024, 10, 1), date(2024, 11, 29), date(2025, 1, 2)),
        (date(2025, 5, 20), date(2025, 7, 5), date(2025, 9, 1)),
    ],
)
def test_the_worked_appeals(notice: date, certificate: date, last: date) -> None:
    assert appeal_by(notice, certificate) == last
    assert appeal_deadline(notice, certificate) == last


@pytest.mark.parametrize("clock", RULES)
def test_a_deadline_of_a_case_is_the_calendar_s_on_two_hundred_days(clock: str) -> None:
    service, field, later = RULES[clock]
    for start in STARTS:
        due = later(start)
        found = derive_case(service, {field: start})
        assert (found[f"due_{clock}"], found[f"due_{clock}_month"]) == (due, due.year * 100 + due.month), (
            start
        )


@pytest.mark.parametrize("clock", NOT_KEPT)
def test_a_deadline_that_is_not_kept_is_the_calendar_s_on_two_hundred_days(clock: str) -> None:
    for start in STARTS:
        assert CLOCKS[clock].due(start) == NOT_KEPT[clock](start), start


def test_every_clock_is_held_against_the_calendar() -> None:
    assert {*RULES, *NOT_KEPT} == set(CLOCKS)


def test_an_appeal_is_the_calendar_s_on_two_hundred_pairs_of_days() -> None:
    drawn = random.Random("appeals")
    met = {"august": 0, "christmas": 0, "weekend": 0, "certificate": 0}
    for notice in STARTS:
        certificate = drawn.choice((None, notice + drawn.randint(5, 120) * DAY))
        last = appeal_by(notice, certificate)
        assert appeal_deadline(notice, certificate) == last, (notice, certificate)
        first = max(months_on(notice, 2), months_on(certificate, 1) if certificate else date.min)
        met["certificate"] += first > months_on(notice, 2)
        met["august"] += first.month == 8
        met["christmas"] += (first.month, first.day) >= (12, 25) or (first.month, first.day) == (1, 1)
        met["weekend"] += first.weekday() > 4 and first.month != 8
    assert min(met.values()) >= 5, f"the days made up hardly meet a rule: {met}"


@pytest.mark.parametrize("kind", WEEKS)
def test_an_agreed_action_has_the_weeks_of_the_law_on_two_hundred_days(kind: str) -> None:
    for agreed in STARTS:
        due = days_on(agreed, 7 * WEEKS[kind])
        row: Record = {"action_type": kind, "agreement_date": agreed, "timescale_agreed_in_writing": "N"}
        assert derive_row(Sheet.AGREEMENTS, row)["due_action"] == due
        for given in (due - DAY, due + DAY):
            # A day given without writing neither shortens the period nor stretches it; one agreed in writing does both.
            assert action_due({**row, "action_due": given}) == due
            assert action_due({**row, "action_due": given, "timescale_agreed_in_writing": "Y"}) == given

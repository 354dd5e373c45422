"""Lengths and bands of what has a time limit, at their edges."""

from collections import Counter
from datetime import date, timedelta

import pytest

from domain.clocks import CLOCKS
from domain.deadlines import AGES, When, age_band, age_bands, when_due
from domain.timeliness import TIMED, Lengths, State, state_of

THURSDAY = date(2025, 4, 17)
"""Before Easter: the third working day after it is 24 April."""
WORKING = [one for one in TIMED.values() if one.kpi in ("SM2", "SM3", "SM4")]


@pytest.mark.parametrize(
    "timed", [one for one in TIMED.values() if one.limit is not None], ids=lambda one: one.kpi
)
def test_the_limit_parts_the_bands_exactly_where_the_law_does(timed: object) -> None:
    declared = TIMED[timed.kpi]  # type: ignore[attr-defined]
    edge = declared.limit_band
    assert (declared.band(declared.limit), declared.band(declared.limit + 1)) == (edge, edge + 1)
    if declared.clock in CLOCKS:
        assert CLOCKS[declared.clock].days == declared.limit


@pytest.mark.parametrize("days", range(12))
def test_working_days_pass_three_exactly_when_the_last_day_has_passed(days: int) -> None:
    done = THURSDAY + timedelta(days=days)
    due = CLOCKS["certificate_after_mediation"].due(THURSDAY)
    length = WORKING[0].length(THURSDAY, due, done)
    assert length is not None
    assert (length <= 3) == (done <= due)


def test_done_on_a_saturday_after_a_friday_that_was_the_last_day_is_the_fourth() -> None:
    tuesday = date(2025, 6, 3)
    assert [
        WORKING[0].length(tuesday, None, tuesday + timedelta(days=days)) for days in (-1, 0, 3, 4, 6)
    ] == [0, 0, 3, 4, 4]


def test_no_length_is_made_up_for_a_year_whose_holidays_nobody_knows() -> None:
    assert WORKING[0].length(date(2028, 12, 28), None, date(2029, 1, 3)) is None


def test_days_of_mediation_follow_from_the_day_it_was_due() -> None:
    due = date(2025, 7, 31)
    assert [TIMED["SM1b"].length(None, due, due + timedelta(days=days)) for days in (-30, 0, 1)] == [
        0,
        30,
        31,
    ]


@pytest.mark.parametrize(
    ("met", "done", "due", "state"),
    [
        (True, date(2025, 1, 2), date(2025, 1, 2), State.ON_TIME),
        (True, None, None, State.ON_TIME),
        (False, date(2025, 1, 3), date(2025, 1, 2), State.LATE),
        (False, date(2025, 1, 2), date(2025, 1, 2), State.NOT_DONE),
        (False, date(2025, 1, 2), None, State.LATE),
        (False, None, date(2025, 1, 2), State.NOT_DONE),
    ],
)
def test_the_kpi_itself_says_what_met_it(
    met: bool, done: date | None, due: date | None, state: State
) -> None:
    assert state_of(met=met, done=done, due=due) is state


def test_every_case_stands_in_one_band_or_beside_them() -> None:
    taken = Counter(
        {(5, State.ON_TIME): 3, (31, State.LATE): 2, (None, State.LATE): 1, (None, State.NOT_DONE): 4}
    )
    lengths = Lengths(TIMED["SM1b"], taken)
    placed = sum(lengths.banded(State.ON_TIME)) + sum(lengths.banded(State.LATE))
    assert placed + lengths.not_known + lengths.count(State.NOT_DONE) == lengths.base == 10
    assert (lengths.not_known, lengths.median) == (1, 5.0)
    assert Lengths(TIMED["SM1b"], {}).median is None


def test_a_day_after_the_last_return_is_held_against_nobody() -> None:
    today, reported = date(2026, 11, 22), date(2026, 9, 30)
    days = {
        When.PAST: reported,
        When.SINCE: reported + timedelta(days=1),
        When.SOON: today,
        When.MONTH: today + timedelta(days=15),
    }
    assert {when: when_due(day, today, reported) for when, day in days.items()} == {
        when: when for when in days
    }
    assert when_due(today - timedelta(days=1), today, reported) is When.SINCE
    assert when_due(today + timedelta(days=31), today, reported) is When.LATER
    assert when_due(today, today, today) is When.PAST, "it was reported as not done by the end of that day"


def test_ages_follow_each_other_without_a_gap() -> None:
    assert [age_band(age) for edge in AGES for age in (edge, edge + 1)] == [
        band for pair in zip(age_bands(), age_bands()[1:], strict=False) for band in pair
    ]

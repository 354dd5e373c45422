"""Late entry: whose months make the triangle, which months still fill, and the look back."""

from dataclasses import replace

import pytest

from domain.late_entry import (
    Arrival,
    LateEntry,
    LearntFrom,
    LookBack,
    Reporting,
    months_apart,
)
from domain.nowcast import completeness, plain_range
from domain.periods import months_between, next_month

MONTHS = months_between(201801, 201810)
END = MONTHS[-1]


def arrivals(
    provider: str = "a", end: int = END, *, own: int = 12, late: int = 6, every: int = 1
) -> tuple[Arrival, ...]:
    """Each month has `own` cases in its own return and `late` in the next, as far as that has come."""
    found = []
    for month in months_between(MONTHS[0], end):
        first = months_apart(month, end) % every
        found.append(Arrival(provider, month, first, own))
        if months_apart(month, end) >= first + every:
            found.append(Arrival(provider, month, first + every, late))
    return tuple(found)


def late_entry(**more: object) -> LateEntry:
    plain = LateEntry(LearntFrom.ENTRY_DATES, arrivals(), (Reporting("a", frozenset(MONTHS)),))
    return replace(plain, **more)


def shown(late: LateEntry) -> dict[int, int]:
    """The counts by month, as a page has them."""
    found: dict[int, int] = {}
    for one in late.arrivals:
        found[one.month] = found.get(one.month, 0) + one.cases
    return found


def test_only_the_newest_month_still_fills_where_cases_come_one_month_late() -> None:
    late = late_entry()
    (found,) = late.expected(shown(late))
    assert (found.month, found.reported) == (END, 12)
    assert found.range is not None
    assert found.range.expected == pytest.approx(18)
    assert found.range.low <= plain_range(12, 12 / 18).low
    assert found.range.high >= plain_range(12, 12 / 18).high
    assert late.history == 10


def test_each_provider_counts_from_its_own_last_month() -> None:
    """B stands at August: its August cases are as new as A's October ones."""
    ours = (*arrivals(), *arrivals("b", 201808))
    reporting = (Reporting("a", frozenset(MONTHS)), Reporting("b", frozenset(months_between(201801, 201808))))
    late = late_entry(arrivals=ours, reporting=reporting)
    found = {one.month: one for one in late.expected(shown(late))}
    assert set(found) == {201808, END}
    august = found[201808]
    assert august.reported == 18 + 12
    assert august.range is not None
    assert august.range.expected == pytest.approx(36)
    assert august.range.low >= 30


def test_nothing_more_is_expected_of_a_contract_that_is_over() -> None:
    ours = (*arrivals(), *arrivals("b", 201808))
    over = Reporting("b", frozenset(months_between(201801, 201808)), over=True)
    late = late_entry(arrivals=ours, reporting=(Reporting("a", frozenset(MONTHS)), over))
    assert [one.month for one in late.expected(shown(late))] == [END]
    assert not late_entry(reporting=(Reporting("a", frozenset(MONTHS), over=True),)).expected(
        shown(late_entry())
    )


def test_a_month_with_other_cases_in_it_is_left_alone() -> None:
    late = late_entry()
    assert late.expected({END: 13}) == ()
    beyond = late_entry(arrivals=(*arrivals(), Arrival("a", next_month(END), 0, 2)))
    assert beyond.expected({next_month(END): 2}) == ()


def test_cases_without_a_day_of_entry_are_counted_but_teach_nothing() -> None:
    late = late_entry(arrivals=(*arrivals(), Arrival("a", END, None, 1)))
    (found,) = late.expected(shown(late))
    assert found.range is not None
    assert (found.reported, found.range.expected) == (13, pytest.approx(19.5))


def test_nothing_is_said_with_fewer_than_four_months() -> None:
    few = frozenset(MONTHS[-3:])
    assert late_entry(reporting=(Reporting("a", few),)).expected({END: 12}) == ()


def test_it_is_too_early_for_the_newest_month_without_a_case_or_with_less_than_half_of_them() -> None:
    empty = late_entry(arrivals=tuple(a for a in arrivals() if a.month != END))
    (found,) = empty.expected({END: 0})
    assert (found.reported, found.range) == (0, None)
    slow = late_entry(arrivals=arrivals(own=5, late=6))
    assert [one.range for one in slow.expected(shown(slow))] == [None]


def test_an_older_month_without_a_case_stays_empty() -> None:
    last = MONTHS[-2]
    empty = late_entry(arrivals=tuple(a for a in arrivals() if a.month != last))
    assert empty.expected({last: 0}) == ()


def test_months_older_than_six_months_are_full_and_what_came_later_teaches_nothing() -> None:
    very_late = late_entry(arrivals=(*arrivals(), Arrival("a", MONTHS[0], 9, 50)))
    (found,) = very_late.expected(shown(very_late))
    assert found.range is not None
    assert found.range.expected == pytest.approx(18)


@pytest.mark.parametrize("every", [1, 3])
def test_returns_of_a_quarter_have_a_triangle_for_each_place_in_it(every: int) -> None:
    late = late_entry(
        learnt_from=LearntFrom.RETURNS,
        returns_every=every,
        arrivals=arrivals(end=201812, every=every),
        reporting=(Reporting("a", frozenset(months_between(MONTHS[0], 201812))),),
    )
    found = late.expected(shown(late))
    assert [one.month for one in found] == list(months_between(next_month(201812, 1 - every), 201812))
    assert all(one.range and one.range.expected == pytest.approx(18) for one in found)


def test_the_look_back_tries_each_month_as_it_was_known_then() -> None:
    """Of ten months the first three have too few before them, and the newest has not come to anything yet."""
    assert late_entry().look_back() == LookBack(6, 6)


def test_the_look_back_tells_where_the_range_did_not_hold() -> None:
    """July got thirty late cases where six were usual."""
    ours = tuple(replace(a, cases=30) if (a.month, a.after) == (201807, 1) else a for a in arrivals())
    found = late_entry(arrivals=ours).look_back()
    assert (found.months, found.held) == (6, 5)


def test_nothing_is_said_without_anything_to_learn_from() -> None:
    nothing = LateEntry(LearntFrom.NOTHING, why="no return has come yet")
    assert nothing.expected({END: 12}) == ()
    assert nothing.look_back() == LookBack(0, 0)
    assert nothing.history == 0
    assert completeness([]) == ()

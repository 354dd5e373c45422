"""Late entry read from the database: from dates of entry, from the returns kept, or not at all with the reason said."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from data_access.late_entry import read_late_entry
from data_access.returns import save_return, withdraw_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, OutOfReach, Viewer
from domain.late_entry import Expected, LateEntry, LearntFrom
from domain.periods import Period, month_end, month_start, months_between, next_month, write_month
from domain.returns import Record
from domain.selection import Selection
from domain.settings import Settings
from tests.builders import HILL, NORTH, Q1, SOUTH, VALE, a_case, a_return, of_area, of_provider

MONTHS = months_between(201804, 201809)
OWN, LATE = 6, 2
ALL = Selection("mentoring")


def a_months_cases(month: int, *, dated: bool = True, area: str = HILL) -> dict[int, list[Record]]:
    """The cases of a month of referral, by the month whose return holds them first: most its own, some the next."""
    referred = month_start(month).replace(day=10)

    def made(entered: date) -> Record:
        return a_case(None, None, referred=referred, area=area, entered_date=entered if dated else None)

    return {
        month: [made(referred) for _ in range(OWN)],
        next_month(month): [made(month_start(next_month(month))) for _ in range(LATE)],
    }


def send_months(
    store: Store, provider: str = NORTH, *, until: int = MONTHS[-1], dated: bool = True, area: str = HILL
) -> dict[int, list[Record]]:
    """A return a month, each with its own cases and the late ones of the month before."""
    waiting: list[Record] = []
    sent = {}
    for month in months_between(MONTHS[0], until):
        found = a_months_cases(month, dated=dated, area=area)
        sent[month] = [*waiting, *found[month]]
        save_return(
            store, a_return(provider, write_month(month), sent[month]), by=COMMISSIONER.signing("ann")
        )
        waiting = found[next_month(month)]
    return sent


def read(store: Store, viewer: Viewer = COMMISSIONER, selection: Selection = ALL) -> LateEntry:
    return read_late_entry(store, viewer, selection)


def newest(late: LateEntry, reported: int = OWN) -> Expected:
    (found,) = late.expected({MONTHS[-1]: reported})
    return found


@pytest.mark.parametrize("dated", [True, False])
def test_the_newest_month_is_expected_to_fill_as_the_others_did(store: Store, dated: bool) -> None:
    """By dates of entry or by the returns in which each case stood first: the same cases, the same answer."""
    send_months(store, dated=dated)
    late = read(store)
    assert late.learnt_from is (LearntFrom.ENTRY_DATES if dated else LearntFrom.RETURNS)
    found = newest(late)
    assert found.range is not None
    assert found.range.expected == pytest.approx(OWN + LATE)
    full = dict.fromkeys(MONTHS[:-1], OWN + LATE)
    assert late.expected(full) == ()
    assert late.look_back().held == late.look_back().months == 2


def test_two_statements_at_most_ask_for_the_cases(store: Store) -> None:
    send_months(store, dated=False)
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    read(store)
    assert sum("count(*)" in one for one in asked) == 2


def by_delay(late: LateEntry, month: int) -> Counter[int | None]:
    """The cases of a month, by how many months after it they became known."""
    found: Counter[int | None] = Counter()
    for one in late.arrivals:
        if one.month == month:
            found[one.after] += one.cases
    return found


def test_a_case_of_a_corrected_return_became_known_with_the_next(store: Store) -> None:
    sent = send_months(store, dated=False)
    month = MONTHS[2]
    assert by_delay(read(store), month) == {0: OWN, 1: LATE}
    extra = a_case("EXTRA", None, referred=month_start(month).replace(day=10), entered_date=None)
    corrected = a_return(NORTH, write_month(month), [*sent[month], extra])
    save_return(store, corrected, by=COMMISSIONER.signing("ann"))
    assert by_delay(read(store), month) == {0: OWN, 1: LATE + 1}


def test_a_return_that_was_withdrawn_is_a_gap_and_teaches_nothing(store: Store) -> None:
    send_months(store, dated=False)
    gap = f"mentoring:{NORTH}:{write_month(MONTHS[2])}:1"
    withdraw_return(store, gap, by=COMMISSIONER.signing("ann"), why="wrong file")
    late = read(store)
    assert late.learnt_from is LearntFrom.NOTHING
    assert "returns of equal length" in late.why


def test_nothing_is_said_where_neither_dates_nor_returns_are_enough(store: Store) -> None:
    assert read(store).why == "no return has come yet"
    send_months(store, until=MONTHS[2], dated=False)
    late = read(store)
    assert late.learnt_from is LearntFrom.NOTHING
    assert late.why.startswith(
        "the date of entry is filled in for 0 of 22 referrals, and there are not yet 4"
    )


def test_nothing_is_said_with_fewer_than_four_months(store: Store) -> None:
    send_months(store, until=MONTHS[2])
    assert read(store).why == "there are fewer than 4 months to learn from"


def test_dates_of_entry_are_used_where_nine_of_ten_cases_have_one(store: Store) -> None:
    days = [date(2018, 4, 10), date(2018, 5, 10), date(2018, 6, 10), date(2018, 7, 10)]
    half = Period.parse("2018-04..2018-09")
    cases = [a_case(None, None, referred=day) for day in days for _ in range(9)]
    undated = [a_case(None, None, referred=day, entered_date=None) for day in days]
    save_return(store, a_return(NORTH, half, [*cases, *undated]), by=COMMISSIONER.signing("ann"))
    assert read(store).learnt_from is LearntFrom.ENTRY_DATES
    more = [*cases, *undated, a_case(None, None, referred=days[0], entered_date=None)]
    save_return(store, a_return(NORTH, half, more), by=COMMISSIONER.signing("ann"))
    assert read(store).learnt_from is LearntFrom.NOTHING


def test_totals_say_nothing_of_entry(store: Store) -> None:
    send_months(store, until=MONTHS[3])
    total = {
        "measure": "referrals", "breakdown": None, "category": None, "area": None, "period_start": month_start(201804),
        "period_end": month_end(201806), "count": 4, "denominator": None, "unit": None,
    }  # fmt: skip
    save_return(store, a_return(SOUTH, Q1, totals=[total]), by=COMMISSIONER.signing("ann"))
    assert "sends totals" in read(store).why
    only = replace(ALL, providers=(NORTH,))
    assert read(store, selection=only).learnt_from is LearntFrom.ENTRY_DATES


def test_nothing_more_is_expected_once_the_contract_is_over(store: Store) -> None:
    send_months(store)

    def over(settings: Settings) -> Settings:
        ended = (replace(c, end=month_end(MONTHS[-1])) for c in settings.contracts)
        return replace(settings, contracts=tuple(ended))

    change_settings(store, over, by=COMMISSIONER.signing("ann"))
    assert "contract has ended" in read(store).why


@pytest.mark.parametrize("dated", [True, False])
def test_somebody_limited_to_a_provider_or_an_area_learns_from_nothing_else(
    store: Store, dated: bool
) -> None:
    send_months(store, dated=dated)
    send_months(store, SOUTH, dated=dated, area=VALE)
    both = read(store)
    assert {a.provider for a in both.arrivals} == {NORTH, SOUTH}
    of_north = read(store, of_provider("nora", NORTH))
    assert {a.provider for a in of_north.arrivals} == {NORTH}
    of_hill = read(store, of_area("hal", HILL))
    chosen = read(store, selection=replace(ALL, areas=(HILL,)))
    assert {a.provider for a in chosen.arrivals} == {NORTH}
    if dated:
        assert {a.provider for a in of_hill.arrivals} == {NORTH}
    else:
        assert "one area alone" in of_hill.why
    with pytest.raises(OutOfReach):
        read(store, of_provider("nora", NORTH), replace(ALL, providers=(SOUTH,)))

"""The official figures of preventions: every quarter of every area once, and the latest as it was published."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest

from domain.benchmarks import ENGLAND
from domain.benchmarks_prevention import (
    MEDIATED,
    PREVENT_EVICTION,
    RETURN_HOME,
    duties_of,
    official_districts,
    official_of,
    official_preventions,
    preventions_of,
)
from domain.kpis import kpi
from domain.measures import measure
from domain.periods import Period
from domain.rounding import half_up

QUARTER = Period.parse("2025-10..2025-12")


def test_every_area_has_every_quarter_once() -> None:
    held = Counter((one.area, one.period) for one in official_preventions())
    areas = {ENGLAND, *official_districts()}
    quarters = [one.period for one in official_preventions() if one.area == ENGLAND]
    assert held == Counter((area, quarter) for area in areas for quarter in quarters)
    assert (len(areas), len(quarters)) == (22, 22)
    assert all(one.next() == other for one, other in pairwise(quarters))


def test_the_latest_of_england_is_what_was_published() -> None:
    england = official_of(ENGLAND)
    assert england.period == QUARTER
    assert (england.secured, england.by_way) == (18870, {RETURN_HOME: 980, PREVENT_EVICTION: 1650})
    shares = [half_up(Fraction(100 * (england.by_way[way] or 0), 18870), 1) for way in MEDIATED]
    assert [str(share) for share in shares] == ["5.2", "8.7"]


def test_what_was_not_reported_is_not_nought() -> None:
    silent = official_of("E07000072", QUARTER)
    assert (silent.label, silent.secured, silent.by_way[RETURN_HOME]) == ("Epping Forest", None, None)
    reported = [one for one in official_preventions() if one.secured is not None]
    assert all(sum(one.by_way[way] or 0 for way in MEDIATED) <= (one.secured or 0) for one in reported)


def test_in_england_evictions_are_the_greater_part_in_every_quarter() -> None:
    england = [one for one in official_preventions() if one.area == ENGLAND]
    assert all((one.by_way[RETURN_HOME] or 0) < (one.by_way[PREVENT_EVICTION] or 0) for one in england)


def test_they_are_the_answers_that_the_kpi_asks_for() -> None:
    declared = measure(kpi("HX2").measure, "homelessness")
    assert getattr(declared, "only", None) == MEDIATED


def test_an_area_that_is_not_held_is_refused() -> None:
    with pytest.raises(KeyError, match="no official figure of 'X-ASHBY' in any quarter"):
        official_of("X-ASHBY")


def test_the_duty_is_told_from_when_it_is_held_and_matches_the_preventions_of_the_same_quarter() -> None:
    duties = duties_of(ENGLAND)
    assert [duties[0].period, duties[-1].period] == [Period.parse("2024-04..2024-06"), QUARTER]
    assert (duties[-1].owed, duties[-1].ended, duties[-1].six_months) == (33630, 34250, 18870)
    for area in (ENGLAND, *official_districts()):
        secured = {one.period: one.secured for one in preventions_of(area)}
        assert all(one.six_months == secured[one.period] for one in duties_of(area))

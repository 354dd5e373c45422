"""The status of each KPI with a target at the edges of its target, its tolerance and its smallest base, as a table a person can read.

A line says of a figure which status it has against the target that the KPI starts with. The edges are those of the published rule:
'less than 10%' is strict, 'at least 90%' and 'at most 5%' are not; a value on the edge of the tolerance is still within it; 89.96% is
not 90%. What law or contract asks for has a status however few cases there are, and says that they are few.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from domain.disclosure import Figure
from domain.kpis import Kpi, judged, kpi, kpis
from domain.periods import Period

AT_LEAST_ALL = """
    met   | base  | status | few
    10000 | 10000 | green  |
    9999  | 10000 | red    |
    0     | 10000 | red    |
    1     | 1     | green  | few
    0     | 1     | red    | few
    9     | 9     | green  | few
    10    | 10    | green  |
    0     | 0     | not_due |
"""
"""By law, or where a contract leaves no room: nothing but all of them."""
AT_LEAST_ALL_BUT_5 = """
    met   | base  | status | few
    10000 | 10000 | green  |
    9999  | 10000 | amber  |
    9500  | 10000 | amber  |
    9499  | 10000 | red    |
    1     | 1     | green  | few
    0     | 1     | red    | few
    0     | 0     | not_due |
"""
TABLES = {
    **dict.fromkeys(("HM1", "HM2", "HM6"), AT_LEAST_ALL_BUT_5),
    "HM3": """
        met   | base  | status | few
        9000  | 10000 | green  |
        8999  | 10000 | amber  |
        8996  | 10000 | amber  |
        8500  | 10000 | amber  |
        8499  | 10000 | red    |
        9     | 9     | green  | few
        0     | 0     | not_due |
    """,
    "HM4": """
        met   | base  | status | few
        999   | 10000 | green  |
        1000  | 10000 | amber  |
        1250  | 10000 | amber  |
        1251  | 10000 | red    |
        0     | 1     | green  | few
        1     | 1     | red    | few
        0     | 0     | not_due |
    """,
    "HM5": """
        met   | base  | status | few
        500   | 10000 | green  |
        501   | 10000 | amber  |
        700   | 10000 | amber  |
        701   | 10000 | red    |
        0     | 1     | green  | few
        0     | 0     | not_due |
    """,
    **dict.fromkeys(("HM10", "SM1a", "SM1b", "SM2", "SM3", "SM4", "SM7", "SM14b"), AT_LEAST_ALL),
    "SM14a": """
        met   | base  | status | few
        0     | 10000 | green  |
        1     | 10000 | red    |
        0     | 1     | green  | few
        1     | 1     | red    | few
        0     | 0     | not_due |
    """,
    "TB1": """
        met   | base  | status  | few
        8000  | 10000 | green   |
        7999  | 10000 | amber   |
        7500  | 10000 | amber   |
        7499  | 10000 | red     |
        387   | 471   | green   |
        10    | 10    | green   |
        9     | 9     | too_few |
        0     | 0     | not_due |
    """,
    "TB2": """
        met   | base  | status | few
        496   | 496   | green  |
        495   | 495   | amber  |
        491   | 491   | amber  |
        447   | 447   | amber  |
        446   | 446   | red    |
        0     | 0     | red    |
    """,
}
"""By KPI. TB2 is a number and is judged at the end of its programme: 90% of 496 is 446.4."""
END_OF_PROGRAMME = Period.parse("2019-01..2019-03")
WITH_TARGET = [one for one in kpis() if one.starting_targets]


def lines(text: str) -> list[tuple[int, int, str, bool]]:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()[1:]]
    return [(int(met), int(base), status, few == "few") for met, base, status, few in rows]


def status_of(declared: Kpi, met: int, base: int) -> tuple[str, bool]:
    value = float(Fraction(met, base)) if base else None
    figure = Figure((), (), met, base, 0, 0, value, None, None, small=False)
    target = declared.starting_targets[0]
    verdict, _ = judged(declared, figure, target, END_OF_PROGRAMME, returned=True)
    return str(verdict.status), verdict.few


def test_every_kpi_with_a_target_has_its_edges_here_and_no_other_has() -> None:
    assert {declared.id for declared in WITH_TARGET} == set(TABLES)


@pytest.mark.parametrize("declared", WITH_TARGET, ids=lambda one: one.id)
def test_a_kpi_at_the_edges_of_its_target(declared: Kpi) -> None:
    for met, base, status, few in lines(TABLES[declared.id]):
        assert status_of(declared, met, base) == (status, few), f"{declared.id}: {met} of {base}"


@pytest.mark.parametrize("declared", WITH_TARGET, ids=lambda one: one.id)
def test_a_return_that_has_not_come_goes_before_every_edge(declared: Kpi) -> None:
    figure = Figure((), (), 1, 1, 0, 0, 1.0, None, None, small=False)
    verdict, _ = judged(declared, figure, declared.starting_targets[0], END_OF_PROGRAMME, returned=False)
    assert str(verdict.status) == "no_return"


@pytest.mark.parametrize(
    "declared", [one for one in kpis() if not one.starting_targets], ids=lambda one: one.id
)
def test_a_kpi_without_a_target_has_no_colour_however_good_or_bad_it_is(declared: Kpi) -> None:
    for met, value in ((0, 0.0), (50, 50.0), (100, 1.0)):
        figure = Figure((), (), met, 100, 0, 0, value, None, None, small=False)
        verdict, _ = judged(declared, figure, None, END_OF_PROGRAMME, returned=True)
        assert str(verdict.status) == "no_target"


def test_what_the_law_asks_for_has_no_tolerance_and_a_status_from_the_first_case() -> None:
    statutory = [one for one in WITH_TARGET if one.basis == "statute"]
    assert [one.id for one in statutory] == ["SM1a", "SM1b", "SM2", "SM3", "SM4", "SM7", "SM14a", "SM14b"]
    assert all(target.tolerance is None for one in statutory for target in one.starting_targets)
    assert {one.minimum_base for one in statutory} == {1}
    assert kpi("TB1").minimum_base == 10

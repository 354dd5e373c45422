"""Unusual months: every series of the worked values comes out with its limits and labels; and which series has limits at all.

The series, `spc` in `method_checks.json`, are those of the R package NHSRplotthedots: its vignette on screened moves, and a selection of
its own tests for the four rules.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from domain.steady import season_chance, steadiness, trend_of
from domain.unusual_months import Signal, limits_of, signals_of, stretches

WORKED: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("method_checks.json").read_text(encoding="utf-8")
)["spc"]
CALM = [29, 31, 27, 33, 28, 30, 26, 32, 29, 31, 30, 28]
AGAIN = [*CALM[5:], *CALM[:5]]
"""The same in another order, so that no calendar month is alike."""


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_series_has_its_limits_and_labels(name: str) -> None:
    worked = WORKED[name]
    (found,) = stretches(worked["y"], screened="unscreened" not in name, fix_after=worked.get("fix_after"))
    limits = found.limits
    assert limits is not None
    for key, value in (
        ("mean", limits.mean),
        ("amr", limits.moving_range),
        ("lower", limits.lower),
        ("upper", limits.upper),
        ("near_lower", limits.near_lower),
        ("near_upper", limits.near_upper),
    ):
        assert round(value, 6) == worked[key], key
    assert [str(one) for one in found.signals] == worked["labels"]


def test_every_rule_flags_downwards_as_it_does_upwards() -> None:
    opposite = {
        Signal.NONE: Signal.NONE,
        Signal.ABOVE: Signal.BELOW,
        Signal.RISING: Signal.FALLING,
        Signal.NEAR_ABOVE: Signal.NEAR_BELOW,
        Signal.HIGHER: Signal.LOWER,
    }
    seen = set()
    for worked in WORKED.values():
        values = worked["y"]
        fixed = worked.get("fix_after")
        (up,) = stretches(values, fix_after=fixed)
        (down,) = stretches([100 - value for value in values], fix_after=fixed)
        assert down.signals == tuple(opposite[one] for one in up.signals)
        seen |= set(up.signals)
    assert seen == set(opposite)


def test_a_point_on_the_average_breaks_a_run_and_an_equal_one_a_rise() -> None:
    limits = limits_of(CALM)
    above = [limits.mean + 1] * 6
    assert set(signals_of([*above, limits.mean, *above], limits)) == {Signal.NONE}
    assert set(signals_of([*above, limits.mean + 1], limits)) == {Signal.HIGHER}
    rising = [26, 27, 28, 29, 30, 31, 32]
    assert set(signals_of(rising, limits)) == {Signal.RISING}
    assert set(signals_of([26, 27, 28, 28, 29, 30, 31], limits)) == {Signal.NONE}


def test_the_first_rule_names_a_point_that_several_flag() -> None:
    limits = limits_of(CALM)
    far = round(limits.upper) + 5
    found = signals_of([30, 31, 32, 33, 34, 35, far], limits)
    assert found[-1] is Signal.ABOVE
    assert found[-2] is Signal.RISING


def test_few_points_have_trial_limits_and_fewer_none() -> None:
    assert stretches(CALM[:6])[0].limits is None
    assert set(stretches([1, 50, 1, 50, 1, 500])[0].signals) == {Signal.NONE}
    assert stretches(CALM[:7])[0].trial
    assert stretches(CALM[:11])[0].trial
    assert not stretches(CALM)[0].trial
    assert stretches([]) == ()


def test_a_new_average_begins_limits_and_runs_anew_and_nothing_else_does() -> None:
    doubled = [*CALM, *(2 * value for value in CALM)]
    whole, parts = stretches(doubled), stretches(doubled, [12])
    assert len(whole) == 1
    assert Signal.HIGHER in whole[0].signals
    assert [(part.start, part.end) for part in parts] == [(0, 12), (12, 24)]
    assert [part.limits.mean for part in parts if part.limits] == [29.5, 59.0]
    assert {signal for part in parts for signal in part.signals} == {Signal.NONE}


def test_the_drawing_is_cut_where_the_tests_are_not() -> None:
    worked = WORKED["vignette_unscreened"]
    limits = limits_of(worked["y"], screened=False)
    assert limits.lower < 0
    assert limits.drawn() == (0, limits.upper)
    assert limits.drawn(cap=5) == (0, 5)


def test_a_trend_is_told_from_chance_and_from_a_step_that_is_explained() -> None:
    months = [1 + at % 12 for at in range(24)]
    rising = [20 + 2 * at + (-1) ** at for at in range(24)]
    found = steadiness(rising, months)
    assert found.trend.clear
    assert not found.steady
    assert found.trend.a_month == pytest.approx(2, abs=0.1)
    assert steadiness([*CALM, *AGAIN], months).steady
    stepped = [*CALM, *(2 * value for value in AGAIN)]
    assert steadiness(stepped, months).trend.clear
    assert steadiness(stepped, months, [12]).steady
    assert trend_of([[30] * 12]).chance == 1


def test_a_season_is_told_over_two_years_and_not_before() -> None:
    months = [1 + at % 12 for at in range(24)]
    yearly = [20, 22, 30, 35, 40, 44, 45, 41, 36, 30, 25, 21]
    two_years = [*yearly, *(value + 1 for value in yearly)]
    assert steadiness(two_years, months).seasonal
    assert steadiness(two_years[:23], months[:23]).season is None
    # It is told in a series that rises too, where the years lie further apart than the months of one.
    rising = [value + 2 * at for at, value in enumerate(yearly * 5)]
    found = steadiness(rising, [1 + at % 12 for at in range(60)])
    assert found.trend.clear
    assert found.seasonal
    straight = [20 + 2 * at + 7 * at % 5 for at in range(24)]
    assert not steadiness(straight, months).seasonal
    # Every calendar month comes to the same: as far from a season as can be.
    assert season_chance((*map(float, range(12)), *map(float, range(11, -1, -1))), tuple(months)) > 0.99


def test_under_five_a_month_there_are_no_limits() -> None:
    found = steadiness([4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5], list(range(1, 13)))
    assert not found.large_enough
    assert not found.steady

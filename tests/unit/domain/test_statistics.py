"""Intervals, comparisons and averages at their edges; their worked values are in tests/spec/test_methods.py."""

import sys
from math import inf, isnan
from pathlib import Path
from subprocess import run

import pytest

from domain.statistics import (
    count_limits,
    mean_of_spread,
    median_of_spread,
    newcombe_difference,
    rate_ratio_clear,
    rolling_mean,
    wilson_interval,
)


def six(*values):
    return pytest.approx(values, abs=5.1e-7)


def test_wilson_limits_are_exactly_0_and_1_at_the_ends():
    assert wilson_interval(0, 10)[0] == 0
    assert wilson_interval(13, 13)[1] == 1


def test_a_base_of_zero_has_no_interval():
    assert all(isnan(limit) for limit in wilson_interval(0, 0))


@pytest.mark.parametrize(("met", "base"), [(472, 471), (-1, 10), (1, 0), (-2, -1)])
def test_an_impossible_share_is_refused_with_both_numbers(met, base):
    with pytest.raises(ValueError, match=f"^{met} out of {base} is not a share"):
        wilson_interval(met, base)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_an_impossible_confidence_is_refused(confidence):
    with pytest.raises(ValueError, match=f"not {confidence}"):
        wilson_interval(1, 2, confidence=confidence)


@pytest.mark.parametrize("shares", [(90, 100, 50, 100), (50, 100, 90, 100)])
def test_a_large_difference_is_clear_either_way(shares):
    assert newcombe_difference(*shares).clear


@pytest.mark.parametrize("shares", [(0, 0, 5, 10), (5, 10, 0, 0)])
def test_a_difference_with_an_empty_base_has_no_value_and_is_not_clear(shares):
    change = newcombe_difference(*shares)
    assert isnan(change.value)
    assert isnan(change.low)
    assert isnan(change.high)
    assert not change.clear


def test_a_negative_count_has_no_limits():
    with pytest.raises(ValueError, match="-1"):
        count_limits(-1)


def test_a_doubled_monthly_rate_is_a_clear_rise():
    change = rate_ratio_clear(240, 12, 60, 6)
    # 240 of 300: Wilson 0.751151 to 0.841361, as odds over twice the months.
    low, high = wilson_interval(240, 300)
    assert (change.value, change.low, change.high) == six(2.0, low / (1 - low) / 2, high / (1 - high) / 2)
    assert change.clear


def test_a_halved_monthly_rate_is_a_clear_fall():
    assert rate_ratio_clear(60, 6, 240, 12).high < 1
    assert rate_ratio_clear(60, 6, 240, 12).clear


def test_equal_rates_over_unequal_months_show_no_clear_change():
    change = rate_ratio_clear(40, 4, 120, 12)
    assert change.value == pytest.approx(1)
    assert not change.clear


def test_no_event_in_the_second_period_leaves_no_upper_limit():
    change = rate_ratio_clear(5, 6, 0, 6)
    assert (change.value, change.high) == (inf, inf)
    assert 1 < change.low < inf


def test_no_event_in_the_first_period_leaves_a_ratio_of_zero():
    change = rate_ratio_clear(0, 6, 5, 6)
    assert (change.value, change.low) == (0, 0)
    assert change.clear


def test_no_event_at_all_has_no_ratio():
    change = rate_ratio_clear(0, 6, 0, 6)
    assert isnan(change.value)
    assert not change.clear


@pytest.mark.parametrize("counts", [(-1, 6, 5, 6), (5, 6, -1, 6)])
def test_a_negative_count_has_no_rate(counts):
    with pytest.raises(ValueError, match="below zero"):
        rate_ratio_clear(*counts)


@pytest.mark.parametrize("counts", [(1, 0, 5, 6), (5, 6, 1, -2)])
def test_a_rate_needs_months(counts):
    with pytest.raises(ValueError, match="longer than zero months"):
        rate_ratio_clear(*counts)


def test_rolling_mean_is_blank_while_a_month_of_its_window_is_missing():
    assert rolling_mean([3, 3, None, 3, 3, 3]) == [None, None, None, None, None, 3]


def test_rolling_mean_of_a_short_series_is_blank():
    assert rolling_mean([1, 2]) == [None, None]
    assert rolling_mean([]) == []


def test_rolling_mean_needs_a_window():
    with pytest.raises(ValueError, match="not 0"):
        rolling_mean([1], window=0)


def test_mean_and_median_of_a_spread():
    assert mean_of_spread({55: 2, 10: 1}) == 40
    assert median_of_spread({55: 2, 10: 1}) == 55
    assert median_of_spread({10: 1, 20: 1, 30: 0, 40: 2}) == 30


@pytest.mark.parametrize("average", [mean_of_spread, median_of_spread])
@pytest.mark.parametrize("spread", [{}, {10: 0}])
def test_a_spread_without_cases_has_no_average(average, spread):
    assert isnan(average(spread))


@pytest.mark.parametrize("average", [mean_of_spread, median_of_spread])
def test_a_spread_with_a_negative_count_is_refused(average):
    with pytest.raises(ValueError, match="-1"):
        average({10: 3, 20: -1})


def test_intervals_of_shares_load_no_scipy():
    code = "import sys, domain.statistics as s; s.wilson_interval(1, 2); sys.exit('scipy' in sys.modules)"
    assert run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False).returncode == 0

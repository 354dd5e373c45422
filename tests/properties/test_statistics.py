"""What holds of every interval, comparison and average, and agreement with other libraries."""

import statistics
from math import inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from domain.statistics import (
    count_limits,
    mean_of_spread,
    median_of_spread,
    newcombe_difference,
    rate_ratio_clear,
    rolling_mean,
    wilson_interval,
)

counts = st.integers(0, 5000)
shares = st.integers(1, 5000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))
confidences = st.sampled_from([0.8, 0.95, 0.998])
spreads = st.dictionaries(st.integers(-400, 400), st.integers(0, 20)).filter(lambda s: any(s.values()))


@given(shares, confidences)
def test_wilson_contains_the_share_and_agrees_with_statsmodels(share, confidence):
    met, base = share
    low, high = wilson_interval(met, base, confidence=confidence)
    assert 0 <= low <= met / base <= high <= 1
    theirs = proportion_confint(met, base, alpha=1 - confidence, method="wilson")
    assert (low, high) == pytest.approx(theirs, abs=1e-9)


@given(shares)
def test_wilson_of_those_not_met_is_the_mirror_image(share):
    met, base = share
    low, high = wilson_interval(met, base)
    assert wilson_interval(base - met, base) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(shares)
def test_more_confidence_is_never_narrower(share):
    narrow, wide = wilson_interval(*share), wilson_interval(*share, confidence=0.998)
    assert wide[0] <= narrow[0]
    assert narrow[1] <= wide[1]


@given(shares, shares)
def test_a_difference_turns_its_sign_when_its_shares_are_swapped(first, second):
    there, back = newcombe_difference(*first, *second), newcombe_difference(*second, *first)
    assert (there.value, there.low, there.high) == pytest.approx((-back.value, -back.high, -back.low))
    assert -1 - 1e-9 <= there.low <= there.value <= there.high <= 1 + 1e-9
    assert there.clear is back.clear


@given(shares, shares)
def test_newcombe_agrees_with_statsmodels(first, second):
    ours = newcombe_difference(*first, *second)
    theirs = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff")
    assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-9)


@given(counts)
def test_count_limits_hold_the_count_and_lie_near_the_exact_ones(count):
    low, high = count_limits(count)
    assert 0 <= low <= count < high
    exact = (chi2.ppf(0.025, 2 * count) / 2 if count else 0, chi2.ppf(0.975, 2 * count + 2) / 2)
    # Byar's approximation is used from ten up and is off by less than a fiftieth of an event there.
    assert (low, high) == pytest.approx(exact, abs=1e-9 if count < 10 else 0.02)


@given(counts, st.integers(1, 60), counts, st.integers(1, 60))
def test_a_rate_ratio_inverts_when_its_periods_are_swapped(count_1, months_1, count_2, months_2):
    there = rate_ratio_clear(count_1, months_1, count_2, months_2)
    back = rate_ratio_clear(count_2, months_2, count_1, months_1)
    assert there.clear is back.clear
    if count_1 and count_2:
        assert there.low <= there.value <= there.high < inf
        assert isclose(there.value * back.value, 1, rel_tol=1e-9)
        assert isclose(there.low * back.high, 1, rel_tol=1e-6)


@given(st.lists(st.none() | st.integers(0, 500)), st.integers(1, 6))
def test_a_rolling_mean_is_the_mean_of_each_full_window(values, window):
    means = rolling_mean(values, window)
    assert len(means) == len(values)
    for place, mean in enumerate(means):
        part = values[place - window + 1 : place + 1] if place >= window - 1 else [None]
        assert mean == (None if None in part else pytest.approx(statistics.mean(part)))


@given(spreads)
def test_averages_of_a_spread_are_those_of_its_cases(spread):
    cases = [value for value, count in spread.items() for _ in range(count)]
    assert mean_of_spread(spread) == pytest.approx(statistics.mean(cases))
    assert median_of_spread(spread) == statistics.median(cases)

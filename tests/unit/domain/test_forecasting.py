"""Which method serves a history of which length, how it is tried on its own past, and what each method does with odd series."""

from math import isnan, nan

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from domain.forecast_limits import no_surer_than_chance
from domain.forecast_methods import Step, drift, fit_rate, log_linear, naive
from domain.forecasting import Method, back_test, forecast, live_cases, scenarios
from domain.net_share import net_share
from domain.prediction import (
    interval_score,
    naive_scale,
    negative_binomial_limits,
    poisson_limits,
    scaled_error,
    spread_of,
)
from domain.smoothing import Smoothing, damped, fitted, smooth

DRAWN = np.random.default_rng(11)
RISING = [40 + month + wobble for month, wobble in enumerate(DRAWN.normal(0, 3, 23))]
SEASONAL = [
    60 + 25 * np.sin(month * np.pi / 6) + wobble for month, wobble in enumerate(DRAWN.normal(0, 3, 36))
]
WANDERING = [500 + wobble for wobble in np.cumsum(DRAWN.normal(0, 9, 20))]
SMALL = [float(count) for count in DRAWN.poisson(4, 30)]


def test_seven_years_drift_and_are_not_validated():
    found = forecast(RISING[:7], 2)
    assert (found.method, found.label, found.validated) == (Method.DRIFT, "scenario, not validated", False)
    assert set(found.scenarios) == {"no_growth", "mean_growth"}


def test_eight_periods_are_smoothed_but_leave_nothing_to_try_it_on():
    found = forecast(RISING[:8], 2)
    assert (found.method, found.label, found.trials) == (Method.DAMPED, "scenario, not validated", {})


def test_a_rising_series_is_smoothed_and_beats_the_naive_method():
    found = forecast(RISING, 4)
    assert (found.method, found.validated) == (Method.DAMPED, True)
    assert set(found.trials) == {Method.DAMPED, Method.NAIVE}
    assert found.trials[Method.DAMPED].mase < found.trials[Method.NAIVE].mase
    assert found.scenarios == {}


def test_the_naive_method_serves_where_it_does_better():
    found = forecast(WANDERING, 2)
    assert found.trials[Method.NAIVE].mase < found.trials[Method.DAMPED].mase
    assert found.method is Method.NAIVE
    own = tuple(step.stretched(found.stretch) for step in naive(WANDERING, 2))
    assert found.steps == no_surer_than_chance(own, len(WANDERING))


def test_a_season_serves_where_it_does_better_and_each_is_tried_from_the_same_months():
    found = forecast(SEASONAL, 12)
    assert found.method is Method.SEASON
    assert {one.of for one in found.trials.values()} == {12 * 4 - 6}
    assert max(step.value for step in found.steps) > 70 > 50 > min(step.value for step in found.steps)


def test_a_series_without_a_season_of_its_own_takes_none():
    assert forecast(SEASONAL, 2, season=1).method in (Method.DAMPED, Method.NAIVE)
    assert Method.SEASON not in forecast(SEASONAL[:24], 2).trials  # nothing is left to try it on


def test_small_counts_take_the_log_linear_rate():
    assert set(forecast(SMALL, 2).trials) == {Method.LOG_LINEAR, Method.NAIVE}


@pytest.mark.parametrize(
    ("history", "periods", "season", "message"),
    [
        ([5, 6], 1, 12, "needs 3 values or more; there are 2"),
        ([5, 6, nan, 7], 1, 12, "one finite number"),
        ([5, 6, -1], 1, 12, "none below zero"),
        ([5, 6, 7], 0, 12, "not 0 and 12"),
        ([5, 6, 7], 1, 0, "not 1 and 0"),
    ],
)
def test_what_cannot_be_forecast_is_refused(history, periods, season, message):
    with pytest.raises(ValueError, match=message):
        forecast(history, periods, season=season)


def test_a_series_that_never_changes_stays_and_has_no_scaled_error():
    found = forecast([20] * 15, 3)
    assert [round(step.value, 6) for step in found.steps] == [20, 20, 20]
    assert all(isnan(one.mase) for one in found.trials.values())


def test_a_series_of_zeros_stays_at_zero_but_does_not_rule_a_case_out():
    step = forecast([0] * 12, 1).steps[0]
    assert (step.value, step.low_95) == (0, 0)
    assert step.high_95 >= 1
    assert scenarios([0, 0, 0]) == {"no_growth": 0}


@pytest.mark.parametrize("history", [[0] * 7 + [9], [900] + [0] * 7, [0, 40] * 6, [1e6, 2e6, 4e6, 9e6] * 2])
@pytest.mark.parametrize("method", [naive, drift, damped, log_linear])
def test_odd_series_give_finite_limits_in_order_and_never_below_zero(method, history):
    for step in method(history, 6):
        assert 0 <= step.low_95 <= step.low_80 <= step.high_80 <= step.high_95 < np.inf
        assert step.value >= 0


def test_a_back_test_knows_nothing_of_what_came_later():
    asked = []

    def remember(known, periods):
        asked.append((list(known), periods))
        return (Step(10, 9, 11, 8, 12),) * periods

    found = back_test(remember, [10, 11, 10, 12, 9, 13, 10, 11, 12, 30], first=8)
    assert asked == [([10, 11, 10, 12, 9, 13, 10, 11], 2), ([10, 11, 10, 12, 9, 13, 10, 11, 12], 1)]
    # 12 came once, in the 95% limits only; 30 came twice, outside both.
    assert (found.of, found.held_80, found.held_95) == (3, 0, 1)
    scale = (1 + 1 + 2 + 3 + 4 + 3 + 1) / 7
    assert found.mase == pytest.approx((2 / scale + 20 / scale + 20 / ((7 * scale + 1) / 8)) / 3)
    assert found.score == pytest.approx((4 + 2 * (4 + 40 * 18)) / 3)


def test_a_back_test_needs_a_period_to_compare_with():
    with pytest.raises(ValueError, match="needs 9 values or more; there are 8"):
        back_test(naive, [1, 2, 3, 4, 5, 6, 7, 8])


@pytest.mark.parametrize("season", [0, 12])
def test_our_fit_misses_by_no_more_than_that_of_statsmodels(season):
    history = SEASONAL if season else RISING
    options = {"seasonal": "add", "seasonal_periods": season} if season else {}
    # As ours, with a level that learns: one that never does would make the future a line.
    bounds = {"smoothing_level": (0.1, 0.9999)}
    model = ETSModel(
        pd.Series(history), error="add", trend="add", damped_trend=True, bounds=bounds, **options
    )
    theirs = model.fit(disp=False)
    ours = fitted(tuple(history), season).smoothed
    assert np.sum(ours.misses**2) <= theirs.sse * 1.05
    assert ours.values(1)[0] == pytest.approx(theirs.forecast(1).iloc[0], abs=3)


def test_a_season_of_given_numbers_is_that_of_statsmodels():
    start = [55.0, 0.4, *np.linspace(-20, 20, 12)]
    model = ETSModel(
        pd.Series(SEASONAL), error="add", trend="add", damped_trend=True, seasonal="add", seasonal_periods=12,
        initialization_method="known", initial_level=55.0, initial_trend=0.4, initial_seasonal=start[2:],
    )  # fmt: skip
    theirs = model.smooth([0.3, 0.3 * 0.2, 0.1, 0.95])
    ours = smooth(SEASONAL, Smoothing(0.3, 0.2, 0.95, 0.1, 12), start)
    assert ours.misses == pytest.approx(theirs.resid.to_numpy(), abs=1e-6)
    frame = theirs.get_prediction(start=36, end=50).summary_frame(alpha=0.05).clip(lower=0)
    steps = ours.ahead(15, float(np.sqrt(theirs.mse)))
    assert [step.value for step in steps] == pytest.approx(frame["mean"].tolist(), abs=1e-6)
    assert [step.high_95 for step in steps] == pytest.approx(frame["pi_upper"].tolist(), rel=1e-3)


@pytest.mark.parametrize("size", [None, 3.0])
def test_a_rate_is_that_of_statsmodels(size):
    counts = np.array(SMALL)
    family = sm.families.NegativeBinomial(alpha=1 / size) if size else sm.families.Poisson()
    places = np.column_stack([np.ones(30), np.arange(30) - 14.5])
    theirs = sm.GLM(counts, places, family=family).fit(tol=1e-12)
    rate, spread = fit_rate(counts, size)
    assert rate == pytest.approx(theirs.params, abs=1e-6)
    assert spread == pytest.approx(theirs.cov_params(), rel=1e-4)


def test_the_same_history_gives_the_same_limits():
    assert log_linear(SMALL, 3) == log_linear(SMALL, 3)


def test_no_count_to_come_is_expected_where_the_mean_is_zero():
    assert poisson_limits(0) == negative_binomial_limits(0, 5) == (0, 0)
    assert isnan(spread_of([0, 0, 0]).ratio)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: poisson_limits(-1),
        lambda: poisson_limits(nan),
        lambda: poisson_limits(5, confidence=95),
        lambda: negative_binomial_limits(5, 0),
        lambda: spread_of([4]),
        lambda: spread_of([4, -1]),
        lambda: interval_score(1, 2, 3, confidence=0),
        lambda: live_cases(-1, 30),
        lambda: live_cases(nan, 30),
        lambda: log_linear([-1, *range(8)], 1),
        lambda: net_share(60, 40, 92),
        lambda: net_share(-1, 4, 92),
        lambda: net_share(1, 2, 3, confidence=95),
    ],
)
def test_what_is_impossible_is_refused(impossible):
    with pytest.raises(ValueError, match=r"\w"):
        impossible()


def test_nothing_to_scale_by_gives_no_scaled_error():
    assert isnan(naive_scale([4]))
    assert isnan(scaled_error([4, 4, 4], [5], [4]))
    assert isnan(scaled_error([4, 5], [], []))


def test_no_answer_has_no_net_share_and_its_limits_end_at_one():
    assert isnan(net_share(0, 0, 0).value)
    assert not net_share(0, 0, 0).clear
    assert net_share(9, 0, 10).high == 1

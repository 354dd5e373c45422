"""Each worked value of each method comes out to the digits printed.

Where the values in `method_checks.json` come from:
- shares, counts: UKHSA PHEindicatormethods (commit 093fd28), R/utils.R and R/Rates.R; 65 of 100 is its own test data;
- differences: Norfolk needs assessment for SEND mediation 2025-2028, mediations held out of outcomes, 2024 against 2023;
- means of three months: Essex Trailblazers second deep dive report (June 2019); status: housing mediation services specification, 10.5;
- due dates: SEND Regulations 2014 (SI 2014/1530), SEND mediation factsheet 3, HESC Rules 2008 (SI 2008/2699), rules 12(3) and 20(1)(c);
- smoothing: the recursion with given numbers, beside statsmodels; drift and Little's law: worked by hand from the Trailblazers report.

Unusual months, funnel limits, late entry and hiding of small numbers have their worked values in files of their own.
"""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from domain.clocks import add_days, add_working_days, appeal_deadline, working_days_between
from domain.forecast_methods import drift, drift_and_spread, fit_rate
from domain.forecasting import forecast, growth, live_cases, scenarios
from domain.net_share import net_share
from domain.prediction import (
    interval_score,
    naive_scale,
    negative_binomial_limits,
    outward,
    poisson_limits,
    scaled_error,
    spread_of,
)
from domain.rounding import half_up
from domain.smoothing import Smoothing, smooth
from domain.statistics import count_limits, newcombe_difference, rolling_mean, wilson_interval
from domain.status import clear_of_target, judge

CHECKS = json.loads((Path(__file__).parent / "method_checks.json").read_text(encoding="utf-8"))
ELSEWHERE = {"spc", "funnel", "nowcast", "suppression"}
HERE = {
    *("wilson_95", "wilson_998", "count_limits_95", "newcombe_diff", "likert", "rolling3", "rag"),
    *("working_days", "calendar_days", "appeal_deadline"),
    *("damped_holt", "drift", "poisson_pi", "nb_pi", "mase", "interval_score", "littles_law"),
}
FIVE_YEARS = CHECKS["drift"]["y"]
day = date.fromisoformat


def six(*values):
    return pytest.approx(values, abs=5.1e-7)


def four(*values):
    return pytest.approx(values, abs=5.1e-5)


def test_every_method_has_its_test_here_or_in_a_file_of_its_own():
    assert set(CHECKS) == HERE | ELSEWHERE


@pytest.mark.parametrize("worked", CHECKS["wilson_95"], ids=lambda w: f"{w['x']} of {w['n']}")
def test_wilson_limits_of_a_share(worked):
    assert wilson_interval(worked["x"], worked["n"]) == six(worked["lo"], worked["hi"])


@pytest.mark.parametrize("worked", CHECKS["wilson_998"], ids=lambda w: f"{w['x']} of {w['n']}")
def test_wilson_limits_of_a_share_at_the_wider_confidence(worked):
    assert wilson_interval(worked["x"], worked["n"], confidence=0.998) == six(worked["lo"], worked["hi"])


@pytest.mark.parametrize("worked", CHECKS["count_limits_95"], ids=lambda w: f"{w['x']} {w['method']}")
def test_byar_and_exact_limits_of_a_count(worked):
    assert count_limits(worked["x"]) == six(worked["lo"], worked["hi"])


def test_newcombe_limits_of_a_difference():
    worked = CHECKS["newcombe_diff"]
    change = newcombe_difference(worked["x1"], worked["n1"], worked["x2"], worked["n2"])
    assert (change.value, change.low, change.high) == six(worked["diff"], worked["lo"], worked["hi"])
    assert not change.clear


def test_positive_and_net_agreement_of_a_question():
    worked = CHECKS["likert"]
    positive, negative, base = worked["agree"], worked["disagree"], worked["n"]
    assert 100 * positive / base == pytest.approx(worked["positive_pct"], abs=5.1e-5)
    assert [100 * limit for limit in wilson_interval(positive, base)] == four(*worked["wilson"])
    net = net_share(positive, negative, base)
    assert [100 * part for part in (net.value, net.low, net.high)] == four(worked["net"], *worked["net_ci"])


def test_mean_of_three_months():
    worked = CHECKS["rolling3"]
    means = rolling_mean(worked["y"])
    assert means[:2] == worked["out"][:2] == [None, None]
    assert means[2:] == four(*worked["out"][2:])


@pytest.mark.parametrize("worked", CHECKS["rag"], ids=lambda w: f"{w['value']} {w['op']} {w['target']}")
def test_status_of_a_share(worked):
    verdict = judge(
        None if worked["value"] is None else Fraction(str(worked["value"])) / 100,
        target=Decimal(worked["target"]) / 100,
        operator=worked["op"],
        tolerance=Decimal(str(worked["amber"])) / 100,
        base=worked["n"],
        returned=worked["status"] != "no_return",
    )
    assert verdict.status == worked["status"].lower()


def test_a_share_that_shows_as_its_target_can_still_miss_it():
    assert half_up(Decimal("89.6")) == 90
    ninety = {"target": Decimal("0.9"), "operator": ">=", "tolerance": Decimal("0.85")}
    assert judge(Fraction(896, 1000), base=1000, **ninety).status == "amber"
    assert judge(Fraction(387, 471), base=471, **ninety).status == "red"
    assert clear_of_target(387, 471, Decimal("0.9"))


@pytest.mark.parametrize("worked", CHECKS["calendar_days"], ids=lambda w: w["start"])
def test_due_after_calendar_days(worked):
    assert add_days(day(worked["start"]), worked["n"]) == day(worked["due"])


@pytest.mark.parametrize("worked", CHECKS["working_days"], ids=lambda w: w["start"])
def test_due_after_working_days(worked):
    start, due = day(worked["start"]), day(worked["due"])
    assert add_working_days(start, worked["n"]) == due
    assert working_days_between(start, due) == worked["n"]


@pytest.mark.parametrize("worked", CHECKS["appeal_deadline"], ids=lambda w: w["notice"])
def test_last_day_of_an_appeal(worked):
    assert appeal_deadline(day(worked["notice"]), day(worked["certificate"])) == day(worked["deadline"])


def test_damped_trend_with_given_numbers():
    worked = CHECKS["damped_holt"]
    by = Smoothing(worked["alpha"], worked["beta_star"], worked["phi"])
    found = smooth(worked["y"], by, start=(worked["l0"], worked["t0"]))
    assert found.state == four(worked["level"], worked["trend"])
    error = sqrt(np.mean(found.misses**2))
    assert error == pytest.approx(worked["sigma"], abs=5.1e-5)
    steps = found.ahead(3, error)
    assert [step.value for step in steps] == four(*worked["forecast"])
    assert [limit for step in steps for limit in (step.low_95, step.high_95)] == four(
        *(limit for pair in worked["pi95"] for limit in pair)
    )
    assert [step.whole_95 for step in steps] == [(558, 860), (564, 980), (565, 1092)]


def test_statsmodels_gives_the_same_damped_trend():
    worked = CHECKS["damped_holt"]
    years = pd.Series(worked["y"], index=pd.period_range("2015", periods=4, freq="Y"), dtype=float)
    known = {"initialization_method": "known", "initial_level": worked["l0"], "initial_trend": worked["t0"]}
    model = ETSModel(years, error="add", trend="add", damped_trend=True, **known)
    fitted = model.smooth([worked["alpha"], worked["alpha"] * worked["beta_star"], worked["phi"]])
    theirs = fitted.get_prediction(start=4, end=6).summary_frame(alpha=0.05)
    assert theirs["mean"].tolist() == four(*worked["forecast"])
    assert theirs[["pi_lower", "pi_upper"]].to_numpy().ravel().tolist() == four(
        *(limit for pair in worked["pi95"] for limit in pair)
    )


def test_drift_of_five_years_is_a_scenario_with_a_wide_interval():
    found = forecast(FIVE_YEARS, 3, season=1)
    assert found.label == "scenario, not validated"
    assert [step.value for step in found.steps] == CHECKS["drift"]["forecast"] == [746.25, 856.5, 966.75]
    step = found.steps[0]
    assert (step.whole_95, step.whole_80) == ((520, 972), (630, 863))
    mean, spread = drift_and_spread(FIVE_YEARS)
    one_step = spread * sqrt(1 + 1 / 4)
    assert (mean, round(spread, 2), round(one_step, 2)) == (110.25, 63.57, 71.08)
    assert [round(746.25 + z * one_step) for z in (-1.959964, 1.959964)] == [607, 886]
    assert drift(FIVE_YEARS, 1)[0] == step


def test_the_two_plain_scenarios_beside_a_drift():
    assert round(growth(FIVE_YEARS) - 1, 2) == 0.34
    assert {name: round(value) for name, value in scenarios(FIVE_YEARS).items()} == {
        "no_growth": 636,
        "mean_growth": 855,
    }


def test_a_poisson_rate_through_five_years_is_too_varied_to_use():
    counts = np.array(FIVE_YEARS, dtype=float)
    rate, _ = fit_rate(counts)
    means = np.exp(np.column_stack([np.ones(5), np.arange(-2, 3)]) @ rate)
    assert f"{np.exp(rate[1]) - 1:.1%}" == "34.2%"
    assert round(np.exp(rate @ [1, 3])) == 946
    assert round(np.sum((counts - means) ** 2 / means) / 3, 1) == 8.1


@pytest.mark.parametrize("mean", CHECKS["poisson_pi"])
def test_poisson_limits_of_a_count_to_come(mean):
    for percent, limits in CHECKS["poisson_pi"][mean].items():
        assert poisson_limits(float(mean), confidence=int(percent) / 100) == tuple(limits)


def test_negative_binomial_limits_of_a_count_to_come():
    worked = CHECKS["nb_pi"]
    for percent in ("95", "80"):
        limits = negative_binomial_limits(worked["mean"], worked["k"], confidence=int(percent) / 100)
        assert limits == tuple(worked[percent])


def test_twelve_months_that_vary_like_poisson_counts():
    found = spread_of([31, 42, 37, 35, 44, 38, 29, 41, 52, 33, 36, 40])
    assert (round(found.ratio, 4), round(found.chance, 2), found.size) == (1.0234, 0.42, None)


def test_the_size_of_counts_that_vary_more_is_that_of_moments():
    counts = [5, 60, 12, 44, 3, 70, 25, 9]
    mean, about = np.mean(counts), np.var(counts, ddof=1)
    assert spread_of(counts).size == pytest.approx(mean**2 / (about - mean))


def test_scaled_error_of_a_forecast():
    worked = CHECKS["mase"]
    assert naive_scale(worked["train"]) == pytest.approx(worked["scale"], abs=1e-9)
    assert scaled_error(worked["train"], worked["test"], worked["forecast"]) == pytest.approx(
        worked["mase"], abs=5.1e-7
    )


@pytest.mark.parametrize("worked", CHECKS["interval_score"], ids=lambda w: f"{w['y']}")
def test_score_of_an_interval(worked):
    assert interval_score(worked["lo"], worked["hi"], worked["y"]) == worked["score"]


def test_limits_of_counts_are_rounded_outward_and_not_below_zero():
    assert outward(558.3797, 860.2558) == (558, 861)
    assert outward(-0.7, 4.0) == (0, 4)


def test_live_cases_by_littles_law():
    worked = CHECKS["littles_law"]
    live = live_cases(worked["arrivals_per_month"], worked["mean_days"])
    assert live == pytest.approx(worked["live"], abs=5.1e-5)

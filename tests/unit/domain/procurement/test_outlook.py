"""A history carried forward: whole futures as wide as the method's limits, contract years, how they were tried, and what is assumed."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import poisson

from benchmarks.backtest import simulated, try_out
from domain.forecasting import FURTHEST, Method, beyond, forecast
from domain.paths import misses_of_sums, steps_of
from domain.procurement.expected import own_volumes, volumes_of, with_assumptions
from domain.procurement.history import History
from domain.procurement.outlook import outlook_of
from domain.procurement.printed import printed_history
from domain.procurement.scenario import Assumption

NORFOLK = printed_history("send")
QUARTERS = (47, 39, 52, 57, 66, 53, 72, 80, 105, 86, 113, 125, 146, 119, 159, 174, 157, 128, 171, 180)
BY_QUARTER = History("quarter", 202004, QUARTERS)
SMALL = (3, 2, 4, 3, 5, 4, 4, 6, 5, 3, 4, 5)
EDGES = {"low_95": 0.025, "low_80": 0.1, "high_80": 0.9, "high_95": 0.975}


@pytest.mark.parametrize(
    ("history", "method", "season"),
    [
        ((195, 271, 429, 598, 636), Method.DRIFT, 1),
        (QUARTERS, Method.NAIVE, 4),
        (QUARTERS, Method.DAMPED, 4),
        (QUARTERS, Method.SEASON, 4),
        (SMALL, Method.LOG_LINEAR, 4),
        ((0,) * 11 + (1,), Method.LOG_LINEAR, 4),
    ],
)
def test_each_period_of_drawn_futures_has_the_limits_of_the_method(history, method, season):
    draws = 20_000
    steps = steps_of(history, method, 6, season=season)
    misses = misses_of_sums(history, method, np.eye(6), season=season, draws=draws)
    drawn = np.floor(np.maximum([step.value for step in steps] + misses, 0) + 0.5)
    for place in (0, 5):
        step = steps[place]
        for name, share in EDGES.items():
            below = np.mean(drawn[:, place] < getattr(step, name) - 0.5)
            to = np.mean(drawn[:, place] <= getattr(step, name) + 0.5)
            error = 4 * np.sqrt(share * (1 - share) / draws)
            # Of whole numbers a limit holds a share between that below it and that up to it.
            assert below - error <= share <= to + error, (method, place, name)


def test_errors_of_periods_hang_together_so_that_a_sum_is_wider_than_if_they_did_not():
    alone = forecast(QUARTERS, 4, season=4).steps
    (year,) = outlook_of(BY_QUARTER, 202504, 1).ahead
    misses = misses_of_sums(QUARTERS, Method.NAIVE, np.ones((4, 1)), season=4)[:, 0]
    # A random walk's sum over four periods: steps count 4, 3, 2 and 1 times.
    size = np.sqrt(np.mean(np.diff(QUARTERS) ** 2))
    assert np.quantile(misses, 0.975) == pytest.approx(2.093 * size * np.sqrt(16 + 9 + 4 + 1), rel=1e-3)
    assert year.shares == (1, 1, 1, 1)
    assert sum(step.value for step in alone) == pytest.approx(
        volumes_of(outlook_of(BY_QUARTER, 202504, 1)).middle[0]
    )


def test_five_printed_years_give_the_worked_limits_of_the_next_one():
    found = outlook_of(NORFOLK, 202504, 2)
    volumes = volumes_of(found)
    assert (found.forecast.method, found.validated, volumes.validated) == (Method.DRIFT, False, False)
    assert (volumes.middle, volumes.limits(0)) == ((746.25, 856.5), (520, 972))
    # What lies high in the first year lies high in the second.
    assert np.corrcoef(volumes.draws[:, 0], volumes.draws[:, 1])[0, 1] > 0.7
    assert volumes_of(outlook_of(NORFOLK, 202504, 2)).draws is volumes.draws


def test_a_few_draws_do_not_make_the_mean_of_a_history_of_three_years():
    volumes = volumes_of(outlook_of(History("financial_year", 202204, (500, 520, 560)), 202504, 1))
    drawn = np.sort(volumes.draws[:, 0])
    assert drawn.mean() == pytest.approx(volumes.middle[0], rel=0.01)
    # The fifty highest of 10,000 are all one: the 99.5% limit, far beyond the 95% limits.
    assert drawn[-50] == drawn[-1] > 2 * volumes.limits(0)[1]


def test_a_contract_year_takes_its_share_of_periods_that_lie_partly_in_it():
    found = outlook_of(BY_QUARTER, 202509, 1)
    (year,) = found.ahead
    assert (year.nearest, year.furthest) == (2, 6)
    assert year.shares == pytest.approx((0, 1 / 3, 1, 1, 1, 2 / 3))
    values = [step.value for step in found.forecast.steps]
    assert volumes_of(found).middle[0] == pytest.approx(values[1] / 3 + sum(values[2:5]) + values[5] * 2 / 3)
    # A year from September of a history by financial year: seven months of one, five of the next, and surer of neither.
    split = volumes_of(outlook_of(NORFOLK, 202509, 1))
    assert split.middle[0] == pytest.approx(746.25 * 7 / 12 + 856.5 * 5 / 12)
    low, high = volumes_of(outlook_of(NORFOLK, 202504, 1)).limits(0)
    assert split.limits(0)[1] - split.limits(0)[0] > high - low


@pytest.mark.parametrize(
    ("history", "starts", "why"),
    [
        (
            History("month", 202004, (5, 6), left_out=("Left out: Jun 2020",)),
            202101,
            "there are 2. Left out: Jun 2020",
        ),
        (replace(BY_QUARTER, values=()), 202504, "there are none"),
        (BY_QUARTER, 202503, "begins in Mar 2025, before the history ends (Mar 2025)"),
        (BY_QUARTER, 203104, "more than 5 years after"),
    ],
)
def test_what_cannot_be_carried_forward_says_why(history, starts, why):
    found = outlook_of(history, starts, 2)
    assert (found.forecast, found.ahead, found.validated) == (None, (), False)
    assert why in found.why_not
    with pytest.raises(ValueError, match=r"\w"):
        volumes_of(found)


def test_years_are_called_tried_only_as_far_ahead_as_earlier_ones_were():
    found = outlook_of(BY_QUARTER, 202504, 3)
    near, *far = found.ahead
    assert (near.trial.of, near.trial.stretch) == (5, near.stretch)
    assert near.trial.held_95 <= near.trial.of
    assert [one.trial for one in far] == [None, None]
    assert (found.forecast.validated, found.validated) == (True, False)
    assert outlook_of(BY_QUARTER, 202504, 1).validated
    # Further ahead than was tried the limits widen as the root of the distance.
    assert [one.stretch / near.stretch for one in far] == pytest.approx([2**0.5, 3**0.5])
    widths = [high - low for low, high in map(volumes_of(found).limits, range(3))]
    assert widths == sorted(widths)
    first, *_, last = found.forecast.steps
    alone = steps_of(QUARTERS, found.forecast.method, 12, season=4)
    assert first == alone[0].stretched(found.forecast.stretch)
    assert last == alone[-1].stretched(found.forecast.stretch * beyond(found.forecast.method, 12, FURTHEST))


def test_three_numbers_hold_nine_of_ten_years_and_an_assumption_counts_from_its_month():
    own = own_volumes((500, 600, 800), (), 202604, 3)
    assert (own.limits(1, 0.9), own.middle, own.validated) == ((500, 800), (600, 600, 600), False)
    assert np.array_equal(own.draws[:, 0], own.draws[:, 2])
    sure = own_volumes((600, 600, 600), (), 202604, 3)
    half = Assumption("A new duty", 202610, 10, 10, 10)
    assert with_assumptions(sure, [half]).middle == pytest.approx((630, 660, 660))
    assert with_assumptions(sure, [half]).limits(0) == (630, 630)
    unsure = with_assumptions(sure, [Assumption("A new duty", 202604, 10, 0, 40)])
    assert 600 <= unsure.draws.min() <= 605
    assert 835 <= unsure.draws.max() <= 840
    both = [half, Assumption("Fewer children", 202704, -50, -50, -50)]
    assert with_assumptions(sure, both).middle == pytest.approx((630, 330, 330))
    assert with_assumptions(sure, ()) is sure
    with pytest.raises(ValueError, match="rise"):
        own_volumes((600, 500, 800), (), 202604, 1)


def test_where_the_naive_method_wins_it_is_used_and_limits_hold_about_what_they_claim():
    chosen = []
    for seed in range(6):
        counts = simulated("wandering", seed).reshape(-1, 3).sum(axis=1)
        for origin in (12, 16):
            found = forecast(counts[:origin], 1, season=4)
            missed = {method: one.mase for method, one in found.trials.items()}
            assert (found.method is Method.NAIVE) == (
                missed[Method.NAIVE] < min(v for m, v in missed.items() if m is not Method.NAIVE)
            )
            chosen.append(found.method)
    assert {Method.NAIVE} < set(chosen)
    tried = try_out(simulated("flat, Poisson", 3).reshape(-1, 3).sum(axis=1).tolist(), "quarter", (8, 12, 16))
    assert (tried.periods.of, [one.of for one in tried.years]) == (12, [3, 3, 3])
    assert tried.periods.in_95 >= 10


@pytest.mark.parametrize(
    ("values", "grouping"),
    [((5, 6, 7), "month"), ((7,) * 7, "quarter"), ((12,) * 24, "month"), ((0,) * 3, "month")],
)
def test_a_history_that_lies_on_a_line_is_no_surer_than_chance_lets_it_be(
    values: tuple[float, ...], grouping: str
) -> None:
    # Its misses alone are nought: a year would be expected 'from 162 to 162'.
    history = History(grouping, 202004, values)
    outlook = outlook_of(history, history.next_first, 2)
    volumes = volumes_of(outlook)
    assert outlook.forecast is not None
    for year in range(2):
        low, high = volumes.limits(year)
        away = poisson.ppf(0.975, volumes.middle[year]) - volumes.middle[year]
        assert high - volumes.middle[year] >= away
        assert low <= max(volumes.middle[year] - away, 0)
    first = outlook.forecast.steps[0]
    assert first.high_95 - first.value >= 1.9 * first.value**0.5
    # What is not known of the rate is shared by the years, and is in the sum of them.
    wide = np.quantile(volumes.draws.sum(axis=1), 0.975) - sum(volumes.middle)
    assert wide >= (volumes.limits(0)[1] - volumes.middle[0]) * 2**0.5


def test_a_contract_that_begins_later_is_no_surer_than_one_that_begins_at_once() -> None:
    # Tried on its own, the year three months later happened to be met better, and its limits were the narrower ones.
    at_once, later = (volumes_of(outlook_of(BY_QUARTER, starts, 1)) for starts in (202504, 202507))
    assert np.ptp(later.limits(0)) >= np.ptp(at_once.limits(0))


def test_a_new_service_that_fills_up_is_not_carried_on_to_millions() -> None:
    # At the rate of its first months it would have 110 million referrals in the third year.
    volumes = volumes_of(outlook_of(History("month", 202004, (1, 2, 3, 4, 6, 8, 12, 15)), 202012, 3))
    assert max(volumes.middle) < 1_000
    assert volumes.middle[2] == pytest.approx(volumes.middle[1])
    beyond_all = outlook_of(History("month", 202004, tuple(2.0**month for month in range(14))), 202112, 3)
    assert beyond_all.forecast is None
    assert "more than 100,000 referrals" in beyond_all.why_not

"""What each way of paying comes to: the sums by hand to the penny, and the simulation against closed forms."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from scipy import stats

from domain.procurement.choosing import choices
from domain.procurement.even import cheapest, curve_of, turns
from domain.procurement.lines import lines_of
from domain.procurement.matters import effects_of
from domain.procurement.offers import Block, ByStage, FixedAndExtra, Hourly, Offer, PerCase
from domain.procurement.prices import missing, price_of, whole_counts
from domain.procurement.scenario import Assumption
from domain.procurement.simulate import cost_of, drawn_cases
from domain.procurement.volumes import Volumes
from domain.procurement.work import Work, work_of
from domain.services import HOUSING, SEND

COUNTS = {"changed": 219, "declined": 9, "resolved": 91, "support": 36, "dr": 5, "held": 270}
STAGES = ByStage(
    prices=(
        ("changed", Decimal("120.50")),
        ("declined", Decimal(75)),
        ("resolved", Decimal("310.25")),
        ("support", Decimal(180)),
        ("dr", Decimal(1450)),
        ("held", Decimal("1625.75")),
    )
)
FIXED = FixedAndExtra(included=500, fixed=Decimal(400_000), extra=Decimal("912.35"))
HOURLY = Hourly(
    rate=Decimal("87.35"),
    hours=(
        ("changed", Decimal("1.25")),
        ("declined", Decimal("0.5")),
        ("resolved", Decimal("3.75")),
        ("support", Decimal("2.1")),
        ("dr", Decimal(14)),
        ("held", Decimal("16.3")),
    ),
)
BLOCK = Block(
    bands=((400, Decimal(300_000)), (500, Decimal(360_000)), (650, Decimal(430_000))), beyond=Decimal(640)
)
PER_CASE = PerCase(price=Decimal("805.55"))
ALL: tuple[Offer, ...] = (STAGES, FIXED, PER_CASE, HOURLY, BLOCK)


def drawn(draws: np.ndarray, middle: tuple[float, ...]) -> Work:
    """The hand scenario's mix on some drawn years."""
    volumes = Volumes(202604, draws.astype(np.int64), middle, validated=True, rests_on="A test")
    return work_of(volumes, lines_of(SEND), tuple(COUNTS.values()))


def poisson(mean: float, years: int = 1) -> Work:
    found = np.random.default_rng(11).poisson(mean, size=(10_000, years))
    return drawn(found, (mean,) * years)


def test_the_scenario_by_hand_is_right_to_the_penny():
    assert price_of(FIXED, COUNTS) == Decimal("518605.50")  # 400,000 + 130 x 912.35
    # 26,389.50 + 675.00 + 28,232.75 + 6,480.00 + 7,250.00 + 438,952.50
    assert price_of(STAGES, COUNTS) == Decimal("507979.75")
    assert price_of(PER_CASE, COUNTS) == Decimal("507496.50")  # 630 x 805.55
    # 273.75 h 23,912.06 + 4.5 h 393.08 (393.075) + 341.25 h 29,808.19 + 75.6 h 6,603.66 + 70 h 6,114.50 + 4,401 h 384,427.35
    assert price_of(HOURLY, COUNTS) == Decimal("451258.84")


def test_a_late_cancellation_is_paid_beside_the_meetings_held():
    late = replace(STAGES, late_cancellation=Decimal("400.10"), late_share=0.1)
    # A tenth of 275 meetings is 27.5, so 28 at 400.10 each.
    assert price_of(late, COUNTS) == Decimal("507979.75") + Decimal("11202.80")


@pytest.mark.parametrize(
    ("cases", "pounds"),
    [
        (0, 300_000),
        (400, 300_000),
        (401, 360_000),
        (500, 360_000),
        (501, 430_000),
        (650, 430_000),
        (651, 430_640),
        (700, 462_000),
    ],
)
def test_a_block_price_is_that_of_the_band_that_holds_the_number(cases: int, pounds: int):
    assert price_of(BLOCK, {"held": cases}) == pounds


def test_each_price_rises_from_the_last_years_and_is_rounded_to_the_penny():
    rise = Decimal("2.5")
    fixed, stages = replace(FIXED, indexation=rise), replace(STAGES, indexation=rise)
    # 912.35, 935.16 (935.15875), 958.54 (958.539); 400,000, 410,000, 420,250
    assert [price_of(fixed, COUNTS, year) for year in range(3)] == [
        Decimal("518605.50"),
        Decimal("531570.80"),
        Decimal("544860.20"),
    ]
    # In the third year 126.60, 78.80, 325.96, 189.11, 1,523.41 and 1,708.05:
    # 27,725.40 + 709.20 + 29,662.36 + 6,807.96 + 7,617.05 + 461,173.50
    assert price_of(stages, COUNTS, 2) == Decimal("533695.47")


@pytest.mark.parametrize("offer", ALL, ids=lambda one: one.key)
def test_every_drawn_year_costs_what_the_sum_by_hand_gives_for_its_cases(offer: Offer):
    work, offer = poisson(600, 2), replace(offer, indexation=Decimal("3.1"))
    cost = cost_of(offer, work)
    cases = drawn_cases(offer, work)
    for future in range(0, 10_000, 500):
        for year in (0, 1):
            counts = dict(zip(cases.keys, (int(one) for one in cases.by_line[future, year]), strict=True))
            assert cost.draws is not None
            assert Decimal(int(cost.draws[future, year])) / 100 == price_of(offer, counts, year)


def test_the_deterministic_cost_is_that_of_the_expected_cases_in_whole_numbers():
    work = drawn(np.full((100, 1), 630), (630.0,))
    assert whole_counts(work, 0) == COUNTS
    cost = cost_of(STAGES, work)
    assert cost.whole is not None
    assert cost.whole.middle == 507_979_75
    # 746.25 are 746, and the lines still add up to it.
    odd = whole_counts(drawn(np.full((10, 1), 746), (746.25,)), 0)
    assert sum(odd.values()) == 746
    assert odd == {"changed": 259, "declined": 11, "resolved": 108, "support": 42, "dr": 6, "held": 320}


def surplus(demand: object, included: int) -> float:
    """The expected number beyond N, as the sum of the chances of more than N, more than N + 1, ..."""
    return float(np.sum(demand.sf(np.arange(included, 20_000))))  # type: ignore[attr-defined]


@pytest.mark.parametrize("included", [560, 600, 640])
def test_the_simulation_agrees_with_the_closed_form_for_poisson_demand(included: int):
    mean, demand = 600.0, stats.poisson(600.0)
    (found,) = cost_of(replace(FIXED, included=included), poisson(mean)).included
    beyond = mean * demand.sf(included - 1) - included * demand.sf(included)
    assert found.extra.value == pytest.approx(beyond, abs=3 * found.extra.error)
    assert found.over.value == pytest.approx(demand.sf(included), abs=3 * found.over.error)
    assert found.unused.value == pytest.approx(included - mean + beyond, abs=3 * found.unused.error)
    assert found.extra_cost.value == pytest.approx(beyond * 91_235, abs=3 * found.extra_cost.error)
    unused = (included - mean + beyond) * 40_000_000 / included
    assert found.unused_cost.value == pytest.approx(unused, abs=3 * found.unused_cost.error)
    assert found.extra.error < 0.3


def test_the_simulation_agrees_with_the_sum_of_the_tail_for_demand_that_varies_more():
    mean, size = 600.0, 25.0
    demand = stats.nbinom(size, size / (size + mean))
    came = np.random.default_rng(5).negative_binomial(size, size / (size + mean), size=(10_000, 1))
    cost = cost_of(FIXED, drawn(came, (mean,)))
    (found,) = cost.included
    assert found.extra.value == pytest.approx(surplus(demand, 500), abs=3 * found.extra.error)
    assert found.over.value == pytest.approx(demand.sf(500), abs=3 * found.over.error)
    assert cost.whole is not None
    assert cost.whole.mean.value == pytest.approx(
        40_000_000 + 91_235 * surplus(demand, 500), abs=3 * cost.whole.mean.error
    )
    # Chance about N costs money: what is expected is more than the cost at the expected number.
    assert cost.whole.mean.value > cost.whole.middle


def test_the_n_of_least_cost_is_the_newsvendors():
    work = poisson(600)
    offer = replace(FIXED, included=500, fixed=Decimal(300_000), extra=Decimal(900))  # 600 and 900
    found = choices(offer, work)
    demand = stats.poisson(600.0)
    tried = np.arange(500, 700)
    exactly = 600 * tried + 900 * np.array([surplus(demand, int(n)) for n in tried])
    assert demand.ppf(1 - 600 / 900) == tried[np.argmin(exactly)]
    assert found.best == int(np.quantile(work.volumes.draws, 1 / 3, method="inverted_cdf"))
    assert found.best == pytest.approx(demand.ppf(1 / 3), abs=1)
    assert found.share == pytest.approx(2 / 3)
    row = found.row(found.best)
    assert row.cost.value / 100 == pytest.approx(exactly.min(), abs=3 * row.cost.error / 100)
    assert found.near is not None
    close = tried[exactly <= exactly.min() * 1.01]
    assert found.near == pytest.approx((int(close[0]), int(close[-1])), abs=2)


def test_the_best_n_of_each_year_follows_what_that_year_brings():
    came = np.random.default_rng(3).poisson((500, 700), size=(10_000, 2))
    found = choices(replace(FIXED, fixed=Decimal(300_000), extra=Decimal(900)), drawn(came, (500.0, 700.0)))
    assert found.by_year == pytest.approx(
        (stats.poisson(500).ppf(1 / 3), stats.poisson(700).ppf(1 / 3)), abs=1
    )
    # One N for both: of all years a third should need no more, so that it lies among the higher numbers of the year with fewer.
    assert found.best == pytest.approx(stats.poisson(500).ppf(2 / 3), abs=1)


def test_no_n_is_named_where_an_extra_case_is_no_dearer_than_an_included_one():
    found = choices(replace(FIXED, extra=Decimal(800)), poisson(600))
    assert (found.best, found.near) == (None, None)
    costs = [row.cost.value for row in found.rows]
    assert costs == sorted(costs)


def test_the_chance_in_any_year_counts_each_future_once():
    work = poisson(600, 3)
    cost = cost_of(replace(FIXED, included=620), work)
    assert cost.any_over is not None
    one = stats.poisson(600.0).sf(620)
    assert cost.any_over.value == pytest.approx(1 - (1 - one) ** 3, abs=3 * cost.any_over.error)


def test_late_cancellations_are_drawn_about_their_share():
    late = replace(STAGES, late_cancellation=Decimal(400), late_share=0.1)
    work = poisson(630)
    with_late, without = cost_of(late, work), cost_of(STAGES, work)
    assert with_late.draws is not None
    assert without.draws is not None
    more = (with_late.draws - without.draws)[:, 0] / 40_000
    held = work.draws[:, 0, 4:].sum(axis=1)
    assert more.mean() == pytest.approx(held.mean() * 0.1, abs=0.2)
    assert more.std() == pytest.approx(np.sqrt((held * 0.09).mean() + held.var() * 0.01), rel=0.05)


def test_an_offer_that_lacks_a_price_is_not_priced_and_says_what_it_lacks():
    lines = lines_of(SEND)
    assert all(missing(offer, lines) == () for offer in ALL)
    assert missing(replace(STAGES, prices=STAGES.prices[1:]), lines) == (
        "a price for 'Changed their mind: advice and certificate only'",
    )
    assert missing(replace(STAGES, late_share=0.1), lines) == ("a price for a late cancellation",)
    assert missing(replace(STAGES, late_share=0.1, prices=()), lines_of(HOUSING))[-1].startswith(
        "a price for"
    )
    assert missing(FixedAndExtra(), lines) == (
        "the number of cases included",
        "the fixed price",
        "the price per extra case",
    )
    assert missing(replace(BLOCK, bands=BLOCK.bands[::-1]), lines) == ("bands that rise, each with a price",)
    cost = cost_of(PerCase(), poisson(600))
    assert (cost.missing, cost.draws, cost.whole) == (("the price per case",), None, None)


def test_two_ways_of_paying_cost_the_same_where_their_curves_cross():
    work = poisson(600)
    per_case, fixed = (
        PerCase(price=Decimal(800)),
        replace(FIXED, fixed=Decimal(360_000), extra=Decimal(1_000)),
    )
    curves = [curve_of(one, work, 2_000) for one in (per_case, fixed)]
    # 360,000 is 450 cases at 800; above 500 each costs 200 more than per case, so 40,000 saved are gone after 200 more.
    assert [(one.before, one.after, one.last, one.since) for one in turns(*curves)] == [
        (0, 1, 449, 451),
        (1, 0, 699, 701),
    ]
    assert cheapest(curves, 400, 800) == ((0, 400, 450), (1, 451, 700), (0, 701, 800))
    assert turns(curves[0], curves[0]) == ()


def test_what_matters_most_comes_first_and_a_flat_price_knows_no_mix():
    work = poisson(600)
    late = replace(STAGES, late_cancellation=Decimal(400), late_share=0.1)
    more = Assumption("A new duty", 202610, 10.0, 0.0, 20.0)
    found = effects_of(cost_of(late, work), work, (more,))
    assert {one.key for one in found} == {"number", "mix", "late", "assumed"}
    widths = [one.width for one in found]
    assert widths == sorted(widths, reverse=True)
    assert [one.key for one in effects_of(cost_of(PER_CASE, work), work)] == ["number"]
    (number,) = effects_of(cost_of(PER_CASE, work), work)
    low, high = (int(stats.poisson(600.0).ppf(one)) - 600 for one in (0.1, 0.9))
    assert number.low == pytest.approx(low * 80_555, abs=2 * 80_555)
    assert number.high == pytest.approx(high * 80_555, abs=2 * 80_555)
    # Half the year holds the assumption. Of the triangle from 0% over 10% to 20%, 1 in 10 lies under 4.47% and 9 in 10 under 15.53%:
    # 600 / 1.05 x 1.0224 are 584, x 1.0776 are 616.
    (assumed,) = [one for one in effects_of(cost_of(PER_CASE, work), work, (more,)) if one.key == "assumed"]
    assert (assumed.low, assumed.high) == (-16 * 80_555, 16 * 80_555)


def test_a_future_far_beyond_all_others_neither_fills_the_memory_nor_moves_the_best_n():
    # Of three periods the size of a miss is hardly known, so that one future in ten thousand may hold a thousand million cases.
    draws = np.random.default_rng(4).poisson(600, (10_000, 1))
    plain = choices(FIXED, drawn(draws, (600.0,)))
    draws[0] = 2_000_000_000
    far = choices(FIXED, drawn(draws, (600.0,)))
    assert plain.best is not None
    assert far.best is not None
    assert abs(far.best - plain.best) <= 1
    # What is beyond every N that is tried is in the cost all the same.
    assert far.row(far.best).cost.value > 300 * plain.row(plain.best).cost.value

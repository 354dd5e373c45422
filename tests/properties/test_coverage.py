"""How often the limits hold what they claim to hold: worked out exactly from the chances of each count, or drawn where that is too long.

`pytest -s tests/properties/test_coverage.py` prints what each kind of limits reached. 95% limits of counts cannot hold exactly 95 of
100: a count moves in whole steps. So the mean is held to a band, and the worst case to what it is.
"""

from functools import cache

import numpy as np
import pytest
from scipy.stats import binom, poisson

from domain.forecast_methods import drift, log_linear, naive
from domain.net_share import net_share
from domain.statistics import count_limits, newcombe_difference, wilson_interval

SHARES = np.arange(0.01, 1, 0.01)
SIZES = (*range(5, 101), *range(110, 501, 30))
TRIALS = 1000


@cache
def share_limits(base, confidence):
    return np.array([wilson_interval(met, base, confidence=confidence) for met in range(base + 1)])


def held(limits, chances, truths):
    """How often limits hold each truth. Limits one row a count, chances a row a count and a column a truth."""
    inside = (limits[:, :1] <= truths) & (truths <= limits[:, 1:])
    return (inside * chances).sum(axis=0)


def say(what, reached):
    print(f"{what}: mean {np.mean(reached):.3f}, lowest {np.min(reached):.3f}")


@pytest.mark.parametrize(
    ("confidence", "mean", "lowest"), [(0.95, (0.945, 0.96), 0.83), (0.998, (0.99, 0.999), 0.92)]
)
def test_wilson_limits_hold_what_they_claim_on_average_and_seldom_far_less(confidence, mean, lowest):
    reached = np.array(
        [
            held(
                share_limits(base, confidence), binom.pmf(np.arange(base + 1)[:, None], base, SHARES), SHARES
            )
            for base in SIZES
        ]
    )
    say(f"Wilson {confidence:.1%}, of 5 to 500", reached)
    assert mean[0] <= reached.mean() <= mean[1]
    assert reached.min() >= lowest
    # Not only on average over all shares: no size is far off.
    assert reached.mean(axis=1).min() >= mean[0] - 0.01


@pytest.mark.parametrize("sizes", [(5, 5), (5, 40), (10, 10), (10, 30), (30, 30), (15, 80), (80, 80)])
def test_newcombe_limits_hold_what_they_claim(sizes):
    first, second = (np.arange(size + 1) for size in sizes)
    found = [[newcombe_difference(int(a), sizes[0], int(b), sizes[1]) for b in second] for a in first]
    low, high = (np.array([[getattr(one, end) for one in row] for row in found]) for end in ("low", "high"))
    reached = []
    for share in (0.02, *np.arange(0.05, 1, 0.1), 0.98):
        for other in (0.02, *np.arange(0.05, 1, 0.1), 0.98):
            chances = np.outer(binom.pmf(first, sizes[0], share), binom.pmf(second, sizes[1], other))
            reached.append((chances * ((low <= share - other) & (share - other <= high))).sum())
    say(f"Newcombe 95%, {sizes[0]} and {sizes[1]}", reached)
    assert 0.945 <= np.mean(reached) <= 0.97
    assert np.min(reached) >= 0.895


def test_limits_of_counts_hold_what_they_claim():
    means = np.concatenate([np.arange(0.1, 30, 0.1), np.arange(30, 400, 2.5)])
    counts = np.arange(601)
    limits = np.array([count_limits(int(count)) for count in counts])
    reached = held(limits, poisson.pmf(counts[:, None], means), means)
    say("Byar's and exact 95%, means 0.1 to 400", reached)
    assert 0.95 <= reached.mean() <= 0.98
    # The exact limits never hold less than they claim, Byar's by less than a thousandth.
    assert reached.min() >= 0.949


@pytest.mark.parametrize(("people", "mean", "lowest"), [(10, 0.72, 0.33), (30, 0.86, 0.75), (92, 0.92, 0.86)])
def test_limits_of_net_agreement_are_short_of_their_claim_where_few_answered(people, mean, lowest):
    reached = []
    for positive, negative in ((0.85, 0.07), (0.6, 0.2), (0.45, 0.45), (0.3, 0.3), (0.95, 0.02)):
        answers = np.random.default_rng(people).multinomial(
            people, (positive, negative, 1 - positive - negative), TRIALS
        )
        found = [net_share(int(a), int(b), people) for a, b, _ in answers]
        reached.append(np.mean([one.low <= positive - negative <= one.high for one in found]))
    say(f"Net agreement 95%, {people} answers", reached)
    assert mean <= np.mean(reached) <= 0.97
    assert np.min(reached) >= lowest


def ahead(method, histories):
    """How often the 95% limits of the next value, and normal ones with the same error, hold what came."""
    return np.mean(
        [step.low_95 <= row[-1] <= step.high_95 for row in histories for step in method(row[:-1].tolist(), 1)]
    )


@pytest.mark.parametrize("periods", [4, 5, 7])
@pytest.mark.parametrize("method", [naive, drift])
def test_limits_of_a_random_walk_hold_what_they_claim(method, periods):
    rises = 1.0 if method is drift else 0.0
    reached = ahead(
        method,
        500 + np.cumsum(np.random.default_rng(periods).normal(rises, 9, (TRIALS, periods + 1)), axis=1),
    )
    say(f"{method.__name__} 95%, {periods} periods", [reached])
    assert 0.91 <= reached <= 0.985


@pytest.mark.parametrize(("periods", "size", "least"), [(12, None, 0.93), (24, None, 0.93), (24, 4, 0.9)])
def test_limits_of_small_growing_counts_hold_what_they_claim(periods, size, least):
    draws = np.random.default_rng(periods)
    means = np.exp(1.2 + 0.02 * np.arange(periods + 1)) * np.ones((TRIALS, 1))
    if size is not None:
        means = draws.gamma(size, means / size)
    reached = ahead(log_linear, draws.poisson(means))
    say(f"log-linear 95%, {periods} periods, size {size}", [reached])
    assert least <= reached <= 0.995

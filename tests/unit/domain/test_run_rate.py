"""Where a steady rate leads, against the distribution it comes from and against its own counterpart."""

import math

import pytest
from scipy.stats import nbinom

from domain.run_rate import cases_by_then, months_until


@pytest.mark.parametrize(("count", "months", "ahead"), [(240, 12, 3), (10, 12, 12), (325, 12, 1), (0, 6, 6)])
def test_the_range_is_that_of_the_negative_binomial(count: int, months: int, ahead: int) -> None:
    low, high = nbinom.ppf([0.025, 0.975], count + 0.5, months / (months + ahead))
    found = cases_by_then(count, months, ahead)
    assert (found.low, found.high) == (low, high)
    assert found.middle == pytest.approx(count * ahead / months)


def test_the_waiting_time_is_the_counterpart_of_the_count() -> None:
    # Within the latest time of the range, so many cases have come with the upper probability.
    latest = months_until(86, 327, 12).high
    whole = math.ceil(latest)
    assert nbinom.cdf(85, 327.5, 12 / (12 + whole)) <= 0.025
    assert nbinom.cdf(85, 327.5, 12 / (12 + latest)) == pytest.approx(0.025)


def test_few_cases_give_a_wide_range_and_none_give_no_end() -> None:
    wide, narrow = months_until(10, 10, 12), months_until(100, 100, 12)
    assert wide.middle == narrow.middle == 12
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)
    assert months_until(1, 0, 12).low == math.inf


def test_no_month_ahead_is_no_case() -> None:
    assert cases_by_then(240, 12, 0).high == 0


@pytest.mark.parametrize("wrong", [(0, 5, 12), (1, -1, 12), (1, 5, 0)])
def test_what_is_no_rate_is_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="No waiting time"):
        months_until(*wrong)

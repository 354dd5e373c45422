"""The middle half of a spread, against the standard library, which lists every case."""

import statistics
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from domain.quartiles import middle_half


@given(st.lists(st.integers(0, 400), min_size=2, max_size=60))
def test_it_is_what_the_standard_library_finds(days: list[int]) -> None:
    low, _, high = statistics.quantiles(days, n=4, method="inclusive")
    assert middle_half(Counter(days)) == (low, high)


def test_one_case_and_none() -> None:
    assert middle_half({12: 1, 40: 0}) == (12.0, 12.0)
    assert middle_half({}) is None
    assert middle_half({3: 0}) is None

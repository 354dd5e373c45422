"""How far to green: the number said is the smallest that would have done, by every operator and on every boundary."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.how_far import cases_to_green
from domain.status import Operator


@pytest.mark.parametrize(
    ("met", "base", "operator", "target", "cases"),
    [
        (3, 5, ">=", "1", 2),
        (5, 5, ">=", "1", 0),
        (89, 100, ">=", "0.90", 1),
        (90, 100, ">=", "0.90", 0),
        (90, 100, ">", "0.90", 1),
        (10, 100, "<", "0.10", 1),
        (9, 100, "<", "0.10", 0),
        (5, 100, "<=", "0.05", 0),
        (6, 100, "<=", "0.05", 1),
        (1, 3, "<=", "0", 1),
        # Of three cases none can be below nothing, and none above all.
        (1, 3, "<", "0", None),
        (3, 3, ">", "1", None),
        (0, 0, ">=", "1", None),
    ],
)
def test_so_many_cases_more_or_fewer_would_have_been_green(
    met: int, base: int, operator: str, target: str, cases: int | None
) -> None:
    assert cases_to_green(met, base, operator, Fraction(target)) == cases


@given(st.data(), st.integers(1, 60), st.sampled_from(list(Operator)), st.integers(0, 40))
def test_it_is_the_smallest_number_that_would_do(
    data: st.DataObject, base: int, operator: Operator, fortieths: int
) -> None:
    met, target = data.draw(st.integers(0, base)), Fraction(fortieths, 40)
    better = range(met, base + 1) if operator.higher_is_better else range(met, -1, -1)
    tried = next((n for n, m in enumerate(better) if operator.holds(Fraction(m, base), target)), None)
    assert cases_to_green(met, base, operator, target) == tried

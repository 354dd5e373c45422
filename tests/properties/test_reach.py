"""What is said to be wanting to a status, or to spare in it, is what `judge` says of the figure so changed, and no step more or less."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.reach import reach
from domain.status import Operator, Status, judge

OPERATORS = st.sampled_from([operator.value for operator in Operator])
SHARES = st.decimals(Decimal("0"), Decimal("1"), places=3)
NUMBERS = st.decimals(Decimal("0"), Decimal("60"), places=1)
BASES = st.integers(1, 400)


def limits(operator: str, one: Decimal, other: Decimal | None) -> tuple[Decimal, Decimal | None]:
    """A target, and a tolerance on its worse side."""
    if other is None:
        return one, None
    low, high = sorted((one, other))
    return (high, low) if Operator(operator).higher_is_better else (low, high)


def status(met: int, base: int | None, operator: str, target: Decimal, tolerance: Decimal | None) -> Status:
    return judge(
        Fraction(met, base) if base else Fraction(met),
        target=target,
        operator=operator,
        tolerance=tolerance,
        base=base,
        minimum_base=1,
        unit="share" if base else "number",
    ).status


def check(met: int, base: int | None, operator: str, target: Decimal, tolerance: Decimal | None) -> None:
    found = reach(met, base, target=target, operator=operator, tolerance=tolerance)
    better = 1 if Operator(operator).higher_is_better else -1
    now = status(met, base, operator, target, tolerance)
    # Every whole number that the figure could be, in the order from here to better, and from here to worse.
    top = base if base is not None else 200
    up = list(range(met + 1, top + 1)) if better > 0 else list(range(met - 1, -1, -1))
    down = list(range(met - 1, -1, -1)) if better > 0 else list(range(met + 1, top + 1))

    def steps(numbers: list[int], *wanted: Status) -> int | None:
        places = (
            n
            for n, number in enumerate(numbers, 1)
            if status(number, base, operator, target, tolerance) in wanted
        )
        return next(places, None)

    if now is Status.GREEN:
        lost = steps(down, Status.AMBER, Status.RED)
        kept = len(down) if lost is None else lost - 1
        assert found.spare is not None
        assert found.spare == kept or (base is None and lost is None)
        assert (found.to_green, found.to_amber) == (None, None)
        return
    assert found.spare is None
    assert found.to_green == steps(up, Status.GREEN)
    amber = steps(up, Status.AMBER)
    assert found.to_amber == (amber if now is Status.RED else None)


@given(st.data(), BASES, OPERATORS, SHARES, st.none() | SHARES)
def test_of_a_share(
    data: st.DataObject, base: int, operator: str, one: Decimal, other: Decimal | None
) -> None:
    check(data.draw(st.integers(0, base)), base, operator, *limits(operator, one, other))


@given(st.integers(0, 90), OPERATORS, NUMBERS, st.none() | NUMBERS)
def test_of_a_number(met: int, operator: str, one: Decimal, other: Decimal | None) -> None:
    check(met, None, operator, *limits(operator, one, other))

"""Rounding half up on exact numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest

from domain.rounding import exact, half_up, percent


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (2.675, 2, "2.68"),
        (Decimal("89.95"), 1, "90.0"),
        (Fraction(1, 3), 4, "0.3333"),
        (7, 1, "7.0"),
        (-2.5, 0, "-3"),
        (-0.4, 0, "0"),
        (Decimal("12345678901234567890123456789012.5"), 0, "12345678901234567890123456789013"),
    ],
)
def test_half_goes_up_and_the_digits_are_kept(value, digits, expected):
    assert str(half_up(value, digits)) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_no_finite_number_is_refused(value):
    with pytest.raises(ValueError, match="is not a finite number"):
        half_up(value)


def test_negative_decimal_places_are_refused():
    with pytest.raises(ValueError, match="-1"):
        half_up(12, -1)


def test_a_float_is_the_decimal_it_prints_as():
    assert exact(0.1) + exact(0.2) == exact(0.3)


@pytest.mark.parametrize(
    ("met", "base", "digits", "expected"),
    [
        (387, 471, 0, "82"),
        (16, 508, 0, "3"),
        (16, 508, 1, "3.1"),
        (1, 200, 0, "1"),
        (0, 9, 0, "0"),
        (9, 9, 1, "100.0"),
    ],
)
def test_percent_is_exact(met, base, digits, expected):
    assert str(percent(met, base, digits)) == expected


@pytest.mark.parametrize("base", [0, -3])
def test_percent_needs_a_base(base):
    with pytest.raises(ValueError, match=f"1 out of {base}"):
        percent(1, base)

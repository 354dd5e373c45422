"""Rounding for display: half up, on exact numbers.

Python's own ``round`` goes to the even neighbour and works on binary fractions, so 0.5 becomes 0 and
2.675 becomes 2.67. A reader who checks a figure by hand expects 1 and 2.68. Rounding is for showing
only: figures are compared with their targets before it.
"""

from decimal import Decimal
from fractions import Fraction

Number = int | float | Decimal | Fraction


def exact(value: Number) -> Fraction:
    """Turn a number into an exact fraction.

    Parameters
    ----------
    value : int, float, Decimal or Fraction
        A float is taken as the decimal that it prints as, so that 0.8 is four fifths.

    Returns
    -------
    Fraction

    Raises
    ------
    ValueError
        If the value is not a finite number.

    Examples
    --------
    >>> exact(0.8)
    Fraction(4, 5)
    """
    try:
        return Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{value} is not a finite number.") from error


def half_up(value: Number, digits: int = 0) -> Decimal:
    """Round half up; a half below zero goes away from zero, as in a spreadsheet.

    Parameters
    ----------
    value : int, float, Decimal or Fraction
    digits : int
        Decimal places to keep, 0 or more.

    Returns
    -------
    Decimal
        With exactly ``digits`` decimal places.

    Raises
    ------
    ValueError
        If the value is not finite or ``digits`` is below zero.

    Examples
    --------
    >>> half_up(2.675, 2)
    Decimal('2.68')
    >>> half_up(Fraction(-5, 2))
    Decimal('-3')
    """
    if digits < 0:
        raise ValueError(f"Decimal places cannot be below zero: {digits}.")
    number = exact(value)
    size = int(abs(number) * 10**digits + Fraction(1, 2))
    # Built from text because arithmetic on Decimal would round to 28 figures.
    return Decimal(f"{size if number > 0 else -size}E-{digits}")


def percent(met: int, base: int, digits: int = 0) -> Decimal:
    """Give ``met`` out of ``base`` as a percentage, rounded half up from the two whole numbers.

    Parameters
    ----------
    met, base : int
        Counts; a base above zero.
    digits : int
        Decimal places to keep.

    Returns
    -------
    Decimal
        On the scale 0 to 100.

    Raises
    ------
    ValueError
        If the base is not above zero.

    Examples
    --------
    >>> percent(387, 471)
    Decimal('82')
    >>> percent(1, 8, 1)
    Decimal('12.5')
    """
    if base <= 0:
        raise ValueError(f"There is no percentage of {met} out of {base}.")
    return half_up(Fraction(100 * met, base), digits)

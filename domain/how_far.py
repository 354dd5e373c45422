"""How far a status is from green: how many cases more, or fewer, would have met the target out of the same cases."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from domain.rounding import Number, exact
from domain.status import Operator


def cases_to_green(met: int, base: int, operator: str, target: Number) -> int | None:
    """How many cases would have to stand otherwise for a share to meet its target, its base being the same.

    Parameters
    ----------
    met, base : counts, ``0 <= met <= base``. operator : one of ``>= > <= <``. target : a share, 0 to 1.

    Returns
    -------
    int or None
        More cases met where higher is better, fewer where lower is; nought for one that is green. None where no number would do,
        or there is no case.

    Examples
    --------
    >>> cases_to_green(3, 5, ">=", 1), cases_to_green(2, 20, "<", 0.10), cases_to_green(2, 20, "<=", 0.10)
    (2, 1, 0)
    """
    held = Operator(operator)
    if base < 1:
        return None
    wanted = wanted_count(held, exact(target) * base)
    if not 0 <= wanted <= base:
        return None
    return max(wanted - met, 0) if held.higher_is_better else max(met - wanted, 0)


def wanted_count(operator: Operator, limit: Fraction) -> int:
    """The whole number nearest to a limit that still meets it.

    >>> wanted_count(Operator.AT_LEAST, Fraction(5, 2)), wanted_count(Operator.BELOW, Fraction(2))
    (3, 1)
    """
    if operator is Operator.AT_LEAST:
        return ceil(limit)
    if operator is Operator.ABOVE:
        return floor(limit) + 1
    return floor(limit) if operator is Operator.AT_MOST else ceil(limit) - 1

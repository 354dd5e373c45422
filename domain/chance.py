"""How surprising it is that some of many groups stand apart: a guard against reading a league table into chance."""

import math


def chance_of_as_many(found: int, of: int, share: float) -> float:
    """Chance that at least so many of a number of groups stand apart when each does with the same probability.

    Parameters
    ----------
    found, of : whole groups, 0 <= found <= of.
    share : the probability for each, 0 to 1.

    Returns
    -------
    float
        The upper tail of the binomial distribution, 0 to 1.

    References
    ----------
    Essex Trailblazers checks, E22: 1 of 14 districts outside 95% limits is expected in 51% of cases.

    Examples
    --------
    >>> round(chance_of_as_many(1, 14, 0.05), 2)
    0.51
    """
    return sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(found, of + 1))

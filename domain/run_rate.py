"""How a steady rate goes on: when a number of cases is reached, and how many more there are by a date, each with its range.

Cases are taken to come evenly, as Poisson events: a season or a change in the service makes the ranges too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a rate leads to: the plain continuation, and the range that covers chance in the past and in what is to come."""

    middle: float
    low: float
    high: float


def months_until(remaining: int, count: int, months: int, *, confidence: float = 0.95) -> Ahead:
    """Months until so many more cases have come, at the rate of the months before.

    Parameters
    ----------
    remaining : cases still to come, 1 or more.
    count, months : how many cases came in how many months (1 or more).

    Returns
    -------
    Ahead
        In months; ``inf`` where no case came at all.

    Raises
    ------
    ValueError
        If a number is outside its limits.

    Notes
    -----
    The waiting time for the R-th event, where the rate itself is known only from c events in m months, is
    m U / (1 - U) with U from the beta distribution with parameters R and c + 1/2 (Jeffreys' prior for a Poisson rate).

    Examples
    --------
    >>> ahead = months_until(100, 240, 12)
    >>> f"{ahead.middle:.1f}, {ahead.low:.1f} to {ahead.high:.1f}"
    '5.0, 3.9 to 6.3'
    """
    if remaining < 1 or count < 0 or months < 1:
        raise ValueError(f"No waiting time for {remaining} cases after {count} in {months} months.")
    if count == 0:
        return Ahead(inf, inf, inf)
    # Loaded here because it takes a third of a second, and only a rate that goes on needs it.
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    low, high = (float(betaincinv(remaining, count + 0.5, edge)) for edge in (tail, 1 - tail))
    return Ahead(remaining * months / count, months * low / (1 - low), months * high / (1 - high))


def cases_by_then(count: int, months: int, ahead: int, *, confidence: float = 0.95) -> Ahead:
    """How many more cases come in the months ahead, at the rate of the months before.

    Parameters
    ----------
    count, months : how many cases came in how many months (1 or more).
    ahead : months to come, 0 or more.

    Returns
    -------
    Ahead
        In cases. The range is the counterpart of `months_until`: the negative binomial distribution that follows from
        the same prior.

    Raises
    ------
    ValueError
        If a number is outside its limits.

    Examples
    --------
    >>> more = cases_by_then(240, 12, 3)
    >>> f"{more.middle:.0f}, {more.low:.0f} to {more.high:.0f}"
    '60, 44 to 78'
    """
    if count < 0 or months < 1 or ahead < 0:
        raise ValueError(f"No count for {ahead} months after {count} in {months} months.")
    if ahead == 0:
        return Ahead(0, 0, 0)
    tail = (1 - confidence) / 2
    return Ahead(
        count * ahead / months,
        _quantile(tail, count, months, ahead),
        _quantile(1 - tail, count, months, ahead),
    )


def _quantile(wanted: float, count: int, months: int, ahead: int) -> int:
    """The smallest number of cases that is not passed with the wanted probability."""
    from scipy.special import betainc

    share = ahead / (ahead + months)

    def at_most(cases: int) -> float:
        return 1 - float(betainc(cases + 1, count + 0.5, share))

    above = 1
    while at_most(above) < wanted:
        above *= 2
    below = -1
    while above - below > 1:
        between = (above + below) // 2
        if at_most(between) < wanted:
            below = between
        else:
            above = between
    return above

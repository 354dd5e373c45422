"""How many cases of a month are still to come, learnt from how late those of earlier months were entered.

A triangle has a row for each month: how many of its cases were known after 0, 1, 2, ... months. A row ends where the data end, so that
the newest month has one number. Everything here is pure arithmetic on such rows; `domain.late_entry` says whose rows they are.

Sources: Lawless (1994), Canadian Journal of Statistics 22; the factors are those of the chain ladder (Mack 1993, ASTIN Bulletin 23).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, floor, lgamma, log, sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Rows = Sequence[Sequence[int]]
"""Cases known after 0, 1, 2, ... months, a row a month; what is not known yet is left off at the end."""

FEWEST_ROWS: Final = 4
"""With fewer months nothing is said: their delays say too little."""
TOO_EARLY: Final = 0.5
"""A month of which less than this share is thought to be known is too early to say anything about."""
_CONFIDENCE: Final = 0.95
_DRAWS: Final = 4_000
_SEED: Final = 20_181_031
"""The same data give the same range, whoever looks and however often."""
_PRIOR: Final = 0.5
"""Jeffreys' prior of a share: with it the range allows for a delay that has not been seen yet."""


@dataclass(frozen=True, slots=True)
class Range:
    """What a month is thought to come to: the expected number, and the limits of its 95% range, in whole cases."""

    expected: float
    low: int
    high: int


def columns_of(rows: Rows) -> int:
    """How many numbers the longest row has."""
    return max((len(row) for row in rows), default=0)


def factors(rows: Rows) -> tuple[float, ...]:
    """By how much the cases known grow from each month after the referral to the next, over the rows that have both.

    Returns
    -------
    tuple of float
        One fewer than there are columns; 1 where there was nothing to grow from.

    Examples
    --------
    >>> [round(f, 6) for f in factors([[20, 28, 30, 31], [24, 33, 36], [22, 30], [23]])]
    [1.378788, 1.081967, 1.033333]
    """
    found = []
    for at in range(columns_of(rows) - 1):
        both = [(row[at], row[at + 1]) for row in rows if len(row) > at + 1]
        before, after = sum(one for one, _ in both), sum(other for _, other in both)
        found.append(after / before if before else 1.0)
    return tuple(found)


def completeness(rows: Rows) -> tuple[float, ...]:
    """Which share of a month's cases is known after 0, 1, 2, ... months; 1 in the last column, by which all are taken to be in.

    Examples
    --------
    >>> [round(f, 6) for f in completeness([[20, 28, 30, 31], [24, 33, 36], [22, 30], [23]])]
    [0.648706, 0.894428, 0.967742, 1.0]
    """
    share, found = 1.0, [1.0]
    for factor in reversed(factors(rows)):
        share /= factor
        found.append(share)
    return tuple(reversed(found)) if columns_of(rows) else ()


def hazards(rows: Rows) -> tuple[float, ...]:
    """Of the cases known after 1, 2, ... months, the share that came in the last of them (the same estimate, told backwards).

    Examples
    --------
    >>> [round(h, 6) for h in hazards([[20, 28, 30, 31], [24, 33, 36], [22, 30], [23]])]
    [0.274725, 0.075758, 0.032258]
    """
    return tuple(came / known if known else 0.0 for came, known in _came(rows))


def _came(rows: Rows) -> list[tuple[int, int]]:
    """For 1, 2, ... months: the cases that came in that month, and all that were known after it."""
    return [
        (sum(row[at] - row[at - 1] for row in rows if len(row) > at), sum(row[at] for row in rows if len(row) > at))
        for at in range(1, columns_of(rows))
    ]  # fmt: skip


def plain_range(known: int, share: float, *, confidence: float = _CONFIDENCE) -> Range:
    """What a month comes to when the share known is taken as certain: too narrow while it rests on few months.

    Parameters
    ----------
    known : cases known, above 0.
    share : the share of the month's cases that is known, above 0 and at most 1.

    Raises
    ------
    ValueError
        For other values.

    Notes
    -----
    The cases not known yet follow a negative binomial distribution with r = ``known`` and p = ``share``; the limits are its quantiles.

    Examples
    --------
    >>> plain_range(30, 0.894428)  # doctest: +ELLIPSIS
    Range(expected=33.5409..., low=30, high=38)
    """
    if known <= 0 or not 0 < share <= 1:
        raise ValueError(
            f"{known} cases, {share} of all: one must be above 0, the other above 0 and at most 1."
        )
    tail = (1 - confidence) / 2
    return Range(known / share, *(known + _unreported(known, share, at) for at in (tail, 1 - tail)))


def _unreported(known: int, share: float, at: float) -> int:
    """The quantile of a negative binomial distribution, added up from where it begins to hold anything."""
    if share == 1:
        return 0
    mean, spread = known * (1 - share) / share, sqrt(known * (1 - share)) / share
    number, reached = max(0, floor(mean - 12 * spread)), 0.0
    while True:
        steps = lgamma(known + number) - lgamma(known) - lgamma(number + 1)
        reached += exp(steps + known * log(share) + number * log(1 - share))
        # The sum of very many small parts may end a hair under 1.
        if reached >= at or number > mean + 40 * spread + 40:
            return number
        number += 1


def drawn_completeness(rows: Rows, *, draws: int = _DRAWS, seed: int = _SEED) -> NDArray[np.float64]:
    """Shares known after 0, 1, 2, ... months as they might as well be, given so few months: a row a draw.

    Each month's share of late-comers is drawn from what the triangle says of it (a beta distribution), so that a short history gives a
    wide range. The same rows give the same draws.
    """
    import numpy as np

    random = np.random.default_rng(seed)
    found = np.ones((draws, columns_of(rows)))
    for at, (came, known) in reversed(list(enumerate(_came(rows)))):
        late = random.beta(came + _PRIOR, known - came + _PRIOR, size=draws)
        found[:, at] = found[:, at + 1] * (1 - late)
    return found


def predicted(known: Mapping[int, int], rows: Rows, *, confidence: float = _CONFIDENCE) -> Range:
    """What a month comes to, with a range that allows for chance and for how few months the delays are learnt from.

    Parameters
    ----------
    known : cases known, by how many months after the referral they are known; several where providers reach differently far.
    rows : the triangle.

    Returns
    -------
    Range
        Its expected number is the known ones over the share known; its limits are quantiles of draws with a fixed seed.

    Raises
    ------
    ValueError
        When nothing is known of the month, or it is older than any row, without a number of its own.
    """
    import numpy as np

    if sum(known.values()) <= 0:
        raise ValueError("nothing is known of the month yet, so that nothing can be said of the rest")
    shares, last = completeness(rows), columns_of(rows) - 1
    drawn = drawn_completeness(rows)
    random = np.random.default_rng(_SEED + 1)
    unreported = np.zeros(len(drawn), dtype=np.int64)
    for after, cases in known.items():
        if cases and after < last:
            # A share drawn as 0 would leave no end to what is still to come.
            unreported += random.negative_binomial(cases, np.clip(drawn[:, after], 1e-6, 1))
    tail = (1 - confidence) / 2
    low, high = np.quantile(unreported, [tail, 1 - tail], method="inverted_cdf")
    total = sum(known.values())
    return Range(
        sum(cases / shares[min(after, last)] for after, cases in known.items()),
        total + int(low),
        total + int(high),
    )


def too_early(known: Mapping[int, int], rows: Rows) -> bool:
    """Whether nothing can be said of a month yet: none of its cases is known, or probably less than half of them."""
    total = sum(known.values())
    if not total:
        return True
    shares = completeness(rows)
    return total < TOO_EARLY * sum(
        cases / shares[min(after, len(shares) - 1)] for after, cases in known.items()
    )

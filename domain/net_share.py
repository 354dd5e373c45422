"""Net agreement of a question with grades: those who agree less those who disagree, out of all valid answers."""

from math import nan, sqrt
from statistics import NormalDist

from domain.statistics import Difference


def net_share(positive: int, negative: int, base: int, *, confidence: float = 0.95) -> Difference:
    """Share of positive answers less share of negative ones, of the same people.

    Parameters
    ----------
    positive, negative, base : int
        Answers in the top two and in the bottom two grades, and all valid answers; not applicable and blank are in none.

    Returns
    -------
    Difference
        From -1 to 1, its limits cut off there; ``nan`` throughout where there is no answer.

    Raises
    ------
    ValueError
        If a count is below zero or the two are more than the base.

    Notes
    -----
    Two shares of one multinomial: variance ``(p + q - (p - q)**2) / n``. `newcombe_difference` is for two groups of people.
    Its 95% limits hold fewer than 95 of 100 where few answered: 76 with 10 answers, 90 with 30, 93 with 92 (drawn, five
    mixes of answers). Where all are of one mind they have no width. Show none under 30 answers.

    Examples
    --------
    Norfolk 2024, one question: 78 agree, 6 disagree, 92 answered.

    >>> net = net_share(78, 6, 92)
    >>> f"{100 * net.value:.2f}, {100 * net.low:.2f} to {100 * net.high:.2f}"
    '78.26, 67.06 to 89.46'
    """
    if positive < 0 or negative < 0 or positive + negative > base:
        raise ValueError(f"{positive} positive and {negative} negative answers do not fit in {base}.")
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence lies between 0 and 1, not {confidence}.")
    if base == 0:
        return Difference(nan, nan, nan)
    for_it, against = positive / base, negative / base
    net = for_it - against
    width = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt((for_it + against - net**2) / base)
    return Difference(net, max(net - width, -1.0), min(net + width, 1.0))

"""How far a figure is from another status: how many of those it counts would have had to go the other way.

The base stays as it is: nothing is said of cases still to come. Counts are compared with the target as exact fractions, so that what is
said here and what `domain.status.judge` says of the figure so changed are the same; a property test holds that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from domain.disclosure import Figure
from domain.kpis import Kpi, wanted_of
from domain.measures import Average, Count, Rate, measure
from domain.periods import Period
from domain.rounding import Number, exact
from domain.settings import Target
from domain.status import Operator, Status, Verdict


@dataclass(frozen=True, slots=True)
class Reach:
    """What is wanting to a better status, or to spare in a green one; None where it cannot be reached or is not asked.

    Parameters
    ----------
    to_green, to_amber : how many more would have had to go well.
    spare : of a green figure, how many more could have gone badly and left it green.
    """

    to_green: int | None = None
    to_amber: int | None = None
    spare: int | None = None


def reach(
    met: int, base: int | None, *, target: Number, operator: str, tolerance: Number | None = None
) -> Reach:
    """How far a share, or a number, is from its target and tolerance.

    Parameters
    ----------
    met, base : of a share, with a base above 0; a number has no base (None) and no upper end.
    target, tolerance : in the unit of the share (0 to 1) or of the number, not rounded.

    Examples
    --------
    >>> reach(29, 37, target=0.8, operator=">=", tolerance=0.75)
    Reach(to_green=1, to_amber=None, spare=None)
    >>> reach(31, 37, target=0.8, operator=">=").spare
    1
    """
    way = Operator(operator)
    edge = _edge(way, exact(target), base)
    green = _wanting(way, met, base, edge)
    if green <= 0:
        # A lower-is-better share cannot grow beyond its base, nor a higher-is-better one fall below nought.
        room = met if way.higher_is_better else (base - met if base is not None else -green)
        return Reach(spare=min(-green, room))
    amber = None
    if tolerance is not None:
        bound = Operator.AT_LEAST if way.higher_is_better else Operator.AT_MOST
        amber = _possible(way, met, base, _wanting(way, met, base, _edge(bound, exact(tolerance), base)))
    to_green = _possible(way, met, base, green)
    return Reach(to_green, amber if amber and amber != to_green else None)


def _edge(way: Operator, limit: Fraction, base: int | None) -> int:
    """The last whole number of met that keeps the limit: the lowest where more is better, else the highest."""
    number = limit * (1 if base is None else base)
    match way:
        case Operator.AT_LEAST:
            return math.ceil(number)
        case Operator.ABOVE:
            return math.floor(number) + 1
        case Operator.AT_MOST:
            return math.floor(number)
        case Operator.BELOW:
            return math.ceil(number) - 1


def _wanting(way: Operator, met: int, base: int | None, edge: int) -> int:
    """How many steps from the edge, below 1 when it is kept."""
    return edge - met if way.higher_is_better else met - edge


def _possible(way: Operator, met: int, base: int | None, steps: int) -> int | None:
    if steps <= 0:
        return None
    room = met if not way.higher_is_better else steps if base is None else base - met
    return steps if steps <= room else None


def reach_in_words(
    kpi: Kpi, figure: Figure | None, target: Target | None, period: Period, verdict: Verdict
) -> str:
    """What is wanting or to spare, for a person: 'to reach green: 4 more in time'; blank where nothing can be said."""
    declared = measure(kpi.measure, kpi.service)
    judged = verdict.status in (Status.GREEN, Status.AMBER, Status.RED)
    wanted = wanted_of(kpi, target, period)
    if (
        not judged
        or figure is None
        or target is None
        or wanted is None
        or isinstance(declared, Average | Rate)
    ):
        return ""
    base = None if isinstance(declared, Count) else figure.base
    found = reach(figure.met, base, target=wanted[0], operator=target.operator, tolerance=wanted[1])
    better = Operator(target.operator).higher_is_better
    good, bad = ("more", "fewer") if better else ("fewer", "more")
    of = f" of the {base}" if base is not None else ""
    if declared.by_deadline and better:
        good, bad, of = "more in time", "more late", ""
    if verdict.status is Status.GREEN:
        return f"to stay green: {f'at most {found.spare}' if found.spare else 'not one'} {bad}{of}"
    steps = (("amber", found.to_amber), ("green", found.to_green))
    return "; ".join(f"to reach {colour}: {number} {good}{of}" for colour, number in steps if number)

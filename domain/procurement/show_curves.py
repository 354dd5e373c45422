"""Screens of what each way of paying costs by the number of cases, and at how many cases two of them cost the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, zip_longest
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.formats import NOTHING, counted, listed, number
from domain.pack import Chart, Form, Screen, Series, Takeaway
from domain.procurement.choosing import grid
from domain.procurement.even import Turn, cheapest, curve_of, turns
from domain.procurement.offers import Block, FixedAndExtra
from domain.procurement.prices import Pence, money
from domain.procurement.show_parts import base_of, chance, needs_screen, whole_pounds
from domain.procurement.simulate import Cost
from domain.procurement.work import Work
from domain.table import Cell, Table

ITEM: Final = "prices"
_WIDER: Final = 0.15
"""So much of the highest number the curves go on to both sides of the 95% limits."""
_SAID: Final = 3
"""So many stretches are named in the title; all stand in the table."""
_NONE_CROSS: Final = "No two ways of paying cost the same at any number of referrals looked at"
_ABOUT: Final = (
    "What a contract year costs at so many referrals, in the first year's prices and in the mix of past endings. Single years are never"
    " quite in that mix, so that near a crossing either may turn out cheaper."
)


def curve_screens(priced: Sequence[Cost], work: Work) -> tuple[Screen, ...]:
    """The curves, and where two of them cross; the second only for two ways of paying or more."""
    volumes = work.volumes
    low = min(volumes.limits(year)[0] for year in range(volumes.years))
    high = max(volumes.limits(year)[1] for year in range(volumes.years))
    edges = [one.offer.included for one in priced if isinstance(one.offer, FixedAndExtra)]
    edges += [upto for one in priced if isinstance(one.offer, Block) for upto, _ in one.offer.bands]
    # An N far outside of what may come would squeeze what may come into a corner.
    held = [edge for edge in edges if edge <= 2 * high]
    wide = round(high * _WIDER)
    first, last = max(min(low, *held, high) - wide, 1), max(high, *held, low) + wide
    last = max(last, first + 1)
    curves = [curve_of(one.offer, work, 2 * last) for one in priced]
    screens = [_curves(priced, work, curves, (first, last), held)]
    if len(priced) > 1:
        screens.append(_even(priced, work, curves))
    return tuple(screens)


def _curves(
    priced: Sequence[Cost], work: Work, curves: Sequence[Pence], span: tuple[int, int], edges: Sequence[int]
) -> Screen:
    first, last = span
    stretches = cheapest(curves, first, last)
    turning = {end for _, start, stop in stretches for end in (start, stop)}
    # A band ends with a step: the next case is a point too.
    steps = {edge + more for edge in edges for more in (0, 1)}
    likely = [min(max(edge, first), last) for edge in work.volumes.limits(0, 0.8)]
    points = sorted(n for n in {*grid(first, last), *turning, *steps, *likely} if first <= n <= last)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (n, *(money(int(curve[n])) for curve in curves), _names_at(priced, curves, n)) for n in points
    )
    takeaway = (
        _where_cheapest(priced, stretches, curves)
        if len(priced) > 1
        else _alone(priced[0], curves[0], likely)
    )
    series = [
        Series(one.name, tuple(whole_pounds(int(curve[n])) for n in points))
        for one, curve in zip(priced, curves, strict=True)
    ]
    for one, curve in zip(priced, curves, strict=True):
        if isinstance(one.offer, FixedAndExtra) and one.offer.included in points:
            n = one.offer.included
            at = tuple(whole_pounds(int(curve[n])) if p == n else None for p in points)
            series.append(Series(f"{number(n)} cases included", at))
    chart = Chart(
        Form.CURVES,
        tuple(number(n) for n in points),
        tuple(series),
        share=False,
        words=tuple(money(int(curves[0][n])) for n in points),
        alt=f"{takeaway.sentence} Cost of a contract year by its number of referrals: {_read_out(priced, curves, points)}.",
        unit="£",
    )
    headers = ("Referrals in a year", *(one.name for one in priced), "Cheapest")
    return needs_screen(
        ITEM,
        "prices_curves",
        takeaway,
        Table(headers, rows),
        chart=chart,
        base=base_of(work.volumes),
        about=_ABOUT,
    )


def _read_out(priced: Sequence[Cost], curves: Sequence[Pence], points: Sequence[int]) -> str:
    return "; ".join(
        f"{one.name} " + ", ".join(f"{money(int(curve[n]))} at {number(n)}" for n in points)
        for one, curve in zip(priced, curves, strict=True)
    )


def _names_at(priced: Sequence[Cost], curves: Sequence[Pence], cases: int) -> str:
    """The cheapest at so many cases: all of them where several cost the same."""
    least = min(int(curve[cases]) for curve in curves)
    return listed([one.name for one, curve in zip(priced, curves, strict=True) if int(curve[cases]) == least])


def _alike(priced: Sequence[Cost], curves: Sequence[Pence], place: int, span: tuple[int, int]) -> list[str]:
    """A way of paying, with those that cost the same as it from one number of cases to another."""
    first, last = span
    own = curves[place][first : last + 1]
    return [
        one.name
        for one, curve in zip(priced, curves, strict=True)
        if np.array_equal(curve[first : last + 1], own)
    ]


def _alone(one: Cost, curve: Pence, likely: Sequence[int]) -> Takeaway:
    """What the only way of paying costs where the first contract year is likely to lie: there is nothing to be cheaper than."""
    low, high = (f"{money(int(curve[n]))} at {counted(n, 'referral')}" for n in likely)
    return Takeaway(
        f"{one.name}: {low} a year, {high}", "Eight of ten first contract years lie between these two numbers"
    )


def _where_cheapest(
    priced: Sequence[Cost], stretches: Sequence[tuple[int, int, int]], curves: Sequence[Pence]
) -> Takeaway:
    """From where to where each is the cheapest."""
    start, stop = stretches[0][1], stretches[-1][2]
    if len(stretches) == 1:
        names = _alike(priced, curves, stretches[0][0], (start, stop))
        cheap = "are cheapest, at the same cost," if len(names) > 1 else "is cheapest"
        return Takeaway(f"{listed(names)} {cheap} from {number(start)} to {number(stop)} referrals a year")
    said = [
        f"{listed(_alike(priced, curves, place, (begins, ends)))}{'' if turn else ': cheapest'}"
        f" from {number(begins)} to {number(ends)}"
        for turn, (place, begins, ends) in enumerate(stretches[:_SAID])
    ]
    said[0] += " referrals a year"
    more = ", and so on as in the table" if len(stretches) > _SAID else ""
    return Takeaway(", ".join(said) + more)


def _even(priced: Sequence[Cost], work: Work, curves: Sequence[Pence]) -> Screen:
    """Each pair, the number of cases at which they cost the same, and how likely a year is to go beyond it."""
    highest = len(curves[0]) - 1
    rows: list[tuple[Cell, ...]] = []
    found: list[tuple[float, Takeaway]] = []
    for one, other in combinations(range(len(priced)), 2):
        crossed = turns(curves[one], curves[other], (one, other))
        if not crossed:
            rows.append(_never(priced, curves, (one, other)))
        for turn, following in zip_longest(crossed, crossed[1:]):
            draws = work.volumes.draws
            reached = draws >= turn.since
            beyond = float(np.mean(reached))
            cheaper = float(np.mean(reached & (draws <= following.last))) if following else beyond
            rows.append((*_crossing(priced, turn), chance(beyond), chance(cheaper)))
            said = Takeaway(
                f"{priced[one].name} and {priced[other].name} cost the same at {_same_at(turn)} referrals a year",
                _how_likely(priced[turn.after].name, turn, following, chance(cheaper)),
            )
            found.append((abs(beyond - 0.5), said))
    # The crossing that is least certain to lie on one side is the one that a choice turns on.
    takeaway = min(found, key=lambda one: one[0])[1] if found else Takeaway(_NONE_CROSS)
    headers = ("Two ways of paying", "The same at", "Cheaper below", "Up to", "Cheaper above", "From")
    return needs_screen(
        ITEM,
        "prices_even",
        takeaway,
        Table((*headers, "Chance that a year reaches it", "Chance that it is then the cheaper"), tuple(rows)),
        base=base_of(work.volumes),
        about=_ABOUT,
        notes=(
            f"Looked at from 1 to {number(highest)} referrals a year. Where no number stands under 'Up to', the way named under "
            "'Cheaper below' is never the dearer one of the two. 'Then the cheaper' ends where the two cross again.",
        ),
    )


def _how_likely(cheaper: str, turn: Turn, following: Turn | None, likely: str) -> str:
    """How likely a year is to be one in which the second way is the cheaper: until the two cross again, where they do."""
    since = number(turn.since)
    if following is None:
        return f"The chance that a year brings {since} or more, so that {cheaper} is cheaper, is {likely}"
    brings = since if turn.since == following.last else f"{since} to {number(following.last)}"
    return (
        f"The chance that a year brings {brings}, so that {cheaper} is cheaper, is {likely};"
        " with more they cross again"
    )


def _same_at(turn: Turn) -> str:
    """Where two cost the same: at a number, over a stretch, or between two numbers at which they never quite do."""
    between = turn.since - turn.last - 1
    if between > 1:
        return f"{number(turn.last + 1)} to {number(turn.since - 1)}"
    return number(turn.last + 1) if between else f"about {number(turn.since)}"


def _crossing(priced: Sequence[Cost], turn: Turn) -> tuple[Cell, ...]:
    before, after = priced[turn.before].name, priced[turn.after].name
    pair = f"{before} / {after}" if turn.before < turn.after else f"{after} / {before}"
    return pair, _same_at(turn), before, turn.last, after, turn.since


def _never(priced: Sequence[Cost], curves: Sequence[Pence], pair: tuple[int, int]) -> tuple[Cell, ...]:
    one, other = pair
    names = f"{priced[one].name} / {priced[other].name}"
    less = int(np.sign(curves[one][1:] - curves[other][1:]).sum())
    if not less:
        return names, "always", *(NOTHING,) * 6
    same = np.flatnonzero(curves[one][1:] == curves[other][1:]) + 1
    cheaper = priced[one if less < 0 else other].name
    return names, _touching(same) if len(same) else "never", cheaper, *(NOTHING,) * 5


def _touching(same: NDArray[np.int64]) -> str:
    """The numbers at which two ways cost the same though neither becomes the cheaper one there, in stretches.

    >>> _touching(np.array([3, 5, 6, 7]))
    'only at 3 and 5 to 7'
    """
    runs = np.split(same, np.flatnonzero(np.diff(same) > 1) + 1)
    said = [number(run[0]) if len(run) == 1 else f"{number(run[0])} to {number(run[-1])}" for run in runs]
    return f"only at {listed(said, _SAID)}"

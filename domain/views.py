"""What an audience that is not the commissioning team may ask for: a view of a cube. Everything else is withheld, with the reason.

Free filtering would let anybody take one figure from another: such an audience chooses one provider or one area, and whole quarters or
years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.cubes import ALL_TIME, EVERYWHERE, Place
from domain.dimensions import dimension
from domain.measures import Measure, Spread
from domain.periods import Period, months_between, next_month
from domain.quantities import supported
from domain.selection import Selection


class Withheld(Exception):
    """A view that cannot be shown to an audience; the message says why, and what can be asked for instead."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a question cuts its cube: by place, by time and by answers, and where it stands.

    `place` is the provider or area chosen; `by_place` 'provider', 'area' or blank; `by_time` a grouping by time or blank; `dims` the
    groupings by answers.
    """

    place: Place
    by_place: str
    by_time: str
    dims: tuple[str, ...]


def shape_of(asked: Measure, by: Sequence[str], selection: Selection) -> Shape:
    """How a question cuts its cube.

    Raises
    ------
    Withheld
        Where it cuts finer than an audience may see.
    """
    if not supported(asked):
        raise Withheld(
            "This figure does not add up by area and time, so that it can be shown to the commissioning team only."
        )
    wanted = selection.wanted()
    providers = dict.fromkeys((*selection.providers, *wanted.pop("provider", ())))
    areas = dict.fromkeys((*selection.areas, *wanted.pop("area", ())))
    if wanted:
        named = ", ".join(dimension(key).label.lower() for key in wanted)
        raise Withheld(f"Figures limited by {named} are for the commissioning team only.")
    by_place = [key for key in by if key in ("provider", "area")]
    by_time = [key for key in by if dimension(key).timed]
    places = [*(("provider", key) for key in providers), *(("area", key) for key in areas)]
    if len(places) > 1 or len({*by_place, *(kind for kind, _ in places)}) > 1:
        raise Withheld(
            "Choose one provider or one area, or all: more at once would tell small numbers apart."
        )
    if len(by_time) > 1:
        raise Withheld("By two spans of time at once figures are for the commissioning team only.")
    if "area" in {*by_place, *(kind for kind, _ in places)} and (by_time or selection.timed):
        raise Withheld(
            "By area all dates are shown together: the cases of one area in a quarter are too few."
        )
    dims = tuple(key for key in by if key not in (*by_place, *by_time))
    if isinstance(asked, Spread) and any(dimension(key).whole for key in dims):
        raise Withheld("Single values are for the commissioning team only.")
    if by_time == ["month"] and (by_place or places or dims):
        raise Withheld("Month by month only the figure of everything can be shown; choose quarters.")
    return Shape(
        places[0] if places else EVERYWHERE,
        by_place[0] if by_place else "",
        by_time[0] if by_time else "",
        dims,
    )


def span_of(
    first: int | None, last: int | None, quarters: Sequence[str], reach: tuple[int, int] | None
) -> str:
    """The span that some months are, as a cube calls it.

    Parameters
    ----------
    first, last : the months chosen; None leaves that side open.
    quarters : keys of all quarters with figures, in order. reach : the first and last month of the returns; what lies outside is empty.

    Raises
    ------
    Withheld
        Where they are no whole quarters, or no span that can be asked for.
    """
    if first is None and last is None:
        return ALL_TIME
    chosen = []
    for key in quarters:
        months = Period.parse(key).months
        filled = [m for m in months if reach is None or reach[0] <= m <= reach[1]] or list(months)
        inside = [m for m in filled if (first is None or first <= m) and (last is None or m <= last)]
        if inside and len(inside) < len(filled):
            raise Withheld(
                "Choose whole quarters (from April, July, October or January): single months would tell small numbers apart."
            )
        chosen += [key] if inside else []
    if not chosen:
        return "nothing"
    return chosen[0] if len(chosen) == 1 else f"{chosen[0]} to {chosen[-1]}"


def quarters_in(grouping: str, key: str, quarters: Sequence[str]) -> list[str]:
    """The quarters that a quarter or a year holds, of those with figures."""
    if grouping == "quarter":
        return [key] if key in quarters else []
    first = int(key[:4]) * 100 + (4 if grouping == "financial_year" else 1)
    months = set(months_between(first, next_month(first, 11)))
    return [one for one in quarters if Period.parse(one).first_month in months]

"""How unevenly referrals come over a year, and how many cases are open at a time: what a service must be staffed for."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.forecasting import growth, live_cases
from domain.formats import month
from domain.periods import next_month
from domain.prediction import CHANCE
from domain.procurement.history import MONTHS_IN, History
from domain.procurement.volumes import FIRST_LIMIT, Stream, Volumes, chance_of
from domain.rounding import half_up

LEAST_YEARS: Final = 2
"""One year alone cannot tell the time of year from chance."""
MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Season:
    """One calendar month or quarter, over several years.

    Parameters
    ----------
    label : 'November', or 'Oct-Dec'. count : referrals in it, all years together.
    share : of a year, 0 to 1. low, high : its smallest and largest share in any of the years.
    """

    label: str
    count: float
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Peaks:
    """The shares of a year.

    Parameters
    ----------
    seasons : the calendar months or quarters, from the first of the contract year on; their shares add up to 1.
    months : how many months each has, 1 or 3. years : how many years they are learnt from; `span` the same in words.
    growth : from one year to the next, as a factor; it is taken out of the shares, or later months would look busier for it alone.
    chance : how often referrals that come evenly would look as uneven.
    """

    seasons: tuple[Season, ...]
    months: int
    years: int
    span: str
    growth: float
    chance: float

    @property
    def busiest(self) -> int:
        """The place of the one with the largest share; the first of several."""
        return max(range(len(self.seasons)), key=lambda place: self.seasons[place].share)

    @property
    def stands_out(self) -> bool:
        """Whether they differ by more than chance gives."""
        return self.chance < CHANCE


def peaks_of(history: History, starts: int) -> Peaks | None:
    """What each calendar month or quarter brings of a year, from complete years; None of fewer than two, or where its periods are years.

    Parameters
    ----------
    starts : the first month of the contract, as 202604, with whose calendar month or quarter the order begins.

    Notes
    -----
    The latest complete years are taken, each of twelve months in a row. Within a year the count of period `k` is divided by
    ``growth ** (k / periods)``, so that steady growth makes no period look busier.
    """
    season = history.season
    known = history.values
    years = len(known) // season if season > 1 else 0
    if years < LEAST_YEARS:
        return None
    first = len(known) - years * season
    counts = np.asarray(known[first:], dtype=np.float64).reshape(years, season)
    totals = counts.sum(axis=1)
    if not totals.all():
        return None
    rise = growth([float(one) for one in totals])
    pace = rise ** (np.arange(season) / season)
    each = counts / pace / (counts / pace).sum(axis=1, keepdims=True)
    shares = (counts / pace).sum(axis=0) / (counts / pace).sum()
    months = MONTHS_IN[history.grouping]
    at = [history.first_month(first + place) for place in range(season)]
    order = sorted(range(season), key=lambda place: (at[place] % 100 - starts % 100) % MONTHS)
    return Peaks(
        tuple(
            Season(
                _label(at[place], months),
                float(counts[:, place].sum()),
                float(shares[place]),
                float(each[:, place].min()),
                float(each[:, place].max()),
            )
            for place in order
        ),
        months,
        years,
        _span(history, first, len(known)),
        rise,
        _chance(counts.sum(axis=0), totals.sum() * pace / pace.sum()),
    )


def _chance(came: NDArray[np.float64], even: NDArray[np.float64]) -> float:
    """Chi-square of what came against what an even year with the same growth would have brought."""
    from scipy.stats import chi2

    return float(chi2.sf(((came - even) ** 2 / even).sum(), len(came) - 1))


def _label(month: int, months: int) -> str:
    """A calendar month or quarter in words.

    >>> _label(202411, 1), _label(202410, 3)
    ('November', 'Oct-Dec')
    """
    number = month % 100
    if months == 1:
        return calendar.month_name[number]
    return f"{calendar.month_abbr[number]}-{calendar.month_abbr[(number + months - 2) % MONTHS + 1]}"


def _span(history: History, first: int, end: int) -> str:
    """The first and last month of some periods: 'Jan 2021 to Dec 2024'."""
    return f"{month(history.first_month(first))} to {month(next_month(history.first_month(end), -1))}"


@dataclass(frozen=True, slots=True)
class Range:
    """An expected number and what holds 95 of 100."""

    value: float
    low: int
    high: int


def arrivals(volumes: Volumes, year: int, share: float) -> Range:
    """Referrals in a part of a contract year: the chance in the year's number, and that of which fall into the part.

    Parameters
    ----------
    share : of the year, 0 to 1.
    """
    random = chance_of(Stream.TIME_OF_YEAR, year)
    return _range(volumes.middle[year] * share, random.binomial(volumes.draws[:, year], share))


def open_cases(
    volumes: Volumes, year: int, share: float, months: int, mean_days: float, *, error: float = 0.0
) -> Range:
    """Cases open at a time in a part of a contract year of so many months, as if it went on like it (Little's law).

    On a single day chance alone makes it more or fewer: open cases are Poisson about their mean where cases come by chance and none
    waits for another.

    Parameters
    ----------
    error : the standard error of `mean_days`; 0 where it is an assumption.
    """
    random = chance_of(Stream.TIME_OF_YEAR, year)
    days = random.normal(mean_days, error, len(volumes.draws)).clip(min=0)
    a_day = live_cases(share / months, 1)
    return _range(
        volumes.middle[year] * a_day * mean_days, random.poisson(volumes.draws[:, year] * a_day * days)
    )


def whole(value: float) -> int:
    """A number as it is shown: half up, without decimals.

    >>> whole(68.5), whole(68.3039)
    (69, 68)
    """
    return int(half_up(value))


def _range(value: float, drawn: NDArray[np.int64]) -> Range:
    tail = (1 - FIRST_LIMIT) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], method="inverted_cdf")
    return Range(value, int(low), int(high))

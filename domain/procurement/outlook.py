"""A history carried forward over the years of a contract: by which method, how that method did on years of the past, or why not at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Final

import numpy as np

from domain.forecast_limits import stretch_of
from domain.forecast_methods import Numbers, Step
from domain.forecasting import (
    FURTHEST,
    ORIGINS,
    Forecast,
    Method,
    beyond,
    forecast,
    least_training,
)
from domain.formats import number
from domain.late_entry import months_apart
from domain.paths import misses_of_sums, values_of
from domain.periods import month_end, month_start, next_month
from domain.procurement.history import MONTHS_IN, History
from domain.procurement.offer_checks import MOST_CASES

LEAST: Final = 3
"""Fewer periods carry nothing forward."""
LEAST_TRIALS: Final = 4
"""A year is called tried where so many earlier ones were carried forward as far, and they began in every season."""
FURTHEST_START: Final = 60
"""Months from the end of the history to the start of a contract that anything is said of."""
YEAR: Final = 12
_TRIAL_DRAWS: Final = 2_000


@dataclass(frozen=True, slots=True)
class YearTrial:
    """Years of the past, each as far ahead as one contract year lies and carried forward from what was known then.

    Parameters
    ----------
    of : how many; they overlap. held_80, held_95 : how many lay inside the limits as the method alone gives them.
    missed : by how many cases they were missed, on average. came : how many cases such a year had, on average.
    stretch : how many times as wide the limits must be to have held what they claim.
    """

    of: int
    held_80: int
    held_95: int
    missed: float
    came: float
    stretch: float


@dataclass(frozen=True, slots=True)
class ContractYear:
    """One contract year of an outlook.

    Parameters
    ----------
    nearest, furthest : how many periods ahead of the history its first and last one lie, from 1.
    shares : of each period to come, how much of its months lie in the year, 0 to 1.
    trial : how years as far ahead were met; None where the history is too short to try. stretch : how many times as wide as the method's
        own its limits are made.
    """

    nearest: int
    furthest: int
    shares: tuple[float, ...]
    trial: YearTrial | None
    stretch: float

    @property
    def weights(self) -> Numbers:
        """How much of the miss of each period is in the year.

        Of a part of a period it is the root of the part: a third of a quarter's cases vary more against their number than all of them do,
        and a third of the quarter's miss would make the limits too narrow.
        """
        return np.asarray(np.sqrt(np.array(self.shares)))


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """A history carried forward to the end of a contract.

    Parameters
    ----------
    forecast : one step for each period to the end of the last contract year; None where `why_not` says why.
    starts : the first month of the contract. years : how many contract years. ahead : those years, empty without a forecast.
    """

    history: History
    forecast: Forecast | None
    why_not: str
    starts: int
    years: int
    ahead: tuple[ContractYear, ...] = ()

    @property
    def validated(self) -> bool:
        """Whether the method was tried on the past, as far ahead as the last contract year lies."""
        tried = bool(self.ahead) and all(one.trial is not None for one in self.ahead)
        return self.forecast is not None and self.forecast.validated and tried


@lru_cache(maxsize=64)
def outlook_of(history: History, starts: int, years: int) -> Outlook:
    """Carry a history forward over so many contract years.

    Parameters
    ----------
    starts : the first month of the contract, as 202604. years : 1 or more.

    Notes
    -----
    A contract year is a sum over months: a period that lies partly in it counts by its share of months. The back-test of a method looks one
    to four periods ahead (`domain.forecasting`), and a contract year lies further, so the method that was chosen is tried again on whole
    years of the past, as far ahead as each contract year lies. A year is called tried only with `LEAST_TRIALS` such years or more,
    beginning in every season; otherwise it is a scenario that was not validated, as far ahead as nobody tried. The limits of a year that
    was tried are widened until they would have held what they claim; those of one that was not as much as those of single periods, or of
    the year before it, and the more the further it lies (`domain.forecasting.beyond`). No year is surer than an earlier one.

    Examples
    --------
    >>> found = outlook_of(History("financial_year", 202004, (195, 271, 429, 598, 636)), 202504, 3)
    >>> found.forecast.label, [(one.nearest, one.furthest) for one in found.ahead]
    ('scenario, not validated', [(1, 1), (2, 2), (3, 3)])
    """
    if why_not := _why_not(history, starts, years):
        return Outlook(history, None, why_not, starts, years)
    width, gap = MONTHS_IN[history.grouping], months_apart(history.next_first, starts)
    periods = ceil((gap + YEAR * years) / width)
    found = forecast(history.values, periods, season=history.season)
    values = np.array([step.value for step in found.steps])
    ahead: list[ContractYear] = []
    wide, stretch, reach = 0.0, found.stretch, FURTHEST if found.validated else 1
    # The year that begins at once is looked at too: a contract that begins later is no surer than it.
    firsts = (*((0,) if gap else ()), *(gap + YEAR * year for year in range(years)))
    for first in firsts:
        shares = _shares(first, width)
        trial = _trial(history, found.method, shares) if found.validated else None
        alone = _width(history, found.method, shares)
        if trial and first >= gap:
            stretch, reach = trial.stretch, max(reach, len(shares))
        more = stretch * beyond(found.method, len(shares), reach)
        used = trial.stretch if trial else more
        used = max(used, wide / alone) if alone else used
        wide = used * alone
        if first < gap:
            continue
        if float(values[: len(shares)] @ np.array(shares)) + wide > MOST_CASES:
            said = f"Carried so far ahead, a year may bring more than {number(MOST_CASES)} referrals: nothing useful can be said of it"
            return Outlook(history, None, said, starts, years)
        padded = (*shares, *(0.0 for _ in range(periods - len(shares))))
        nearest = next(place for place, share in enumerate(shares, 1) if share)
        ahead.append(ContractYear(nearest, len(shares), padded, trial, used))
    return Outlook(history, found, "", starts, years, tuple(ahead))


def _width(history: History, method: Method, shares: tuple[float, ...]) -> float:
    """How far above what is expected the 95% limit of such a year lies, as the method alone gives it."""
    weights = np.sqrt(np.array(shares))[:, None]
    misses = misses_of_sums(history.values, method, weights, season=history.season, draws=_TRIAL_DRAWS)
    return float(np.quantile(misses[:, 0], 0.975))


def _why_not(history: History, starts: int, years: int) -> str:
    """Why nothing is carried forward, as a sentence without a full stop; blank where something is."""
    if years < 1:
        raise ValueError(f"A contract has one year or more, not {years}.")
    if len(history.values) < LEAST:
        named = {"month": "month", "quarter": "quarter", "financial_year": "year"}[history.grouping]
        held = len(history.values)
        there = f"there {'is' if held == 1 else 'are'} {held or 'none'}"
        why = f"Carrying demand forward takes {LEAST} complete {named}s or more, and {there}"
        return ". ".join((why, *history.left_out[:1]))
    gap = months_apart(history.next_first, starts)
    ends = f"{month_end(next_month(history.next_first, -1)):%b %Y}"
    begins = f"{month_start(starts):%b %Y}"
    if gap < 0:
        return f"The contract begins in {begins}, before the history ends ({ends})"
    if gap > FURTHEST_START:
        return f"The contract begins in {begins}, more than {FURTHEST_START // 12} years after the history ends ({ends})"
    return ""


def _shares(first: int, width: int) -> tuple[float, ...]:
    """How much of each period to come lies in the twelve months from `first` on, counted from the end of the history.

    >>> _shares(2, 3)
    (0.3333333333333333, 1.0, 1.0, 1.0, 0.6666666666666666)
    """
    last = first + YEAR
    return tuple(
        max(0, min(last, start + width) - max(first, start)) / width for start in range(0, last, width)
    )


def _trial(history: History, method: Method, shares: tuple[float, ...]) -> YearTrial | None:
    """Carry the method forward from earlier periods to years as far ahead; None where there are too few of them."""
    values, season, ahead = history.values, history.season, len(shares)
    first = least_training(method, season)
    origins = range(max(first, len(values) - ahead - ORIGINS + 1), len(values) - ahead + 1)
    if len(origins) < max(LEAST_TRIALS, season):
        return None
    part = np.array(shares)
    steps, came = [], []
    for origin in origins:
        known = values[:origin]
        value = float(values_of(known, method, ahead, season=season) @ part)
        misses = misses_of_sums(known, method, np.sqrt(part)[:, None], season=season, draws=_TRIAL_DRAWS)
        edges = value + np.quantile(misses[:, 0], [0.1, 0.9, 0.025, 0.975])
        steps.append(Step(value, *(max(float(edge), 0.0) for edge in edges)))
        came.append(float(np.array(values[origin : origin + ahead]) @ part))
    pairs = list(zip(steps, came, strict=True))
    return YearTrial(
        of=len(pairs),
        held_80=sum(step.low_80 <= one <= step.high_80 for step, one in pairs),
        held_95=sum(step.low_95 <= one <= step.high_95 for step, one in pairs),
        missed=float(np.mean([abs(step.value - one) for step, one in pairs])),
        came=float(np.mean(came)),
        stretch=stretch_of(steps, came),
    )

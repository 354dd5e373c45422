"""From referrals to work: how they end, drawn for each future, so that the chance in the mix is added to that in the number.

What past referrals say of it is a `WorkFigures`, made of released figures alone (`data_access.procurement.work`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from domain.disclosure import Released
from domain.periods import Period
from domain.procurement.history import History
from domain.procurement.lines import Line
from domain.procurement.volumes import Counts, Stream, Volumes, chance_of

_PRIOR: Final = 0.5
"""Jeffreys' prior: a way of ending that was never seen may still come, and past endings decide nearly everything else."""


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """Each contract year's referrals by how they end.

    Parameters
    ----------
    ended : past endings by line, in the order of `lines`: what the mix is learnt from.
    draws : whole numbers: a drawn future, a contract year, a line. They add up to the referrals of `volumes`.
    middle : the expected number by year and line, without chance.
    """

    volumes: Volumes
    lines: tuple[Line, ...]
    ended: tuple[int, ...]
    draws: Counts
    middle: tuple[tuple[float, ...], ...]

    def quantile(self, year: int, line: int, share: float) -> int:
        """The number of a year's referrals ending that way which is not passed with that probability."""
        return int(np.quantile(self.draws[:, year, line], share, method="inverted_cdf"))

    def limits(self, year: int, line: int, confidence: float = 0.8) -> tuple[int, int]:
        """What holds so many of 100 such years."""
        tail = (1 - confidence) / 2
        return self.quantile(year, line, tail), self.quantile(year, line, 1 - tail)


def work_of(volumes: Volumes, lines: Sequence[Line], ended: Sequence[int]) -> Work:
    """Draw how the referrals of each future end.

    The mix of a future is drawn once, from a Dirichlet distribution about the past endings, and is the same in each of its years: how
    wrong the past mix is as a guide does not average out over a contract. Which case ends how is drawn anew for each.

    Parameters
    ----------
    ended : past endings by line, in the order of `lines`.

    Raises
    ------
    ValueError
        When there is not one count, 0 or more, for each line, or nothing has ended: then there is no mix to learn.
    """
    if len(ended) != len(lines) or min(ended, default=0) < 0 or not sum(ended):
        raise ValueError(f"A mix needs a count of endings for each of {len(lines)} lines, not {list(ended)}.")
    random = chance_of(Stream.MIX)
    futures = len(volumes.draws)
    shares = random.dirichlet(np.asarray(ended, dtype=np.float64) + _PRIOR, size=futures)
    draws = random.multinomial(volumes.draws, shares[:, np.newaxis, :])
    total = sum(ended)
    middle = tuple(tuple(year * one / total for one in ended) for year in volumes.middle)
    return Work(volumes, tuple(lines), tuple(ended), draws, middle)


@dataclass(frozen=True, slots=True)
class WorkFigures:
    """What past referrals say of the work that they make, as one audience may see it.

    Parameters
    ----------
    lines : the ways of ending, in order. months : whose endings these are, by the month of referral; None for all dates.
    endings : how those referrals ended. referred, closed : how many there were and how many of them have ended; None where that may not
        be shown. reasons : why they came.
    history : referrals by calendar month or quarter, for how unevenly they come.
    days : how long cases were open that ended in these months, a row for each number of days; None for others than the commissioning
        team. median : the middle one of them. live : the cases open at the end of the last complete month; None as `days`.
    recent : referrals a month over the twelve months to then; None where they are not known.
    lacking : those of the months that are not in from every provider.
    instead : why these are not the months that were asked for, a sentence; blank where they are.
    why : why there is nothing at all, a sentence; blank where there is something.
    """

    service: str
    lines: tuple[Line, ...]
    months: Period | None = None
    endings: Released | None = None
    referred: int | None = None
    closed: int | None = None
    reasons: Released | None = None
    history: History | None = None
    days: Released | None = None
    median: Released | None = None
    live: Released | None = None
    recent: float | None = None
    lacking: tuple[int, ...] = ()
    instead: str = ""
    why: str = ""

    @property
    def by_line(self) -> tuple[int | None, ...]:
        """Past endings by line; None of a line of which something may not be shown."""
        if self.endings is None or self.endings.withheld:
            return (None,) * len(self.lines)
        shown = {one.keys[-1]: one.met for one in self.endings.figures}
        hidden = {one.keys[-1] for one in self.endings.hidden}
        return tuple(
            None if hidden & set(line.outcomes) else sum(shown.get(code, 0) for code in line.outcomes)
            for line in self.lines
        )

    @property
    def out_of(self) -> int:
        """The endings that are known and shown: what each line is a share of."""
        return max((one.base for one in self.endings.figures), default=0) if self.endings is not None else 0

    @property
    def ended(self) -> tuple[int, ...]:
        """Past endings by line where all of them may be shown and something has ended: what a mix is learnt from; else empty."""
        known = tuple(one for one in self.by_line if one is not None)
        return known if len(known) == len(self.lines) and any(known) else ()

    @property
    def withheld(self) -> str:
        """Why no mix is learnt, a sentence; blank where one is."""
        if self.ended:
            return ""
        if self.why or self.endings is None:
            return self.why or "No figure was read."
        if self.endings.withheld:
            return self.endings.withheld
        if self.endings.hidden:
            return "Some ways of ending are hidden, so that nobody can be recognised in a small number."
        return "No referral of these months has ended yet."

    @property
    def still_open(self) -> int | None:
        """How many of these referrals have not ended and are left out; None where that may not be shown."""
        return None if self.referred is None or self.closed is None else self.referred - self.closed

    @property
    def _lengths(self) -> tuple[tuple[int, int], ...]:
        """Days, and how many cases were open for so many; none where that may not be shown."""
        if self.days is None or self.days.withheld:
            return ()
        return tuple((int(one.keys[-1]), one.met) for one in self.days.figures if one.met)

    @property
    def mean_days(self) -> float | None:
        """How long the cases that ended were open, on average; None where that is not known or not shown."""
        cases = sum(number for _, number in self._lengths)
        return sum(days * number for days, number in self._lengths) / cases if cases else None

    @property
    def days_error(self) -> float:
        """The standard error of `mean_days`, in days; 0 of fewer than two cases."""
        cases, mean = sum(number for _, number in self._lengths), self.mean_days
        if mean is None or cases < 2:
            return 0.0
        squares = sum(number * (days - mean) ** 2 for days, number in self._lengths)
        return float((squares / (cases - 1) / cases) ** 0.5)

    @property
    def median_days(self) -> float | None:
        """How long half of them were open at most; None where that is not known or not shown."""
        found = self.median.figures if self.median is not None else ()
        return found[0].value if found else None

    def work(self, volumes: Volumes) -> Work | None:
        """The work of some referrals; None where no mix may be learnt (`withheld` says why)."""
        return work_of(volumes, self.lines, self.ended) if self.ended else None

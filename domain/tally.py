"""A tally: the small table that everything on screen is made of. One row a group, with how many of how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.measures import Measure
from domain.selection import Selection


class Source(StrEnum):
    """Where the rows came from; never mixed."""

    SHARED = "shared"
    EXAMPLES = "examples"
    IN_HAND = "in_hand"


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One group.

    Parameters
    ----------
    keys, labels : the group, in the order of `Tally.by`; a blank key is 'no date'.
    met, base : whole numbers; for a count both are the count.
    missing, unsure : blank in the data, and 'don't know'; neither is in the base.
    value : share, mean or median; None for a count and for an empty base.
    low, high : 95% limits of a share or a rate, else None.
    divisor : what a rate is divided by where that is no number of rows, as full-time posts are; `base` are the rows.
    """

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    met: int
    base: int
    missing: int = 0
    unsure: int = 0
    value: float | None = None
    low: float | None = None
    high: float | None = None
    divisor: float | None = None


@dataclass(frozen=True, slots=True)
class AsAt:
    """How far the figures reach: the earliest last day among the providers, and who reports further or is outstanding.

    `outstanding` names the returns that are due and have not come, as 'Example provider A: Oct 2018'.
    """

    earliest: date | None = None
    latest: date | None = None
    outstanding: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """A measure, grouped, for one selection, as the figures stood at one moment.

    `version` names that moment; `by` are the grouping keys; `at` the month of a stock. `not_given` names the providers that send
    totals which do not say this, or not of all the time that is asked about: what they leave out is counted nowhere.
    """

    measure: Measure
    by: tuple[str, ...]
    rows: tuple[TallyRow, ...]
    selection: Selection
    source: Source
    version: int
    as_at: AsAt = field(default_factory=AsAt)
    at: int | None = None
    not_given: tuple[str, ...] = ()


def totals_do_not_give(providers: Sequence[str]) -> str:
    """Why a figure leaves providers out, as a sentence; they are named by their labels.

    >>> totals_do_not_give(["Example provider A"])
    'Example provider A sends totals, which do not give this.'
    """
    if len(providers) == 1:
        return f"{providers[0]} sends totals, which do not give this."
    return f"{', '.join(providers[:-1])} and {providers[-1]} send totals, which do not give this."

"""A procurement scenario: everything somebody chose and assumed, and no figure that follows from it.

Figures are made again from it and from the data; `version` says on which moment of the data it was saved, so that a later change is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from domain.procurement.offers import Offer


class Basis(StrEnum):
    """Where the expected number of referrals comes from."""

    FORECAST = "forecast"
    """The history carried forward."""
    DECISIONS = "decisions"
    """Referrals per 100 of the council's own decisions, times how many of these are expected."""
    OWN = "own"
    """Three numbers that the commissioner entered."""

    @property
    def label(self) -> str:
        """It in words, on the page, in tables and in files alike."""
        match self:
            case Basis.FORECAST:
                return "The history carried forward"
            case Basis.DECISIONS:
                return "The council's own decisions"
            case Basis.OWN:
                return "The council's own three numbers"


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that the history cannot know, as a new duty, a merged area or a white paper: marked, and taken away as easily.

    Parameters
    ----------
    words : what it is, and why. since : the first month it holds, as 202604.
    percent : by how much referrals rise or fall from then on. low, high : how far that may be wrong; both `percent` where it is certain.
    """

    words: str
    since: int
    percent: float
    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse limits that do not hold the value, and a fall of more than all."""
        if not -100 <= self.low <= self.percent <= self.high:
            raise ValueError(
                f"The change lies between its limits, none below -100%: {self.low}, {self.percent}, {self.high}."
            )


@dataclass(frozen=True, slots=True)
class Driver:
    """Decisions of one kind: how many there were in the year looked at, and how many are expected in a contract year.

    Parameters
    ----------
    kind : a key of `domain.procurement.decisions`. known : None where nobody gave it. expected : None for as many as then.
    """

    kind: str
    known: int | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """The volumes that a tender names, a year: numbers chosen by the commissioner, whatever the forecast says."""

    low: int
    expected: int
    high: int

    def __post_init__(self) -> None:
        """Refuse bands that are not in order."""
        if not 0 <= self.low <= self.expected <= self.high:
            raise ValueError(f"Low, expected and high rise: {self.low}, {self.expected}, {self.high}.")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario.

    Parameters
    ----------
    service, providers, areas : keys, as in a selection; empty for all. first, last : months of the history, None for all there are.
    grouping : by what the history is carried forward, a key of `domain.procurement.history.MONTHS_IN`. published : whether the printed
        series is gone on from in place of the cases counted here.
    starts : the first month of the contract, as 202604. years : how many contract years, 1 to 10.
    driver_year : the calendar year that `drivers` were counted in. driver_area : the code of the council whose official counts of
        decisions are used; blank for the one that the areas of the service lie in. own : low, likely and high of a year, for `Basis.OWN`.
    mix_months : the endings of so many latest complete months say how referrals end.
    mean_days : how long a case is open; None for what is counted. cases_each : open cases that one worker carries.
    offers : each way of paying once at most. bands : chosen ones; None while nobody chose.
    name, note : what it is called and why. id : 0 while it is not kept. version : the moment of the data it was last saved on.
    """

    service: str
    providers: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    grouping: str = "quarter"
    published: bool = False
    starts: int = 0
    years: int = 3
    basis: Basis = Basis.FORECAST
    driver_year: int | None = None
    driver_area: str = ""
    drivers: tuple[Driver, ...] = ()
    own: tuple[int, int, int] | None = None
    assumptions: tuple[Assumption, ...] = ()
    mix_months: int = 12
    mean_days: Decimal | None = None
    cases_each: Decimal | None = None
    offers: tuple[Offer, ...] = ()
    bands: Bands | None = None
    name: str = ""
    note: str = ""
    id: int = 0
    version: int | None = None
    changed_at: datetime | None = None
    changed_by: str = ""

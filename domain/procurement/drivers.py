"""Why demand comes: referrals for each 100 decisions of the council that they may follow, and what that makes of the decisions expected.

A rate holds referrals and decisions of the same calendar year and the same area, and never those of another kind of year. What is counted
here comes in as it was released (`data_access.procurement.drivers`); what is published of decisions is `domain.procurement.decisions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log, sqrt
from typing import Final

import numpy as np

from domain.formats import listed, sentence_case
from domain.procurement.decisions import DriverKind, Known, kinds_of, published_count
from domain.procurement.scenario import Driver, Scenario
from domain.procurement.volumes import DRAWS, SEED, Volumes
from domain.services import service
from domain.statistics import count_limits

HUNDRED: Final = 100
ENTERED: Final = "Entered for this scenario"
_PRIOR: Final = 0.5
"""Jeffreys' prior of a count: without it nought would be certain to stay nought."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of one calendar year, as it may be shown.

    Parameters
    ----------
    referrals : None where it may not be shown. by_kind : in the order of the kinds of the service; None where it may not be shown.
    missing : referrals without a reason; 0 where that is not told. why : why a number is not shown.
    source : where the numbers come from, in words.
    """

    year: int
    referrals: int | None
    by_kind: tuple[int | None, ...]
    missing: int = 0
    why: str = ""
    source: str = "counted here"

    def bridge(self, *, by_reason: bool) -> float | None:
        """Referrals for each reason given, because a referral may have several; 1 where referrals themselves are counted."""
        if not by_reason:
            return 1.0
        given = None if None in self.by_kind else sum(one or 0 for one in self.by_kind)
        return None if not given or self.referrals is None else self.referrals / given


@dataclass(frozen=True, slots=True)
class DriverFigures:
    """What is known of why demand comes, for one scenario and one audience. It holds no case.

    Parameters
    ----------
    year : the calendar year looked at; None where none is whole. asked : each whole calendar year, the earliest first.
    years : those that may be chosen. areas : the codes whose published counts are used; none where none may be. about : their name.
    offered : the councils of which such counts are held, code and name. no_area : why no published count is used; blank where one is.
    printed : what a published document gives, for the examples. printed_areas : whose decisions stand under it.
    rests_on : what was counted, in words. notes : what must be known of it. gated : whether others than the commissioning team see it.
    least : under this, a number of decisions that somebody entered is not shown to others. withheld : why nothing is shown at all.
    version : the moment of the figures; None where they are none of ours.
    """

    service: str
    year: int | None = None
    years: tuple[int, ...] = ()
    asked: tuple[Asked, ...] = ()
    areas: tuple[str, ...] = ()
    about: str = ""
    offered: tuple[tuple[str, str], ...] = ()
    no_area: str = ""
    printed: Asked | None = None
    printed_areas: tuple[str, ...] = ()
    rests_on: str = ""
    notes: tuple[str, ...] = ()
    gated: bool = False
    least: int = 0
    withheld: str = ""
    version: int | None = None

    @property
    def kinds(self) -> tuple[DriverKind, ...]:
        """The kinds of decisions of its service."""
        return kinds_of(service(self.service))

    @property
    def now(self) -> Asked | None:
        """The year looked at."""
        return self.of_year(self.year)

    @property
    def by_reason(self) -> bool:
        """Whether reasons are counted, of which a referral may have several."""
        return any(kind.by_reason for kind in self.kinds)

    def of_year(self, year: int | None) -> Asked | None:
        """What came of one year."""
        return next((one for one in self.asked if one.year == year), None)


@dataclass(frozen=True, slots=True)
class Rate:
    """Referrals that decisions of one kind brought: `asked` of `decisions` in the same year, and how many are `expected` a year."""

    kind: DriverKind
    asked: int
    decisions: int
    expected: int
    known: Known

    @property
    def per_hundred(self) -> float:
        """For each 100 decisions. Above 100 where referrals of a year follow decisions of the year before."""
        return HUNDRED * self.asked / self.decisions

    @property
    def limits(self) -> tuple[float, float]:
        """Its 95% limits: where chance alone could have put it."""
        low, high = (HUNDRED * edge / self.decisions for edge in count_limits(self.asked))
        return low, high


def known_of(figures: DriverFigures, scenario: Scenario, kind: DriverKind) -> Known:
    """How many decisions of a kind there were in the year looked at: what was entered for that year, else what is published."""
    year = figures.year
    if year is None:
        return Known(None, why="no calendar year is whole")
    official = published_count(kind, figures.areas, year)
    if figures.no_area:
        official = Known(None, why=figures.no_area)
    given = _driver(scenario, kind)
    if given is None or given.known is None:
        return official
    if scenario.driver_year != year:
        return official if official.count is not None else replace(official, why=_of_which_year(scenario))
    if figures.gated and 0 < given.known < figures.least:
        return Known(None, why="so small a number is not shown to others")
    if given.known == official.count:
        return official
    return Known(given.known, ENTERED, instead_of=official.count)


def rate_of(figures: DriverFigures, scenario: Scenario, kind: DriverKind) -> Rate | str:
    """The rate of one kind, or why there is none, in words."""
    now = figures.now
    if figures.withheld or now is None:
        return figures.withheld or "no calendar year is whole"
    asked = now.by_kind[figures.kinds.index(kind)]
    if asked is None:
        return now.why or "not shown to this audience"
    known = known_of(figures, scenario, kind)
    if known.count is None:
        return known.why
    if not known.count:
        return f"there were none in {now.year}"
    given = _driver(scenario, kind)
    expected = known.count if given is None or given.expected is None else given.expected
    return Rate(kind, asked, known.count, expected, known)


def rates_of(figures: DriverFigures, scenario: Scenario) -> tuple[Rate, ...]:
    """The rates that can be said, in the order of the kinds."""
    found = (rate_of(figures, scenario, kind) for kind in figures.kinds)
    return tuple(one for one in found if isinstance(one, Rate))


def lacking_rates(figures: DriverFigures, scenario: Scenario) -> tuple[str, ...]:
    """Of which kinds there is no rate, and why, each reason once: 'Refusals to assess: there were none in 2024'."""
    found = [(kind, rate_of(figures, scenario, kind)) for kind in figures.kinds]
    reasons = dict.fromkeys(one for _, one in found if isinstance(one, str))
    named = {why: [kind.label for kind, one in found if one == why] for why in reasons}
    return tuple(
        why if len(labels) == len(found) else f"{listed(labels)}: {why}" for why, labels in named.items()
    )


def why_not(figures: DriverFigures, scenario: Scenario) -> str:
    """Why no number of referrals follows from the decisions, a sentence without a full stop; blank where one does."""
    if not figures.kinds:
        return f"No published count is known of what leads to {service(figures.service).label}"
    if figures.withheld or figures.now is None:
        return figures.withheld.rstrip(".") or "No calendar year is in whole, so that there is no rate"
    if lacking := lacking_rates(figures, scenario):
        return sentence_case("; ".join(lacking))
    if figures.now.bridge(by_reason=figures.by_reason) is None:
        return f"Referrals of {figures.now.year} cannot be set against the reasons given"
    return ""


def rates_over_time(figures: DriverFigures) -> tuple[tuple[int, tuple[Rate | None, ...]], ...]:
    """Every whole year of which published counts are held, with the rate of each kind; None where one of its two numbers is not known."""
    found = []
    for one in figures.asked:
        known = [published_count(kind, figures.areas, one.year) for kind in figures.kinds]
        rates = tuple(
            Rate(kind, asked, each.count, each.count, each) if asked is not None and each.count else None
            for kind, asked, each in zip(figures.kinds, one.by_kind, known, strict=True)
        )
        if any(rates):
            found.append((one.year, rates))
    return tuple(found)


def moved(figures: DriverFigures) -> float | None:
    """By how much rates went up or down from one year to the next, beyond chance: a standard deviation on the scale of logarithms.

    0 where chance alone explains it. None where no two years in a row are known.
    """
    beyond = [
        log(then.asked * now.decisions / (now.asked * then.decisions)) ** 2 - 1 / then.asked - 1 / now.asked
        for (first, before), (second, after) in pairwise(rates_over_time(figures))
        if second == first + 1
        for now, then in zip(before, after, strict=True)
        if now and then and now.asked and then.asked
    ]
    return sqrt(max(sum(beyond) / len(beyond), 0.0)) if beyond else None


def look_back(figures: DriverFigures) -> Iterator[tuple[int, float, int]]:
    """Each year from the rates of the year before: the year, what these rates gave for its decisions, and the referrals it brought."""
    for (first, before), (second, after) in pairwise(rates_over_time(figures)):
        then, now = figures.of_year(first), figures.of_year(second)
        bridge = then.bridge(by_reason=figures.by_reason) if then else None
        if second != first + 1 or bridge is None or now is None or now.referrals is None:
            continue
        pairs = [(old, new) for old, new in zip(before, after, strict=True) if old and new]
        if len(pairs) == len(figures.kinds):
            yield (
                second,
                bridge * sum(old.asked / old.decisions * new.decisions for old, new in pairs),
                now.referrals,
            )


def driver_volumes(
    figures: DriverFigures, scenario: Scenario, *, draws: int = DRAWS, seed: int = SEED
) -> Volumes | None:
    """Referrals of each contract year from the decisions expected, before any assumption; None where `why_not` says why.

    A future has rates of its own, the same in all its years: each drawn from its count (gamma), and moved as much as rates moved from year
    to year where that is known. Each of its years is then a Poisson draw. Reasons are taken for referrals before, not after, so that the
    limits are not drawn in by it.
    """
    now = figures.now
    if why_not(figures, scenario) or now is None:
        return None
    bridge = now.bridge(by_reason=figures.by_reason) or 0.0
    chance, spread = np.random.default_rng(seed), moved(figures) or 0.0
    mean, middle = np.zeros(draws), 0.0
    alone = "" if moved(figures) is not None else ", and the limits hold chance alone"
    for rate in rates_of(figures, scenario):
        times = rate.expected / rate.decisions
        drawn = chance.gamma(rate.asked * bridge + _PRIOR, size=draws)
        drawn *= np.exp(spread * chance.standard_normal(draws) - spread**2 / 2)
        mean += drawn * times
        middle += rate.asked * bridge * times
    return Volumes(
        scenario.starts,
        chance.poisson(mean[:, None], size=(draws, scenario.years)),
        (middle,) * scenario.years,
        validated=False,
        rests_on=f"Referrals for each 100 decisions in {now.year}, times the decisions expected a year; it rests on one year's rate"
        + alone,
    )


def unused(figures: DriverFigures, scenario: Scenario) -> tuple[str, ...]:
    """Which numbers of decisions were entered and are not used, because a number of one year never stands for another."""
    if scenario.driver_year == figures.year:
        return ()
    given = [
        kind.label for kind in figures.kinds if (one := _driver(scenario, kind)) and one.known is not None
    ]
    return (f"{listed(given)}: {_of_which_year(scenario)}.",) if given else ()


def _of_which_year(scenario: Scenario) -> str:
    if scenario.driver_year is None:
        return "choose the calendar year that the number entered is of; until then it is not used"
    return f"the number entered is of {scenario.driver_year}, so it is not used"


def _driver(scenario: Scenario, kind: DriverKind) -> Driver | None:
    return next((one for one in scenario.drivers if one.kind == kind.key), None)

"""What is said under every screen of why demand comes: what a rate is, whose numbers it holds, and what it leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from domain.benchmarks import LICENCE, Edition
from domain.benchmarks_send import SINGLE_RECORDS_SINCE
from domain.formats import counted, number
from domain.procurement.drivers import ENTERED, HUNDRED, Asked, DriverFigures, Rate, lacking_rates, unused
from domain.procurement.scenario import Scenario
from domain.table import Cell

ITEM: Final = "why"
_TIMING: Final = (
    "Both sides are of the same calendar year. A decision late in one year may lead to a referral in the next, so that a rate is no share "
    "of the decisions and may pass 100."
)
_MEETINGS: Final = "DfE's own number of mediations counts meetings held, and not all that were asked for, so it is not used here."
PRINTED: Final = (
    "The document prints more reasons than outcomes of the same year, and does not say why: it is taken that a referral may have several "
    "reasons."
)
CHANCE_ONLY: Final = (
    "The limits of a rate hold chance alone, not that the rate may change from one year to the next."
)
SHORT: Final = (
    f"{SINGLE_RECORDS_SINCE} is the first year of which councils sent single records to DfE, and some councils' decisions of it are "
    "counted short, which makes a rate too high."
)
WAY_ON: Final = "Enter how many decisions of each kind there were, or choose another year"
OWN: Final = "Your own low, likely and high number of referrals may be entered under 'How many to expect'"


def what_of(figures: DriverFigures) -> str:
    """What stands over the decisions: reasons, of which a referral may have several, or referrals."""
    return "Reasons given" if figures.by_reason else "Referrals"


def said_rate(rate: Rate) -> str:
    """For each 100 decisions, as '61.0'."""
    return number(rate.per_hundred, 1)


def rate_limits(rate: Rate) -> str:
    """Its 95% limits, as '52.9 to 69.9'."""
    low, high = rate.limits
    return f"{number(low, 1)} to {number(high, 1)}"


def rate_cells(rate: Rate) -> tuple[Cell, ...]:
    """Decisions, what was asked for, the rate, its limits."""
    return rate.decisions, rate.asked, said_rate(rate), rate_limits(rate)


def rate_words(rate: Rate) -> str:
    """A rate with what it is made of: '61.0 (203 for 333)'."""
    return f"{said_rate(rate)} ({number(rate.asked)} for {number(rate.decisions)})"


def base_of(figures: DriverFigures, now: Asked) -> str:
    """What the numbers of a year rest on: 'n = 630 referrals in 2024 with 701 reasons given, counted here, Norfolk, data to …'."""
    parts = [] if now.referrals is None else [f"n = {counted(now.referrals, 'referral')} in {now.year}"]
    if figures.by_reason and parts and None not in now.by_kind:
        parts[0] += f" with {counted(sum(one or 0 for one in now.by_kind), 'reason')} given"
    if now.missing:
        parts.append(f"{counted(now.missing, 'referral')} without a reason")
    parts.append(now.source if figures.rests_on != now.source else "")
    return ", ".join(
        filter(None, (*parts, f"decisions of {figures.about}" if figures.about else "", figures.rests_on))
    )


def about_of(figures: DriverFigures, editions: Iterable[Edition]) -> str:
    """What is counted on both sides, and who publishes the decisions."""
    what = what_of(figures).lower()
    means = " ".join(f"{kind.label}: {kind.means}" for kind in figures.kinds)
    sources = dict.fromkeys(f"{one.source}, version {one.version}" for one in editions)
    cited = f" Source of the decisions: {'; '.join(sources)} ({LICENCE})." if sources else ""
    return f"{what.capitalize()} of a calendar year for each {HUNDRED} decisions of the same year. {means}{cited}"


def several_notes(figures: DriverFigures, now: Asked) -> tuple[str, ...]:
    """How reasons, of which a referral may have several, are taken for referrals; nothing where referrals themselves are counted."""
    bridge = now.bridge(by_reason=figures.by_reason)
    if not figures.by_reason or bridge is None or now.referrals is None:
        return ()
    given = sum(one or 0 for one in now.by_kind)
    several = (
        f"A referral may have several reasons: {number(now.referrals)} referrals and {number(given)} reasons of {now.year} make "
        f"{number(bridge, 2)} of a referral for each reason given, and so are referrals worked out from reasons."
    )
    missing = "Referrals without a reason are taken to be like the others." if now.missing else ""
    return tuple(filter(None, (several, missing)))


def always(figures: DriverFigures) -> tuple[str, ...]:
    """What must be known of every rate."""
    return (_TIMING, _MEETINGS, CHANCE_ONLY) if figures.by_reason else (_TIMING, CHANCE_ONLY)


def lacking_notes(figures: DriverFigures, scenario: Scenario) -> tuple[str, ...]:
    """Of which kinds no rate can be said, and why."""
    return tuple(f"Without a rate: {one}." for one in lacking_rates(figures, scenario))


def entered_notes(figures: DriverFigures, scenario: Scenario, rates: Sequence[Rate]) -> tuple[str, ...]:
    """Which numbers of decisions somebody entered, what is published in their place, and which of them are not used."""
    year = figures.year
    used = tuple(
        f"{rate.kind.label}: {number(rate.decisions)} in {year} was entered for this scenario"
        + (f"; {number(rate.known.instead_of)} is published" if rate.known.instead_of is not None else "")
        + "."
        for rate in rates
        if rate.known.source == ENTERED
    )
    return (*used, *unused(figures, scenario))

"""What was chosen in several scenarios, side by side, and in what they differ. No figure that follows from it stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from domain.benchmarks import labels
from domain.formats import NOTHING, counted, month, number
from domain.procurement.decisions import kinds_of
from domain.procurement.offers import Offer
from domain.procurement.said import EVERY, assumption_words, price_list
from domain.procurement.scenario import Basis, Scenario
from domain.services import service
from domain.table import Cell

Chosen = Callable[[Scenario], object]
Said = Callable[[Scenario], str]


def differences(found: Sequence[Scenario]) -> tuple[str, ...]:
    """In what scenarios differ, in words; empty where they are chosen alike. A name and a note are no difference."""
    return tuple(words for words, of in _CHOICES if any(of(one) != of(found[0]) for one in found[1:]))


def chosen_rows(found: Sequence[Scenario], about: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    """A row for each choice, with a cell a scenario; what nobody chose is left out.

    Parameters
    ----------
    about : of whom each is, in words.
    """
    yield ("Whose referrals", *(words or NOTHING for words in about))
    for label, said in _ROWS:
        cells = [said(one) for one in found]
        if any(cells):
            yield (label, *(cell or NOTHING for cell in cells))


def prices_entered(scenario: Scenario, kind: type[Offer]) -> str:
    """Every price of a way of paying as it was entered; blank where the scenario has none of that kind."""
    held = next((one for one in scenario.offers if isinstance(one, kind)), None)
    return "" if held is None else price_list(held, service(scenario.service))


def _expected_from(one: Scenario) -> object:
    """What of a scenario its expected number rests on."""
    match one.basis:
        case Basis.FORECAST:
            return one.basis, one.grouping, one.published
        case Basis.DECISIONS:
            return (
                one.basis,
                one.driver_year,
                one.driver_area,
                sorted(one.drivers, key=lambda driver: driver.kind),
            )
    return one.basis, one.own


_CHOICES: Final[tuple[tuple[str, Chosen], ...]] = (
    ("whose referrals", lambda one: (sorted(one.providers), sorted(one.areas))),
    ("the months looked at", lambda one: (one.first, one.last)),
    ("the start", lambda one: one.starts),
    ("the number of years", lambda one: one.years),
    ("how referrals are expected", _expected_from),
    ("the assumptions", lambda one: sorted(map(assumption_words, one.assumptions))),
    ("how referrals end", lambda one: one.mix_months),
    ("the time and the workers that cases take", lambda one: (one.mean_days, one.cases_each)),
    ("the prices", lambda one: one.offers),
    ("the volumes for the tender", lambda one: one.bands),
)
"""What may differ, in words, and what of a scenario says so."""


def _basis(one: Scenario) -> str:
    words = one.basis.label
    match one.basis:
        case Basis.FORECAST:
            what = "as published" if one.published else "as counted here"
            return f"{words}, {what}, {EVERY.get(one.grouping, one.grouping)}"
        case Basis.DECISIONS:
            said = "; ".join(filter(None, (_which(one), *_drivers(one))))
            return f"{words}: {said}" if said else words
    low, likely, high = map(number, one.own or (None, None, None))
    return f"{words}: {likely} ({low} to {high})"


def _which(one: Scenario) -> str:
    """Whose decisions of which year, where that was chosen."""
    whose = f"of {labels().get(one.driver_area, one.driver_area)}" if one.driver_area else ""
    year = f"in {one.driver_year}" if one.driver_year else ""
    found = " ".join(filter(None, (whose, year)))
    return f"those {found}" if found else ""


def _drivers(one: Scenario) -> Iterator[str]:
    named = {kind.key: kind.label for kind in kinds_of(service(one.service))}
    for driver in one.drivers:
        known = f"{number(driver.known)} then" if driver.known is not None else ""
        later = f"{number(driver.expected)} expected a year" if driver.expected is not None else ""
        if said := ", ".join(filter(None, (known, later))):
            yield f"{named.get(driver.kind, driver.kind)} {said}"


def _months(one: Scenario) -> str:
    if one.first is None and one.last is None:
        return "all there are"
    first, last = (month(when) if when else "" for when in (one.first, one.last))
    return " ".join(filter(None, (f"from {first}" if first else "", f"to {last}" if last else "")))


def _bands(one: Scenario) -> str:
    bands = one.bands
    return "" if bands is None else " / ".join(map(number, (bands.low, bands.expected, bands.high)))


def _exactly(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


_ROWS: Final[tuple[tuple[str, Said], ...]] = (
    ("Contract starts", lambda one: month(one.starts)),
    ("Contract years", lambda one: number(one.years)),
    ("Months looked at", _months),
    ("Referrals expected from", _basis),
    ("Assumptions", lambda one: "; ".join(map(assumption_words, one.assumptions))),
    ("How referrals end, from the last", lambda one: counted(one.mix_months, "month")),
    ("Days a case is open, assumed", lambda one: _exactly(one.mean_days)),
    ("Open cases that one worker carries, assumed", lambda one: _exactly(one.cases_each)),
    ("Volumes for the tender, a year", _bands),
)

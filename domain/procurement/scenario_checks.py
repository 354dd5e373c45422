"""What can be wrong in a procurement scenario: for the forms of the page and for what is kept alike.

Every problem is a sentence: where, what was found, and what would be accepted. Whose case references a text must not hold is known to the
database (`data_access.procurement.scenarios`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from math import inf, isfinite, prod
from typing import Final

from domain.formats import month, number
from domain.meeting_checks import plain_text
from domain.personal_data import value_kind
from domain.procurement.history import MONTHS_IN
from domain.procurement.offer_checks import MOST_CASES, offer_problems
from domain.procurement.scenario import Assumption, Basis, Driver, Scenario
from domain.services import SERVICES, service
from domain.settings import Settings

MOST_OF_A_NAME, MOST_OF_A_NOTE, MOST_OF_AN_ASSUMPTION = 60, 500, 200
"""So many letters."""
MOST_YEARS, MOST_MIX_MONTHS, MOST_ASSUMPTIONS, MOST_PERCENT = 10, 120, 10, 1_000
MOST_DAYS, MOST_EACH = Decimal(3_660), Decimal(1_000)
MOST_SCENARIOS: Final = 100
"""So many of one service: more would be no help to find one."""
KEEPS_THE_LAST = "Saving takes the place of what was saved before, and nothing older is kept. To keep both, save it under another name."
NOT_OF_EXAMPLES = "These are the examples, so no scenario about them is kept. Everything else works as it will with your own returns."
NOT_OF_A_FILE = "Your file is not saved, so no scenario about it is kept. Save the return first."
_KEY = re.compile(r"[\w:.-]{1,80}")
_YEARS = range(1900, 2101)


def name_problems(name: str, others: Iterable[str]) -> Iterator[str]:
    """What is wrong with the name of a scenario; `others` are those of the service's other scenarios.

    >>> list(name_problems("", ()))
    ["The name is blank. Give the scenario one, such as 'Two lots from April 2027'."]
    """
    if not name:
        yield "The name is blank. Give the scenario one, such as 'Two lots from April 2027'."
    yield from _text_problems("The name", name, MOST_OF_A_NAME)
    if name.casefold() in {other.casefold() for other in others}:
        yield f"The name '{name}' is that of another scenario of this service. Give this one another."


def scenario_problems(scenario: Scenario, settings: Settings | None = None) -> tuple[str, ...]:
    """Everything that is wrong in a scenario, but for its name.

    Parameters
    ----------
    settings : those whose providers and areas it may name; None leaves that out.
    """
    if scenario.service not in {one.key for one in SERVICES}:
        return (f"The service: there is none called '{scenario.service}'.",)
    of_whom = () if settings is None else _place_problems(scenario, settings)
    return (
        *of_whom,
        *_month_problems(scenario),
        *_volume_problems(scenario),
        *driver_problems(scenario.driver_year, scenario.drivers),
        *assumptions_problems(scenario.assumptions),
        *_work_problems(scenario),
        *_offers_problems(scenario),
        *_text_problems("The note", scenario.note, MOST_OF_A_NOTE),
    )


def texts_of(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Every text that somebody wrote in a scenario, each after what it is called."""
    yield "The name", scenario.name
    yield "The note", scenario.note
    for one in scenario.assumptions:
        yield "An assumption", one.words


def rising_problems(where: str, low: float, likely: float, high: float, *, least: float = 0) -> Iterator[str]:
    """Whether three numbers rise: asked of what a form holds before something is made of them.

    Parameters
    ----------
    where : what they are, as 'Your own numbers'. least : below which the lowest must not be.

    >>> list(rising_problems("The bands", 500, 400, 600))
    ['The bands are 500, 400 and 600. Let low, expected and high rise.']
    """
    found = (low, likely, high)
    if not all(map(isfinite, found)):
        yield f"{where} are not all numbers. Enter low, expected and high."
        return
    if low < least:
        yield f"{where} begin at {_short(low)}. Enter {number(least)} or more."
    if not low <= likely <= high:
        a, b, c = (_short(one) for one in found)
        yield f"{where} are {a}, {b} and {c}. Let low, expected and high rise."


def assumption_problems(words: str, since: int, percent: float, low: float, high: float) -> tuple[str, ...]:
    """What is wrong with an assumption as a form holds it."""
    where = "The percentages of an assumption"
    return (
        *_text_problems("An assumption", plain_text(words), MOST_OF_AN_ASSUMPTION),
        *(() if plain_text(words) else ("An assumption says nothing. Say what it is, and why.",)),
        *_is_month("The month an assumption begins", since),
        *rising_problems(where, low, percent, high, least=-100),
        *(
            [f"{where} go up to {_short(high)}%. Enter up to {number(MOST_PERCENT)}%."]
            if MOST_PERCENT < high < inf
            else []
        ),
    )


def driver_problems(year: int | None, drivers: Sequence[Driver]) -> Iterator[str]:
    """What is wrong with the council's own decisions and how many are expected."""
    if year is not None and year not in _YEARS:
        yield f"The year of the decisions is {year}. Enter a year such as 2024."
    for one in drivers:
        if not _KEY.fullmatch(one.kind):
            # It is not said back: whatever stands there is no key, and may be somebody's name.
            yield "A kind of decision is none that is known. Choose from the list."
        for count in (one.known, one.expected):
            if count is not None and not 0 <= count <= MOST_CASES:
                yield f"A number of decisions is {number(count)}. Enter 0 to {number(MOST_CASES)}."
    if len({one.kind for one in drivers}) < len(drivers):
        yield "A kind of decision stands twice. Enter each once."


def _place_problems(scenario: Scenario, settings: Settings) -> Iterator[str]:
    known = {one.key for one in settings.providers}
    for key in scenario.providers:
        if key not in known:
            yield f"The providers: the settings have none called '{key}'. Choose from the list, or all."
    for key in scenario.areas:
        if settings.area(key) is None:
            yield f"The areas: the settings have none with the key '{key}'. Choose from the list, or all."


def _month_problems(scenario: Scenario) -> Iterator[str]:
    first, last, starts = scenario.first, scenario.last, scenario.starts
    for where, when in (("The first month looked at", first), ("The last month looked at", last)):
        if when is not None:
            yield from _is_month(where, when)
    if first is not None and last is not None and last < first:
        yield f"The months looked at end in {month(last)}, before they begin in {month(first)}. Turn them round."
    if scenario.grouping not in MONTHS_IN:
        yield f"The history is carried forward by '{scenario.grouping}'. Choose month, quarter or financial year."
    if not starts:
        yield "When the contract starts is not said. Choose its first month."
        return
    yield from _is_month("The first month of the contract", starts)
    if last is not None and starts <= last:
        yield f"The contract starts in {month(starts)}, while the months looked at go on to {month(last)}. Start it after them."
    if not 1 <= scenario.years <= MOST_YEARS:
        yield f"The contract runs for {scenario.years} years. Enter 1 to {MOST_YEARS}."


def _is_month(where: str, when: int) -> Iterator[str]:
    if when // 100 not in _YEARS or not 1 <= when % 100 <= 12:
        yield f"{where} is {when}, which is no month. Choose one such as Apr 2027."


def _volume_problems(scenario: Scenario) -> Iterator[str]:
    if scenario.basis is Basis.OWN and scenario.own is None:
        yield "Your own numbers are not entered. Enter low, expected and high of a year, or choose another way to expect referrals."
    named = [("Your own numbers", scenario.own)]
    if (bands := scenario.bands) is not None:
        named.append(("The volumes for the tender", (bands.low, bands.expected, bands.high)))
    for where, three in named:
        if three is None:
            continue
        yield from rising_problems(where, *three)
        if three[2] > MOST_CASES:
            yield f"{where} go up to {number(three[2])}. Enter cases in a year, up to {number(MOST_CASES)}."


def assumptions_problems(assumptions: Sequence[Assumption]) -> Iterator[str]:
    """What is wrong with assumptions, each alone and all together."""
    if len(assumptions) > MOST_ASSUMPTIONS:
        yield f"There are {len(assumptions)} assumptions. Enter up to {MOST_ASSUMPTIONS}."
    for one in assumptions:
        yield from assumption_problems(one.words, one.since, one.percent, one.low, one.high)
    together = prod(1 + max(one.high, 0) / 100 for one in assumptions)
    if len(assumptions) > 1 and together > 1 + MOST_PERCENT / 100:
        yield f"The assumptions together go above {number(MOST_PERCENT)}%. Enter less, or take one away."


def _work_problems(scenario: Scenario) -> Iterator[str]:
    if not 1 <= scenario.mix_months <= MOST_MIX_MONTHS:
        yield f"How referrals end is taken from {scenario.mix_months} months. Enter 1 to {MOST_MIX_MONTHS}."
    for where, value, most in (
        ("The days that a case is open", scenario.mean_days, MOST_DAYS),
        ("The open cases that one worker carries", scenario.cases_each, MOST_EACH),
    ):
        if value is not None and not (value.is_finite() and 0 < value <= most):
            yield f"{where}: {value} was entered. Enter more than 0, and up to {most:,}."


def _offers_problems(scenario: Scenario) -> Iterator[str]:
    labels = [one.label for one in scenario.offers]
    for label in dict.fromkeys(one for one in labels if labels.count(one) > 1):
        yield f"'{label}' stands {labels.count(label)} times. Enter each way of paying once, and compare two of a kind in two scenarios."
    for one in scenario.offers:
        yield from offer_problems(one, service(scenario.service))


def _text_problems(where: str, text: str, most: int) -> Iterator[str]:
    if len(text) > most:
        yield f"{where} has {len(text)} letters. Say it in up to {most}."
    if kind := value_kind(text):
        yield f"{where} looks as if it holds {kind.rstrip(',')}. Say it without; a day is written as 3 Oct 2026."


def _short(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 1)

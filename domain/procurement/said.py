"""What a needs assessment says of itself beside its figures: what was chosen and assumed, where numbers come from, what words mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from domain.disclosure import Released
from domain.formats import counted, number
from domain.periods import month_end, month_start, next_month
from domain.procurement.drivers import DriverFigures, known_of
from domain.procurement.lines import Line, lines_of
from domain.procurement.offers import Block, ByStage, FixedAndExtra, Hourly, Offer, PerCase
from domain.procurement.outlook import Outlook
from domain.procurement.scenario import Assumption, Basis, Scenario
from domain.services import Service, service

Rows = tuple[tuple[str, str], ...]
"""A name and its words, one row each."""

EVERY = {"month": "month by month", "quarter": "quarter by quarter", "financial_year": "year by year"}
"""How a history is carried forward, by its periods."""
_WORDS: Rows = (
    (
        "80% and 95% limits",
        "Of 100 such years so many are expected to lie within them, if what made the past goes on. The 95% limits are the wider ones.",
    ),
    (
        "Scenario, not validated",
        "The history is too short, or the year too far ahead, for the method to have been tried on the past. It says what follows if "
        "the past goes on, and not how likely that is.",
    ),
    ("c", "Hidden, so that nobody can be recognised in a small number."),
)
_OF_COSTS: Rows = (
    (
        "Half of all years, 9 of 10 years",
        "From 10,000 drawn futures of the contract: so many of their years cost no more than that.",
    ),
)


def assumption_rows(scenario: Scenario, *, bidders: bool) -> Rows:
    """Everything that somebody chose or assumed; for bidders nothing of prices, and no note.

    >>> dict(assumption_rows(Scenario("send", starts=202604), bidders=True))["Contract"]
    'Apr 2026 to Mar 2029, 3 contract years'
    """
    return tuple(_assumed(scenario, bidders=bidders))


def _assumed(said: Scenario, *, bidders: bool) -> Iterator[tuple[str, str]]:
    last = month_end(next_month(said.starts, 12 * said.years - 1))
    years = counted(said.years, "contract year")
    yield "Contract", f"{month_start(said.starts):%b %Y} to {last:%b %Y}, {years}"
    yield "What is expected rests on", said.basis.label
    if said.basis is Basis.FORECAST:
        yield "Carried forward", "the printed series" if said.published else EVERY[said.grouping]
    if said.basis is Basis.OWN and said.own:
        low, likely, high = (number(one) for one in said.own)
        yield "Referrals a year", f"low {low}, likely {likely}, high {high}"
    for one in said.assumptions:
        yield "Assumed", assumption_words(one)
    yield "How they end is learnt from", f"the latest {counted(said.mix_months, 'complete month')}"
    if said.mean_days is not None:
        yield "Days a case is open", f"{said.mean_days:f}, as the council assumes"
    if said.cases_each is not None:
        yield "Open cases that one worker carries", f"{said.cases_each:f}, as the council assumes"
    if bidders:
        return
    if said.note:
        yield "Note", said.note
    for offer in said.offers:
        yield offer.label, price_list(offer, service(said.service))


def assumption_words(one: Assumption) -> str:
    """An assumption in a sentence.

    >>> assumption_words(Assumption("A new duty", 202610, 10, 5, 20))
    'A new duty: 10% more from Oct 2026 on, perhaps 5% more to 20% more'
    """
    range_ = "" if one.low == one.high else f", perhaps {_change(one.low)} to {_change(one.high)}"
    return f"{one.words}: {_change(one.percent)} from {month_start(one.since):%b %Y} on{range_}"


def _change(percent: float) -> str:
    if not percent:
        return "no change"
    return f"{abs(percent):.10g}% {'more' if percent > 0 else 'fewer'}"


def price_list(offer: Offer, about: Service) -> str:
    """Every price of an offer as it was entered.

    >>> from domain.services import SEND
    >>> price_list(FixedAndExtra(500, Decimal(380_000), Decimal("950.5")), SEND)
    '500 cases for £380,000.00 a year; £950.50 for each extra case'
    """
    return "; ".join(_prices(offer, lines_of(about)))


def _prices(offer: Offer, lines: Sequence[Line]) -> Iterator[str]:
    labels = {line.key: line.label for line in lines}
    match offer:
        case ByStage():
            yield from (f"{labels.get(key, key)} {_pounds(price)}" for key, price in offer.prices)
            if offer.late_cancellation is not None:
                share = number(100 * offer.late_share, 1).removesuffix(".0")
                yield f"late cancellation {_pounds(offer.late_cancellation)}, {share}% of meetings"
        case FixedAndExtra():
            yield f"{number(offer.included)} cases for {_pounds(offer.fixed)} a year"
            yield f"{_pounds(offer.extra)} for each extra case"
        case PerCase():
            yield f"{_pounds(offer.price)} a case"
        case Hourly():
            yield f"{_pounds(offer.rate)} an hour"
            yield from (f"{labels.get(key, key)} {hours:f} hours" for key, hours in offer.hours)
        case Block():
            yield from (
                f"up to {number(cases)} cases {_pounds(price)} a year" for cases, price in offer.bands
            )
            yield f"{_pounds(offer.beyond)} for each case above"
    if offer.indexation:
        yield f"prices rise by {offer.indexation:f}% a year"


def _pounds(amount: Decimal) -> str:
    return f"£{amount:,.2f}"


def source_rows(scenario: Scenario, outlook: Outlook, drivers: DriverFigures) -> Rows:
    """Where the numbers come from, each source once."""
    found = [("Referrals", outlook.history.rests_on)] if outlook.history.rests_on else []
    if outlook.history.example:
        found.append(("Referrals", outlook.history.example))
    for kind in drivers.kinds:
        known = known_of(drivers, scenario, kind)
        found += [(kind.label, edition.source) for edition in known.editions]
    return tuple(dict.fromkeys(found))


def definition_rows(released: Sequence[Released], *, bidders: bool) -> Rows:
    """What the words mean: of every figure that was read, of a forecast, and for the commissioning team of costs."""
    measures = {one.measure.key: one.measure for one in released}
    return (
        *((one.label, f"{one.definition} Source: {one.source}.") for one in measures.values()),
        *_WORDS,
        *(() if bidders else _OF_COSTS),
    )

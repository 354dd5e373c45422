"""One contract of the chosen service: which one is looked at, and what was agreed in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

import streamlit as st

from components.address import allow, fill, one_of, write
from components.navigation import link_to_page
from components.panel import Basis, Panel
from domain.access import Audience
from domain.exceptions import reasons_of
from domain.formats import counted, day, listed, number, sentence_case, unmarked
from domain.periods import PeriodKind
from domain.settings import DELIVERY_MODELS, Contract, Settings
from domain.settings_words import (
    CLOCK_STARTS,
    RETURN_KINDS,
    has_term,
    pounds,
    reason_label,
)
from domain.table import Table
from domain.whose import for_whom

CONTRACT: Final = "contract"
"""The name of the chosen contract in the address."""


def contract_words(settings: Settings, contract: Contract, *, several: bool = False) -> str:
    """Whose contract it is; with its days where a provider has several."""
    who = settings.provider_label(contract.provider)
    return f"{who}, {_runs(contract)}" if several else who


def choose_contract(settings: Settings, contracts: Sequence[Contract]) -> Contract:
    """The contract that is looked at; no picker where there is only one. The first is chosen at the beginning."""
    named = {contract.key: contract for contract in contracts}
    first = contracts[0].key
    if len(named) < 2:
        return contracts[0]
    holders = [contract.provider for contract in contracts]
    fill(CONTRACT, one_of(list(named), str, first), first)
    allow(CONTRACT, list(named), first)
    chosen = st.selectbox(
        "Contract",
        list(named),
        format_func=lambda key: contract_words(
            settings, named[key], several=holders.count(named[key].provider) > 1
        ),
        key=CONTRACT,
    )
    write(CONTRACT, [] if chosen == first else [chosen])
    return named[chosen]


def show_no_contract(service: str) -> None:
    """Say that nobody is under contract for a service, of those chosen."""
    st.info(
        f"No contract for {service} is set for the providers chosen. Choose others at the side, or add it in Settings."
    )


def show_nothing_reported(who: str) -> None:
    """Say that nothing of a contract has been reported yet."""
    st.info(
        unmarked(f"{who} has sent no return for this contract yet. Its figures appear with the first one.")
    )


def show_ways_on(contract: Contract, link: Mapping[str, Sequence[str]]) -> None:
    """Links to where the provider is judged, its complaints in time, what was agreed for its cases, and where the terms are set."""
    chosen = {name: list(values) for name, values in link.items()} | {"provider": [contract.provider]}
    link_to_page("kpis.py", label="KPIs of this provider", icon=":material/checklist:", query_params=chosen)
    link_to_page(
        "satisfaction.py",
        label="Satisfaction, and complaints over time",
        icon=":material/sentiment_satisfied:",
        query_params=chosen,
    )
    if has_term(contract.service, "counted_exceptions"):
        link_to_page(
            "exceptions.py",
            label="Agreed exceptions, case by case",
            icon=":material/event_available:",
            query_params=chosen,
        )
    link_to_page(
        "settings.py",
        label="Change what was agreed, in Settings",
        icon=":material/settings:",
        query_params={"set": "contracts"},
    )


def terms_panel(
    contract: Contract, settings: Settings, *, prices: bool, audience: Audience = Audience.US
) -> Panel:
    """What was agreed, a row each; `prices` says whether the reader may see them."""
    rows = tuple(_terms(contract, settings, prices=prices))
    who = settings.provider_label(contract.provider)
    table = Table(("Term", "Agreed"), rows)
    said = f"{who}: contract {_runs(contract)}, returns {RETURN_KINDS[_reporting(contract)]}"
    return Panel(
        key="contract_terms",
        title=said,
        table=table,
        grid=Table(table.headers, tuple((term, unmarked(agreed)) for term, agreed in rows)),
        basis=Basis(
            base="",
            about="As it stands in Settings now.",
            selection=f"Shown: {who}.",
            audience=f"{for_whom(audience, settings, contract.service)}.",
            example="Example provider and contract." if contract.example else "",
            service=contract.service,
            provider=contract.provider,
        ),
    )


def _terms(contract: Contract, settings: Settings, *, prices: bool) -> Iterator[tuple[str, str]]:
    yield "Runs", sentence_case(_runs(contract))
    areas = [settings.area_label(key) for key in contract.areas]
    yield "Areas", listed(areas, 20) if areas else "All"
    yield (
        "Returns",
        f"{sentence_case(RETURN_KINDS[_reporting(contract)])}; due {counted(contract.due_days, 'day')} after its period",
    )
    included = contract.included_cases
    yield "Cases in the fixed price, a contract year", "None agreed" if included is None else number(included)
    if prices and (included, contract.fixed_price, contract.price_per_extra) != (None, None, None):
        yield "Fixed price, a contract year", _money(contract.fixed_price)
        yield "Price of each extra case", _money(contract.price_per_extra)
    if has_term(contract.service, "clock_start"):
        yield "The 30 days for mediation count from", sentence_case(CLOCK_STARTS[contract.clock_start])
    if has_term(contract.service, "counted_exceptions"):
        reasons = [reason_label(key) for key in contract.counted_exceptions]
        none = f"None of the {len(reasons_of(contract.service))} reasons"
        yield "Agreed exceptions that count", listed(reasons, 20) if reasons else none
    if has_term(contract.service, "case_report_days"):
        days = contract.case_report_days
        yield "Case report", "No time limit" if days is None else f"Within {counted(days, 'day')} of closing"
    if has_term(contract.service, "delivery_model"):
        yield "Delivered as", DELIVERY_MODELS.get(contract.delivery_model, "Not said")


def _money(value: Decimal | None) -> str:
    return "Not set" if value is None else pounds(value)


def _runs(contract: Contract) -> str:
    return f"{day(contract.start)} to {day(contract.end)}" if contract.end else f"from {day(contract.start)}"


def _reporting(contract: Contract) -> PeriodKind:
    return max(contract.reporting, default=(contract.start, PeriodKind.QUARTER))[1]

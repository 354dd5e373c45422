"""Cases used of those that the fixed price includes: one panel a contract, with where the rate leads and what it costs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal

import streamlit as st

from components.basis import basis_of
from components.charts.burn_up import burn_up
from components.hidden import only_shown
from components.navigation import is_open
from components.panel import Basis, Panel
from components.settings_links import to_settings
from domain.base_words import as_at_words
from domain.contract_use import RATE_MONTHS, ContractUse
from domain.contract_words import rate_notes, use_message, use_table
from domain.disclosure import Released
from domain.formats import NOTHING, counted, day, month, number
from domain.periods import parse_month
from domain.settings import Contract, Settings

NO_PRICE = "No price is set; add it in Settings."


def cases_used_panel(
    key: str,
    contract: Contract,
    accepted: Released,
    settings: Settings,
    *,
    as_at: date,
    reported: Collection[int],
    prices: bool = True,
) -> Panel:
    """One contract with included cases in its present contract year.

    Parameters
    ----------
    accepted : cases accepted by month, of this contract alone, from twelve months before ``as_at`` or earlier.
    as_at : the last day that its provider has reported. reported : the months that are in.
    prices : whether the reader may see what the contract costs; nothing is said of it otherwise.
    """
    by_month = {parse_month(f.keys[0]): f.met for f in accepted.figures if f.keys[0]}
    use = ContractUse(contract, as_at, by_month, reported)
    undated = sum(f.missing for f in accepted.figures if not f.keys[0])
    labels = [month(one) for one in use.months]
    said = "; ".join(
        f"{month(one)} {number(total)}" for one, total in zip(use.passed, use.cumulative, strict=True)
    )
    who = settings.provider_label(contract.provider)
    panel = Panel(
        key=key,
        title=f"{who}: {use_message(use)}",
        figure=burn_up(labels, use.cumulative, use.included, accepted.source),
        alt=f"Cases used by {who} up to the end of each month, against {number(use.included)} included: {said}.",
        table=use_table(use, accepted.measure.label),
        basis=_basis(use, accepted, who, settings),
        notes=(
            *rate_notes(use),
            *([money_note(use)] if prices else []),
            f"The contract year runs from {day(use.year_start)} to {day(use.year_end)}. Areas and months chosen at the side "
            "do not narrow this: the number included is for the whole contract.",
            "A case counts in the month of its referral; one that is entered late is added to that month, so the last "
            "months may still rise.",
            *([f"Without a date of referral, so left out: {counted(undated, 'case')}."] if undated else []),
        ),
    )
    return only_shown(panel, settings, accepted)


def money_note(use: ContractUse) -> str:
    """What the contract year costs so far, and where it leads; what is lacking where a price is."""
    money, contract = use.money(), use.contract
    if money is None:
        if contract.fixed_price is not None:
            return f"Fixed price {pounds(contract.fixed_price)}; no price for each extra case is set; add it in Settings."
        return NO_PRICE
    extra = max(0, use.used - use.included)
    cases = counted(extra, "extra case") if extra else "no extra case"
    said = f"Price so far {pounds(money.to_date)}: {pounds(contract.fixed_price)} fixed, {cases}"
    said += f" at {pounds(contract.price_per_extra)} each." if extra else "."
    if money.low is not None and money.high is not None:
        span = (
            f"{pounds(money.low)} to {pounds(money.high)}" if money.low != money.high else pounds(money.low)
        )
        said += f" By the end of the contract year, at that rate: {span}."
    return said


def show_none_included() -> None:
    """Say that a contract includes no number of cases, and where to set one."""
    says = (
        "This contract includes no number of cases in a fixed price, so nothing is said of how many are used."
    )
    if not is_open("settings.py"):
        st.info(says)
        return
    st.info(f"{says} If it does, set the number in Settings, under Contracts.")
    to_settings("Settings")


def show_part_only() -> None:
    """Say that nothing is said of a contract of which the reader sees some areas only: its number is for all of them."""
    st.info(
        "The number of cases that a contract includes is for all of its areas, and you may see some of them only. So nothing is "
        "said here of how many are used."
    )


def pounds(value: Decimal | None) -> str:
    """Pounds, with pence where there are any: '£12,500' or '£85.50'."""
    if value is None:
        return NOTHING
    return f"£{value:,.0f}" if value == value.to_integral_value() else f"£{value:,.2f}"


def _basis(use: ContractUse, accepted: Released, who: str, settings: Settings) -> Basis:
    """What the figures rest on: the cases of the contract year, and those of the twelve months of the rate."""
    base = f"n = {number(use.used)} in the contract year"
    if use.rate_cases is not None:
        base += f", {number(use.rate_cases)} in the last {RATE_MONTHS} months"
    areas = ", ".join(settings.area_label(key) for key in accepted.selection.areas) or "all areas"
    return replace(
        basis_of(accepted, settings),
        base=f"{base}, {as_at_words(accepted.as_at)}",
        selection=f"Shown: {who}; {areas}; the contract year from {day(use.year_start)}, and the last {RATE_MONTHS} months "
        "for the rate.",
    )

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
from domain.contract_use import LEAST_CASES, RATE_MONTHS, ContractUse
from domain.disclosure import Released
from domain.formats import NOTHING, counted, day, listed, month, number, percent_of
from domain.periods import parse_month
from domain.settings import Contract, Settings
from domain.table import Table

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
        table=_table(use, accepted.measure.label),
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


def use_message(use: ContractUse) -> str:
    """How many cases are used, and when they were used up or how much of the year has gone."""
    used = f"{number(use.used)} of {counted(use.included, 'included case')} used by {day(use.as_at)}"
    if use.not_reported:
        return f"at least {used}, with {counted(len(use.not_reported), 'month')} not reported"
    if use.used_up_in is not None:
        beyond = use.used - use.included
        over = f"; {number(beyond)} beyond them" if beyond else ""
        return f"{used}; used up in {month(use.used_up_in)}{over}"
    gone = f"{len(use.passed)} of {counted(len(use.months), 'month')} gone"
    ahead = use.by_year_end()
    leads = f"; about {number(ahead.middle)} by the end at this rate" if ahead else ""
    return f"{used} ({percent_of(use.used, use.included)}), {gone}{leads}"


def rate_notes(use: ContractUse) -> tuple[str, ...]:
    """Where the rate of the last twelve months leads, with its range; why nothing is said where nothing can be."""
    if use.not_reported:
        names = listed([month(one) for one in use.not_reported], 12)
        return (f"Not reported: {names}. So nothing is said of when the cases are used up.",)
    if use.rate_cases is None:
        return (
            f"Too few months or cases to say where the rate leads: it takes {RATE_MONTHS} months in a row and {LEAST_CASES} cases.",
        )
    notes = []
    each = number(use.rate_cases / RATE_MONTHS, 1)
    at_the_rate = f"At the rate of the last {RATE_MONTHS} months ({each} a month)"
    end = use.months[-1]
    if reached := use.reached_in():
        about, early, late = reached
        latest = f"to {month(late)}" if late <= end else "to after the end of the contract year"
        if about <= end:
            notes.append(
                f"{at_the_rate}, {number(use.included)} is reached about {month(about)} (95% range {month(early)} {latest})."
            )
        else:
            end_words = f"before the contract year ends in {month(end)}"
            notes.append(
                f"{at_the_rate}, whether {number(use.included)} is reached {end_words} cannot be said: "
                f"in {month(early)} at the earliest."
                if early <= end
                else f"{at_the_rate}, {number(use.included)} is not reached {end_words}."
            )
    if ahead := use.by_year_end():
        notes.append(
            f"{at_the_rate}, about {number(ahead.middle)} cases are used by {day(use.year_end)} "
            f"(95% range {number(ahead.low)} to {number(ahead.high)})."
        )
    if notes:
        notes.append(
            "The rate is the same for every month: a busy season to come would bring more cases than it says."
        )
    return tuple(notes)


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


def _table(use: ContractUse, counted_as: str) -> Table:
    rows = []
    totals = dict(zip(use.passed, use.cumulative, strict=True))
    for place, one in enumerate(use.months, start=1):
        known = one in totals
        state = "" if known and one in use.reported else "not reported" if known else "to come"
        rows.append(
            (
                month(one),
                use.by_month.get(one, 0) if known else NOTHING,
                totals.get(one, NOTHING),
                number(use.included * place / len(use.months)),
                use.included,
                state,
            )
        )
    heads = ("Month", counted_as, "Used so far", "If even over the year", "Included", "Note")
    return Table(heads, tuple(rows))

"""The part of the Settings page on contracts: who does what, where, how often returns come, and what was agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import streamlit as st

from components.frame import section, show_table
from components.settings_frame import Step, a_day, attempt, choose_one, submitted
from components.settings_terms import Terms, choose_terms, terms_words
from domain.formats import day, listed, sentence_case
from domain.periods import PeriodKind
from domain.services import SERVICES
from domain.settings import Contract, Settings
from domain.settings_edits import put_contract, take_out_contract
from domain.settings_words import RETURN_KINDS, pounds, service_label
from domain.table import Table

_CHANGE, _OUT = "Change it, or give it a last day", "Take it out (entered by mistake)"


@dataclass(frozen=True, slots=True)
class _Entered:
    """What the form holds; a first day that is lacking is said by the form."""

    start: date | None
    end: date | None
    kind: PeriodKind
    since: date | None
    due_days: int
    areas: tuple[str, ...]
    included: int | None
    price: Decimal | None
    extra: Decimal | None
    terms: Terms


def contracts_part(settings: Settings, turn: int) -> Step | None:
    """Add a contract, change one, or take it out."""
    section("Contracts")
    if settings.contracts:
        show_table(contracts_table(settings), "Contracts")
    if not settings.providers:
        st.info("Add a provider first: a contract is with one.")
        return None
    which = choose_one(
        "Contract",
        settings.contracts,
        lambda c: contract_label(settings, c),
        new="Add a new contract",
        key=f"contract_which_{turn}",
    )
    if which is None:
        return _new_contract(settings, turn)
    return _known_contract(settings, which, turn)


def contract_label(settings: Settings, contract: Contract) -> str:
    """One contract in words, for a picker."""
    until = f" to {day(contract.end)}" if contract.end else ""
    return f"{settings.provider_label(contract.provider)}, {service_label(contract.service)}, {day(contract.start)}{until}"


def contracts_table(settings: Settings) -> Table:
    """Each contract with all that was agreed."""
    rows = []
    for c in settings.contracts:
        since, kind = max(c.reporting, default=(c.start, PeriodKind.QUARTER))
        agreed = [
            f"for {listed([settings.area_label(key) for key in c.areas], 20)}"
            if c.areas
            else "for all areas",
            f"{c.included_cases:,} cases included" if c.included_cases is not None else "",
            f"{pounds(c.fixed_price)} a year" if c.fixed_price is not None else "",
            f"{pounds(c.price_per_extra)} for each extra case" if c.price_per_extra is not None else "",
            *terms_words(c),
        ]
        rows.append(
            (
                f"{settings.provider_label(c.provider)}, {service_label(c.service)}",
                f"{day(c.start)} to {day(c.end)}" if c.end else f"From {day(c.start)}",
                f"{RETURN_KINDS[kind]}, since {day(since)}; due after {c.due_days} days",
                sentence_case("; ".join(part for part in agreed if part)),
            )
        )
    return Table(("Contract", "Runs", "Returns", "Agreed"), tuple(rows))


def _new_contract(settings: Settings, turn: int) -> Step | None:
    left, right = st.columns(2)
    service = left.selectbox(
        "Service", [s.key for s in SERVICES], format_func=service_label, key=f"contract_service_{turn}"
    )
    provider = right.selectbox(
        "Provider",
        [p.key for p in settings.providers],
        format_func=settings.provider_label,
        key=f"contract_provider_{turn}",
    )
    blank = Contract("", service, provider, date.min)
    with st.form(f"contract_new_{turn}_{service}"):
        entered = _fields(settings, blank, f"{turn}_{service}", new=True)
        if not submitted():
            return None
    contract = _agreed(blank, entered)
    if contract is None:
        return None
    title = f"Add the contract of {settings.provider_label(provider)}"
    return attempt(title, lambda: put_contract(settings, contract))


def _known_contract(settings: Settings, known: Contract, turn: int) -> Step | None:
    place = f"{turn}_{known.key}"
    whose = settings.provider_label(known.provider)
    what = st.radio("What to do", (_CHANGE, _OUT), horizontal=True, key=f"contract_do_{place}")
    with st.form(f"contract_{place}_{what}"):
        if what == _OUT:
            st.markdown("A contract under which returns were sent stays: give it a last day instead.")
            entered = None
        else:
            entered = _fields(settings, known, place, new=False)
        if not submitted():
            return None
    if entered is None:
        return attempt(f"Take out the contract of {whose}", lambda: take_out_contract(settings, known.key))
    contract = _agreed(known, entered)
    if contract is None:
        return None
    return attempt(f"Change the contract of {whose}", lambda: put_contract(settings, contract, was=known.key))


def _agreed(held: Contract, entered: _Entered) -> Contract | None:
    if entered.start is None:
        st.error("Enter the first day of the contract.")
        return None
    return replace(
        held,
        start=entered.start,
        end=entered.end,
        reporting=reporting_with(held, entered.start, entered.kind, entered.since),
        due_days=entered.due_days,
        areas=entered.areas,
        included_cases=entered.included,
        fixed_price=entered.price,
        price_per_extra=entered.extra,
        clock_start=entered.terms.clock_start,
        counted_exceptions=entered.terms.counted_exceptions,
        case_report_days=entered.terms.case_report_days,
        delivery_model=entered.terms.delivery_model,
    )


def reporting_with(
    held: Contract, start: date, kind: PeriodKind, since: date | None
) -> tuple[tuple[date, PeriodKind], ...]:
    """How often returns come, with what was entered.

    Another kind from a later day is a change and leaves what held before it; the same kind from another day corrects that change.
    """
    last_day, last_kind = max(held.reporting, default=(held.start, None))
    # What held from the first day on moves with it.
    found = {start if day == held.start else day: value for day, value in held.reporting}
    chosen = start if since is None or since == held.start else since
    if kind == last_kind and since not in (None, last_day):
        found.pop(start if last_day == held.start else last_day, None)
    found[chosen] = kind
    return tuple(sorted(found.items()))


def _fields(settings: Settings, held: Contract, place: str, *, new: bool) -> _Entered:
    since, kind = max(held.reporting, default=(held.start, PeriodKind.QUARTER))
    kinds = list(RETURN_KINDS)
    # Row by row, so that a telephone and the Tab key take them in the order in which they are read.
    left, right = st.columns(2)
    with left:
        start = a_day("First day", None if new else held.start, f"contract_start_{place}")
    with right:
        end = a_day("Last day (blank: no end)", held.end, f"contract_end_{place}")
    left, right = st.columns(2)
    chosen = left.selectbox(
        "Returns come",
        kinds,
        index=kinds.index(kind),
        format_func=RETURN_KINDS.__getitem__,
        key=f"contract_returns_{place}",
    )
    with right:
        from_day = a_day(
            "Returns come so from (blank: the first day)",
            None if new else since,
            f"contract_since_{place}",
            "Choose a later day to change how often returns come; earlier returns stay as they were.",
        )
    due = st.number_input(
        "Days until due, after the end of its period", 0, 366, held.due_days, key=f"contract_due_{place}"
    )
    areas = st.multiselect(
        "Areas (none chosen: all)",
        [a.key for a in settings.areas],
        held.areas,
        format_func=settings.area_label,
        key=f"contract_areas_{place}",
    )
    included, price, extra = _prices(held, place)
    terms = choose_terms(held, place)
    return _Entered(start, end, chosen, from_day, int(due), tuple(areas), included, price, extra, terms)


def _prices(held: Contract, place: str) -> tuple[int | None, Decimal | None, Decimal | None]:
    included = st.number_input(
        "Cases included a contract year (blank: none agreed)",
        0,
        1_000_000,
        held.included_cases,
        key=f"contract_included_{place}",
    )
    left, right = st.columns(2)
    with left:
        price = _pounds("Price in £ a contract year (blank: not known)", held.fixed_price, f"price_{place}")
    with right:
        extra = _pounds("Price in £ of each extra case", held.price_per_extra, f"extra_{place}")
    return included, price, extra


def _pounds(label: str, value: Decimal | None, key: str) -> Decimal | None:
    found = st.number_input(
        label, 0.0, 1e8, None if value is None else float(value), step=1.0, format="%.2f", key=key
    )
    return None if found is None else Decimal(str(round(found, 2)))

"""What a contract says of one service alone: from when its deadlines count, which exceptions count, how it is delivered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from domain.exceptions import CAUSE_OF, Cause, reasons_of
from domain.formats import counted, listed
from domain.settings import DELIVERY_MODELS, FAMILY_REQUEST, Contract
from domain.settings_words import CLOCK_STARTS, has_term, reason_label


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that the form holds, by the contract's attributes."""

    clock_start: str
    counted_exceptions: tuple[str, ...]
    case_report_days: int | None
    delivery_model: str


def choose_terms(held: Contract, place: str) -> Terms:
    """Ask for the terms that contracts of the service have; the others stay as they are held."""
    return Terms(
        _clock(held, place), _exceptions(held, place), _report_days(held, place), _delivered(held, place)
    )


def _clock(held: Contract, place: str) -> str:
    if not has_term(held.service, "clock_start"):
        return held.clock_start
    return st.selectbox(
        "The 30 days for mediation count from",
        list(CLOCK_STARTS),
        index=list(CLOCK_STARTS).index(held.clock_start),
        format_func=CLOCK_STARTS.__getitem__,
        key=f"contract_clock_{place}",
        help="The law counts from the family's request. Choose the other only where the contract says so.",
    )


def _exceptions(held: Contract, place: str) -> tuple[str, ...]:
    if not has_term(held.service, "counted_exceptions"):
        return held.counted_exceptions
    # What the provider itself caused is recorded, and never taken out: there is nothing to choose.
    reasons = [code.key for code in reasons_of(held.service) if CAUSE_OF.get(code.key) is not Cause.PROVIDER]
    chosen = st.multiselect(
        "Reasons for an agreed exception that the contract takes out of an adjusted figure",
        [*reasons, *(key for key in held.counted_exceptions if key not in reasons)],
        held.counted_exceptions,
        format_func=reason_label,
        key=f"contract_exceptions_{place}",
        help="Only those that the contract names. An exception never moves a deadline and never changes the raw figure.",
    )
    return tuple(chosen)


def _report_days(held: Contract, place: str) -> int | None:
    if not has_term(held.service, "case_report_days"):
        return held.case_report_days
    days = st.number_input(
        "Days after closing by which the case report is due (blank: no limit)",
        0,
        366,
        held.case_report_days,
        key=f"contract_report_{place}",
    )
    return None if days is None else int(days)


def _delivered(held: Contract, place: str) -> str:
    if not has_term(held.service, "delivery_model"):
        return held.delivery_model
    ways = ["", *DELIVERY_MODELS]
    return st.selectbox(
        "How it is delivered",
        ways,
        index=ways.index(held.delivery_model),
        format_func=lambda key: DELIVERY_MODELS.get(key, "Not said"),
        key=f"contract_delivered_{place}",
    )


def terms_words(contract: Contract) -> Iterator[str]:
    """The terms of a contract that differ from what holds where nobody says anything, in words."""
    if contract.clock_start != FAMILY_REQUEST:
        yield f"30 days count from {CLOCK_STARTS[contract.clock_start]}"
    if contract.counted_exceptions:
        yield f"exceptions taken out: {listed([reason_label(key) for key in contract.counted_exceptions], 20)}"
    if contract.case_report_days is not None:
        yield f"case report due {counted(contract.case_report_days, 'day')} after closing"
    if contract.delivery_model:
        yield f"delivered as: {DELIVERY_MODELS[contract.delivery_model]}"

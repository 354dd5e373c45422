"""The fields that a scenario is typed into. Each starts with what the scenario says, may stay empty, and keeps what was typed in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.procurement_state import Place, filled, typed
from domain.procurement.offer_checks import MOST_CASES, MOST_POUNDS

T = TypeVar("T")
Where = DeltaGenerator | Any
"""What a field is drawn in: a column, or the page itself."""


def ask_whole(
    where: Where,
    place: Place,
    name: str,
    label: str,
    value: int | None,
    *,
    least: int = 0,
    most: int = MOST_CASES,
    help: str | None = None,
) -> int | None:
    """A whole number; None where the field is empty."""
    key = filled(place, name, value)
    where.number_input(
        label,
        value=None,
        min_value=least,
        max_value=most,
        step=1,
        format="%d",
        key=key,
        help=help,
        placeholder="Enter a number",
    )
    found = typed(key)
    return None if found is None else int(found)


def ask_amount(
    where: Where,
    place: Place,
    name: str,
    label: str,
    value: Decimal | None,
    *,
    least: float = 0.0,
    most: float = float(MOST_POUNDS),
    digits: int = 2,
    placeholder: str = "Enter a price",
    help: str | None = None,
) -> Decimal | None:
    """An exact number of so many digits, as pounds and pence; None where the field is empty."""
    key = filled(place, name, None if value is None else float(value))
    where.number_input(
        label,
        value=None,
        min_value=least,
        max_value=most,
        step=float(10**-digits) if digits else 1.0,
        format=f"%.{digits}f",
        key=key,
        help=help,
        placeholder=placeholder,
    )
    found = typed(key)
    # What the browser holds is a binary fraction: as it is written it is what was meant.
    return None if found is None else Decimal(f"{found:.{digits}f}")


def ask_one(
    where: Where,
    place: Place,
    name: str,
    label: str,
    options: Sequence[T],
    value: T,
    words: Callable[[T], str],
    *,
    help: str | None = None,
) -> T:
    """One of several; what the scenario says is offered too where it is none of them."""
    key = filled(place, name, value)
    if st.session_state[key] not in options:
        options = [st.session_state[key], *options]
    where.selectbox(label, options, format_func=words, key=key, help=help)
    found: T = typed(key)
    return found


def ask_which(
    place: Place, name: str, label: str, options: Sequence[T], value: T, words: Callable[[T], str]
) -> T:
    """One of a few, all of them seen."""
    key = filled(place, name, value if value in options else options[0])
    if st.session_state[key] not in options:
        st.session_state[key] = options[0]
    st.radio(label, options, format_func=words, key=key, horizontal=True)
    found: T = typed(key)
    return found


def ask_text(
    where: Where, place: Place, name: str, label: str, value: str, most: int, *, help: str | None = None
) -> str:
    """A line of text, without what stands around it."""
    key = filled(place, name, value)
    where.text_input(label, key=key, max_chars=most, help=help)
    return str(typed(key) or "").strip()


def pounds_or_none(value: Decimal) -> Decimal | None:
    """A price as a field holds it: nought is one that nobody entered."""
    return value if value else None


def ask_rise(where: Where, place: Place, name: str, value: Decimal) -> Decimal:
    """By how many percent prices rise each year after the first."""
    found = ask_amount(
        where,
        place,
        name,
        "Rise of prices a year, %",
        value,
        least=-20.0,
        most=50.0,
        placeholder="0.00",
        help="Each later year's price is the price of the year before with this added, rounded to the penny. 0 for no rise.",
    )
    return found or Decimal(0)

"""The ways of paying, typed in: one folded form for each, empty at first, and examples that say they are not real."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

import streamlit as st

from components.procurement_fields import (
    ask_amount,
    ask_rise,
    ask_whole,
    pounds_or_none,
)
from components.procurement_state import Place, revise, start_afresh
from domain.procurement.example_prices import (
    EXAMPLE_PRICES,
    example_offers,
    is_example,
    with_examples,
    without_examples,
)
from domain.procurement.lines import Line, lines_of
from domain.procurement.offers import KINDS, Block, ByStage, FixedAndExtra, Hourly, Offer, PerCase
from domain.procurement.scenario import Scenario
from domain.services import service

_OFFERS: Final = "offer_"
_BANDS: Final = 4
"""So many bands may be typed in."""


def edit_prices(place: Place, scenario: Scenario, cases: int) -> Scenario:
    """The scenario as its fields say; the caller checks it.

    Parameters
    ----------
    cases : how many a year are expected: what examples are made for.
    """
    with st.container(key="on_screen_prices"):
        found = [one for kind in KINDS if (one := _offer(place, scenario, kind)) is not None]
        _examples(place, scenario, cases)
    # In the order that they were kept in: that it is looked at does not change a scenario.
    held = [one.key for one in scenario.offers]
    found.sort(key=lambda one: held.index(one.key) if one.key in held else len(held))
    return replace(scenario, offers=tuple(found))


def _offer(place: Place, scenario: Scenario, kind: type[Offer]) -> Offer | None:
    """What stands in the form of one way of paying; None where nothing is entered."""
    held = next((one for one in scenario.offers if isinstance(one, kind)), None)
    about = service(scenario.service)
    said = "" if held is None else " · example, not real" if is_example(held, about) else " · entered"
    with st.expander(
        f"{kind.label}{said}", icon=":material/payments:", key=f"procurement_{kind.key}_{place[0]}_{place[1]}"
    ):
        match held or kind():
            case ByStage() as offer:
                made: Offer = _stages(place, offer, lines_of(about))
            case FixedAndExtra() as offer:
                made = _fixed(place, offer)
            case PerCase() as offer:
                made = _per_case(place, offer)
            case Hourly() as offer:
                made = _hourly(place, offer, lines_of(about))
            case Block() as offer:
                made = _block(place, offer)
    return None if replace(made, indexation=Decimal(0)) == kind() else made


def _stages(place: Place, offer: ByStage, lines: Sequence[Line]) -> ByStage:
    st.markdown(
        "A price for each way that a case may end. 0 where it costs nothing; empty where it is not known yet."
    )
    held = dict(offer.prices)
    found = _by_line(place, "stages", lines, held, "£", "Enter a price")
    late, share = offer.late_cancellation, Decimal(str(offer.late_share)) * 100
    if any(line.held for line in lines):
        left, right = st.columns(2, vertical_alignment="bottom")
        late = ask_amount(
            left, place, f"{_OFFERS}late", "A meeting cancelled late, £", offer.late_cancellation
        )
        share = ask_amount(
            right,
            place,
            f"{_OFFERS}late_share",
            "Cancelled late, % of meetings held",
            share or None,
            most=100.0,
            digits=1,
            placeholder="0.0",
            help="For each 100 meetings held, so many more are cancelled late.",
        ) or Decimal(0)
    rise = ask_rise(st, place, f"{_OFFERS}stages_rise", offer.indexation)
    return ByStage(found, late, float(share / 100), rise)


def _by_line(
    place: Place, name: str, lines: Sequence[Line], held: dict[str, Decimal], unit: str, placeholder: str
) -> tuple[tuple[str, Decimal], ...]:
    """A number for each way that a case may end, two beside each other."""
    found: list[tuple[str, Decimal]] = []
    for first in range(0, len(lines), 2):
        for column, line in zip(
            st.columns(2, vertical_alignment="bottom"), lines[first : first + 2], strict=False
        ):
            label = f"{line.label}, {unit}"
            value = ask_amount(
                column,
                place,
                f"{_OFFERS}{name}_{line.key}",
                label,
                held.get(line.key),
                placeholder=placeholder,
            )
            if value is not None:
                found.append((line.key, value))
    return tuple(found)


def _fixed(place: Place, offer: FixedAndExtra) -> FixedAndExtra:
    columns = st.columns(3, vertical_alignment="bottom")
    included = ask_whole(
        columns[0], place, f"{_OFFERS}fixed_n", "N: cases a year in the fixed price", offer.included or None
    )
    fixed = ask_amount(
        columns[1], place, f"{_OFFERS}fixed", "Fixed price a year, £", pounds_or_none(offer.fixed)
    )
    extra = ask_amount(
        columns[2], place, f"{_OFFERS}extra", "Each case beyond N, £", pounds_or_none(offer.extra)
    )
    rise = ask_rise(st, place, f"{_OFFERS}fixed_rise", offer.indexation)
    return FixedAndExtra(included or 0, fixed or Decimal(0), extra or Decimal(0), rise)


def _per_case(place: Place, offer: PerCase) -> PerCase:
    left, right = st.columns(2, vertical_alignment="bottom")
    price = ask_amount(left, place, f"{_OFFERS}per_case", "Each referral, £", pounds_or_none(offer.price))
    return PerCase(price or Decimal(0), ask_rise(right, place, f"{_OFFERS}per_case_rise", offer.indexation))


def _hourly(place: Place, offer: Hourly, lines: Sequence[Line]) -> Hourly:
    left, right = st.columns(2, vertical_alignment="bottom")
    rate = ask_amount(left, place, f"{_OFFERS}rate", "Each hour, £", pounds_or_none(offer.rate))
    rise = ask_rise(right, place, f"{_OFFERS}hourly_rise", offer.indexation)
    st.markdown("Hours that a case takes, by how it ends.")
    return Hourly(
        rate or Decimal(0), _by_line(place, "hours", lines, dict(offer.hours), "hours", "Enter hours"), rise
    )


def _block(place: Place, offer: Block) -> Block:
    st.markdown("A price a year for each band of volume. Leave the bands that are not needed empty.")
    bands: list[tuple[int, Decimal]] = []
    held = [*offer.bands, *([(None, None)] * _BANDS)][: max(_BANDS, len(offer.bands))]
    for at, (upto, price) in enumerate(held, 1):
        left, right = st.columns(2, vertical_alignment="bottom")
        most = ask_whole(left, place, f"{_OFFERS}upto_{at}", f"Band {at}: up to so many cases", upto)
        pounds = ask_amount(right, place, f"{_OFFERS}band_{at}", f"Band {at}: price a year, £", price)
        if most is not None or pounds is not None:
            bands.append((most or 0, pounds or Decimal(0)))
    left, right = st.columns(2, vertical_alignment="bottom")
    beyond = ask_amount(
        left, place, f"{_OFFERS}beyond", "Each case above the last band, £", pounds_or_none(offer.beyond)
    )
    rise = ask_rise(right, place, f"{_OFFERS}block_rise", offer.indexation)
    return Block(tuple(bands), beyond or Decimal(0), rise)


def _examples(place: Place, scenario: Scenario, cases: int) -> None:
    """The way to example prices and away from them."""
    about = service(scenario.service)
    made = [one for one in scenario.offers if is_example(one, about)]
    with st.container(horizontal=True, vertical_alignment="center", key="on_screen_examples"):
        if len(scenario.offers) < len(example_offers(about, 1)):
            st.button(
                "Fill in example prices (not real)",
                icon=":material/science:",
                key="procurement_examples",
                help="For each way of paying that has no price yet: round numbers to learn with. No provider has offered them.",
                on_click=_put,
                args=(place, lambda offers: with_examples(offers, about, cases)),
            )
        if made:
            st.button(
                "Take the example prices away",
                icon=":material/delete:",
                key="procurement_no_examples",
                on_click=_put,
                args=(place, lambda offers: without_examples(offers, about)),
            )
    if made:
        st.warning(f"{EXAMPLE_PRICES}. What follows from them is an exercise.", icon=":material/science:")


def _put(place: Place, change: Callable[[tuple[Offer, ...]], tuple[Offer, ...]]) -> None:
    start_afresh(place, _OFFERS)
    revise(place, lambda held: replace(held, offers=change(held.offers)))

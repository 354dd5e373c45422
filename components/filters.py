"""The pickers at the side: providers, areas and months. They stand in the address and go with the reader."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.formats import month
from domain.periods import months_between
from domain.selection import Selection
from domain.settings import UNKNOWN_AREA, Settings

PROVIDER: Final = "provider"
AREA: Final = "area"
FIRST: Final = "from"
LAST: Final = "to"


def choose_selection(
    settings: Settings,
    *,
    service: str,
    providers: Sequence[str],
    first_month: int | None,
    last_month: int | None,
) -> Selection:
    """Show the pickers and return what is chosen.

    Parameters
    ----------
    providers : sequence of str
        Keys of the providers that may be chosen.
    first_month, last_month : int or None
        How far the figures reach; without them there is nothing to choose.

    Notes
    -----
    Choosing every month is choosing none: cases without a date then stay in.
    """
    with st.sidebar:
        st.markdown("**Choose what is shown**")
        chosen_providers = st.multiselect(
            "Providers",
            list(providers),
            format_func=settings.provider_label,
            key=PROVIDER,
            bind="query-params",
            placeholder="All providers",
        )
        areas = [area.key for area in sorted(settings.areas, key=lambda area: area.order)]
        chosen_areas = st.multiselect(
            "Areas",
            [*areas, UNKNOWN_AREA],
            format_func=settings.area_label,
            key=AREA,
            bind="query-params",
            placeholder="All areas",
        )
        first, last = _choose_months(first_month, last_month)
    return Selection(
        service=service, providers=tuple(chosen_providers), areas=tuple(chosen_areas), first=first, last=last
    )


def _choose_months(first_month: int | None, last_month: int | None) -> tuple[int | None, int | None]:
    if first_month is None or last_month is None:
        return None, None
    months = list(months_between(first_month, last_month))
    left, right = st.columns(2)
    first = left.selectbox("From", months, format_func=month, key=FIRST, bind="query-params")
    last = right.selectbox(
        "To", months, index=len(months) - 1, format_func=month, key=LAST, bind="query-params"
    )
    if first is not None and last is not None and first > last:
        st.warning("'From' is later than 'To', so all months are shown.")
        return None, None
    return (None if first == first_month else first), (None if last == last_month else last)


def link_to(selection: Selection, settings: Settings) -> dict[str, list[str]]:
    """The address parameters that bring the same selection back on another page."""
    found: dict[str, list[str]] = {}
    if selection.providers:
        found[PROVIDER] = [settings.provider_label(key) for key in selection.providers]
    if selection.areas:
        found[AREA] = [settings.area_label(key) for key in selection.areas]
    if selection.first is not None:
        found[FIRST] = [month(selection.first)]
    if selection.last is not None:
        found[LAST] = [month(selection.last)]
    return found

"""The pickers at the side: service, providers, areas and months. They stand in the address and go with the reader."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.address import allow, fill, forget_unsaid, one_of, write
from domain.access import Duty, OutOfReach
from domain.formats import month, sentence_case
from domain.periods import months_between, write_month
from domain.selection import Selection
from domain.services import Service
from domain.settings import UNKNOWN_AREA, Settings
from domain.whose import everybody, everywhere

SERVICE: Final = "service"
PROVIDER: Final = "provider"
AREA: Final = "area"
FIRST: Final = "from"
LAST: Final = "to"
_BEFORE: Final = "service_before"


def choose_service(offered: Sequence[Service], first: Service) -> Service:
    """The service that is looked at; no picker where there is only one to choose.

    It is always said in the address, so that a link stays right when another service sends its first return.

    Parameters
    ----------
    offered : the services that may be chosen. first : the one chosen at the beginning.
    """
    chosen = first
    if len(offered) > 1:
        named = {service.key: service for service in offered}
        fill(SERVICE, one_of(list(named), str, first.key), first.key)
        allow(SERVICE, list(named), first.key)
        with st.sidebar:
            key = st.selectbox("Service", list(named), format_func=lambda one: named[one].label, key=SERVICE)
        if key not in named:
            raise OutOfReach(Duty.FIGURES, service=str(key))
        write(SERVICE, [key])
        chosen = named[key]
    if st.session_state.get(_BEFORE) not in (None, chosen.key):
        forget_unsaid()
    st.session_state[_BEFORE] = chosen.key
    return chosen


def choose_selection(
    settings: Settings,
    *,
    service: str,
    providers: Sequence[str],
    first_month: int | None,
    last_month: int | None,
    within: Sequence[str] | None = None,
    whole_quarters: bool = False,
) -> Selection:
    """Show the pickers and return what is chosen.

    Parameters
    ----------
    providers : sequence of str
        Keys of the providers that may be chosen.
    first_month, last_month : int or None
        How far the figures reach; without them there is nothing to choose.

    within : sequence of str or None
        The areas that the reader is limited to; None for all.
    whole_quarters : bool
        Whether only whole quarters, and one provider or area, may be chosen: for an audience from which small numbers are hidden.

    Notes
    -----
    Choosing every month is choosing none: cases without a date then stay in. The address is that of
    ``Selection.to_query``.
    """
    areas = [area.key for area in sorted(settings.areas_of(service), key=lambda area: area.order)]
    areas = [*areas, UNKNOWN_AREA] if within is None else [key for key in areas if key in within]
    for name, options in ((PROVIDER, providers), (AREA, areas)):
        fill(name, list, [])
        allow(name, options, [])
        if whole_quarters:
            st.session_state[name] = st.session_state[name][:1]
    with st.sidebar:
        st.markdown("**Choose what is shown**")
        chosen_providers = st.multiselect(
            "Providers",
            list(providers),
            format_func=settings.provider_label,
            key=PROVIDER,
            max_selections=1 if whole_quarters else None,
            placeholder=sentence_case(everybody(settings, service)),
        )
        chosen_areas = st.multiselect(
            "Areas",
            areas,
            format_func=settings.area_label,
            key=AREA,
            max_selections=1 if whole_quarters else None,
            placeholder=sentence_case(everywhere(settings, service)),
        )
        first, last = _choose_months(first_month, last_month, whole_quarters=whole_quarters)
    _refuse(PROVIDER, chosen_providers, providers)
    _refuse(AREA, chosen_areas, areas)
    selection = Selection(
        service=service, providers=tuple(chosen_providers), areas=tuple(chosen_areas), first=first, last=last
    )
    said = selection.to_query()
    for name in (PROVIDER, AREA):
        write(name, said.get(name, []))
    return selection


def _refuse(name: str, chosen: Sequence[str], options: Sequence[str]) -> None:
    """Refuse a value that no picker offers: a browser sends what it likes."""
    for one in chosen:
        if one not in options:
            raise OutOfReach(Duty.FIGURES, provider=str(one) if name == PROVIDER else "", subject=str(one))


def _choose_months(
    first_month: int | None, last_month: int | None, *, whole_quarters: bool
) -> tuple[int | None, int | None]:
    if first_month is None or last_month is None:
        return None, None
    months = list(months_between(first_month, last_month))
    columns = st.columns(2)
    found = []
    for column, name, label, default in zip(
        columns, (FIRST, LAST), ("From", "To"), (first_month, last_month), strict=True
    ):
        offered = months
        if whole_quarters:
            edge = 1 if name == FIRST else 0
            offered = [one for one in months if one % 100 % 3 == edge or one == default]
        fill(name, one_of(offered, write_month, default), default)
        allow(name, offered, default)
        chosen = column.selectbox(label, offered, format_func=month, key=name)
        write(name, [] if chosen == default else [write_month(chosen)])
        found.append(None if chosen == default else chosen)
    first, last = found
    if first is not None and last is not None and first > last:
        st.warning("'From' is later than 'To', so all months are shown.")
        return None, None
    return first, last


def link_to(selection: Selection) -> dict[str, list[str]]:
    """The address parameters that bring the same selection back on another page."""
    return {
        name: texts
        for name, texts in selection.to_query().items()
        if name in (SERVICE, PROVIDER, AREA, FIRST, LAST)
    }

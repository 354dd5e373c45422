"""Where unusual months meet the data: whose series is shown, where its averages begin, saying and taking back one. Not a page."""

from __future__ import annotations

import streamlit as st

from components.present import presenting
from components.unusual_form import ask_average, ask_back, done, show_done
from data_access.new_averages import begin_average, read_new_averages, take_back_average
from data_access.sources import shared_store
from domain.access import Duty
from domain.formats import month
from domain.new_averages import NewAverage
from domain.periods import months_between
from domain.tally import Source
from domain.whose import areas_seen, providers_seen
from pages._desk import Desk
from pages._who import viewer

MEASURE = "referrals"


def series_shown(desk: Desk) -> str | None:
    """Whose whole series is shown: a provider's key, blank for all of them together, None for a part that has no average of its own."""
    chosen, service = desk.selection, desk.service.key
    seen = providers_seen(desk.settings, service)
    providers = chosen.providers or seen
    if chosen.areas or chosen.where or areas_seen(desk.settings, service) or len(providers) > 1:
        return None
    if not providers and not desk.viewer.whole(service):
        return None
    return next(iter(providers), "")


def new_averages_of(desk: Desk) -> tuple[NewAverage, ...]:
    """The new averages of the series that is shown."""
    provider = series_shown(desk)
    if provider is None:
        return ()
    return read_new_averages(
        desk.store, desk.viewer, service=desk.service.key, measure=MEASURE, provider=provider
    )


def work_on_averages(desk: Desk, averages: tuple[NewAverage, ...]) -> None:
    """The form for a new average, for whoever may change what the council has set; nothing for anybody else."""
    provider = series_shown(desk)
    here = desk.store.source is not Source.IN_HAND and desk.store.url == shared_store().url
    if presenting() or provider is None or not here or not viewer().may(Duty.SETTINGS):
        return
    show_done()
    whose = desk.settings.provider_label(provider) if provider else "all providers together"
    months = months_between(desk.coverage.first_month or 0, desk.coverage.last_month or 0)[1:]
    if not months:
        return
    with st.expander("New average", icon=":material/edit:", key="new_average"):
        back = ask_back(averages)
        asked = ask_average(months, whose)
    try:
        if back is not None:
            take_back_average(desk.store, back.id, by=viewer())
            done(f"Taken back: the new average from {month(back.month)}.")
        elif asked is not None:
            said = NewAverage(desk.service.key, MEASURE, asked[0], asked[1], provider)
            begin_average(desk.store, said, by=viewer())
            done(f"Saved: a new average begins in {month(asked[0])}. It can be taken back below.")
        else:
            return
    except ValueError as error:
        st.error(str(error))
        return
    st.rerun()

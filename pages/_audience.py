"""Who will see the page that is open, and what is not for others. Not a page."""

from __future__ import annotations

import streamlit as st

from components.audience import choose_audience, others_chosen, presenting_asked
from components.empty import not_for_this_audience
from components.filters import PROVIDER
from components.frame import page_head
from domain.access import Audience, Viewer
from domain.settings import Settings


def audience_of(
    viewer: Viewer, settings: Settings, service: str, providers: tuple[str, ...], *, asked: bool = True
) -> Audience:
    """Who will see the page: chosen by whoever may see all of the service; others look at their own figures, which are theirs to see.

    `asked` is false on a page of which nothing is chosen at the side: there it is asked only where others were chosen before, and the
    figures may be of any service.
    """
    if not viewer.whole(service):
        # Of one area everybody in the room may know whom a small number means; a provider's own figures are its own to show.
        of_area = viewer.areas_of(service) is not None
        return Audience.PROVIDERS if of_area and presenting_asked() else Audience.US
    if not asked:
        if not (others_chosen() or presenting_asked()):
            return Audience.US
        providers = tuple(one.key for one in settings.providers)
    chosen = st.query_params.get_all(PROVIDER) or st.session_state.get(PROVIDER) or []
    return choose_audience(settings, service, providers, chosen)


def stop_unless_us(audience: Audience, title: str) -> None:
    """End a page that is for the commissioning team, with what others may look at, where it is shown to others."""
    if audience.gated:
        page_head(title, presented=False)
        not_for_this_audience()
        st.stop()

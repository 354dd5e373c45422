"""What stands beside the figures about people: the way to published ones, and the rate that nobody can give yet."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components.navigation import link_to_page
from components.present import presenting
from domain.formats import unmarked
from domain.services import MENTORING, SEND, Service

PLANS_NOT_KNOWN: Final = (
    "Referrals per 1,000 EHC plans: not known. How many plans an area has stands in no return, no setting and no official figure "
    "that the dashboard holds, so no rate is given. It would take the number of plans in each area and calendar year, with its source "
    "and date."
)


def show_beside(service: Service) -> None:
    """Say what is not known, and lead to the published figures of a service whose documents print some about people."""
    if presenting():
        return
    if service == SEND:
        st.caption(unmarked(PLANS_NOT_KNOWN))
    if service in (SEND, MENTORING):
        link_to_page("published.py", label="Published figures beside ours", icon=":material/fact_check:")

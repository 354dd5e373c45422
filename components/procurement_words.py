"""What stands in place of the page before a procurement, where it is not open or has nothing to show, with what to do next."""

from __future__ import annotations

import streamlit as st

from components.navigation import link_to_page
from components.present import SWITCH, start_again
from components.procurement_saved import PAGE_FILE
from components.procurement_state import PART
from domain.formats import unmarked
from domain.procurement.needs import Needs

BIDDERS = (
    "**As bidders will see it**: figures that everybody may have. Prices, costs, how often a number is passed, and the name and note of "
    "the scenario are left out."
)


def show_missing(why: str) -> None:
    """Say that there is no such scenario for whoever looks, with the way on."""
    st.info(unmarked(why))
    link_to_page(
        PAGE_FILE, label="To a new scenario", icon=":material/calculate:", query_params={PART: ["saved"]}
    )


def not_of_this_service(service: str) -> None:
    """Say that whoever looks may not see all of a service."""
    st.info(
        unmarked(
            f"What is prepared before a procurement is for whoever may see all figures and prices of a service, and your role does not "
            f"reach all of {service}. Choose another service at the side, or ask an administrator of the dashboard at the council."
        )
    )


def for_the_team(*, presenting: bool) -> None:
    """Say that the page is for the commissioning team, and what bidders may see."""
    st.info(
        "This page is for the commissioning team, and is not presented: it holds prices. To work on it, choose 'Us, the commissioning "
        "team' at the side under 'Who will see this'; choose 'Everybody' to look at it as bidders will see it."
    )
    if presenting:
        st.button(
            "Stop presenting", icon=":material/close:", key="procurement_stop_presenting", on_click=_stop
        )


def _stop() -> None:
    st.session_state[SWITCH] = False
    st.query_params.pop(SWITCH, None)
    start_again()


def nothing_expected(needs: Needs, *, here: bool = False) -> None:
    """Say why no number of referrals is expected, with what to do; nothing where one is.

    Parameters
    ----------
    here : whether it is done on the same part, where a screen says why.
    """
    if needs.volumes is not None:
        return
    decisions = "go by the council's own decisions, " if needs.drivers.kinds else ""
    what = f"choose other periods, {decisions}or enter three numbers of your own."
    if here:
        st.info(f"No referrals are expected yet. Above, {what}")
        return
    why = needs.why_not.rstrip(".") or "There is too little to go on from"
    st.info(unmarked(f"{why}. So no referrals are expected yet. Under 'How many to expect' {what}"))


def nothing_priced(needs: Needs) -> None:
    """Say why nothing is priced, whatever was entered; nothing where the prices are all that may be missing."""
    if needs.volumes is None:
        nothing_expected(needs)
    elif needs.work is None:
        st.info(
            "How referrals end is not known, so nothing is priced. Look under 'What work they make' for the reason."
        )

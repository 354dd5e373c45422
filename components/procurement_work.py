"""What the work of a contract is reckoned from, typed in: the months of the mix, how long a case is open, and cases a worker."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from components.procurement_fields import ask_amount, ask_whole
from components.procurement_state import Place
from domain.procurement.scenario import Scenario
from domain.procurement.scenario_checks import MOST_DAYS, MOST_EACH, MOST_MIX_MONTHS


def edit_work(place: Place, scenario: Scenario) -> Scenario:
    """The scenario as its fields say; the caller checks it."""
    with st.container(border=True, key="on_screen_work"):
        left, middle, right = st.columns(3, vertical_alignment="bottom")
        months = ask_whole(
            left,
            place,
            "mix_months",
            "How referrals end: months looked at",
            scenario.mix_months,
            least=1,
            most=MOST_MIX_MONTHS,
            help="The latest complete months. More of them say it more surely; fewer say better how it is now.",
        )
        days = ask_amount(
            middle,
            place,
            "mean_days",
            "Days that a case is open, on average",
            scenario.mean_days,
            least=0.1,
            most=float(MOST_DAYS),
            digits=1,
            placeholder="As counted",
            help="Empty: what is counted of cases that have ended.",
        )
        each = ask_amount(
            right,
            place,
            "cases_each",
            "Open cases that one worker carries",
            scenario.cases_each,
            least=0.1,
            most=float(MOST_EACH),
            digits=1,
            placeholder="Not entered",
            help="Empty: no number of workers is worked out.",
        )
    return replace(scenario, mix_months=months or scenario.mix_months, mean_days=days, cases_each=each)

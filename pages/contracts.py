"""Contracts: what was agreed, how much of it is used, and is what else it asks for done?"""

import streamlit as st

from components.cases_used import show_none_included, show_part_only
from components.contracts_terms import (
    choose_contract,
    contract_words,
    show_no_contract,
    show_nothing_reported,
    show_ways_on,
)
from components.frame import page_head, show
from components.navigation import require_shell
from components.present import presenting
from pages._contracts import contract_panels, contracts_to_choose, of_contract, sees_whole
from pages._desk import open_desk, stop_if_empty

require_shell()

desk = open_desk()
stop_if_empty(desk, "Contracts")

contracts = contracts_to_choose(desk)
if not contracts:
    page_head("Contracts", presented=False)
    show_no_contract(desk.service.label)
    st.stop()

# The title names the contract, so it is filled after the picker below it.
head = st.container()
contract = choose_contract(desk.settings, contracts)
who = contract_words(desk.settings, contract)
with head:
    page_head(f"Contract of {who}", of_contract(desk, contract).sentence)
panels = contract_panels(desk, contract)
if not presenting():
    if len(panels) == 1:
        show_nothing_reported(who)
    elif not sees_whole(desk, contract):
        show_part_only()
    elif not contract.included_cases:
        show_none_included()
show(panels)
if not presenting():
    show_ways_on(contract, desk.link)

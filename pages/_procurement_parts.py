"""The parts of the page before a procurement: what is typed into each, and the screens that follow from it. Not a page."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from components.procurement_bands import edit_bands, offer_options
from components.procurement_forecast import Offered, edit_assumptions, edit_forecast
from components.procurement_prices import edit_prices
from components.procurement_show import show_screens
from components.procurement_state import PACK, choose_part, draft, show_problems
from components.procurement_try import try_included
from components.procurement_why import Choices, edit_why
from components.procurement_words import BIDDERS, nothing_expected, nothing_priced
from components.procurement_work import edit_work
from data_access import clock
from domain.periods import month_of
from domain.procurement.bands import last_year_of, suggested
from domain.procurement.decisions import kinds_of
from domain.procurement.needs import Needs
from domain.procurement.offers import FixedAndExtra
from domain.procurement.printed import printed_history
from domain.procurement.scenario import Scenario
from domain.procurement.scenario_checks import scenario_problems
from domain.procurement.who_may import may_prepare
from domain.services import service
from pages._procurement import Board, needs_for_bidders, needs_of
from pages._procurement_keep import files_part
from pages._who import viewer

_MIDDLING = 100
"""So many cases examples are made for where no number is expected."""


def edit(board: Board, part: str) -> Board:
    """Draw the fields of a part, and give the scenario as they say; as it was where they are wrong, with what is wrong."""
    before = board.scenario
    after, problems = _typed(board, part)
    known = scenario_problems(before, board.settings)
    found = (*problems, *(one for one in scenario_problems(after, board.settings) if one not in known))
    show_problems(found)
    if found:
        after = before
    # A field that was taken back in the meantime leaves the scenario as it is kept.
    draft(board.place, after)
    return replace(board, scenario=after)


def _typed(board: Board, part: str) -> tuple[Scenario, tuple[str, ...]]:
    place, said = board.place, board.scenario
    match part:
        case "why":
            figures = needs_of(board).drivers
            kinds = tuple((kind.key, kind.label) for kind in kinds_of(service(said.service)))
            return edit_why(place, said, Choices(kinds, figures.years, figures.offered)), ()
        case "forecast":
            printed = printed_history(said.service) is not None
            decisions = bool(kinds_of(service(said.service)))
            offered = Offered(board.last_month, printed, decisions, month_of(clock.today()))
            return edit_forecast(place, said, offered), ()
        case "work":
            return edit_work(place, said), ()
        case "prices":
            volumes = needs_of(board).volumes
            cases = round(volumes.middle[0]) if volumes else _MIDDLING
            return edit_prices(place, said, cases), ()
        case "bands":
            return edit_bands(place, said)
    return said, ()


def show_part(board: Board, needs: Needs, part: str) -> None:
    """The screens of a part, with what may be done beside them."""
    if part == "forecast":
        edit_assumptions(board.place, board.scenario)
    if part == "prices":
        nothing_priced(needs)
        _try_included(board, needs)
    elif part != "why":
        nothing_expected(needs, here=part == "forecast")
    if part == "bands" and needs.volumes is not None:
        last_year = last_year_of(needs.outlook.history)
        offer_options(board.place, board.scenario, suggested(needs.volumes, last_year=last_year))
    show_screens([one for one in needs.pack.screens if one.item == part], needs.pack)


def _try_included(board: Board, needs: Needs) -> None:
    fixed = next((one for one in needs.costs if isinstance(one.offer, FixedAndExtra)), None)
    if fixed is not None and needs.work is not None:
        try_included(board.place, fixed, needs.work, lambda: may_prepare(viewer(), needs.scenario.service))


def show_bidders(board: Board) -> None:
    """The page as bidders will see it, with the files for them."""
    st.info(BIDDERS, icon=":material/visibility:")
    part = choose_part(bidders=True)
    pack = needs_for_bidders(board).pack
    if part == PACK:
        files_part(board, pack)
    else:
        show_screens([one for one in pack.screens if one.item == part], pack)

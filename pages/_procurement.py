"""Where the page before a procurement meets the data: the scenario in hand, what it leads to, and who may see that. Not a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

import streamlit as st

from components.address import own_address
from components.audience import others_chosen, presenting_asked
from components.frame import page_head
from components.procurement_state import Place, begin, number_said, say_about, say_number
from components.procurement_words import for_the_team, not_of_this_service, show_missing
from data_access.ledger import data_version
from data_access.moved import Refused
from data_access.procurement.reading import read_needs
from data_access.procurement.scenarios import read_scenario
from data_access.sources import shared_store
from data_access.stores import Store
from domain.access import Audience, Viewer
from domain.periods import financial_year_of, months_between, next_month, quarter_of
from domain.procurement.needs import Needs
from domain.procurement.outlook import LEAST
from domain.procurement.scenario import Scenario
from domain.procurement.scenario_checks import NOT_OF_A_FILE, NOT_OF_EXAMPLES
from domain.procurement.who_may import may_prepare
from domain.settings import Settings
from domain.tally import Source
from pages._desk import Desk, open_source
from pages._who import viewer

_READ = "procurement_read"
_HELD = 5
"""So many readings are held in a session: those of the scenarios that are compared, and the one in hand before and after a change."""
_ENOUGH_QUARTERS, _QUARTERS = 8, 4


@dataclass(frozen=True, slots=True)
class Board:
    """The scenario in hand, and where.

    Parameters
    ----------
    scenario : as it stands now. kept : as it is saved; None where it is not. why_not : why none is kept here; blank where it may be.
    """

    store: Store
    viewer: Viewer
    settings: Settings
    audience: Audience
    last_month: int
    scenario: Scenario
    kept: Scenario | None
    why_not: str

    @property
    def place(self) -> Place:
        """What its fields are called after."""
        return self.scenario.service, self.scenario.id

    @property
    def changed(self) -> bool:
        """Whether it is another than the one that is saved."""
        return self.kept is not None and self.scenario != self.kept


def open_kept(title: str) -> Scenario | None:
    """The scenario that the address names, with the pickers at the side as it says; None where it names none."""
    number = number_said()
    if not number or not _shared(open_source()):
        say_number(0)
        return None
    try:
        found = read_scenario(shared_store(), viewer(), number)
    except Refused as why:
        say_number(0)
        if presenting_asked() or others_chosen():
            # Of one that was removed it says what it was called, which is for the team alone.
            return None
        page_head(title, presented=False)
        show_missing(str(why))
        st.stop()
    say_about(found, number)
    return found


def stop_unless_preparing(desk: Desk, title: str) -> None:
    """End the page for whom may not see all figures and prices of the service, and where others look on."""
    if not may_prepare(desk.viewer, desk.service.key):
        page_head(title, presented=False)
        not_of_this_service(desk.service.label)
        st.stop()
    if presenting_asked() or desk.audience not in (Audience.US, Audience.PUBLIC):
        page_head(title, presented=False)
        for_the_team(presenting=presenting_asked())
        st.stop()


def set_up(desk: Desk, kept: Scenario | None) -> Board:
    """The scenario in hand, of what is chosen at the side."""
    if kept is not None and kept.service != desk.service.key:
        # Another service was chosen at the side: its own scenarios are others.
        kept = None
        say_number(0)
    last = desk.last_month or 0
    if kept is not None:
        say_number(kept.id)
    hand = begin((desk.service.key, kept.id if kept else 0), kept or _first(desk))
    chosen = desk.selection
    hand = replace(hand, providers=chosen.providers, areas=chosen.areas, first=chosen.first, last=chosen.last)
    return Board(
        desk.store, desk.viewer, desk.settings, desk.audience, last, hand, kept, _why_not_kept(desk.store)
    )


def _first(desk: Desk) -> Scenario:
    """What a new scenario begins with: the history as it is chosen, and three contract years from the next April on."""
    last = desk.last_month or 0
    starts = next(one for one in months_between(next_month(last), next_month(last, 12)) if one % 100 == 4)
    return Scenario(desk.service.key, grouping=_grouping(desk), starts=starts)


def _grouping(desk: Desk) -> str:
    """By what the history is carried forward at first: the longest periods of which there are enough, else months.

    Of a few quarters the mean change goes on, for years: a first quarter in which a service was starting doubles and trebles what is
    expected. Months there are enough of, but where somebody sends totals of quarters.
    """
    months = months_between(desk.selection.first or desk.coverage.first_month or 0, desk.last_month or 0)
    found = {quarter_of(one) for one in months}
    quarters = [one for one in found if set(one.months) <= set(months) and desk.is_in(one)]
    years = Counter(financial_year_of(one.first_month) for one in quarters)
    if len(quarters) >= _ENOUGH_QUARTERS:
        return "quarter"
    if sum(count == _QUARTERS for count in years.values()) >= LEAST:
        return "financial_year"
    return "quarter" if desk.coverage.totals and len(quarters) >= LEAST else "month"


def _why_not_kept(store: Store) -> str:
    if store.source is Source.IN_HAND:
        return NOT_OF_A_FILE
    return "" if _shared(store) else NOT_OF_EXAMPLES


def _shared(store: Store) -> bool:
    return store.source is not Source.IN_HAND and store.url == shared_store().url


def needs_of(board: Board, scenario: Scenario | None = None, *, as_of: int | None = None) -> Needs:
    """What a scenario leads to for the commissioning team; the one in hand where none is named.

    It is held for the session until the data move on: the reading, the fit and the drawing of years are done once.
    """
    said = board.scenario if scenario is None else scenario
    version = data_version(board.store)
    key = (said, as_of, version, board.store.url, board.viewer.scope)
    return _held(key, lambda: _read(board, said, Audience.US, as_of))


def needs_for_bidders(board: Board) -> Needs:
    """What bidders may have of it. It is read anew each time: what may be shown to others depends on what was given to them before."""
    return _read(board, board.scenario, Audience.PUBLIC, None)


def _read(board: Board, scenario: Scenario, audience: Audience, as_of: int | None) -> Needs:
    return read_needs(
        board.store,
        board.viewer,
        scenario,
        audience,
        as_of=as_of,
        address=own_address(),
    )


def _held(key: Hashable, make: Callable[[], Needs]) -> Needs:
    held: dict[Hashable, Needs] = st.session_state.setdefault(_READ, {})
    found = held.pop(key, None) or make()
    held[key] = found
    while len(held) > _HELD:
        del held[next(iter(held))]
    return found

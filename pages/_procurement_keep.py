"""What the page before a procurement keeps and gives out: scenarios saved, removed and compared, and the needs assessment. Not a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from components.address import own_address
from components.procurement_saved import ask_save, choose_compared, show_list, show_state
from components.procurement_show import choose_chapters, offer_files, say_apart, show_screens
from components.procurement_state import (
    forget_draft,
    note_done,
    say_number,
    show_done,
    show_problems,
)
from data_access.moved import Refused
from data_access.procurement.files import needs_files
from data_access.procurement.scenarios import (
    bring_back_scenario,
    list_scenarios,
    remove_scenario,
    save_scenario,
)
from data_access.sources import shared_store
from domain.formats import number, unmarked
from domain.look import look_of
from domain.procurement.compare import Compared, compare_screens
from domain.procurement.needs import Needs, NeedsPack
from domain.procurement.scenario import Scenario
from domain.procurement.scenario_checks import scenario_problems
from pages._procurement import Board, needs_for_bidders, needs_of
from pages._who import viewer

_FOR = {"us": "Us, the commissioning team", "public": "All bidders"}


def say_done() -> None:
    """Say what was done a moment ago, with the way back where there is one."""
    if removed := show_done():
        st.button(
            "Undo: bring it back",
            icon=":material/undo:",
            key="procurement_back",
            on_click=_then,
            args=(lambda: bring_back_scenario(shared_store(), removed, by=viewer()), "It is back."),
        )


def _then(act: Callable[[], object], words: str, removed: int = 0) -> None:
    """Do something, and say how it went when the page is drawn again."""
    try:
        act()
    except Refused as why:
        note_done(str(why))
    else:
        note_done(words, removed=removed)


def say_state(board: Board, needs: Needs) -> None:
    """How the scenario in hand stands, what is wrong in it, and what the figures have become since it was saved."""
    show_state(
        board.scenario,
        changed=board.changed,
        why_not=board.why_not,
        undo=lambda: forget_draft(board.place),
    )
    show_problems(scenario_problems(board.scenario, board.settings))
    if board.kept is not None and not board.changed:
        _since(board, needs)


def _since(board: Board, needs: Needs) -> None:
    """What was expected on the figures that a scenario was saved on, where they have changed since."""
    saved = board.scenario.version
    if saved is None or saved >= needs.pack.version:
        return
    then = needs_of(board, as_of=saved)
    if then.volumes is None or needs.volumes is None:
        return
    was, now = number(then.volumes.middle[0]), number(needs.volumes.middle[0])
    year = needs.volumes.label(0)
    said = (
        f"The figures have changed since: then {was} referrals were expected in {year}, now {now}."
        if was != now
        else f"Figures were added or changed since; {now} referrals are still expected in {year}."
    )
    stood = then.pack.stood_words
    st.info(unmarked(f"Saved on {stood[:1].lower()}{stood[1:]}. {said}"), icon=":material/update:")


def saved_part(board: Board) -> None:
    """Saving the scenario in hand, the others, and several side by side."""
    if board.why_not:
        st.markdown("No scenario is kept here, so there is none to open or to compare.")
        return
    service = board.scenario.service
    ask_save(
        board.place,
        board.scenario,
        changed=board.changed,
        address=own_address(),
        save=lambda name, note, other: _save(board, name, note, other=other),
    )
    kept = list_scenarios(board.store, viewer(), service)
    show_list(kept, board.scenario.id, _remove)
    known = {one.id: one for one in kept}
    chosen = [
        board.scenario if key == board.scenario.id else known[key]
        for key in choose_compared(kept, board.scenario)
    ]
    found = [_compared(needs_of(board, one)) for one in chosen]
    show_screens(compare_screens(found), needs_of(board).pack)


def _compared(needs: Needs) -> Compared:
    said, pack = needs.scenario, needs.pack
    return Compared(
        said.name,
        said,
        needs.volumes,
        needs.costs,
        pack.version,
        pack.stood_words,
        pack.about,
        why=needs.why_not,
    )


def _save(board: Board, name: str, note: str, *, other: bool) -> None:
    said = replace(board.scenario, name=name, note=note)
    said = replace(said, id=0, changed_at=None) if other else said
    try:
        kept = save_scenario(board.store, said, by=viewer(), version=needs_of(board).pack.version)
    except (Refused, ValueError) as why:
        st.error(unmarked(str(why)))
        return
    forget_draft(board.place)
    say_number(kept)
    note_done(f"'{name}' is saved.")
    st.rerun()


def _remove(scenario: Scenario) -> None:
    _then(
        lambda: remove_scenario(shared_store(), scenario.id, by=viewer()),
        f"'{scenario.name}' is removed.",
        removed=scenario.id,
    )


def pack_part(board: Board, needs: Needs) -> None:
    """The needs assessment to take away, for the team or for all bidders."""
    key = st.radio(
        "Whom it is for", list(_FOR), format_func=_FOR.__getitem__, key="procurement_for", horizontal=True
    )
    if key != "public":
        files_part(board, needs.pack)
        return
    theirs = needs_for_bidders(board)
    say_apart(needs.volumes, theirs.volumes)
    files_part(board, theirs.pack)


def files_part(board: Board, pack: NeedsPack) -> None:
    """Its chapters and its files."""
    chapters = choose_chapters(board.place, pack)
    chosen = replace(pack, screens=tuple(one for one in pack.screens if one.item in chapters))
    look = look_of(board.settings)
    offer_files(lambda: needs_files(chosen, look), chosen, board.scenario.id)

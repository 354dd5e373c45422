"""Where the Upload page meets the data: checking, previewing, saving and looking at a file. Not a page."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import streamlit as st

from components.navigation import PAGES_FOLDER
from components.sessions import this_session
from data_access.effects import read_effect
from data_access.intake import Examined, examine
from data_access.returns import Refused, Saved, known_returns, save_return
from data_access.settings import read_settings
from data_access.sources import open_in_hand
from data_access.spreadsheets.template import write_template
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience
from domain.effects import Effect
from domain.periods import Period
from domain.returns import COUNCIL, Return
from domain.settings import Settings
from domain.tally import Source
from pages._desk import choose_source, leave_in_hand, look_at

_CHECKED = "upload_checked"
_TURN = "upload_turn"


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked file: what was found, what it would change, and what became of it. Its bytes are not kept."""

    examined: Examined
    effect: Effect | None = None
    refused: str = ""
    saved: Saved | None = None

    @property
    def may_look(self) -> bool:
        """Whether it can be looked at alone: the council's supplement says nothing without the cases of the providers."""
        new = self.examined.accepted
        return new is not None and new.provider != COUNCIL


def held() -> Checked | None:
    """The file that this session checked last."""
    found: Checked | None = st.session_state.get(_CHECKED)
    return found


def turn() -> int:
    """How many files this session has checked."""
    return int(st.session_state.get(_TURN, 0))


def start_again() -> None:
    """Forget the checked file and offer the form again."""
    st.session_state.pop(_CHECKED, None)
    st.rerun()


def template(settings: Settings, service: str, provider: str, period: Period | None) -> bytes:
    """The blank return as a workbook."""
    out = io.BytesIO()
    write_template(service, settings, out, provider=provider, period=period)
    return out.getvalue()


def open_periods(store: Store, settings: Settings, service: str, provider: str) -> tuple[Period, ...]:
    """The periods that a provider may report: those that have ended, the latest first; received ones last."""
    today = datetime.now(UTC).date()
    contracts = [c for c in settings.contracts if (c.service, c.provider) == (service, provider)]
    expected = sorted({period for contract in contracts for period in contract.expected_periods(today)})
    received = known_returns(store, today).of(service, provider)
    lacking = [period for period in expected if not any(other.covers(period) for other in received)]
    return (*reversed(lacking), *(period for period in reversed(expected) if period not in lacking))


def check_file(store: Store, settings: Settings, name: str, data: bytes) -> None:
    """Check a file and work out what it would change; the session keeps the outcome, not the bytes."""
    with st.status("Checking the file", expanded=True) as progress:
        st.write("Reading it and checking every row")
        examined = examine(name, data, settings, known_returns(store, datetime.now(UTC).date()))
        checked = Checked(examined)
        if examined.accepted:
            st.write("Working out what it would change")
            checked = _with_effect(store, examined, examined.accepted)
        progress.update(label="Checked", state="complete", expanded=False)
    st.session_state[_CHECKED] = checked
    st.session_state[_TURN] = turn() + 1
    st.rerun()


def _with_effect(store: Store, examined: Examined, new: Return) -> Checked:
    try:
        return Checked(examined, read_effect(store, new, COMMISSIONER, Audience.US))
    except Refused as why:
        return Checked(examined, refused=str(why))


def save(store: Store, checked: Checked, user: str, reason: str) -> None:
    """Save the return as it was previewed; when it moved meanwhile, say so and keep nothing."""
    new, effect = checked.examined.accepted, checked.effect
    if new is None or effect is None:
        return
    with st.status("Saving the return"):
        try:
            saved = save_return(store, new, user=user, expected=effect.version, reason=reason)
        except Refused as why:
            st.session_state[_CHECKED] = Checked(checked.examined, refused=str(why))
        else:
            leave_in_hand()
            choose_source(Source.SHARED)
            st.session_state[_CHECKED] = Checked(checked.examined, saved=saved)
    st.rerun()


def look(store: Store, new: Return) -> None:
    """Open the file without saving it, for this session alone, and go to the front page."""
    settings = read_settings(store)
    # Only this file is looked at, so nothing but its own period is expected of anybody.
    alone = tuple(
        replace(contract, start=new.period.start, end=new.period.end)
        for contract in settings.contracts
        if contract == settings.contract(new.service, new.provider)
    )
    with st.status("Opening your file"):
        look_at(open_in_hand(new, replace(settings, contracts=alone), session=this_session()))
    st.switch_page(PAGES_FOLDER / "overview.py")

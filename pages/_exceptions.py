"""Where the Exceptions page meets the data: what is counted, what is looked at before it is saved, saving and taking back. Not a page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.exceptions_form import Asked, ask_exception, ask_file, note_of, show_refused
from components.exceptions_list import forget_done, note_done, show_list, take_back_part
from data_access import clock
from data_access.exception_effects import causes_in
from data_access.exceptions import (
    NotAgreed,
    agree,
    find_providers,
    read_exceptions,
    take_back,
    what_exceptions_move,
)
from data_access.exceptions_file import read_exceptions_file
from data_access.exceptions_template import write_exceptions_template
from data_access.sources import shared_store
from domain.access import Duty
from domain.exceptions import REASON_LISTS, AgreedException
from domain.exceptions_kept import Causes, KeptException, Moved, together
from domain.kpis import Kpi
from domain.periods import Period, month_end, month_start
from domain.tally import Source
from pages._desk import Desk
from pages._who import viewer

_PROPOSED, _TURN, _LAST = "exceptions_proposed", "exceptions_turn", "exceptions_last"


@dataclass(frozen=True, slots=True)
class Proposed:
    """Exceptions that are looked at before they are saved, of one service, and what they would change."""

    service: str
    found: tuple[AgreedException, ...]
    moved: tuple[Moved, ...]


def turn() -> int:
    """Counts what was saved or left, so that every form starts afresh after it."""
    return int(st.session_state.get(_TURN, 0))


def may_agree(desk: Desk) -> bool:
    """Whether the reader agrees exceptions here: in the shared database, never in a file of examples or one not saved."""
    here = desk.store.source is not Source.IN_HAND and desk.store.url == shared_store().url
    return here and viewer().may(Duty.SETTINGS)


def may_see_cases(desk: Desk) -> bool:
    """Whether the reader may see single cases of one of the providers chosen."""
    return desk.viewer.sees_cases(desk.service.key, desk.selection.providers)


def chosen_period(desk: Desk) -> Period:
    """The months that are looked at."""
    first = desk.selection.first or desk.coverage.first_month or 0
    return Period(month_start(first), month_end(desk.last_month or first))


def causes_of(desk: Desk, kpi: Kpi) -> Causes:
    """The cases of a KPI in the months, providers and areas chosen."""
    return together(_asked(desk, kpi))


def causes_over_time(desk: Desk, kpi: Kpi) -> tuple[Causes, ...]:
    """The same by quarter."""
    return _asked(desk, kpi, "quarter")


def _asked(desk: Desk, kpi: Kpi, *by: str) -> tuple[Causes, ...]:
    chosen = desk.selection
    return causes_in(
        desk.store,
        desk.viewer,
        kpi,
        chosen_period(desk),
        by=by,
        providers=chosen.providers,
        areas=chosen.areas,
    )


def exceptions_of(desk: Desk) -> tuple[KeptException, ...]:
    """The exceptions that hold, of those providers chosen whose cases the reader may see."""
    key = desk.service.key
    chosen = tuple(one for one in desk.selection.providers if desk.viewer.may(Duty.CASES, key, one))
    return read_exceptions(desk.store, desk.viewer, service=key, providers=chosen)


def looked_at(desk: Desk) -> Proposed | None:
    """What this session looks at before it is saved; nothing of another service, or for whom may no longer save it."""
    found: Proposed | None = st.session_state.get(_PROPOSED)
    if found is None or found.service != desk.service.key or not may_agree(desk):
        return None
    return found


def check_one(desk: Desk, asked: Asked) -> None:
    """Check what was entered in the form, then show what it would change."""
    having = find_providers(desk.store, viewer(), asked.kpi.service, asked.case_ref)
    provider = asked.provider or (having[0] if len(having) == 1 else "")
    if not asked.provider and len(having) > 1:
        st.error("Several providers have a case with this reference. Choose the provider, then check again.")
    elif asked.agreed_on is None:
        st.error("Enter the day on which it was agreed, then check again.")
    else:
        one = AgreedException(
            asked.kpi.service,
            provider,
            asked.case_ref,
            asked.kpi.id,
            asked.reason,
            asked.caused_by,
            asked.agreed_by,
            asked.agreed_on,
            asked.until,
        )
        _propose(desk, (one,))


def check_file(desk: Desk, name: str, data: bytes) -> None:
    """Check an uploaded list, then show what it would change."""
    read = read_exceptions_file(desk.store, viewer(), name, data)
    others = sorted({one.service for one in read.found} - {desk.service.key})
    if read.problems:
        show_refused(read.problems, name)
    elif others:
        st.error("Nothing was saved. The list holds KPIs of another service: upload those on its own page.")
    else:
        _propose(desk, read.found)


def _propose(desk: Desk, found: Sequence[AgreedException]) -> None:
    try:
        moved = what_exceptions_move(desk.store, viewer(), found)
    except NotAgreed as refused:
        show_refused([problem for _, problem in refused.problems], "exception")
        return
    st.session_state[_PROPOSED] = Proposed(desk.service.key, tuple(found), moved)
    forget_done()
    st.rerun()


def save(desk: Desk, proposed: Proposed) -> None:
    """Save what was looked at; where it no longer can be, say why and keep nothing."""
    try:
        seq = agree(desk.store, proposed.found, by=viewer())
    except NotAgreed as refused:
        note_done(str(refused), refused=True)
    else:
        st.session_state[_LAST] = seq
        note_done(note_of(len(proposed.found)), "Undo: take back what was just saved")
    leave()


def leave() -> None:
    """Forget what is looked at."""
    st.session_state.pop(_PROPOSED, None)
    st.session_state[_TURN] = turn() + 1
    st.rerun()


def take(desk: Desk, number: int, why: str) -> None:
    """Take one exception back."""
    try:
        gone = take_back(desk.store, [number], by=viewer(), why=why)
    except ValueError as refused:
        note_done(str(refused), refused=True)
    else:
        st.session_state[_LAST] = gone
        note_done("The exception is taken back.", "Undo: agree it again")
    leave()


def undo(desk: Desk) -> None:
    """Undo the last thing done here: take back what was saved, or agree again what was taken back."""
    last: int | tuple[AgreedException, ...] | None = st.session_state.pop(_LAST, None)
    try:
        if isinstance(last, int):
            # The page may show another service by now.
            held = [one for key in REASON_LISTS for one in read_exceptions(desk.store, viewer(), service=key)]
            take_back(desk.store, [one.id for one in held if one.seq == last and one.id], by=viewer(), why="Undone at once")  # fmt: skip
            note_done("What was saved is taken back.")
        elif last:
            agree(desk.store, last, by=viewer())
            note_done("The exception holds again.")
    except ValueError as refused:
        note_done(str(refused), refused=True)
    leave()


def _blank_list(desk: Desk) -> bytes:
    """The workbook to fill in."""
    out = io.BytesIO()
    write_exceptions_template(out, desk.settings, desk.service.key)
    return out.getvalue()


def work_on_exceptions(desk: Desk, kpis: Sequence[Kpi]) -> None:
    """The list for whom may see cases, and the forms for whom may agree exceptions and take them back."""
    found: tuple[KeptException, ...] = ()
    if may_see_cases(desk):
        found = exceptions_of(desk)
        show_list(found, desk.settings, desk.service.key)
    if not may_agree(desk):
        return
    take_back_part(found, desk.settings, lambda one, why: take(desk, one, why), turn())
    if asked := ask_exception(kpis, desk.settings, viewer().title, clock.today(), turn()):
        check_one(desk, asked)
    if sent := ask_file(lambda: _blank_list(desk), turn()):
        check_file(desk, *sent)

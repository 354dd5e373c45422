"""What becomes of a checked file: saved with its receipt, looked at, or given back with its problems marked. Not a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from components.downloads import saw_cases
from components.navigation import PAGES_FOLDER
from components.sessions import this_session
from components.upload_file import show_marking
from components.upload_rows import row_lines
from components.versions import moment
from data_access.held_files import HeldFile
from data_access.originals import Original, original_of
from data_access.receipts import read_receipt
from data_access.return_rows import WithReturn
from data_access.returns import Moved, Refused, save_return
from data_access.settings import read_settings
from data_access.sources import open_in_hand
from data_access.spreadsheets.apart import Cancelled
from data_access.spreadsheets.marked import Marked as Copy
from data_access.spreadsheets.marked import NotMarked, mark_workbook
from data_access.stores import Store
from data_access.versions_between import read_difference
from domain.checks import Examined
from domain.checks.accepting import accepted_from
from domain.problem import Problem
from domain.tally import Source
from pages._desk import choose_source, leave_in_hand, look_at
from pages._upload import Marked, Upload, let_go
from pages._upload_work import Steps, Stopped, Work
from pages._who import sender


def save(store: Store, upload: Upload, user: str, reasons: Mapping[str, tuple[str, str]]) -> None:
    """Save the return as it was previewed, and keep its receipt; when something moved meanwhile, say so and keep nothing."""
    checked = upload.checked
    if checked is None or checked.examined is None or checked.new is None or checked.effect is None:
        return
    examined = checked.examined
    original = _original(store, upload, examined)
    beside = WithReturn(accepted_from(examined, reasons), examined.mapping, original)
    with st.status("Saving the return"):
        try:
            saved = save_return(
                store, checked.new, by=sender().signing(user), expected=checked.effect.version, with_it=beside
            )
        except Moved as moved:
            upload.moved, upload.meanwhile = moved, _meanwhile(store, moved)
        except Refused as why:
            upload.checked = replace(checked, effect=None, refused=str(why))
        else:
            let_go(upload)
            leave_in_hand()
            choose_source(Source.SHARED)
            upload.receipt, upload.changed = read_receipt(store, sender(), saved.id), saved.changed
    st.rerun()


def _original(store: Store, upload: Upload, examined: Examined) -> Original | None:
    """The file itself, where the council keeps originals and this one may be kept; several CSV files are no one file to keep."""
    files = list(upload.wish.held.read().values()) if upload.wish.held else []
    return original_of(examined, read_settings(store, sender()), files[0]) if len(files) == 1 else None


def _meanwhile(store: Store, moved: Moved) -> tuple[str, ...]:
    """Who changed the return meanwhile, when, and what that did to its rows."""
    lines = [f"{moved.who}, {moment(moved.at)}."] if moved.at else []
    for key in moved.return_ids:
        difference = read_difference(store, sender(), "", key)
        later = difference.later
        saw_cases("Changes of rows", difference.service, difference.provider, key)
        lines.append(f"{later.period.label}, version {later.version}: {' '.join(row_lines(difference.rows))}")
    return tuple(lines)


def look(store: Store, upload: Upload) -> None:
    """Open the file without saving it, for this session alone, and go to the front page."""
    new = upload.checked.new if upload.checked else None
    if new is None:
        return
    settings = read_settings(store, sender())
    # Only this file is looked at, so nothing but its own period is expected of anybody.
    alone = tuple(
        replace(contract, start=new.period.start, end=new.period.end)
        for contract in settings.contracts
        if contract == settings.contract(new.service, new.provider)
    )
    with st.status("Opening your file"):
        look_at(open_in_hand(new, replace(settings, contracts=alone), session=this_session()))
    st.switch_page(PAGES_FOLDER / "overview.py")


def mark(upload: Upload) -> None:
    """Begin to make the sender's own workbook with the problems marked."""
    held, checked = upload.wish.held, upload.checked
    if held is None or checked is None or checked.examined is None:
        return
    (name, data), *_ = held.read().items()
    upload.marking = Work(partial(_marked, name, data, checked.examined.problems))
    st.rerun()


def _marked(name: str, data: bytes, problems: Sequence[Problem], steps: Steps) -> Copy | str:
    steps.say("marking the cells")
    try:
        return mark_workbook(name, data, problems, progress=steps.more, cancelled=steps.stopped)
    except NotMarked as why:
        return str(why)
    except Cancelled as why:
        raise Stopped from why


@st.fragment(run_every=0.5)
def wait_for_marks(upload: Upload) -> None:
    """Show how far the marking has come, until it is over or cancelled."""
    work = upload.marking
    if work is None:
        return
    if not work.wait(0.3):
        if show_marking(work.steps.said):
            work.cancel()
            upload.marking = None
            st.rerun()
        return
    upload.marking = None  # before its outcome, which may be an error: the page then goes on without it
    made = work.outcome
    if isinstance(made, str):
        upload.not_marked = made
    elif made is not None:
        upload.marked = Marked(
            made.file_name, HeldFile({made.file_name: made.content}, this_session()), made.lost
        )
    st.rerun()

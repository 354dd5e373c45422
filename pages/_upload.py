"""What one session is uploading: the file, how far it has come, and what was said about it. Not a page."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from components.failure import keep_refusal
from components.sessions import this_session
from components.upload_file import show_progress
from components.upload_problems import forget_reasons
from components.upload_save import title_of
from components.upload_start import Start
from data_access.held_files import HeldFile
from data_access.returns import Moved
from data_access.spreadsheets.marked import Marked as Copy
from data_access.stores import Store
from domain.access import OutOfReach
from domain.differences import Receipt
from domain.services import service
from pages._upload_check import STEPS, Checked, Wish, check, to_say
from pages._upload_work import Work
from pages._who import sender

_UPLOAD = "upload"
_TURN = "upload_turn"
_KEPT = "upload_repaired"
_CANCELLED = "upload_cancelled"
_FAILED = "upload_failed"
_NOT_THEIRS = "upload_not_theirs"
_LOOKS_EVERY = 0.5
_WAITS = 0.3


@dataclass(slots=True)
class Marked:
    """The sender's own workbook with its problems marked, held like the file itself."""

    file_name: str
    held: HeldFile
    lost: tuple[str, ...]

    def content(self) -> bytes:
        """The workbook."""
        return next(iter(self.held.read().values()))


@dataclass(slots=True)
class Upload:
    """One upload of this session.

    Parameters
    ----------
    wish : the file and what was said about it. begun : what was chosen when it began. work : the check, while it goes on.
    rematch : whether its columns are to be matched once more. moved : who changed the return since its effect was worked out, and
        `meanwhile` what that changed, in sentences. marking : the marking of its problems, while it goes on; a text says why not.
    """

    wish: Wish
    begun: Start | None = None
    work: Work[Checked] | None = None
    checked: Checked | None = None
    rematch: bool = False
    marked: Marked | None = None
    marking: Work[Copy | str] | None = None
    not_marked: str = ""
    moved: Moved | None = None
    meanwhile: tuple[str, ...] = ()
    receipt: Receipt | None = None
    changed: bool = True

    @property
    def likely(self) -> Start | None:
        """Whose it probably is: as the very same file was saved before, else as was chosen when it began."""
        before = self.checked.already if self.checked else None
        return Start(service(before.service), before.provider, before.period) if before else self.begun

    @property
    def asks_matching(self) -> bool:
        """Whether somebody has to say which column is which."""
        return self.rematch or (self.checked is not None and self.checked.examined is None)


def current() -> Upload | None:
    """What this session is uploading. Raises the error that its check ended with, once, and outside the part that looks each second."""
    error: Exception | None = st.session_state.pop(_FAILED, None)
    if error is not None:
        raise error
    found: Upload | None = st.session_state.get(_UPLOAD)
    return found


def title(upload: Upload | None) -> str:
    """The title of the page, which says how far the file has come."""
    if upload is None:
        return "Upload a return"
    checked = upload.checked
    return title_of(
        None if upload.rematch or checked is None else checked.examined,
        upload.wish.name if upload.wish.held else f"'{upload.wish.name}'",
        saved=upload.receipt is not None,
        refused=bool(upload.moved or (checked and checked.refused)),
        checking=upload.work is not None,
        columns=upload.rematch or checked is None or bool(to_say(checked.proposal)),
    )


def turn() -> int:
    """How many files this session has checked."""
    return int(st.session_state.get(_TURN, 0))


def repaired() -> str:
    """The name of the file that is to be uploaded again; blank when there is none."""
    kept: Upload | None = st.session_state.get(_KEPT)
    return kept.wish.name if kept else ""


def cancelled() -> str:
    """The name of the file whose check was cancelled a moment ago; blank when none was."""
    return str(st.session_state.pop(_CANCELLED, ""))


def not_theirs() -> str:
    """The name of the file that turned out a moment ago to be a return which its sender may not send; blank when none did."""
    return str(st.session_state.pop(_NOT_THEIRS, ""))


def begin(store: Store, files: AnyMapping[str, bytes], begun: Start) -> None:
    """Check the files that were chosen; a file that comes back repaired is read as its sender confirmed."""
    held = HeldFile(files, this_session())
    kept: Upload | None = st.session_state.pop(_KEPT, None)
    guess = (begun.service.key, begun.provider)
    wish = replace(kept.wish, name=held.name, held=held) if kept else Wish(held.name, held, guess=guess)
    start(store, Upload(wish, begun))


def check_again(store: Store, upload: Upload) -> None:
    """Check the same file against what is saved now."""
    start(store, Upload(upload.wish, upload.begun), keep_reasons=True)


def start(store: Store, upload: Upload, *, keep_reasons: bool = False) -> None:
    """Begin to check a file."""
    if not keep_reasons:
        forget_reasons()
    upload.work = Work(partial(check, store, sender(), upload.wish))
    st.session_state[_UPLOAD] = upload
    st.session_state[_TURN] = turn() + 1
    st.rerun()


@st.fragment(run_every=_LOOKS_EVERY)
def wait_for(upload: Upload) -> None:
    """Show how far the check has come, until it is over or cancelled; everybody else is served meanwhile."""
    work = upload.work
    if work is None:
        st.rerun()
    if not work.wait(_WAITS):
        if show_progress(upload.wish.name, work.steps.said, STEPS):
            st.session_state[_CANCELLED] = upload.wish.name
            start_again()
        return
    try:
        upload.checked = work.outcome
    except OutOfReach as why:
        # Said once, on a page that goes on: this part runs again each second, and would be refused and noted each time.
        keep_refusal(why)
        forget()
        st.session_state[_NOT_THEIRS] = upload.wish.name
        st.rerun()
    except Exception as error:
        forget()
        st.session_state[_FAILED] = error
        st.rerun()
    upload.work = None
    if upload.checked is None:
        forget()
    st.rerun()


def redraw() -> None:
    """Draw the page again, as it is now."""
    st.rerun()


def start_again() -> None:
    """Forget the file and all that was said about it."""
    forget()
    st.session_state.pop(_KEPT, None)
    st.rerun()


def send_repaired(upload: Upload) -> None:
    """Forget the file, but not how its columns are read."""
    forget()
    st.session_state[_KEPT] = Upload(replace(upload.wish, held=None), upload.begun)
    st.rerun()


def forget() -> None:
    """Delete the file, and end its check."""
    found = st.session_state.pop(_UPLOAD, None)
    if found is not None:
        let_go(found)
    forget_reasons()


def let_go(upload: Upload) -> None:
    """Delete the file and its marked copy."""
    if upload.work is not None:
        upload.work.cancel()
    if upload.marking is not None:
        upload.marking.cancel()
    if upload.wish.held is not None:
        upload.wish.held.let_go()
    if upload.marked is not None:
        upload.marked.held.let_go()
        upload.marked = None

"""The visitors' sessions: which one this is, whose it is, and whether one still has a browser."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from streamlit.runtime import Runtime, exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

REMEMBERED: Final = 10_000
"""How many sessions are remembered with their person; far more than one server holds at a time."""

_owners: OrderedDict[str, str] = OrderedDict()
_lock = Lock()


def this_session() -> str:
    """The name of the session that runs the page; blank outside a page."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def is_live(session: str) -> bool:
    """Whether a session has a browser at this moment."""
    runtime: Runtime | None = get_instance() if exists() else None
    return runtime is not None and runtime.is_active_session(session)


def claim(user: str) -> None:
    """Note that this session is this person's. The shell does so at every run, before anything is drawn."""
    note_owner(this_session(), user)


def note_owner(session: str, user: str) -> None:
    """Note whose session one is; a blank person is nobody. Where there are too many, the longest unused is forgotten."""
    if not session:
        return
    with _lock:
        if not user:
            _owners.pop(session, None)
            return
        _owners[session] = user
        _owners.move_to_end(session)
        while len(_owners) > REMEMBERED:
            _owners.popitem(last=False)


def owner_of(session: str) -> str | None:
    """Whose session one is; None where nobody's run has claimed it."""
    with _lock:
        return _owners.get(session)


def belongs_to(session: str, user: str) -> bool:
    """Whether a session is this person's."""
    return owner_of(session) == user

"""The visitors' sessions: which one this is, and whether one still has a browser."""

from streamlit.runtime import Runtime, exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx


def this_session() -> str:
    """The name of the session that runs the page; blank outside a page."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def is_live(session: str) -> bool:
    """Whether a session has a browser at this moment."""
    runtime: Runtime | None = get_instance() if exists() else None
    return runtime is not None and runtime.is_active_session(session)

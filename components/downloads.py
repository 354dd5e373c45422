"""The only way by which a file leaves the dashboard, so that the audit knows of each; and telling it of single cases on a screen."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Final, Protocol

import streamlit as st

from components.failure import log_failure
from domain.access import OutOfReach
from domain.formats import unmarked
from domain.issued import Issue, Outdated

_RECORDER: Final = "downloads_recorder"
_SEEN: Final = "downloads_cases_seen"
_FAILED: Final = "downloads_failed"


@dataclass(frozen=True, slots=True)
class Export:
    """A file that was built for somebody.

    Parameters
    ----------
    what : what it is, in words without a figure. service, provider : of what, by their keys; blank where it is of none, or of several.
    detail : what was chosen for it, in words. cases : whether it holds single cases.
    issued : what it gives away to others than the commissioning team; None where that is nothing.
    """

    file_name: str
    what: str
    service: str = ""
    provider: str = ""
    detail: str = ""
    cases: bool = False
    issued: Issue | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Single cases that were put on a screen.

    Parameters
    ----------
    what : where they stood, in words. subject : the key of the return or of whatever else they belong to; never that of a case.
    """

    what: str
    service: str = ""
    provider: str = ""
    subject: str = ""


class Recorder(Protocol):
    """Who keeps what left the dashboard. Every method may be called outside the run of a page, in a thread of the server's."""

    def exported(self, export: Export) -> None:
        """Keep that a file was built. Where this raises, nobody gets the file."""

    def saw_cases(self, seen: Seen) -> None:
        """Keep that single cases are about to be shown. Where this raises, they are not."""

    def refused(self, why: OutOfReach) -> None:
        """Keep that somebody asked for a file that they may not have."""


class NotBuilt(Exception):
    """A file could not be built. It quotes nothing of what went wrong, because the server writes it into its log."""


def use(recorder: Recorder | None) -> None:
    """Tell this recorder from now on, in this session; the shell says so at each run. Without one nothing is kept."""
    st.session_state[_RECORDER] = recorder


def offer(
    label: str,
    make: Callable[[], bytes | str],
    *,
    file_name: str,
    mime: str | None = None,
    key: str,
    what: str = "",
    service: str = "",
    provider: str = "",
    detail: str = "",
    cases: bool = False,
    issued: Issue | None = None,
    icon: str = ":material/download:",
    help: str | None = None,
) -> None:
    """Draw a button with which somebody downloads a file; it is built when it is pressed, and kept in the audit then.

    Parameters
    ----------
    make : builds it, in a thread of the server's after the run of the page is over: it must ask nothing of Streamlit.
    what, service, provider, detail, cases, issued : see `Export`; `what` is the label where nothing else is said.
    """
    export = Export(file_name, what or label, service, provider, detail, cases, issued)
    recorder: Recorder | None = st.session_state.get(_RECORDER)
    failed: MutableMapping[tuple[str, str], str] = st.session_state.setdefault(_FAILED, {})
    st.download_button(
        label,
        data=lambda: _built(make, export, recorder, failed, key),
        file_name=file_name,
        mime=mime,
        on_click="ignore",
        icon=icon,
        key=key,
        help=help,
    )
    # Streamlit shows a sentence of its own for some seconds; the page knows of it when it is drawn again.
    if words := failed.get((key, file_name)):
        st.error(unmarked(words))


def _built(
    make: Callable[[], bytes | str],
    export: Export,
    recorder: Recorder | None,
    failed: MutableMapping[tuple[str, str], str],
    key: str,
) -> bytes:
    """The file, once it has been kept that it leaves.

    Raises
    ------
    NotBuilt
        When it could not be built, or not be kept.
    """
    place = (key, export.file_name)
    try:
        made = make()
        content = made.encode() if isinstance(made, str) else made
        if recorder is not None:
            recorder.exported(export)
    except OutOfReach as why:
        failed[place] = f"{why} So '{export.file_name}' was not made."
        if recorder is not None:
            recorder.refused(why)
        raise NotBuilt("A file was asked for by somebody who may not have it") from None
    except Outdated as why:
        failed[place] = f"{why} So '{export.file_name}' was not made."
        raise NotBuilt("A file was asked for of figures that have changed since") from None
    except Exception as error:
        reference = log_failure(error, "A file could not be made")
        failed[place] = (
            f"'{export.file_name}' could not be made (reference {reference}), so nothing was downloaded. Try it again; "
            "if it happens again, give the reference to whoever runs the dashboard."
        )
        raise NotBuilt(f"A file could not be made, reference {reference}") from None
    failed.pop(place, None)
    return content


def saw_cases(what: str, service: str, provider: str = "", subject: str = "") -> None:
    """Keep that single cases are shown, once in a session; call it before they are drawn.

    Cases of a file that was not saved are its sender's own, and are not kept.
    """
    recorder: Recorder | None = st.session_state.get(_RECORDER)
    if recorder is None:
        return
    seen = Seen(what, service, provider, subject)
    known: set[Seen] = st.session_state.setdefault(_SEEN, set())
    if seen not in known:
        recorder.saw_cases(seen)
        known.add(seen)

"""Whose the files are that Streamlit serves under /media: those of the sessions for which they were made.

Streamlit gives such a file to whoever knows its address, and runs whatever download is named in a message, also another session's.
Its own notes of which session holds a file go at the beginning of every run, while the browser may still ask; so notes are kept here.
"""

from collections import OrderedDict
from collections.abc import Callable
from os.path import splitext
from threading import Lock
from typing import Any, Final

from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager

from components.gate.refusals import Refusal, tell_soon
from components.sessions import belongs_to, owner_of, this_session

MEDIA: Final = "/media/"
FILES_REMEMBERED: Final = 20_000
SESSIONS_REMEMBERED: Final = 2_000
NOT_YOURS: Final = "This file was made for somebody else."

_holders: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()
_lock = Lock()
_handle = DeferredFileHandler.handle


def note_holder(file: str, session: str) -> None:
    """Note that a file, or a download that is still to be made, is a session's."""
    if not file or not session:
        return
    with _lock:
        held = _holders.setdefault(file, OrderedDict())
        held[session] = None
        held.move_to_end(session)
        _holders.move_to_end(file)
        while len(held) > SESSIONS_REMEMBERED:
            held.popitem(last=False)
        while len(_holders) > FILES_REMEMBERED:
            _holders.popitem(last=False)


def holders_of(file: str) -> tuple[str, ...]:
    """The sessions for which a file was made; none where nothing is known of it."""
    with _lock:
        return tuple(_holders.get(file, ()))


def file_of(address: str) -> str:
    """The name under which Streamlit keeps a file, of its address; what follows the last full stop is no part of it."""
    return splitext(address.removeprefix(MEDIA))[0]


def is_held_by(file: str, user: str) -> bool:
    """Whether a file was made for a session of this person."""
    return any(belongs_to(session, user) for session in holders_of(file))


def keep_files_apart(manager: MediaFileManager) -> None:
    """Have Streamlit's manager of files note for which session each is made. app.py does so at the start.

    Only its public functions are wrapped: a new Streamlit that makes files in another way makes files that nobody may fetch.
    """
    add, defer, execute = manager.add, manager.add_deferred, manager.execute_deferred

    def noting_add(*args: Any, **options: Any) -> str:
        address = add(*args, **options)
        note_holder(file_of(address), this_session())
        return address

    def noting_defer(*args: Any, **options: Any) -> str:
        placeholder = defer(*args, **options)
        note_holder(placeholder, this_session())
        return placeholder

    def noting_execute(file_id: str) -> str:
        address = execute(file_id)
        for session in holders_of(file_id):
            note_holder(file_of(address), session)
        return address

    wrapped: dict[str, Callable[..., str]] = {
        "add": noting_add,
        "add_deferred": noting_defer,
        "execute_deferred": noting_execute,
    }
    vars(manager).update(wrapped)
    handler: Any = DeferredFileHandler
    handler.handle = _handle_own


async def _handle_own(
    self: DeferredFileHandler, request: BackendOperationRequest, session_id: str
) -> BackendOperationResponse:
    """Make a download only for the session that was offered it, and tell of who asks for another's."""
    file = request.deferred_file.file_id
    holders = holders_of(file)
    if session_id in holders:
        return await _handle(self, request, session_id)
    if holders:
        await tell_soon(
            Refusal(owner_of(session_id) or "", "a download made for another session", f"{MEDIA}{file}")
        )
    return BackendOperationResponse(request_id=request.request_id, error_msg=NOT_YOURS)

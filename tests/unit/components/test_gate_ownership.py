"""What is one person's own is nobody else's: sessions, uploads, and the files that were made for them."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import current_thread
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import WebSocketDenialResponse
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.scriptrunner_utils.script_run_context_attr import SCRIPT_RUN_CONTEXT_ATTR_NAME

from components.gate.files import NOT_YOURS, file_of, holders_of, keep_files_apart, note_holder
from components.gate.refusals import Refusal
from components.sessions import belongs_to, note_owner, owner_of
from tests.unit.components.gate_builders import JO, KIM, SITE, STREAM, cookies_of, told, visitor

JOS, KIMS = "session-of-jo", "session-of-kim"


@pytest.fixture(autouse=True)
def owned() -> Iterator[None]:
    """One session of each person."""
    note_owner(JOS, JO)
    note_owner(KIMS, KIM)
    yield
    for session in (JOS, KIMS):
        note_owner(session, "")


def test_a_session_belongs_to_who_claimed_it_and_to_nobody_once_they_are_signed_out() -> None:
    assert belongs_to(JOS, JO)
    assert not belongs_to(JOS, KIM)
    assert not belongs_to("never heard of", "")
    note_owner(JOS, "")
    assert owner_of(JOS) is None


def test_an_upload_into_another_persons_session_is_refused_and_told_of() -> None:
    client = visitor(cookies=cookies_of(JO))

    with told() as refusals:
        for method in ("PUT", "DELETE"):
            assert client.request(method, f"/_stcore/upload_file/{KIMS}/file-1").status_code == 403
        assert client.put("/_stcore/upload_file/never-heard-of/file-1").status_code == 403
        assert client.put(f"/_stcore/upload_file/{JOS}/file-1").status_code == 200

    assert refusals[0] == Refusal(JO, "an upload into another session", f"/_stcore/upload_file/{KIMS}/file-1")


def test_a_download_made_for_another_person_is_not_found_and_told_of() -> None:
    note_holder("report-of-kim", KIMS)
    note_holder("report-of-jo", JOS)
    client = visitor(cookies=cookies_of(JO))

    with told() as refusals:
        assert client.get("/media/report-of-kim.csv").status_code == 404
        assert client.get("/media/never-made.csv").status_code == 404
        own = client.get("/media/report-of-jo.csv")

    assert own.status_code == 200
    assert own.headers["cache-control"] == "no-store"
    assert refusals == [Refusal(JO, "a file made for another session", "/media/report-of-kim.csv")]


def test_a_file_that_was_made_for_both_is_for_both() -> None:
    note_holder("same-words", KIMS)
    note_holder("same-words", JOS)

    for user in (JO, KIM):
        assert visitor(cookies=cookies_of(user)).get("/media/same-words.csv").status_code == 200


def test_another_persons_session_in_the_handshake_of_a_websocket_is_refused_and_told_of() -> None:
    client = visitor(cookies=cookies_of(JO))

    with (
        told() as refusals,
        pytest.raises(WebSocketDenialResponse) as refused,
        client.websocket_connect(
            f"wss://dashboard.example{STREAM}", ["streamlit", "token", KIMS], headers={"origin": SITE}
        ),
    ):
        pass

    assert refused.value.status_code == 403
    assert refusals == [Refusal(JO, "another person's session", STREAM)]


@pytest.mark.parametrize(("named", "passed"), [(JOS, True), ("session-of-nobody", False)])
def test_a_browser_goes_on_with_its_own_session_and_with_a_new_one_where_it_is_not_known(
    named: str, passed: bool
) -> None:
    client = visitor(cookies=cookies_of(JO))
    protocols = ["streamlit", "token", named]

    with client.websocket_connect(
        f"wss://dashboard.example{STREAM}", protocols, headers={"origin": SITE}
    ) as stream:
        reached = stream.receive_json()["protocols"]

    assert [part.strip() for part in reached.split(",")] == (protocols if passed else protocols[:2])


def test_streamlits_manager_of_files_notes_for_which_session_each_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manager = _manager()
    _run_as(monkeypatch, KIMS)

    address = manager.add(
        b"figures of kim", "text/csv", "1.2", file_name="kim.csv", is_for_static_download=True
    )
    placeholder = manager.add_deferred(lambda: b"cases of kim", "text/csv", "1.3", file_name="cases.csv")
    _run_as(monkeypatch, "")
    made = manager.execute_deferred(placeholder)

    assert address.startswith("/media/")
    assert holders_of(file_of(address)) == (KIMS,)
    assert holders_of(file_of(made)) == (KIMS,)
    assert visitor(cookies=cookies_of(JO)).get(made).status_code == 404
    assert visitor(cookies=cookies_of(KIM)).get(made).status_code == 200


def test_a_message_that_asks_for_another_sessions_download_makes_nothing_and_is_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manager, made = _manager(), list[str]()
    _run_as(monkeypatch, KIMS)
    placeholder = manager.add_deferred(lambda: made.append("made") or b"cases of kim", "text/csv", "1.3")
    _run_as(monkeypatch, "")
    message = BackendOperationRequest(request_id="1")
    message.deferred_file.file_id = placeholder
    handler = DeferredFileHandler(lambda: manager)

    with told() as refusals:
        refused = _run(handler.handle(message, JOS))
    assert refused.error_msg == NOT_YOURS
    assert made == []
    assert refusals == [Refusal(JO, "a download made for another session", f"/media/{placeholder}")]

    given = _run(handler.handle(message, KIMS))
    assert given.deferred_file.url.startswith("/media/")
    assert made == ["made"]


def _run(asked: Coroutine[Any, Any, Any]) -> Any:
    """In a thread, because the browser of another test may have a loop of its own in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, asked).result()


def _manager() -> MediaFileManager:
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    keep_files_apart(manager)
    return manager


def _run_as(monkeypatch: pytest.MonkeyPatch, session: str) -> None:
    """Go on as a run of a page of this session does."""
    context = SimpleNamespace(session_id=session) if session else None
    monkeypatch.setattr(current_thread(), SCRIPT_RUN_CONTEXT_ATTR_NAME, context, raising=False)

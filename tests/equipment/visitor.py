"""A person who has signed in with a real provider and speaks to a real server as their browser would, but says whatever a test wants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

PATIENCE_SECONDS = 120
LARGEST = 64 * 1024 * 1024
Value = str | bool | Sequence[str]
_numbers = count(1)


def signed_in(address: str, name: str) -> httpx.Client:
    """Sign in from our own sign-in page, and give a client that holds the cookies."""
    client = httpx.Client(base_url=address, follow_redirects=True, timeout=PATIENCE_SECONDS)
    asked = client.get("/sign-in")
    client.post(str(asked.url), data={"sub": name}).raise_for_status()
    client.get("/_stcore/health").raise_for_status()  # with the cookie that a websocket has to repeat
    return client


@dataclass
class Visit:
    """One open page: a websocket with its session, and everything that the server has sent on it."""

    socket: ClientConnection
    session: str = ""
    frames: list[bytes] = field(default_factory=list)
    widgets: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    repeated: dict[str, float] = field(default_factory=dict)

    def open(self, page: str, query: str = "", **values: Value) -> Visit:
        """Ask for a page, with these values of its pickers by their keys, and wait until it is drawn.

        Only what the server sends for it is kept. A key that no page has drawn yet is a fault of the test.
        """
        return self._ask(page, query, [self._state(key, value) for key, value in values.items()])

    def again(self) -> Visit:
        """Draw the part of the page again that draws itself again most often, as a browser does by itself."""
        message = BackMsg()
        message.rerun_script.fragment_id = min(self.repeated, key=self.repeated.__getitem__)
        return self._send(message)

    def make(self, file: str) -> str:
        """Ask for a file that is made when it is asked for: its address, or what is said instead."""
        message = BackMsg()
        message.backend_operation_request.request_id = f"asked-{next(_numbers)}"
        message.backend_operation_request.session_id = self.session
        message.backend_operation_request.deferred_file.file_id = file
        self.socket.send(message.SerializeToString())
        while True:
            got = self._next()
            if got.WhichOneof("type") == "backend_operation_response":
                answer = got.backend_operation_response
                return str(answer.error_msg or answer.deferred_file.url)

    def upload(
        self, client: httpx.Client, page: str, name: str, content: bytes, *, upload: str, press: str
    ) -> Visit:
        """Put a file into the box of a page and press the button beside it, both by their keys."""
        asked = BackMsg()
        asked.file_urls_request.request_id = f"asked-{next(_numbers)}"
        asked.file_urls_request.session_id = self.session
        asked.file_urls_request.file_names.append(name)
        self.socket.send(asked.SerializeToString())
        while (got := self._next()).WhichOneof("type") != "file_urls_response":
            pass
        urls = got.file_urls_response.file_urls[0]
        headers = {"X-Xsrftoken": client.cookies["_streamlit_xsrf"]}
        client.put(urls.upload_url, files={"file": (name, content)}, headers=headers).raise_for_status()
        box, button = WidgetState(id=self.widgets[upload]), WidgetState(id=self.widgets[press])
        info = box.file_uploader_state_value.uploaded_file_info.add()
        info.file_id, info.name, info.size = urls.file_id, name, len(content)
        info.file_urls.CopyFrom(urls)
        # A button can be pressed only once it has been drawn for a file.
        self._ask(page, "", [box])
        button.trigger_value = True
        return self._ask(page, "", [box, button])

    def holds(self, *wanted: str) -> list[str]:
        """Which of these words stand anywhere in what was sent: texts, tables, charts, alternative texts and addresses alike."""
        sent = b"\n".join(self.frames)
        return [one for one in wanted if one.encode() in sent]

    def finds(self, pattern: str) -> list[str]:
        """What in everything that was sent looks like this."""
        return sorted({found.decode() for found in re.findall(pattern.encode(), b"\n".join(self.frames))})

    @property
    def title(self) -> str:
        """The heading of the page."""
        return self.said[0] if self.said else ""

    def _ask(self, page: str, query: str, states: Sequence[WidgetState]) -> Visit:
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        message.rerun_script.widget_states.widgets.extend(states)
        return self._send(message)

    def _send(self, message: BackMsg) -> Visit:
        self.frames, self.said = [], []
        self.socket.send(message.SerializeToString())
        self._listen()
        return self

    def _state(self, key: str, value: Value) -> WidgetState:
        state = WidgetState(id=self.widgets[key])
        if isinstance(value, bool):
            state.trigger_value = value
        elif isinstance(value, str):
            state.string_value = value
        else:
            state.string_array_value.data.extend(value)
        return state

    def _listen(self) -> None:
        while True:
            message = self._next()
            match message.WhichOneof("type"):
                case "new_session":
                    self.said, self.charts = [], []
                    self.session = message.new_session.initialize.session_id or self.session
                case "delta":
                    self._note(message)
                case "auto_rerun":
                    self.repeated[message.auto_rerun.fragment_id] = message.auto_rerun.interval
                case "script_finished" if message.script_finished in (
                    ForwardMsg.FINISHED_SUCCESSFULLY,
                    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
                    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
                ):
                    return

    def _next(self) -> ForwardMsg:
        sent = self.socket.recv(timeout=PATIENCE_SECONDS)
        assert isinstance(sent, bytes)
        self.frames.append(sent)
        message = ForwardMsg()
        message.ParseFromString(sent)
        return message

    def _note(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind is None:
            return
        drawn = getattr(element, kind)
        if name := getattr(drawn, "id", ""):
            self.widgets[name.rpartition("-")[2]] = name
        if kind == "plotly_chart":
            self.charts.append(drawn.spec)
        if kind == "download_button":
            self.files.append(drawn.deferred_file_id or drawn.url)
        if kind == "heading" and drawn.tag == "h1":
            self.said.append(drawn.body.replace("\\", ""))


@contextmanager
def visiting(client: httpx.Client | None, address: str, *, session: str = "") -> Iterator[Visit]:
    """Connect as a page does: with a person's cookies where somebody is signed in, and naming a session where one is meant."""
    cookies: Mapping[str, str] = dict(client.cookies) if client else {}
    named = ["streamlit", cookies.get("_streamlit_xsrf", "none"), *([session] if session else [])]
    with connect(
        address.replace("http://", "ws://") + "/_stcore/stream",
        origin=address,  # type: ignore[arg-type]
        subprotocols=named,  # type: ignore[arg-type]
        additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
        max_size=LARGEST,
    ) as socket:
        yield Visit(socket)

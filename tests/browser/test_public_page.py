"""What a browser receives of a page that everybody may see: every message and every file, and no hidden number in any of them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
from google.protobuf.message import DecodeError, Message
from playwright.sync_api import Browser, Page, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data_access.questions import Question
from data_access.released import read_released
from data_access.sources import examples_store
from domain.access import COMMISSIONER, Audience
from domain.selection import Selection
from tests.browser.conftest import open_page

SERVICE = "mentoring"
BY_AREA = {
    "outcomes": (("prevention_rate", ("area",)), ("outcomes", ("area", "outcome"))),
    "demand": (("referrals", ("area",)),),
    "kpis": (("prevention_rate", ("area",)),),
}
"""What stands on each page by area."""
NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Received:
    """Everything that came to one page."""

    def __init__(self, page: Page) -> None:
        self.messages: list[Message] = []
        self.texts: list[str] = []
        self.undecoded = 0
        page.on("websocket", self._listen)
        page.on("response", lambda one: self._keep(one.url, one))

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._frame)

    def _frame(self, payload: str | bytes) -> None:
        if isinstance(payload, str):
            self.texts.append(payload)
            return
        message = ForwardMsg()
        try:
            message.ParseFromString(payload)
        except DecodeError:
            self.undecoded += 1
        else:
            self.messages.append(message)

    def _keep(self, url: str, response: Any) -> None:
        if "/media/" in url or "/component" in url:
            self.texts.append(response.text())

    def records(self) -> Iterator[tuple[str, str]]:
        """Every text with the numbers beside it: the words of one table row, one point of a chart, one line of a text."""
        for text in [*self.texts, *(text for message in self.messages for text in strings_of(message))]:
            if text.lstrip()[:1] in "{[":
                try:
                    yield from points_of(json.loads(text))
                    continue
                except ValueError:
                    pass
            for line in re.split(r"\n|<tr|</tr>|(?<=[.;]) ", text):
                yield "text", re.sub(r"<[^>]*>|\{[^}]*\}", " ", line)
        for message in self.messages:
            for data in arrows_of(message):
                frame = pd.read_feather(io.BytesIO(data)) if data[:6] == b"ARROW1" else table_of(data)
                for row in frame.astype(str).itertuples(index=False):
                    yield "table", " | ".join(row)


def table_of(data: bytes) -> pd.DataFrame:
    return pa.ipc.open_stream(data).read_pandas()


def fields_of(message: Message) -> Iterator[Any]:
    for found, value in message.ListFields():
        values = value if found.is_repeated else [value]
        if found.is_repeated and hasattr(value, "values"):
            values = list(value.values())
        for one in values:
            yield one
            if isinstance(one, Message):
                yield from fields_of(one)


def strings_of(message: Message) -> Iterator[str]:
    return (one for one in fields_of(message) if isinstance(one, str) and one)


def arrows_of(message: Message) -> Iterator[bytes]:
    return (one for one in fields_of(message) if isinstance(one, bytes) and len(one) > 100)


def points_of(spec: Any) -> Iterator[tuple[str, str]]:
    """Each point of each trace of a chart as one record; whatever else is in it as a line of its own."""
    if isinstance(spec, dict) and isinstance(spec.get("data"), list):
        for trace in spec["data"]:
            lists = {key: value for key, value in trace.items() if isinstance(value, list)}
            for at in range(max(map(len, lists.values()), default=0)):
                yield "point", " | ".join(json.dumps(one[at]) for one in lists.values() if at < len(one))
        spec = {key: value for key, value in spec.items() if key != "data"}
    for one in leaves(spec):
        yield "layout", one


def leaves(spec: Any) -> Iterator[str]:
    if isinstance(spec, dict):
        for one in spec.values():
            yield from leaves(one)
    elif isinstance(spec, list):
        for one in spec:
            yield from leaves(one)
    elif isinstance(spec, str):
        yield spec


def forbidden(questions: Sequence[tuple[str, tuple[str, ...]]]) -> dict[str, set[str]]:
    """For each area with something hidden, the numbers of it that stand nowhere among what is shown of it."""
    asked = [Question(key, by, Selection(SERVICE)) for key, by in questions]
    store = examples_store()
    ours = read_released(store, asked, COMMISSIONER, Audience.US)
    public = read_released(store, asked, COMMISSIONER, Audience.PUBLIC)
    hidden: dict[str, set[str]] = {}
    shown: dict[str, set[str]] = {}
    for whole, seen in zip(ours, public, strict=True):
        gone = {one.keys for one in seen.hidden}
        for figure in whole.figures:
            numbers = {str(figure.met)}
            if figure.value is not None:
                numbers |= {f"{figure.value:.0%}"[:-1], f"{figure.value:.1%}"[:-1]}
            place = hidden if figure.keys in gone else shown
            kept = numbers if figure.keys in gone else {*numbers, str(figure.base)}
            place.setdefault(figure.labels[0], set()).update(kept)
    # Single digits stand beside a name in many ways; it is enough that the row is 'c'.
    return {
        area: {n for n in numbers - shown.get(area, set()) if float(n) > 9}
        for area, numbers in hidden.items()
    }


def test_no_hidden_number_reaches_the_browser(browser: Browser, examples_dashboard: str) -> None:
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    for url_path, questions in BY_AREA.items():
        received = Received(page)
        open_page(page, f"{examples_dashboard}/{url_path}?service={SERVICE}&for=public")
        button = page.get_by_role("button", name="CSV").first
        if button.count():
            with page.expect_download() as started:
                button.click()
            received.texts.append(started.value.path().read_text(encoding="utf-8-sig"))
        body = page.locator("body").inner_text()
        received.texts.append(body)
        records = list(received.records())
        assert received.messages, url_path
        assert not received.undecoded, url_path
        assert {"point", "table"} & {kind for kind, _ in records}, url_path
        assert "Shown as everybody may see it" in body, url_path
        secret = forbidden(questions)
        assert secret, url_path
        assert beside(secret, records) == [], url_path
        # And the search finds what is shown.
        assert url_path == "kpis" or beside({"Tendring": {"56", "62"}}, records), url_path
    context.close()


def beside(numbers: dict[str, set[str]], records: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The records that name an area and say one of its numbers."""
    return [
        (area, line[:300])
        for _, line in records
        for area, wanted in numbers.items()
        if area in line and wanted & set(NUMBER.findall(line.replace("95% limits", "limits")))
    ]

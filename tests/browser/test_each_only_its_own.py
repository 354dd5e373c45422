"""Provider A asks for what is provider B's in every way there is; each is refused, and the audit says who asked for what."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select
from websockets.exceptions import InvalidStatus

from data_access.__main__ import main
from data_access.people import grant_role
from data_access.stores import Store, reading
from data_access.tables import attempts, ledger, returns
from domain.access import LOCAL_USER, Grant, Reach, Role
from sample_data.make import RETURNS
from tests.browser.offices import (
    AREA,
    NAME_B,
    OF_B,
    RETURN_OF_B,
    SERVICE,
    A,
    B,
    Offices,
    grant_of,
    open_offices,
)
from tests.equipment.once import ready_examples, shared_folder
from tests.equipment.visitor import Value, Visit

NUMBERS = count(1)
NOT_OPEN = "This is not open to you"
AREA_ONLY = Grant(Role.VIEWER, Reach(SERVICE, area=AREA))
LABEL_B = f"{NAME_B} (housing mediation)"
WORKBOOK = "housing-b_2023-04_to_2023-06.xlsx"


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ready_examples(shared_folder(tmp_path_factory))


@pytest.fixture(scope="module")
def offices(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    with open_offices(examples, tmp_path_factory.mktemp("offices")) as running:
        yield running


def nothing_of_b(page: Visit) -> None:
    assert page.holds(NAME_B) == []
    assert page.finds(OF_B.pattern) == []


@pytest.mark.parametrize(
    ("path", "query", "named"),
    [
        ("", f"provider={B}", B),
        ("demand", f"provider={B}", B),
        ("outcomes", f"provider=housing-a&provider={B}", B),
        ("kpis", f"service={SERVICE}&provider={B}", B),
        ("upload", f"provider={B}", B),
        ("returns", f"version={RETURN_OF_B}", RETURN_OF_B),
        ("returns", f"later={RETURN_OF_B}", RETURN_OF_B),
        ("demand", "service=send", "send"),
    ],
)
def test_by_link(offices: Offices, path: str, query: str, named: str) -> None:
    user = f"link-{next(NUMBERS)}@a.example"

    with offices.visit(offices.of(A, user)) as visit:
        assert visit.open(path, query).title == NOT_OPEN
        nothing_of_b(visit)
        # The way on is open: what was refused is taken out of the address.
        assert visit.open("demand").title.startswith("645 referrals")

    (entry,) = offices.refused(user)
    assert named in (entry.provider, entry.service, entry.subject)


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        ("demand", "provider", [B]),
        ("demand", "provider", [LABEL_B]),
        ("upload", "upload_provider_housing", LABEL_B),
        ("returns", "version", f"{LABEL_B}, Apr-Jun 2023 (Q1 2023/24), version 1"),
        ("returns", "later", RETURN_OF_B),
    ],
)
def test_by_widget_value(offices: Offices, path: str, key: str, value: Value) -> None:
    said = value if isinstance(value, str) else value[0]
    user = f"widget-{next(NUMBERS)}@a.example"

    with offices.visit(offices.of(A, user)) as visit:
        visit.open(path)
        assert visit.open(path, **{key: value}).title == NOT_OPEN
        nothing_of_b(visit)
        assert visit.open(path).title != NOT_OPEN

    (entry,) = offices.refused(user)
    assert entry.subject == said


def counts(store: Store) -> list[int]:
    with reading(store, LOCAL_USER) as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (returns, attempts, ledger)
        ]


def test_by_upload(offices: Offices) -> None:
    user = "upload@a.example"
    client = offices.of(A, user)
    before = counts(offices.store)

    with offices.visit(client) as visit:
        visit.open("upload")
        content = (RETURNS / WORKBOOK).read_bytes()
        visit.upload(client, "upload", WORKBOOK, content, upload="upload_file_0", press="check")
        deadline = time.monotonic() + 120
        while not visit.holds("You are not allowed to send") and time.monotonic() < deadline:
            visit.again()
        assert visit.holds("You are not allowed to send")
        # Said on a page that goes on: the next file can be chosen there.
        while visit.title != "Upload a return" and time.monotonic() < deadline:
            visit.again()
        assert visit.title == "Upload a return"
        nothing_of_b(visit)

    (entry,) = offices.refused(user)
    assert (entry.service, entry.provider) == (SERVICE, B)
    assert counts(offices.store) == before


def test_by_websocket_message_naming_the_session_of_another(offices: Offices) -> None:
    user = "session@a.example"
    with offices.visit(offices.of(B, "session@b.example")) as of_b:
        of_b.open("demand")
        with (
            pytest.raises(InvalidStatus) as answered,
            offices.visit(offices.of(A, user), session=of_b.session),
        ):
            pass

    assert answered.value.response.status_code == 403
    (entry,) = offices.refused(user)
    assert (entry.subject, entry.detail) == ("/_stcore/stream", "another person's session")


@pytest.mark.parametrize("path", ["settings", "people", "audit", "published"])
def test_by_websocket_message_asking_for_a_page_that_is_closed(offices: Offices, path: str) -> None:
    user = f"{path}@a.example"
    with offices.visit(offices.of(A, user)) as visit:
        title = visit.open(path).title
        nothing_of_b(visit)

    assert title.startswith("You may not open")
    assert [entry.subject for entry in offices.refused(user)] == [title.removeprefix("You may not open ")]


def test_by_websocket_message_asking_for_a_download_of_another(offices: Offices) -> None:
    user = "download@a.example"
    with (
        offices.visit(offices.of(B, "download@b.example")) as of_b,
        offices.visit(offices.of(A, user)) as of_a,
    ):
        file = of_b.open("returns").files[0]
        of_a.open("returns")
        assert of_a.make(file) == "This file was made for somebody else."
        assert of_b.make(file).startswith("/media/")

    (entry,) = offices.refused(user)
    assert entry.subject == f"/media/{file}"


def test_by_another_session_s_download_address(offices: Offices) -> None:
    user, owner = "media@a.example", offices.of(B, "media@b.example")
    with offices.visit(owner) as of_b:
        address = of_b.make(of_b.open("returns").files[0])
        assert B in owner.get(address).text or NAME_B in owner.get(address).text
        assert offices.of(A, user).get(address).status_code == 404
        assert httpx.get(offices.address + address).status_code == 401

    (entry,) = offices.refused(user)
    assert entry.subject.startswith("/media/")


@pytest.mark.parametrize(
    "words",
    [
        ("tally", "referrals", "--where", f"provider={B}"),
        ("tally", "referrals", "--where", f"provider={LABEL_B}"),
        ("history", RETURN_OF_B),
        ("mapping", RETURN_OF_B),
        ("mapping", f"{SERVICE}:{B}"),
        ("withdraw", RETURN_OF_B, "--user", "manager", "--why", "not mine"),
        ("check", str(RETURNS / WORKBOOK)),
        ("load", str(RETURNS / WORKBOOK), "--user", "manager"),
        ("template", SERVICE, "{out}", "--provider", B),
        ("template", SERVICE, "{out}", "--provider", B, "--period", "2025-01..2025-03"),
        ("template", f"{SERVICE}-totals", "{out}", "--provider", B),
    ],
    ids=lambda words: words[0],
)
def test_by_command_line(
    offices: Offices,
    words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    user = f"command-{next(NUMBERS)}@a.example"
    out = f"{tmp_path}/out.xlsx"
    grant_role(offices.store, user, grant_of(A), by=LOCAL_USER)
    monkeypatch.setenv("DATABASE_URL", offices.store.url)
    monkeypatch.delenv("AUTH_MODE", raising=False)
    before = counts(offices.store)

    assert main([*(word.format(out=out) for word in words), "--as", user]) == 1

    said = capsys.readouterr()
    assert said.out == ""
    assert "You are not allowed to" in said.err
    (entry,) = offices.refused(user)
    assert B in (entry.provider, *entry.subject.split(":")) or entry.provider == "not a key"
    assert counts(offices.store) == before


def test_lists_on_the_command_line_hold_only_its_own(
    offices: Offices, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    offices.of(A, "lists@a.example")
    monkeypatch.setenv("DATABASE_URL", offices.store.url)
    asked = (
        ("returns",),
        ("tally", "referrals", "--by", "provider", "--where", f"service={SERVICE}"),
        ("kpis", "--period", "2024-04..2024-06", "--by", "provider"),
    )
    for words in asked:
        for person, seen in (("lists@a.example", ""), ("", "everything")):
            assert main([*words, "--format", "csv", *(("--as", person) if person else ())]) == 0
            said = capsys.readouterr().out
            assert A in said
            assert (B in said) == bool(seen)


def test_nobody_known_gets_a_page_an_upload_or_a_session(offices: Offices) -> None:
    with pytest.raises(InvalidStatus) as answered, offices.visit(None):
        pass
    assert answered.value.response.status_code == 401
    put = httpx.put(f"{offices.address}/_stcore/upload_file/a/b", files={"file": ("a.csv", b"1")})
    assert put.status_code == 401
    page = httpx.get(f"{offices.address}/demand", headers={"Accept": "text/html"})
    assert page.status_code == 401
    assert "<h1>Sign in</h1>" in page.text
    assert "referrals" not in page.text


def test_somebody_without_a_role_and_somebody_of_one_area_see_no_more_than_that(offices: Offices) -> None:
    with offices.visit(offices.sign_in("nobody@x.example")) as visit:
        for path in ("", "demand", "returns", "settings"):
            assert visit.open(path).title == "You have no role here yet"
            assert visit.holds(NAME_B, "645", "referrals") == []
    with offices.visit(offices.sign_in("area@x.example", AREA_ONLY)) as visit:
        assert visit.open("demand", "area=X-MILLFIELD").title == NOT_OPEN
        assert visit.open("returns").title == "You may not open Returns"
        assert visit.finds(r"H[AB]-\d{4}") == []
    assert {entry.subject for entry in offices.refused("area@x.example")} == {"X-MILLFIELD", "Returns"}


def test_by_case_list(offices: Offices) -> None:
    client = offices.of(A, "list@a.example")
    with offices.visit(client) as visit:
        nothing_of_b(visit.open("returns"))
        for file in visit.files:
            content = client.get(visit.make(file)).text
            assert NAME_B not in content
            assert OF_B.findall(content) == []

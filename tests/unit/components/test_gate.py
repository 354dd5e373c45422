"""The gate lets in who is signed in, and shows everybody else the way to sign in and nothing more."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components.gate.door import Door
from components.gate.peers import is_loopback
from components.gate.refusals import Refusal, tell
from domain.sign_in import SignIn
from tests.unit.components.gate_builders import (
    JO,
    OIDC,
    PROXY,
    SITE,
    STREAM,
    claims_of,
    cookies_of,
    ended,
    page,
    signed_by,
    told,
    visitor,
)

NOBODY_SIGNS_IN = SignIn()


def refused_stream(client: TestClient, **headers: str) -> int:
    """With which status a websocket is refused, before it is accepted."""
    with (
        pytest.raises(WebSocketDenialResponse) as refused,
        client.websocket_connect(f"wss://dashboard.example{STREAM}", headers=headers),
    ):
        pass
    return refused.value.status_code


def test_whoever_is_not_signed_in_gets_the_sign_in_page_for_a_page_and_it_keeps_the_deep_link() -> None:
    answer = page(visitor(), "/demand?service=send&from=2025-04")

    assert answer.status_code == 401
    assert 'href="/sign-in?next=%2Fdemand%3Fservice%3Dsend%26from%3D2025-04"' in answer.text
    assert "The page itself" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "script" not in answer.text


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("PUT", "/_stcore/upload_file/some-session/some-file"),
        ("DELETE", "/_stcore/upload_file/some-session/some-file"),
        ("GET", "/media/abc.csv"),
        ("GET", "/component/some.part/index.html"),
        ("GET", "/_stcore/host-config"),
        ("POST", "/"),
        ("GET", "/static/../media/abc.csv"),
        ("GET", "/demand"),
    ],
)
def test_anonymous_upload_download_and_everything_else_is_401(method: str, address: str) -> None:
    answer = visitor().request(method, address)

    assert answer.status_code == 401
    assert answer.text == "Sign in first"


def test_asking_for_a_file_as_a_browser_asks_for_a_page_is_401_without_a_sign_in_page() -> None:
    assert page(visitor(), "/media/abc.csv").text == "Sign in first"


def test_anonymous_websocket_is_refused_before_it_is_accepted_and_told_of() -> None:
    with told() as refusals:
        assert refused_stream(visitor(), origin=SITE) == 401

    assert refusals == [Refusal("", "a session without a sign-in", STREAM)]


@pytest.mark.parametrize("address", ["/_stcore/health", "/readyz", "/static/js/index.js"])
def test_what_watches_the_server_and_the_front_ends_own_scripts_need_no_sign_in(address: str) -> None:
    assert visitor().get(address).json() == {"reached": address}


def test_whoever_is_signed_in_gets_the_page() -> None:
    answer = page(visitor(cookies=cookies_of(JO)), "/demand")

    assert answer.status_code == 200
    assert "The page itself" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_cookie_that_streamlit_cut_into_parts_is_read() -> None:
    cookies = cookies_of(JO, groups=[sha256(bytes([number])).hexdigest() for number in range(200)])
    assert len(cookies) > 2

    assert page(visitor(cookies=cookies), "/").status_code == 200


def test_a_forged_cookie_lets_nobody_in() -> None:
    forged = signed_by("a guess at the secret that is long enough", claims_of(JO))
    true = cookies_of(JO)[USER_COOKIE_NAME]
    changed = {USER_COOKIE_NAME: true[:-5] + ("A" if true[-5] != "A" else "B") + true[-4:]}

    for cookies in (forged, changed, {USER_COOKIE_NAME: "nonsense"}):
        assert page(visitor(cookies=cookies), "/").status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://other.example"},
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"iat": None},
        {"iat": "today"},
        {"iat": 1e300},
        {"email": "", "sub": ""},
        {"email": ["jo@council.example"], "sub": None},
        {"email": "not an address", "sub": "two words"},
    ],
)
def test_a_cookie_for_another_site_or_that_lacks_something_lets_nobody_in(wrong: dict[str, object]) -> None:
    assert page(visitor(cookies=cookies_of(JO, **wrong)), "/").status_code == 401


def test_a_sign_in_that_is_too_old_has_ended_and_the_page_says_so() -> None:
    almost, over = cookies_of(JO, ago=8 * 3600 - 60), cookies_of(JO, ago=8 * 3600 + 1)

    assert page(visitor(cookies=almost), "/").status_code == 200
    answer = page(visitor(cookies=over), "/demand")
    assert answer.status_code == 401
    assert "Your sign-in has ended: one holds for 8 hours at most." in answer.text


def test_a_sign_in_from_the_future_lets_nobody_in_but_two_clocks_may_differ_a_little() -> None:
    assert page(visitor(cookies=cookies_of(JO, ago=-30)), "/").status_code == 200
    assert page(visitor(cookies=cookies_of(JO, ago=-600)), "/").status_code == 401


def test_a_sign_in_of_before_somebody_signed_out_no_longer_holds_in_any_browser() -> None:
    with ended({JO: datetime.now(UTC) - timedelta(seconds=30)}):
        assert page(visitor(cookies=cookies_of(JO, ago=60)), "/").status_code == 401
        assert page(visitor(cookies=cookies_of(JO, ago=5)), "/").status_code == 200


def test_an_open_session_is_cut_off_some_time_after_the_sign_in_has_ended() -> None:
    async def say_back(websocket: WebSocket) -> None:
        await websocket.accept()
        async for said in websocket.iter_text():
            await websocket.send_text(said)
        await websocket.close()

    def say_twice(grace: float) -> list[str]:
        """What comes back before and after the person signs out."""
        site = Starlette(routes=[WebSocketRoute(STREAM, say_back)])
        client = TestClient(Door(site, OIDC, grace=grace), cookies=cookies_of(JO))
        heard: list[str] = []
        with client.websocket_connect(f"wss://dashboard.example{STREAM}", headers={"origin": SITE}) as stream:
            stream.send_text("before")
            heard.append(stream.receive_text())
            with ended({JO: datetime.now(UTC)}), suppress(WebSocketDisconnect):
                stream.send_text("after")
                heard.append(stream.receive_text())
        return heard

    assert say_twice(grace=60) == ["before", "after"]
    assert say_twice(grace=0) == ["before"]


def test_a_foreign_host_is_refused_for_pages_and_for_websockets() -> None:
    client = visitor(cookies=cookies_of(JO))

    assert page(client, "/", host="dashboard.evil.example").status_code == 400
    assert refused_stream(client, origin=SITE, host="dashboard.evil.example") == 400


def test_a_websocket_from_another_site_or_from_no_page_at_all_is_refused() -> None:
    client = visitor(cookies=cookies_of(JO))

    with told() as refusals:
        assert refused_stream(client, origin="https://evil.example") == 403
        assert refused_stream(client) == 403
    with client.websocket_connect(f"wss://dashboard.example{STREAM}", headers={"origin": SITE}) as stream:
        assert stream.receive_json() == {"protocols": ""}
    assert refusals == [Refusal(JO, "a session that no page of ours asked for", STREAM)]


@pytest.mark.parametrize(
    "address",
    [
        "/_stcore/metrics",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/agent/openapi.json",
        "/_stcore/script-health-check",
        "/_stcore/whatever-comes-next",
        "/_stcore",
    ],
)
def test_metrics_agents_and_whatever_else_streamlit_offers_are_closed_to_everybody(address: str) -> None:
    for client in (visitor(), visitor(cookies=cookies_of(JO)), visitor(NOBODY_SIGNS_IN, peer="127.0.0.1")):
        for method in ("GET", "POST", "OPTIONS"):
            assert client.request(method, address).status_code == 404


def test_the_ways_to_a_provider_are_closed_where_there_is_none() -> None:
    for address in ("/auth/login", "/auth/logout", "/oauth2callback"):
        assert visitor(PROXY).get(address).status_code == 404


def test_a_header_is_believed_from_the_server_in_front_and_from_nobody_else() -> None:
    named = {"x-forwarded-email": "Jo@Council.example"}

    assert page(visitor(PROXY, peer="10.0.0.1"), "/", **named).status_code == 200
    assert page(visitor(PROXY, peer="10.0.0.1"), "/").status_code == 401
    assert page(visitor(PROXY, peer="192.0.2.7"), "/", **named).status_code == 401


def test_a_header_that_is_there_twice_names_nobody() -> None:
    twice = [
        ("accept", "text/html"),
        ("x-forwarded-email", JO),
        ("x-forwarded-email", "kim@provider.example"),
    ]

    assert visitor(PROXY, peer="10.0.0.1").get("/", headers=twice).status_code == 401


def test_where_a_server_in_front_signs_in_a_websocket_must_come_from_a_page_of_this_name() -> None:
    client = visitor(PROXY, peer="10.0.0.1")

    assert refused_stream(client, **{"x-forwarded-email": JO, "origin": "https://evil.example"}) == 403
    headers = {"x-forwarded-email": JO, "origin": SITE}
    with client.websocket_connect(f"wss://dashboard.example{STREAM}", headers=headers) as stream:
        assert stream.receive_json() == {"protocols": ""}


def test_where_nobody_signs_in_no_other_computer_is_answered() -> None:
    here = visitor(NOBODY_SIGNS_IN, peer="127.0.0.1")

    assert page(here, "/").status_code == 200
    assert page(visitor(NOBODY_SIGNS_IN, peer="192.0.2.7"), "/").status_code == 403
    elsewhere = TestClient(here.app, base_url="http://192.0.2.1", client=("127.0.0.1", 40000))
    assert page(elsewhere, "/", host="localhost").status_code == 403


@pytest.mark.parametrize("name", ["forwarded", "via", "x-real-ip", "x-forwarded-host", "x-forwarded-proto"])
def test_where_nobody_signs_in_what_a_server_in_front_passes_on_is_not_answered(name: str) -> None:
    here = visitor(NOBODY_SIGNS_IN, peer="127.0.0.1")

    assert page(here, "/", **{name: "192.0.2.7"}).status_code == 403


def test_where_nobody_signs_in_a_page_of_another_port_of_this_computer_opens_no_session() -> None:
    here = visitor(NOBODY_SIGNS_IN, peer="127.0.0.1")

    with (
        pytest.raises(WebSocketDenialResponse) as refused,
        here.websocket_connect(f"ws://127.0.0.1{STREAM}", headers={"origin": "http://localhost:3000"}),
    ):
        pass
    assert (refused.value.status_code, refused.value.text) == (403, "Not from here")
    for given in ({}, {"origin": "http://127.0.0.1"}):
        with here.websocket_connect(f"ws://127.0.0.1{STREAM}", headers=given) as stream:
            assert stream.receive_json() == {"protocols": ""}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("::ffff:127.0.0.1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("", False),
        ("192.168.1.2", False),
        ("localhost.example", False),
        ("::ffff:192.168.1.2", False),
    ],
)
def test_which_addresses_are_this_computer_alone(address: str, expected: bool) -> None:
    assert is_loopback(address) is expected


def test_every_cookie_is_sent_by_https_alone_where_browsers_come_by_https() -> None:
    answer = visitor().get("/sign-in?next=%2Fdemand")
    by_http = visitor(SignIn(**{**_plain(OIDC), "redirect_uri": "http://localhost/oauth2callback"})).get(
        "/sign-in", headers={"host": "dashboard.example"}
    )

    assert answer.headers["set-cookie"].endswith("; Secure")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert "Secure" not in by_http.headers["set-cookie"]
    assert "strict-transport-security" not in by_http.headers


def test_a_server_in_front_says_that_browsers_come_by_https_and_nobody_else_does() -> None:
    https = {"x-forwarded-email": JO, "x-forwarded-proto": "https"}

    assert "strict-transport-security" in page(visitor(PROXY, peer="10.0.0.1"), "/", **https).headers
    assert "strict-transport-security" not in page(visitor(PROXY, peer="192.0.2.7"), "/", **https).headers


def test_the_same_refusal_is_told_once_a_minute_and_one_that_cannot_be_written_down_stands() -> None:
    with told() as refusals:
        for address in ("/a", "/a", "/b"):
            tell(Refusal(JO, "a file made for another session", address))
            tell(Refusal("", "a request without a sign-in", address))

    assert refusals == [
        Refusal(JO, "a file made for another session", "/a"),
        Refusal("", "a request without a sign-in", "/a"),
        Refusal(JO, "a file made for another session", "/b"),
    ]


def _plain(sign_in: SignIn) -> dict[str, object]:
    return {name: getattr(sign_in, name) for name in SignIn.__dataclass_fields__}

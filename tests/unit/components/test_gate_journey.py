"""Visitors are led to the provider, back to what they wanted, and out again, and never to another site."""

from datetime import UTC, datetime

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from streamlit.auth_util import decode_provider_token

from components.gate.deep_link import LONGEST, from_cookie, same_site
from components.identity import SIGN_IN_ADDRESS, SIGN_OUT_ADDRESS
from domain.sign_in import SignIn
from tests.unit.components.gate_builders import JO, OIDC, PROXY, SITE, cookies_of, ended, noted, page, visitor


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/demand/../../x",
        "/demand\r\nSet-Cookie: a=b",
        "/sign-in",
        "/sign-out",
        "/oauth2callback",
        "/" + "a" * 81,
        "",
        "demand",
    ],
)
def test_what_is_no_page_of_ours_leads_to_the_front_page(wanted: str) -> None:
    assert same_site(wanted) == "/"


def test_a_page_is_kept_with_its_choice_and_without_one_that_is_too_long_or_not_plain() -> None:
    kept = "/demand?service=send&from=2025%2F26&area=a%20b"

    assert same_site(kept) == kept
    assert same_site("/demand?" + "a" * LONGEST) == "/demand"
    assert same_site("/demand?a=b\r\nSet-Cookie: c=d") == "/demand"
    assert from_cookie("%2F%2Fevil.example") == "/"


def test_signing_in_leads_to_the_provider_and_remembers_where_to_go() -> None:
    answer = visitor().get(SIGN_IN_ADDRESS, params={"next": "/demand?service=send"})

    address, _, token = answer.headers["location"].partition("?provider=")
    assert (answer.status_code, address) == (302, "/auth/login")
    assert decode_provider_token(token)["provider"] == "default"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("dashboard_next=%2Fdemand%3Fservice%3Dsend;")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/oauth2callback" in cookie


def test_a_link_of_an_open_page_leads_back_to_that_page_and_one_of_another_site_does_not() -> None:
    ours = visitor().get(SIGN_IN_ADDRESS, headers={"referer": f"{SITE}/kpis?service=send"})
    theirs = visitor().get(SIGN_IN_ADDRESS, headers={"referer": f"{SITE}.evil.example/kpis"})

    assert "dashboard_next=%2Fkpis%3Fservice%3Dsend;" in ours.headers["set-cookie"]
    assert "dashboard_next=%2F;" in theirs.headers["set-cookie"]


def test_whoever_is_signed_in_already_goes_straight_on() -> None:
    answer = visitor(cookies=cookies_of(JO)).get(SIGN_IN_ADDRESS, params={"next": "/demand"})

    assert answer.headers["location"] == "/demand"


def test_the_address_of_a_page_that_moved_leads_on_with_its_choice_once_somebody_is_signed_in() -> None:
    there = "/cases_used?service=housing&provider=a&present=1%2F2"
    signed = visitor(cookies=cookies_of(JO)).get(there)
    stranger = visitor().get(there, headers={"accept": "text/html"})

    assert signed.status_code == 301
    assert signed.headers["location"] == "contracts?service=housing&provider=a&present=1%2F2"
    assert visitor(cookies=cookies_of(JO)).get("/cases_used").headers["location"] == "contracts"
    assert stranger.status_code == 401
    assert "next=%2Fcases_used" in stranger.text


@pytest.mark.parametrize("sign_in", [SignIn(), PROXY])
def test_where_no_provider_signs_people_in_the_way_in_is_the_page_itself(sign_in: SignIn) -> None:
    peer = "127.0.0.1" if sign_in is not PROXY else "10.0.0.1"

    answer = visitor(sign_in, peer=peer).get(SIGN_IN_ADDRESS, params={"next": "/demand"})

    assert answer.headers["location"] == "/demand"


def from_provider(answered: dict[str, str]) -> Route:
    """What Streamlit answers when the provider sends somebody back: to the front page, with the cookies it sets."""

    async def callback(_: Request) -> RedirectResponse:
        answer = RedirectResponse("/", 302)
        for name, value in answered.items():
            answer.set_cookie(name, value)
        return answer

    return Route("/oauth2callback", callback)


def test_after_signing_in_the_visitor_is_where_they_wanted_to_go_and_it_is_written_down() -> None:
    client = visitor(
        OIDC, from_provider(cookies_of(JO)), cookies={"dashboard_next": "%2Fdemand%3Fservice%3Dsend"}
    )

    with noted() as acts:
        answer = client.get("/oauth2callback?state=s&code=c")

    assert answer.headers["location"] == "/demand?service=send"
    assert acts == [("in", JO)]
    assert any(line.startswith("dashboard_next=;") for line in answer.headers.get_list("set-cookie"))


def test_a_remembered_address_of_another_site_leads_to_the_front_page() -> None:
    client = visitor(OIDC, from_provider(cookies_of(JO)), cookies={"dashboard_next": "%2F%2Fevil.example"})

    assert client.get("/oauth2callback?state=s&code=c").headers["location"] == "/"


def test_where_signing_in_failed_the_page_says_so_and_still_knows_where_to_go() -> None:
    client = visitor(OIDC, from_provider({}), cookies={"dashboard_next": "%2Fdemand"})

    with noted() as acts:
        answer = client.get("/oauth2callback?error=access_denied&state=s")
    again = page(visitor(), answer.headers["location"])

    assert acts == []
    assert "Signing in did not work." in again.text
    assert 'href="/sign-in?next=%2Fdemand"' in again.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("error=access_denied&state=s", "the provider says access_denied"),
        ("error=Jo+Bloggs%0A&state=s", "the provider refused it"),
        ("code=c&state=s", "is OIDC_CLIENT_SECRET right?"),
    ],
)
def test_the_log_says_why_signing_in_failed_and_repeats_no_free_text(
    query: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with noted():
        visitor(OIDC, from_provider({})).get(f"/oauth2callback?{query}")

    assert words in caplog.text
    assert "Bloggs" not in caplog.text


def test_where_the_provider_does_not_answer_our_own_page_says_that_it_did_not_work(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def unreachable(_: Request) -> Response:
        return Response("Authentication error", status_code=400)

    client = visitor(OIDC, Route("/auth/login", unreachable))
    answer = client.get("/auth/login", headers={"referer": f"{SITE}/demand?service=send"})

    assert answer.headers["location"] == "/sign-in?failed=1&next=%2Fdemand%3Fservice%3Dsend"
    assert "Authentication error" not in answer.text
    assert "Signing in did not work." in page(client, answer.headers["location"]).text
    assert "Is OIDC_METADATA_URL right" in caplog.text


def test_signing_out_ends_every_sign_in_and_leads_out_by_way_of_streamlit() -> None:
    with noted() as acts:
        answer = visitor(cookies=cookies_of(JO)).get(SIGN_OUT_ADDRESS)

    assert acts == [("out", JO)]
    assert answer.headers["location"] == "/auth/logout"


def test_a_sign_in_that_is_over_can_still_be_signed_out() -> None:
    with noted() as acts:
        visitor(cookies=cookies_of(JO, ago=9 * 3600)).get(SIGN_OUT_ADDRESS)

    assert acts == [("out", JO)]


def test_a_link_of_another_site_signs_nobody_out() -> None:
    with noted() as acts:
        answer = visitor(cookies=cookies_of(JO)).get(
            SIGN_OUT_ADDRESS, headers={"sec-fetch-site": "cross-site"}
        )

    assert acts == []
    assert answer.headers["location"] == "/"


def test_streamlits_own_way_out_ends_every_sign_in_too_and_not_for_another_site() -> None:
    signed_in = cookies_of(JO)

    with noted() as acts:
        elsewhere = visitor(cookies=signed_in).get("/auth/logout", headers={"sec-fetch-site": "cross-site"})
        assert elsewhere.headers["location"] == "/"
        assert acts == []
        visitor(cookies=signed_in).get("/auth/logout")
        assert acts == [("out", JO)]
        with ended({JO: datetime.now(UTC)}):
            # As after /sign-out, which wrote it down already.
            visitor(cookies=signed_in).get("/auth/logout", headers={"sec-fetch-site": "cross-site"})
    assert acts == [("out", JO)]


def test_after_signing_out_the_provider_leads_to_a_page_that_says_so() -> None:
    client = visitor(OIDC, from_provider({}))

    answer = page(client, client.get("/oauth2callback").headers["location"])

    assert answer.status_code == 200
    assert "You are signed out" in answer.text


def test_a_server_in_front_ends_its_own_sign_in() -> None:
    named = {"x-forwarded-email": JO}
    leads = SignIn(
        mode=PROXY.mode,
        allowed_hosts=PROXY.allowed_hosts,
        trusted_proxies=("10.0.0.1",),
        proxy_sign_out="/oauth2/sign_out",
    )

    with noted() as acts:
        assert (
            visitor(leads, peer="10.0.0.1").get(SIGN_OUT_ADDRESS, headers=named).headers["location"]
            == "/oauth2/sign_out"
        )
        without = visitor(PROXY, peer="10.0.0.1")
        told = page(without, without.get(SIGN_OUT_ADDRESS, headers=named).headers["location"])

    assert acts == [("out", JO), ("out", JO)]
    assert "Close the browser to sign out" in told.text

"""A gate in front of an application that says what reached it, and visitors of every kind."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components.gate import Hooks, Refusal, gate, gate_routes, tell_to, use_hooks
from components.gate.people import hooks
from components.identity import ask_sign_outs
from domain.sign_in import AuthMode, SignIn

SITE = "https://dashboard.example"
OIDC = SignIn(
    mode=AuthMode.OIDC,
    client_id="dashboard",
    redirect_uri=f"{SITE}/oauth2callback",
    cookie_secret="x" * 32,
    allowed_hosts=("dashboard.example",),
)
PROXY = SignIn(mode=AuthMode.PROXY, allowed_hosts=("dashboard.example",), trusted_proxies=("10.0.0.1",))
JO, KIM = "jo@council.example", "kim@provider.example"
STREAM = "/_stcore/stream"


async def say(request: Request) -> Response:
    """Say which path got through."""
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse("<h1>The page itself</h1>", headers={"cache-control": "no-cache"})
    return JSONResponse({"reached": request.url.path})


async def say_on_stream(websocket: WebSocket) -> None:
    """Say which protocols got through."""
    await websocket.accept()
    await websocket.send_json({"protocols": websocket.headers.get("sec-websocket-protocol", "")})
    await websocket.close()


def behind(sign_in: SignIn, *further: Route) -> Starlette:
    """An application behind the gate."""
    everything = Route("/{path:path}", say, methods=["GET", "HEAD", "PUT", "DELETE", "POST"])
    return Starlette(
        routes=[WebSocketRoute("/{path:path}", say_on_stream), *gate_routes(sign_in), *further, everything],
        middleware=gate(sign_in),
    )


def visitor(
    sign_in: SignIn = OIDC, *further: Route, peer: str = "192.0.2.7", cookies: dict[str, str] | None = None
) -> TestClient:
    """A visitor from another computer, who is signed in where they have cookies for it."""
    site = SITE if sign_in.mode is not AuthMode.NONE else "http://127.0.0.1"
    client = TestClient(
        behind(sign_in, *further), base_url=site, client=(peer, 40000), follow_redirects=False
    )
    client.cookies.update(cookies or {})
    return client


def claims_of(user: str, *, ago: float = 60.0, **further: object) -> dict[str, object]:
    """What Streamlit's cookie holds of somebody who signed in some seconds ago."""
    return {
        "email": user,
        "email_verified": True,
        "sub": f"id-of-{user}",
        "iat": int(time.time() - ago),
        "origin": SITE,
        "is_logged_in": True,
        "provider": "default",
        **further,
    }


def cookies_of(user: str, *, ago: float = 60.0, **further: object) -> dict[str, str]:
    """The cookies of somebody who signed in some seconds ago, made by Streamlit's own functions."""
    made: dict[str, str] = {}

    def signed(name: str, value: str) -> bytes:
        return create_signed_value(get_cookie_secret(), name, value)

    def put(name: str, value: str) -> None:
        made[name] = signed(name, value).decode()

    claims = claims_of(user, ago=ago, **further)
    set_cookie_with_chunks(put, signed, USER_COOKIE_NAME, claims, cookie_attr_size=100)
    return made


def signed_by(secret: str, claims: dict[str, object]) -> dict[str, str]:
    """A cookie that somebody with another secret made."""
    value = create_signed_value(secret, USER_COOKIE_NAME, json.dumps(claims)).decode()
    return {USER_COOKIE_NAME: value}


@contextmanager
def told() -> Iterator[list[Refusal]]:
    """What the gate tells of its refusals, meanwhile."""
    found: list[Refusal] = []
    tell_to(found.append)
    try:
        yield found
    finally:
        tell_to(lambda _: None)


@contextmanager
def ended(moments: dict[str, datetime]) -> Iterator[None]:
    """Have people signed out at some moments, meanwhile."""
    ask_sign_outs(moments.get)
    try:
        yield
    finally:
        ask_sign_outs(lambda _: None)


@contextmanager
def noted() -> Iterator[list[tuple[str, str]]]:
    """Who signs in and out, meanwhile."""
    found: list[tuple[str, str]] = []
    before = hooks()
    use_hooks(Hooks(lambda user: found.append(("in", user)), lambda user: found.append(("out", user))))
    try:
        yield found
    finally:
        use_hooks(before)


def page(client: TestClient, address: str, **headers: str) -> Any:
    """Ask for a page as a browser does."""
    return client.get(address, headers={"accept": "text/html,*/*;q=0.8", **headers})

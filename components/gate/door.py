"""Who is let in: addresses that are closed to all, and those that are open to whoever is signed in."""

import asyncio
import re
import time
from typing import Final
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.gate.people import IDENTITY, who_came
from components.gate.refusals import Refusal, tell_soon
from components.gate.sign_in_page import sign_in_page
from components.identity import SIGN_IN_ADDRESS, SIGN_OUT_ADDRESS, Identity, holds
from domain.sign_in import CALLBACK, AuthMode, SignIn

OPEN_OF_CORE: Final = re.compile(r"/_stcore/(health|host-config|stream|upload_file/.+|bidi-components/.+)")
"""What of Streamlit's own addresses the pages need. All others are closed: metrics, agents, and whatever a later Streamlit adds."""

FOR_ANYBODY: Final = frozenset({"/_stcore/health", "/readyz", SIGN_IN_ADDRESS, SIGN_OUT_ADDRESS})
OF_THE_PROVIDER: Final = frozenset({"/auth/login", "/auth/logout", CALLBACK})
FRONT_END: Final = "/static/"
"""Streamlit's own scripts and styles: public software, which a page left open may still have to load."""

GRACE_SECONDS: Final = 90.0
"""How long an open page may still speak after its sign-in has ended: long enough to say so on the screen."""


def path_of(scope: Scope) -> str:
    """The path of a request as it is routed, without what a server in front put before it."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


class Door:
    """Answer 404 at what is closed, and let through only who is signed in.

    Others get our own sign-in page where they asked for a page, and 401 everywhere else, so that no anonymous session of Streamlit ever
    exists. The sign-in page is answered with 401 too: it is not what was asked for, and nothing then keeps it as that.
    """

    def __init__(self, app: ASGIApp, sign_in: SignIn, grace: float = GRACE_SECONDS) -> None:
        self.app, self.sign_in, self.grace = app, sign_in, grace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on with who sent it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        answer = await self._refused(scope, path_of(scope))
        if answer is not None:
            await answer(scope, receive, send)
            return
        identity: Identity | None = scope.get(IDENTITY)
        if scope["type"] == "websocket" and identity is not None:
            receive = self._while_it_holds(identity, receive)
        await self.app(scope, receive, send)

    def _while_it_holds(self, identity: Identity, receive: Receive) -> Receive:
        """What a browser says over a websocket, until some time after its sign-in has ended.

        An open page asks by itself and shows that it is over; a program that speaks for a browser need not, and is cut off.
        """
        over: list[float] = []

        async def receive_held() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive" or await asyncio.to_thread(
                holds, identity, self.sign_in
            ):
                return message
            over.append(time.monotonic())
            if over[-1] - over[0] < self.grace:
                return message
            return {"type": "websocket.disconnect", "code": 1008, "reason": "The sign-in has ended"}

        return receive_held

    async def _refused(self, scope: Scope, path: str) -> Response | None:
        """What is answered instead; None where the request is let through."""
        if self._is_closed(path):
            return PlainTextResponse("Not found", 404)
        if self._is_for_anybody(scope, path):
            # Nobody is looked up for it: it is answered also while the database is not.
            return None
        came = await who_came(scope, self.sign_in)
        scope[IDENTITY] = came.identity
        stream = scope["type"] == "websocket"
        if came.identity is None:
            if wants_page(scope, path):
                return sign_in_page(self.sign_in, wanted(scope), ended=came.ended)
            what = "a session" if stream else "a request"
            await tell_soon(Refusal("", f"{what} without a sign-in", path))
            return PlainTextResponse("Sign in first", 401)
        if stream and not self._is_from_our_page(scope):
            await tell_soon(Refusal(came.identity.user, "a session that no page of ours asked for", path))
            return PlainTextResponse("Not from here", 403)
        return None

    def _is_closed(self, path: str) -> bool:
        if path.startswith("/_stcore"):
            return OPEN_OF_CORE.fullmatch(path) is None
        return path in OF_THE_PROVIDER and self.sign_in.mode is not AuthMode.OIDC

    def _is_for_anybody(self, scope: Scope, path: str) -> bool:
        if scope["type"] != "http":
            return False
        if path in FOR_ANYBODY or path in OF_THE_PROVIDER:
            return True
        return path.startswith(FRONT_END) and scope["method"] in ("GET", "HEAD") and ".." not in path

    def _is_from_our_page(self, scope: Scope) -> bool:
        """Whether a page of ours opened a websocket. A browser always says which page did; who does not say is no browser."""
        origin = Headers(scope=scope).get("origin", "")
        if self.sign_in.mode is AuthMode.OIDC:
            return origin == self.sign_in.origin
        host = Headers(scope=scope).get("host", "")
        if self.sign_in.mode is AuthMode.NONE and not origin:
            return True  # Programs of this computer need give none. Streamlit alone would take a page of any other port.
        return bool(host) and origin.partition("://")[2] == host


def wants_page(scope: Scope, path: str) -> bool:
    """Whether a request is a browser's for a page."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    if path.startswith(("/_stcore/", "/media/", "/component/", "/app/", FRONT_END)):
        return False
    return "text/html" in Headers(scope=scope).get("accept", "")


def wanted(scope: Scope) -> str:
    """The page that was asked for with its choice, as the visitor shall be led to after signing in."""
    query = HTTPConnection(scope).url.query
    return quote(path_of(scope)) + (f"?{query}" if query else "")

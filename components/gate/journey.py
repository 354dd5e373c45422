"""The way in and out: from our sign-in to the provider, back to the page that was wanted, and out again."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import encode_provider_token
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components.gate.deep_link import COOKIE, KEPT_SECONDS, as_cookie, from_cookie, same_site
from components.gate.door import path_of
from components.gate.moved import moved_routes
from components.gate.people import hooks, named_by, named_in, who_came
from components.gate.sign_in_page import sign_in_page, signed_out_page
from components.identity import SIGN_IN_ADDRESS, SIGN_OUT_ADDRESS, forget_sign_out
from domain.sign_in import CALLBACK, AuthMode, SignIn

logger = logging.getLogger("dashboard")
LOGIN, LOGOUT = "/auth/login", "/auth/logout"
AFTERWARDS = f"{SIGN_OUT_ADDRESS}?done=1"


def gate_routes(sign_in: SignIn) -> list[Route]:
    """The addresses of signing in and out, and those that pages had before."""
    return [
        Route(SIGN_IN_ADDRESS, _way_in(sign_in), methods=["GET"]),
        Route(SIGN_OUT_ADDRESS, _way_out(sign_in), methods=["GET"]),
        *moved_routes(),
    ]


def _way_in(sign_in: SignIn) -> Callable[[Request], Awaitable[Response]]:
    async def way_in(request: Request) -> Response:
        """Lead a visitor to the provider, and remember where they wanted to go."""
        where = same_site(request.query_params.get("next") or _came_from(request, sign_in))
        if sign_in.mode is not AuthMode.OIDC:
            return RedirectResponse(where, 302)
        if "failed" in request.query_params:
            return sign_in_page(sign_in, where, failed=True)
        if (await who_came(request.scope, sign_in)).identity is not None:
            return RedirectResponse(where, 302)
        # Streamlit takes no other word for which provider is meant; it has one, called "default", and the token holds for two minutes.
        answer = RedirectResponse(f"{LOGIN}?provider={encode_provider_token('default')}", 302)
        answer.set_cookie(
            COOKIE, as_cookie(where), max_age=KEPT_SECONDS, path=CALLBACK, httponly=True, samesite="lax"
        )
        return answer

    return way_in


def _came_from(request: Request, sign_in: SignIn) -> str:
    """The page of ours whose link was followed, such as one that stayed open until the sign-in ended."""
    before = request.headers.get("referer", "")
    return before.removeprefix(sign_in.origin) if before.startswith(f"{sign_in.origin}/") else "/"


def _way_out(sign_in: SignIn) -> Callable[[Request], Awaitable[Response]]:
    async def way_out(request: Request) -> Response:
        """End every sign-in of this person up to now, then lead them out by way of Streamlit and the provider."""
        if sign_in.mode is AuthMode.NONE:
            return RedirectResponse("/", 302)
        if "done" in request.query_params:
            return signed_out_page(sign_in)
        if _is_from_elsewhere(request):
            return RedirectResponse("/", 302)  # another site's link or picture signs nobody out
        await _end_sign_ins(request, sign_in)
        if sign_in.mode is AuthMode.PROXY:
            return RedirectResponse(sign_in.proxy_sign_out or AFTERWARDS, 302)
        return RedirectResponse(LOGOUT, 302)

    return way_out


def _is_from_elsewhere(request: Request) -> bool:
    return request.headers.get("sec-fetch-site") == "cross-site"


async def _end_sign_ins(request: Request, sign_in: SignIn) -> None:
    """End every sign-in up to now of whoever a request names."""
    found = named_by(request.scope, sign_in)
    if found is None:
        return
    try:
        await asyncio.to_thread(hooks().signed_out, found.user)
    except Exception:
        # They leave this browser all the same; the other browsers' sign-ins then end with their age.
        logger.exception("Somebody signed out, which could not be written down")
    forget_sign_out(found.user)


class Return:
    """Lead a visitor from the provider to the page that they wanted; Streamlit always leads them to the front page."""

    def __init__(self, app: ASGIApp, sign_in: SignIn) -> None:
        self.app, self.sign_in = app, sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; at the way back from the provider, write another address into the answer."""
        path = path_of(scope) if scope["type"] == "http" else ""
        if self.sign_in.mode is AuthMode.OIDC and path == LOGIN:
            await self.app(scope, receive, _with_words(send, scope, receive, self.sign_in))
            return
        if self.sign_in.mode is not AuthMode.OIDC or path not in (CALLBACK, LOGOUT):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if path == LOGOUT and await self._still_signed_in(request):
            # Streamlit's own address, asked for without our way out: it would end no sign-in but this browser's, and unseen.
            if _is_from_elsewhere(request):
                await RedirectResponse("/", 302)(scope, receive, send)
                return
            await _end_sign_ins(request, self.sign_in)
        where = from_cookie(request.cookies.get(COOKIE, "%2F"))

        async def send_there(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("location") == "/":
                    if path == LOGOUT or not (
                        "state" in request.query_params or "error" in request.query_params
                    ):
                        headers["location"] = AFTERWARDS
                    else:
                        headers["location"] = await self._after_trying(
                            headers, where, request.query_params.get("error")
                        )
                        if headers["location"] == where:
                            headers.append(
                                "set-cookie", f"{COOKIE}=; Path={CALLBACK}; Max-Age=0; HttpOnly; SameSite=lax"
                            )
            await send(message)

        await self.app(scope, receive, send_there)

    async def _still_signed_in(self, request: Request) -> bool:
        """Whether a request names somebody whose sign-in holds; not where the database does not say."""
        try:
            return (await who_came(request.scope, self.sign_in)).identity is not None
        except Exception:
            logger.exception("It could not be looked up whether a sign-in holds")
            return False

    async def _after_trying(self, headers: Headers, where: str, said: str | None) -> str:
        """Where a visitor goes who comes from the provider: to what they wanted if they are now signed in."""
        found = named_in(_cookies_set(headers), self.sign_in)
        if found is None:
            logger.warning("A sign-in did not work: %s", _why_not(said))
            return _failed(where)
        try:
            await asyncio.to_thread(hooks().signed_in, found.user)
        except Exception:
            logger.exception("Somebody signed in, which could not be written down")
        return where


def _failed(where: str) -> str:
    """The sign-in page that says that it did not work, and keeps where somebody wanted to go."""
    return f"{SIGN_IN_ADDRESS}?failed=1&next={as_cookie(where)}"


def _why_not(said: str | None) -> str:
    """For the log, what whoever runs the dashboard may look at.

    Parameters
    ----------
    said : what the provider says in the address; only a word of its protocol is repeated, because anybody may write an address.
    """
    if said is None:
        return (
            "the provider sent somebody back, and did not say who they are when asked. "
            "If it is so each time: is OIDC_CLIENT_SECRET right?"
        )
    return f"the provider says {said}" if re.fullmatch("[a-z_]{1,40}", said) else "the provider refused it"


def _with_words(send: Send, scope: Scope, receive: Receive, sign_in: SignIn) -> Send:
    """Answer with our own page where Streamlit cannot lead a visitor to the provider; it says two words of its own."""
    broken = False

    async def send_page(message: Message) -> None:
        nonlocal broken
        if message["type"] == "http.response.start" and message["status"] >= HTTPStatus.BAD_REQUEST:
            broken = True
            logger.error(
                "A sign-in did not work: the provider does not answer. Is OIDC_METADATA_URL right, and can this server reach it?"
            )
            # The cookie that keeps it is not sent here; the link that was followed stood on the page that was wanted.
            where = same_site(_came_from(Request(scope), sign_in))
            await RedirectResponse(_failed(where), 302)(scope, receive, send)
        if not broken:
            await send(message)

    return send_page


def _cookies_set(headers: Headers) -> dict[str, str]:
    """The cookies that an answer sets, as the browser will send them."""
    found: dict[str, str] = {}
    for line in headers.getlist("set-cookie"):
        try:
            read = SimpleCookie(line)
        except CookieError:
            continue
        found |= {name: morsel.value for name, morsel in read.items() if name.startswith(USER_COOKIE_NAME)}
    return found

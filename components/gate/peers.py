"""Which computer a request really comes from, and the refusal to serve another computer where nobody signs in."""

import gc
import importlib
from ipaddress import ip_address
from typing import Final

import uvicorn
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from domain.sign_in import LOOPBACK_HOSTS, AuthMode, SignIn

PEER: Final = "dashboard.peer"
ONLY_HERE: Final = (
    "With AUTH_MODE=none nobody signs in, so the dashboard may only be reached from this computer. {found} "
    "Start it on 127.0.0.1, or set AUTH_MODE=oidc or AUTH_MODE=proxy so that people sign in (docs/deploy.md)."
)
NO_BASE_PATH: Final = (
    "server.baseUrlPath is set to '{path}'. The gate knows the dashboard only at the top of a name: "
    "give it a name of its own, such as dashboard.example.gov.uk."
)
PASSED_ON: Final = (
    "forwarded",
    "via",
    "x-real-ip",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-server",
)
"""What a server in front says of a request that it passes on, beside X-Forwarded-For, which uvicorn reads."""


class _PeerKept(ProxyHeadersMiddleware):
    """uvicorn's reading of X-Forwarded-For, which overwrites where a request came from, with a note of that first."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # type: ignore[override]
        if scope["type"] != "lifespan":
            scope[PEER] = scope.get("client")
        await super().__call__(scope, receive, send)  # type: ignore[arg-type]


def keep_peers() -> None:
    """Have uvicorn keep where a request came from. app.py does so while it is loaded, before uvicorn wraps it.

    uvicorn believes X-Forwarded-For of a server on this computer and offers no other way to learn who that server was;
    Streamlit starts uvicorn without letting this be turned off.
    """
    # By name: the class is used where uvicorn's own module looks it up.
    vars(importlib.import_module("uvicorn.config"))["ProxyHeadersMiddleware"] = _PeerKept


def peer_of(scope: Scope) -> str:
    """The address of the computer at the other end of the connection; blank where that is not known."""
    peer = scope.get(PEER, scope.get("client"))
    # A port of 0 is what uvicorn writes with an address that it took from a header.
    return str(peer[0]) if peer and (PEER in scope or peer[1]) else ""


def by_https(scope: Scope, sign_in: SignIn) -> bool:
    """Whether the browser came by https: the settings say so, or a server in front that is believed."""
    if sign_in.secure:
        return True
    said = Headers(scope=scope).get("x-forwarded-proto", "").strip().lower()
    return said == "https" and sign_in.mode is AuthMode.PROXY and sign_in.trusts(peer_of(scope))


def is_loopback(address: str) -> bool:
    """Whether an address or a name means this computer alone."""
    if address.lower() in LOOPBACK_HOSTS:
        return True
    try:
        found = ip_address(address.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


class OnlyHere:
    """Where nobody signs in, start only on this computer's own address, and answer nobody else.

    The first wall is at the start, whichever way the server is started: `streamlit run`, `python app.py` and `uvicorn app:app`
    all make a ``uvicorn.Config``. The second is at every request, for a server of another kind.
    """

    def __init__(self, app: ASGIApp, sign_in: SignIn) -> None:
        self.app, self.sign_in = app, sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the start or the request, or pass it on."""
        if scope["type"] == "lifespan":
            wrong = _wrong_start(self.sign_in)
            if wrong:
                await receive()
                await send({"type": "lifespan.startup.failed", "message": wrong})
                return
        elif self.sign_in.mode is AuthMode.NONE and not _from_here(scope):
            await PlainTextResponse(ONLY_HERE.format(found="").replace("  ", " "), 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _wrong_start(sign_in: SignIn) -> str:
    base = str(config.get_option("server.baseUrlPath") or "")
    if base:
        return NO_BASE_PATH.format(path=base)
    if sign_in.mode is not AuthMode.NONE:
        return ""
    for found in gc.get_objects():
        if not isinstance(found, uvicorn.Config):
            continue
        if found.uds or found.fd is not None:
            return ONLY_HERE.format(
                found="It was about to listen on a socket that another program made or shares."
            )
        if not is_loopback(found.host):
            return ONLY_HERE.format(found=f"It was about to listen on {found.host or 'every address'}.")
    return ""


def _from_here(scope: Scope) -> bool:
    """Whether both ends of the connection are this computer, and nothing in front passed it on for another one."""
    server, client = scope.get("server"), scope.get("client")
    if any(name in Headers(scope=scope) for name in PASSED_ON):
        return False
    return all(
        is_loopback(one) for one in (server[0] if server else "", client[0] if client else "", peer_of(scope))
    )

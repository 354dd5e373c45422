"""Who sends a request: the signed cookie of Streamlit's sign-in, or the header of a server in front."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import HTTPConnection
from starlette.types import Scope
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

from components.gate.peers import peer_of
from components.identity import LOCAL_IDENTITY, Identity, from_claims, from_header, holds
from domain.sign_in import AuthMode, SignIn

IDENTITY: Final = "dashboard.identity"


@dataclass(frozen=True, slots=True)
class Came:
    """What a request says of who sent it.

    Parameters
    ----------
    identity : who is signed in; None where nobody is. ended : whether somebody was, and the sign-in has ended.
    """

    identity: Identity | None
    ended: bool = False


async def who_came(scope: Scope, sign_in: SignIn) -> Came:
    """Who sends a request. What holds is asked of the database apart, so that nobody else waits for it."""
    if sign_in.mode is AuthMode.NONE:
        return Came(LOCAL_IDENTITY)
    found = named_by(scope, sign_in)
    if found is None:
        return Came(None)
    still = await asyncio.to_thread(holds, found, sign_in)
    return Came(found) if still else Came(None, ended=True)


def named_by(scope: Scope, sign_in: SignIn) -> Identity | None:
    """Whom a request names, whether or not the sign-in still holds."""
    connection = HTTPConnection(scope)
    if sign_in.mode is AuthMode.PROXY:
        if not sign_in.trusts(peer_of(scope)):
            return None
        return from_header(connection.headers.getlist(sign_in.proxy_header))
    return named_in(connection.cookies, sign_in)


def named_in(cookies: dict[str, str], sign_in: SignIn) -> Identity | None:
    """Whom the cookie of Streamlit's sign-in names: signed with our secret, and for this site.

    The functions are Streamlit's own, so that the gate and the pages never read a cookie differently.
    """
    try:
        signed = _get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME)
        return (
            from_claims(_parse_decoded_user_cookie(signed, sign_in.origin), sign_in)
            if signed is not None
            else None
        )
    except (AttributeError, TypeError, ValueError):
        # Whatever is no cookie of ours names nobody.
        return None


@dataclass(frozen=True, slots=True)
class Hooks:
    """What app.py has done when somebody signs in or out: this folder knows no database."""

    signed_in: Callable[[str], None]
    signed_out: Callable[[str], None]


def _nothing(user: str) -> None:
    """Do nothing: the hooks before app.py has set them."""


_hooks = Hooks(_nothing, _nothing)


def use_hooks(hooks: Hooks) -> None:
    """Set what is done when somebody signs in or out."""
    global _hooks
    _hooks = hooks


def hooks() -> Hooks:
    """What is done when somebody signs in or out."""
    return _hooks

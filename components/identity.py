"""Who is here: what the sign-in says of whoever runs a page or sends a request."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final

import streamlit as st

from domain.access import LOCAL_USER
from domain.people import as_user, is_user
from domain.sign_in import AuthMode, SignIn, read_sign_in

SIGN_IN_ADDRESS: Final = "/sign-in"
SIGN_OUT_ADDRESS: Final = "/sign-out"
CLOCKS_APART: Final = timedelta(minutes=5)
"""How far ahead of this computer's clock the provider's may be."""
ASKED_AGAIN_AFTER_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody who is signed in.

    Parameters
    ----------
    user : how the sign-in names them, in small letters. signed_in_at : since when; None where whoever signs them in does not say.
    """

    user: str
    signed_in_at: datetime | None = None


def settings() -> SignIn:
    """The settings of the sign-in, as they stand in the environment."""
    return read_sign_in(os.environ)


def who_is_here() -> Identity | None:
    """Who runs this page; None where nobody is signed in, or the sign-in has ended while the page stayed open."""
    sign_in = settings()
    if sign_in.mode is AuthMode.NONE:
        return LOCAL_IDENTITY
    found = (
        from_claims(dict(st.user), sign_in)
        if sign_in.mode is AuthMode.OIDC
        else from_header(st.context.headers.get_all(sign_in.proxy_header))
    )
    return found if found is not None and holds(found, sign_in) else None


LOCAL_IDENTITY: Final = Identity(LOCAL_USER.user)


def from_claims(claims: Mapping[str, object], sign_in: SignIn) -> Identity | None:
    """Who a provider's claims name; None where they name nobody or do not say since when.

    An e-mail address counts only where the provider does not say that it is unverified: otherwise anybody could call
    themselves by somebody else's. The moment is that of the ticket (``iat``) and not of the provider's own sign-in (``auth_time``),
    which may have been in the morning: a fresh ticket would then count as old.
    """
    if claims.get("is_logged_in") is not True:
        return None
    moment = claims.get("iat")
    if isinstance(moment, bool) or not isinstance(moment, int | float):
        return None
    unverified = sign_in.user_claim == "email" and claims.get("email_verified") in (False, "false")
    name = ("" if unverified else _name(claims.get(sign_in.user_claim))) or _name(claims.get("sub"))
    if unverified and "@" in name:
        return None  # Some providers give the same address as the id; it is no more verified there.
    try:
        return Identity(name, datetime.fromtimestamp(moment, UTC)) if name else None
    except (OverflowError, OSError, ValueError):
        return None


def from_header(values: list[str]) -> Identity | None:
    """Who the header of a server in front names; None where it is lacking, empty or there twice, as when a visitor sent one too."""
    name = _name(values[0]) if len(values) == 1 else ""
    return Identity(name) if name else None


def holds(found: Identity, sign_in: SignIn) -> bool:
    """Whether a sign-in still holds: it is not too old, and the person has not signed out since.

    Asks the database, at most once in ten seconds for each person.
    """
    if found.signed_in_at is None:
        return True
    age = time.time() - found.signed_in_at.timestamp()
    if not -CLOCKS_APART.total_seconds() <= age < sign_in.longest.total_seconds():
        return False
    ended = signed_out_at(found.user)
    return ended is None or found.signed_in_at > ended


def _name(value: object) -> str:
    name = as_user(value) if isinstance(value, str) else ""
    return name if is_user(name) else ""


_ask: Callable[[str], datetime | None] = lambda user: None  # noqa: E731 - the hook before app.py has set it
_heard: dict[str, tuple[float, datetime | None]] = {}
_lock = Lock()


def ask_sign_outs(hook: Callable[[str], datetime | None]) -> None:
    """Set who knows when somebody signed out last. app.py gives the database's answer: this folder knows no database."""
    global _ask
    with _lock:
        _ask = hook
        _heard.clear()


def signed_out_at(user: str) -> datetime | None:
    """When somebody signed out last, as of ten seconds ago at most."""
    now = time.monotonic()
    with _lock:
        heard = _heard.get(user)
    if heard is not None and now - heard[0] < ASKED_AGAIN_AFTER_SECONDS:
        return heard[1]
    moment = _ask(user)
    with _lock:
        if len(_heard) > 1000:
            _heard.clear()
        _heard[user] = (now, moment)
    return moment


def forget_sign_out(user: str) -> None:
    """Ask again at once: somebody has just signed out here."""
    with _lock:
        _heard.pop(user, None)

"""What the gate refuses, and who is told of it."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

logger = logging.getLogger("dashboard")
TOLD_AGAIN_AFTER_SECONDS: Final = 60.0
LONGEST_ADDRESS: Final = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """One request that was refused.

    Parameters
    ----------
    user : who asked, as they signed in; blank where nobody is signed in. what : what was refused, in words.
    address : what was asked for, without its query.
    """

    user: str
    what: str
    address: str


_told: dict[tuple[str, ...], float] = {}
_lock = Lock()


def _tell_nobody(refusal: Refusal) -> None:
    """Do nothing: the hook before app.py has set it."""


_hook: Callable[[Refusal], None] = _tell_nobody


def tell_to(hook: Callable[[Refusal], None]) -> None:
    """Set who is told. app.py writes it to the audit: this folder knows no database."""
    global _hook
    with _lock:
        _hook = hook
        _told.clear()


def tell(refusal: Refusal) -> None:
    """Tell of a refusal, unless the same was told within a minute: a page left open asks again and again.

    Of whom nobody knows, one of each kind a minute is told, whatever they asked for: otherwise anybody could fill the audit.
    """
    key = (refusal.user, refusal.what, refusal.address) if refusal.user else ("", refusal.what)
    now = time.monotonic()
    with _lock:
        if now - _told.get(key, -TOLD_AGAIN_AFTER_SECONDS) < TOLD_AGAIN_AFTER_SECONDS:
            return
        if len(_told) > 10_000:
            _told.clear()
        _told[key] = now
    try:
        _hook(Refusal(refusal.user, refusal.what, refusal.address[:LONGEST_ADDRESS]))
    except Exception:
        # The refusal stands whether or not it could be written down.
        logger.exception("A refusal could not be written down")


async def tell_soon(refusal: Refusal) -> None:
    """Tell of a refusal from the server's own loop, without keeping it waiting for the database."""
    await asyncio.to_thread(tell, refusal)

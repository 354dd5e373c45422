"""Where a visitor wanted to go before signing in: remembered in a cookie, and never another site."""

import re
from typing import Final
from urllib.parse import quote, unquote

COOKIE: Final = "dashboard_next"
KEPT_SECONDS: Final = 900
LONGEST: Final = 2000
_PAGE: Final = re.compile(r"/[A-Za-z0-9_-]{0,80}")
_QUERY: Final = re.compile(r"[!-~]*")  # whatever can be seen and is ASCII; a browser escapes the rest


def same_site(wanted: str) -> str:
    """A path of ours with its query, or the front page where that is none.

    >>> same_site("/demand?service=send&period=2025%2F26"), same_site("//elsewhere.example/"), same_site("/a/b")
    ('/demand?service=send&period=2025%2F26', '/', '/')
    """
    path, mark, query = wanted.partition("?")
    if not _PAGE.fullmatch(path) or path in ("/sign-in", "/sign-out", "/oauth2callback", "/readyz"):
        return "/"
    whole = path + mark + query
    # A choice that is too long is left out; the page opens with its own.
    return whole if len(whole) <= LONGEST and _QUERY.fullmatch(query) and "#" not in query else path


def as_cookie(wanted: str) -> str:
    """Where to go, as it stands in the cookie."""
    return quote(same_site(wanted), safe="")


def from_cookie(value: str) -> str:
    """Where to go, as the cookie says. It is checked again: a cookie is whatever the browser sends."""
    return same_site(unquote(value))

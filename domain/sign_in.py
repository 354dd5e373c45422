"""How people sign in: the settings of it, read from the environment, and what is said where one is lacking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
CALLBACK = "/oauth2callback"
"""Where the provider sends people back to; Streamlit takes no other address."""

LONGEST_HOURS, SHORTEST_HOURS = 24.0, 0.001
SECRET_LENGTH = 32
_OF_ANYBODY = ("common", "organizations", "consumers")
"""What stands in Microsoft's address in place of a tenant where accounts of every tenant may sign in."""


class NotConfigured(Exception):
    """The settings of the sign-in are lacking or wrong; the text says which and what it should hold. The server does not start."""


class AuthMode(StrEnum):
    """Who says who somebody is; its value is what stands in AUTH_MODE."""

    NONE = "none"
    OIDC = "oidc"
    PROXY = "proxy"

    @property
    def explained(self) -> str:
        """What it means, in a sentence."""
        return {
            AuthMode.NONE: "Nobody signs in: whoever sits at this computer may do everything, and no other computer is answered.",
            AuthMode.OIDC: "People sign in with the council's own provider (OpenID Connect).",
            AuthMode.PROXY: "A server in front of the dashboard signs people in and names them in a header.",
        }[self]


@dataclass(frozen=True, slots=True)
class SignIn:
    """The settings of the sign-in.

    Parameters
    ----------
    session_hours : how long a sign-in holds. allowed_hosts : names under which the server answers.
    trusted_proxies : addresses and networks whose headers are believed. user_claim : which claim of the provider names a person.
    proxy_sign_out : where the server in front ends its own sign-in; blank where it says no such address.
    """

    mode: AuthMode = AuthMode.NONE
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    metadata_url: str = ""
    redirect_uri: str = ""
    cookie_secret: str = field(default="", repr=False)
    session_hours: float = 8.0
    allowed_hosts: tuple[str, ...] = LOOPBACK_HOSTS
    proxy_header: str = "X-Forwarded-Email"
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    user_claim: str = "email"
    proxy_sign_out: str = ""

    @property
    def secure(self) -> bool:
        """Whether browsers come by https, as far as the settings say."""
        return urlsplit(self.redirect_uri).scheme == "https"

    @property
    def origin(self) -> str:
        """Where browsers find the server, as ``https://dashboard.example``; blank where nobody signs in here."""
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

    @property
    def longest(self) -> timedelta:
        """How long a sign-in holds."""
        return timedelta(hours=self.session_hours)

    @property
    def secrets(self) -> dict[str, dict[str, Any]]:
        """The same settings, as Streamlit takes them."""
        if self.mode is not AuthMode.OIDC:
            return {}
        return {
            "auth": {
                "redirect_uri": self.redirect_uri,
                "cookie_secret": self.cookie_secret,
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "server_metadata_url": self.metadata_url,
            }
        }

    def trusts(self, address: str) -> bool:
        """Whether the headers of whoever comes from an address are believed.

        >>> SignIn(trusted_proxies=("10.0.0.0/8",)).trusts("10.1.2.3"), SignIn().trusts("10.1.2.3")
        (True, False)
        """
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in ip_network(trusted) for trusted in self.trusted_proxies)


def read_sign_in(environ: Mapping[str, str]) -> SignIn:
    """Read the settings of the sign-in.

    Raises
    ------
    NotConfigured
        One is lacking or wrong. Nothing is guessed: a server that is half configured must not start.
    """
    said = environ.get("AUTH_MODE", "").strip().lower() or AuthMode.NONE.value
    if said not in list(AuthMode):
        raise NotConfigured(f"AUTH_MODE is '{said}'. It must be none, oidc or proxy.")
    mode = AuthMode(said)
    hours = _hours(environ.get("SESSION_HOURS", "").strip() or "8")
    hosts = _several(environ.get("ALLOWED_HOSTS", ""))
    if mode is AuthMode.NONE:
        return SignIn(session_hours=hours, allowed_hosts=_hosts(hosts) or LOOPBACK_HOSTS)
    if mode is AuthMode.PROXY:
        if not hosts:
            raise NotConfigured(
                "ALLOWED_HOSTS is not set. With AUTH_MODE=proxy it must hold the names under which people open the "
                "dashboard, such as dashboard.example.gov.uk; several are separated by commas."
            )
        return SignIn(
            mode=mode,
            session_hours=hours,
            allowed_hosts=_hosts(hosts),
            proxy_header=environ.get("PROXY_USER_HEADER", "").strip() or "X-Forwarded-Email",
            trusted_proxies=_networks(_several(environ.get("TRUSTED_PROXIES", "")) or ("127.0.0.1", "::1")),
            proxy_sign_out=environ.get("PROXY_SIGN_OUT", "").strip(),
        )
    redirect = _redirect(_needed(environ, "OIDC_REDIRECT_URI"))
    return SignIn(
        mode=mode,
        client_id=_needed(environ, "OIDC_CLIENT_ID"),
        client_secret=_needed(environ, "OIDC_CLIENT_SECRET"),
        metadata_url=_metadata(_needed(environ, "OIDC_METADATA_URL")),
        redirect_uri=redirect,
        cookie_secret=_secret(_needed(environ, "COOKIE_SECRET")),
        session_hours=hours,
        allowed_hosts=_hosts(hosts) or (_host_of(redirect),),
        trusted_proxies=_networks(_several(environ.get("TRUSTED_PROXIES", "")) or ("127.0.0.1", "::1")),
        user_claim=environ.get("OIDC_USER_CLAIM", "").strip() or "email",
    )


_HOLDS = {
    "OIDC_CLIENT_ID": "the number or name under which your provider knows the dashboard",
    "OIDC_CLIENT_SECRET": "the secret that your provider gave you with it",
    "OIDC_METADATA_URL": "the address of your provider's description, which ends with /.well-known/openid-configuration",
    "OIDC_REDIRECT_URI": f"the address of the dashboard followed by {CALLBACK}, such as https://dashboard.example.gov.uk{CALLBACK}",
    "COOKIE_SECRET": f"a random text of at least {SECRET_LENGTH} characters; `openssl rand -hex 32` makes one",
}


def _needed(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "").strip()
    if not value:
        raise NotConfigured(f"{name} is not set. With AUTH_MODE=oidc it must hold {_HOLDS[name]}.")
    return value


def _hours(said: str) -> float:
    try:
        hours = float(said)
    except ValueError:
        hours = 0.0
    if not SHORTEST_HOURS <= hours <= LONGEST_HOURS:
        raise NotConfigured(
            f"SESSION_HOURS is '{said}'. It must be how many hours a sign-in holds: a number from {SHORTEST_HOURS:g} to {LONGEST_HOURS:g}."
        )
    return hours


def _redirect(address: str) -> str:
    parts = _split(address)
    if not parts[1] or parts[2] != CALLBACK:
        raise NotConfigured(f"OIDC_REDIRECT_URI is '{address}'. It must be {_HOLDS['OIDC_REDIRECT_URI']}.")
    if parts[0] != "https" and _host_of(address) not in LOOPBACK_HOSTS:
        raise NotConfigured(
            f"OIDC_REDIRECT_URI is '{address}'. It must begin with https://, because whoever listens could "
            "otherwise read what people are shown; only on your own computer may it be http://localhost."
        )
    return address


def _metadata(address: str) -> str:
    parts = _split(address)
    if parts[0] != "https" and _host_of(address) not in LOOPBACK_HOSTS:
        raise NotConfigured(
            f"OIDC_METADATA_URL is '{address}'. It must begin with https:// and be {_HOLDS['OIDC_METADATA_URL']}."
        )
    tenant = f"{parts[2]}/".split("/")[1]
    if parts[1] == "login.microsoftonline.com" and tenant in _OF_ANYBODY:
        raise NotConfigured(
            f"OIDC_METADATA_URL is '{address}'. It must name your own tenant in place of '{tenant}': "
            "anybody may set up a tenant there and give its people whatever e-mail address they like."
        )
    return address


def _split(address: str) -> tuple[str, str, str]:
    """Scheme, host and path; blank where the address is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", "", ""
    if parts.scheme not in ("http", "https") or parts.query or parts.fragment or "@" in parts.netloc:
        return "", "", ""
    return parts.scheme, parts.netloc, parts.path


def _host_of(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return f"[{host}]" if ":" in host else host


def _secret(value: str) -> str:
    if len(value) < SECRET_LENGTH:
        raise NotConfigured(
            f"COOKIE_SECRET has {len(value)} characters. It must hold {_HOLDS['COOKIE_SECRET']}."
        )
    return value


def _several(said: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in said.split(",") if part.strip())


def _hosts(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if "/" in name or "*" in name or (":" in name and not name.startswith("[")):
            raise NotConfigured(
                f"ALLOWED_HOSTS holds '{name}'. It must hold names alone, such as dashboard.example.gov.uk: "
                "no https://, no number of a port and no *."
            )
    return tuple(name.lower() for name in names)


def _networks(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        try:
            ip_network(name)
        except ValueError:
            raise NotConfigured(
                f"TRUSTED_PROXIES holds '{name}'. It must hold addresses such as 10.0.0.5, or networks such as 10.0.0.0/24."
            ) from None
    return names

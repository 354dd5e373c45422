"""The small pages of the gate: sign in, you are signed out, this did not work. They load nothing and run nothing."""

from base64 import b64encode
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.responses import HTMLResponse

from components.gate.deep_link import same_site
from components.identity import SIGN_IN_ADDRESS
from domain.sign_in import AuthMode, SignIn

TITLE: Final = "Commissioning dashboard"
_ICON: Final = Path(__file__).resolve().parent.parent / "static" / "favicon.png"
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# The colours are those of .streamlit/config.toml, so that signing in does not look like another site.
_STYLE: Final = """
:root{color-scheme:light dark;--page:#fff;--box:#f3f4f6;--ink:#0b0c0c;--soft:#505a5f;--line:#b1b4b6;--act:#1d4f91;--onact:#fff}
@media (prefers-color-scheme:dark){:root{
--page:#101418;--box:#1b2127;--ink:#f3f4f6;--soft:#aab3ba;--line:#59626b;--act:#2f6fba;--onact:#fff}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--page);color:var(--ink);
font:1rem/1.5 "Source Sans 3","Source Sans Pro",system-ui,sans-serif}
main{width:100%;max-width:28rem;padding:2rem;background:var(--box);border:1px solid var(--line);border-radius:.5rem}
.name{margin:0 0 1.25rem;display:flex;align-items:center;gap:.6rem;color:var(--soft)}
.name img{width:1.75rem;height:1.75rem}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25;font-weight:600}
p{margin:0 0 1rem}
a.act{display:block;margin:1.5rem 0 1.25rem;padding:.75rem 1rem;border-radius:.35rem;text-align:center;font-weight:600;
text-decoration:none;background:var(--act);color:var(--onact)}
a.act:hover{text-decoration:underline}
a.act:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.small{margin:0;font-size:.9rem;color:var(--soft)}
@media (max-width:30rem){main{padding:1.5rem}}
"""


def sign_in_page(sign_in: SignIn, wanted: str, *, ended: bool = False, failed: bool = False) -> HTMLResponse:
    """The page that asks a visitor to sign in, and keeps where they wanted to go.

    Parameters
    ----------
    wanted : path and query of the page asked for. ended : whether they were signed in and no longer are. failed : whether they just tried.
    """
    if sign_in.mode is AuthMode.PROXY:
        return _page(
            "You are not signed in",
            "The dashboard is opened through your council's own sign-in, and it did not say who you are.",
            "Open the dashboard from the address that you were given. If you see this again, tell whoever runs the dashboard.",
            status=HTTPStatus.UNAUTHORIZED,
        )
    where = f"{SIGN_IN_ADDRESS}?next={quote(same_site(wanted), safe='')}"
    said = "You will be asked for the account that you use at work."
    if failed:
        said = "Signing in did not work. Try again; if it happens again, tell whoever runs the dashboard."
    elif ended:
        said = f"Your sign-in has ended: one holds for {_hours(sign_in.session_hours)} at most. Sign in again to go on where you were."
    return _page(
        "Sign in",
        said,
        "What you may see there is decided by whoever runs the dashboard at your council.",
        act=("Sign in", where),
        status=HTTPStatus.UNAUTHORIZED,
    )


def signed_out_page(sign_in: SignIn) -> HTMLResponse:
    """The page after signing out."""
    if sign_in.mode is AuthMode.OIDC:
        return _page(
            "You are signed out",
            "Nothing of the dashboard is left in this browser. If others use this computer, close the browser as well.",
            act=("Sign in again", f"{SIGN_IN_ADDRESS}?next=%2F"),
        )
    return _page(
        "Close the browser to sign out",
        "Your council's own sign-in still knows you in this browser. It ends when you close all of its windows, "
        "or when you sign out of your account.",
    )


def _hours(hours: float) -> str:
    if hours >= 1:
        return f"{hours:g} hour" + ("" if hours == 1 else "s")
    minutes = max(1, round(hours * 60))
    return f"{minutes} minute" + ("" if minutes == 1 else "s")


def _page(
    heading: str,
    said: str,
    small: str = "",
    *,
    act: tuple[str, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HTMLResponse:
    icon = f"data:image/png;base64,{b64encode(_ICON.read_bytes()).decode()}"
    link = f'<a class="act" href="{escape(act[1])}">{escape(act[0])}</a>' if act else ""
    below = f'<p class="small">{escape(small)}</p>' if small else ""
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    if status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = f'Cookie realm="{TITLE}"'
    return HTMLResponse(
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(heading)} · {TITLE}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<link rel="icon" href="{icon}"><style>{_STYLE}</style></head><body><main>'
        f'<p class="name"><img src="{icon}" alt="">{TITLE}</p>'
        f"<h1>{escape(heading)}</h1><p>{escape(said)}</p>{link}{below}</main></body></html>",
        status_code=status,
        headers=headers,
    )

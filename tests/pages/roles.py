"""Opening pages as somebody who has signed in and has the roles that the database holds of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.people import grant_role
from data_access.stores import Store
from domain.access import LOCAL_USER, Grant
from domain.tally import Source

SHELL = Path(__file__).parents[2] / "pages" / "_shell.py"
SIGNS_IN = {
    "AUTH_MODE": "oidc",
    "OIDC_CLIENT_ID": "dashboard",
    "OIDC_CLIENT_SECRET": "secret",
    "OIDC_METADATA_URL": "http://localhost:9400/.well-known/openid-configuration",
    "OIDC_REDIRECT_URI": "http://localhost:8501/oauth2callback",
    "COOKIE_SECRET": "x" * 32,
}


def people_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the dashboard so that people sign in; the provider itself is not asked, because who signs in is said by `signed_in`."""
    for name, value in SIGNS_IN.items():
        monkeypatch.setenv(name, value)


def give(store: Store, user: str, *grants: Grant) -> None:
    """Give somebody roles."""
    for grant in grants:
        grant_role(store, user, grant, by=LOCAL_USER)


def signed_in(user: str, *, hours_ago: float = 0, query: Sequence[tuple[str, str]] = ()) -> AppTest:
    """The shell of somebody who has just signed in, on the saved figures, not run yet."""
    app = AppTest.from_file(str(SHELL), default_timeout=60)
    since = datetime.now(UTC).timestamp() - hours_ago * 3600
    app.user = {"is_logged_in": True, "email": user, "iat": int(since)}
    app.session_state["chosen_source"] = Source.SHARED
    for name, value in query:
        app.query_params[name] = value
    return app

"""The launcher: starts the server around ``components/shell.py``.

It is a launcher, and not the first page, because Streamlit would otherwise run any file of a
``pages/`` folder beside it by its address, without the shell (docs/decisions/0002).
Start it with ``streamlit run app.py``, ``uvicorn app:app`` or ``python app.py``.
"""

import gc
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.failure import report_failure
from data_access.ledger import data_version
from data_access.sources import opening_store, shared_store, sweep_in_hand

ROOT = Path(__file__).resolve().parent
HEAVY_LIBRARIES = ("pandas", "plotly.graph_objects", "pyarrow")
# Nothing may be loaded from another machine. Streamlit and Plotly need the inline and eval parts.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' ws: wss: data: blob:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


class SecurityHeaders:
    """Add the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class ServerAddresses:
    """Find the server's own addresses from a page's address too.

    A browser that opens /demand first asks /demand/_stcore/health and is told 404 before it asks /_stcore/health. Each page has one
    part, so what stands before is the page and is left out.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on under the server's own address."""
        page, inside, rest = str(scope.get("path", "")).partition("/_stcore/")
        if inside and page and page.count("/") == 1:
            scope = {**scope, "path": inside + rest, "raw_path": (inside + rest).encode()}
        await self.app(scope, receive, send)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Open the database and load the heavy libraries before the first visitor, out of reach of garbage collection.

    The examples are built here while the shared database is empty. What files were looked at before a crash is deleted.

    Streamlit collects garbage after every run of a page; frozen objects are not looked at again,
    which makes a run several times faster.
    """
    for name in HEAVY_LIBRARIES:
        importlib.import_module(name)
    sweep_in_hand()
    opening_store()
    gc.collect()
    gc.freeze()
    yield


async def ready(_: Request) -> JSONResponse:
    """Answer whether the server takes visitors: it does when its database answers."""
    try:
        data_version(shared_store())
    except SQLAlchemyError:
        return JSONResponse({"status": "the database does not answer"}, status_code=503)
    return JSONResponse({"status": "ready"})


app = st.App(
    ROOT / "components" / "shell.py",
    lifespan=lifespan,
    routes=[Route("/readyz", ready)],
    middleware=[Middleware(SecurityHeaders), Middleware(ServerAddresses)],
    on_script_error=report_failure,
)

if __name__ == "__main__":
    app.run()

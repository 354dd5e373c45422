"""The launcher: starts the server around ``pages/_shell.py``.

It is a launcher, and not the first page, because Streamlit would otherwise run any file of a
``pages/`` folder beside it by its address, without the shell (docs/decisions/0002).
Start it with ``streamlit run app.py``, ``uvicorn app:app`` or ``python app.py``.
"""

import asyncio
import gc
import importlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit.runtime import get_instance

from components import gate
from components.failure import report_failure
from components.identity import ask_sign_outs
from components.logs import log_as_json
from components.server import ServerAddress
from components.sessions import is_live
from data_access.audit import note
from data_access.held_files import close_ended, sweep
from data_access.ledger import data_version
from data_access.people import sign_out, signed_out_at
from data_access.sources import opening_store, shared_store
from domain.access import Viewer
from domain.audit import Act
from domain.sign_in import NotConfigured, SignIn, read_sign_in

ROOT = Path(__file__).resolve().parent
HEAVY_LIBRARIES = ("pandas", "plotly.graph_objects", "pyarrow")


def settings_or_end() -> SignIn:
    """The settings of the sign-in; where one is lacking, the server does not start and says which."""
    try:
        return read_sign_in(os.environ)
    except NotConfigured as lacking:
        raise SystemExit(f"The dashboard does not start. {lacking}") from None


SIGN_IN = settings_or_end()
gate.keep_peers()


def keep_refusal(refusal: gate.Refusal) -> None:
    """Keep in the audit what the gate refused."""
    note(shared_store(), Viewer(refusal.user), Act.REFUSED, subject=refusal.address, detail=refusal.what)


def keep_signed_in(user: str) -> None:
    """Keep in the audit that somebody signed in."""
    note(shared_store(), Viewer(user), Act.SIGNED_IN)


def connect_gate() -> None:
    """Have the gate tell the database what it refuses and who signs in and out, and ask it whose sign-in has ended."""
    gate.tell_to(keep_refusal)
    gate.use_hooks(
        gate.Hooks(
            signed_in=keep_signed_in,
            signed_out=lambda user: sign_out(shared_store(), Viewer(user)),
        )
    )
    ask_sign_outs(lambda user: signed_out_at(shared_store(), user))
    gate.keep_files_apart(get_instance().media_file_mgr)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Open the database and load the heavy libraries before the first visitor, out of reach of garbage collection.

    The examples are built here while the shared database is empty. What files were looked at before a crash is deleted.

    Streamlit collects garbage after every run of a page; frozen objects are not looked at again,
    which makes a run several times faster.
    """
    log_as_json()
    for name in HEAVY_LIBRARIES:
        importlib.import_module(name)
    sweep()
    opening_store()
    connect_gate()
    gc.collect()
    gc.freeze()
    tidying = asyncio.create_task(close_ended_every_minute())
    yield
    tidying.cancel()


async def close_ended_every_minute() -> None:
    """Delete what was looked at and not saved once its session has ended; Streamlit itself may keep a session for hours."""
    while True:
        await asyncio.sleep(60)
        await asyncio.to_thread(close_ended, is_live)


def ready(_: Request) -> JSONResponse:
    """Answer whether the server takes visitors: it does when its database answers.

    Not a coroutine, so that a database that keeps it waiting keeps nobody else waiting.
    """
    try:
        data_version(shared_store())
    except SQLAlchemyError:
        return JSONResponse({"status": "the database does not answer"}, status_code=503)
    return JSONResponse({"status": "ready"})


app = st.App(
    ROOT / "pages" / "_shell.py",
    lifespan=lifespan,
    routes=[Route("/readyz", ready), *gate.gate_routes(SIGN_IN)],
    middleware=[*gate.gate(SIGN_IN), Middleware(ServerAddress)],
    secrets=SIGN_IN.secrets,
    on_script_error=report_failure,
)

if __name__ == "__main__":
    app.run()

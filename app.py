"""The launcher: starts the server around ``pages/_shell.py``.

It is a launcher, and not the first page, because Streamlit would otherwise run any file of a
``pages/`` folder beside it by its address, without the shell (docs/decisions/0002).
Start it with ``streamlit run app.py``, ``uvicorn app:app`` or ``python app.py``.
"""

import asyncio
import gc
import importlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from components import gate
from components.failure import report_failure
from components.logs import log_as_json
from components.server import ServerAddress
from components.sessions import is_live
from data_access.gatekeeping import keep_refusal, keep_signed_in, keep_signed_out, sign_ins_ended_at
from data_access.held_files import close_ended, sweep
from data_access.ledger import data_version
from data_access.schema import Behind
from data_access.sources import opening_store, shared_store
from data_access.stores import shared_url, without_password

ROOT = Path(__file__).resolve().parent
HEAVY_LIBRARIES = ("pandas", "plotly.graph_objects", "pyarrow")


SIGN_IN = gate.settings_or_end()
gate.keep_peers()


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
    open_or_say_why()
    gate.connect(
        told=keep_refusal, signed_in=keep_signed_in, signed_out=keep_signed_out, ended_at=sign_ins_ended_at
    )
    gc.collect()
    gc.freeze()
    tidying = asyncio.create_task(close_ended_every_minute())
    yield
    tidying.cancel()


def open_or_say_why() -> None:
    """Open the database; where that fails the server does not start, and the log says why in a line."""
    try:
        opening_store()
    except Exception as error:
        why = "The database could not be opened."
        if isinstance(error, Behind):
            why = str(error)
        elif isinstance(error, SQLAlchemyError):
            why = (
                f"The database {without_password(shared_url())} does not answer. "
                "Is DATABASE_URL right, and does its server run?"
            )
        logging.getLogger("dashboard").critical("The dashboard does not start. %s", why, exc_info=error)
        raise


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
    except (SQLAlchemyError, Behind):
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

"""The server's own record of what happens, one line of JSON for each: of the program, and never of a person or a cell.

An exception is written as its type and where it came from, without its words: they may quote a cell of a return.
What other libraries say is written without what they fill in: it may be an address with its query, a name, or a statement with its values.
"""

import logging
import re
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import streamlit.logger
from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

ROOT: Final = Path(__file__).resolve().parent.parent
OURS: Final = ("dashboard",)
QUIET: Final = ("uvicorn.access", "watchdog", "asyncio", "httpx", "httpx2", "httpcore", "alembic")
DEEPEST: Final = 40


class PlainFacts(JsonFormatter):
    """One line for each thing that happened: when, how bad, by whom it is said, what, and where an exception came from."""

    def __init__(self) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}",
            style="{",
            rename_fields={"asctime": "at", "levelname": "level", "name": "by", "message": "said"},
            datefmt="%Y-%m-%dT%H:%M:%S%z",
        )

    def format(self, record: logging.LogRecord) -> str:
        """Write a record; one that is not ours as the words of its author, without what was filled in."""
        ours = record.name.startswith(OURS)
        told = (
            record.__dict__
            if ours
            else {name: value for name, value in record.__dict__.items() if name in RESERVED_ATTRS}
        )
        plain = logging.makeLogRecord(told)
        if not ours:
            plain.msg, plain.args = _without_words(str(record.msg)), ()
        plain.exc_text = plain.stack_info = None
        return super().format(plain)

    def formatException(self, ei: Any) -> list[str]:  # type: ignore[override]  # noqa: N802 - as the library has it
        """The types of an exception and of what caused it, each followed by where it came from."""
        error = ei[1] if ei else None
        return [
            line
            for one in _with_causes(error)
            for line in (type(one).__qualname__, *_frames(one.__traceback__))
        ]


def log_as_json() -> None:
    """Write everything that is logged to the error output in one form. Called at the start, when all libraries have set up theirs."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainFacts())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name in list(logging.root.manager.loggerDict):
        _join(logging.getLogger(name))
    # Streamlit gives each of its parts a handler of its own, also those that it loads later.
    vars(streamlit.logger)["setup_formatter"] = _join
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(_about_no_visitor)
    threading.excepthook = _log_thread


def _without_words(said: str) -> str:
    """A text of an author; where it is an exception written out, as of a start that failed, only where that came from and its types."""
    if not said.startswith("Traceback (most recent call last)"):
        return said
    found = re.findall(r'^  File "[^"]*", line \d+, in \S+|^[A-Za-z_][\w.]*(?=: |$)', said, re.MULTILINE)
    return "; ".join(one.strip() for one in found[-DEEPEST:])


def _join(logger: logging.Logger) -> None:
    """Have a logger write to the one place."""
    logger.handlers, logger.propagate = [], True


def _about_no_visitor(record: logging.LogRecord) -> bool:
    """Whether a record is not one of the lines that uvicorn writes for every connection."""
    return record.levelno >= logging.WARNING or not str(record.msg).startswith(("%s - ", "connection "))


def _log_thread(failed: threading.ExceptHookArgs) -> None:
    error = failed.exc_value
    logging.getLogger("dashboard").error("A thread ended", exc_info=error if error is not None else True)


def _with_causes(error: BaseException | None) -> list[BaseException]:
    """An exception and those that led to it, the last first."""
    found: list[BaseException] = []
    while error is not None and error not in found and len(found) < DEEPEST:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _frames(trace: TracebackType | None) -> list[str]:
    """Where an exception came from, the innermost last."""
    steps = [
        (frame.f_code.co_filename, line, frame.f_code.co_name) for frame, line in traceback.walk_tb(trace)
    ]
    return [f"{_short(file)}:{line} {function}" for file, line, function in steps[-DEEPEST:]]


def _short(file: str) -> str:
    """A file's place in the project, or in the libraries."""
    path = Path(file)
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name

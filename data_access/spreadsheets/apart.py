"""Doing what a stranger's file could make dangerous in a process of its own, with an end to its time and its memory.

A file is never opened in the process that serves the dashboard. The child is told what to do by the name of a job, gets what it
needs through a pipe and answers through another, so nothing of a file is written to disk, and it inherits neither the
environment nor a connection. `docs/decisions/0016-reading-apart.md` says why.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data_access.spreadsheets.conversations import (
    LOOK_SECONDS,
    Cancelled,
    Conversation,
    FailedApart,
    Limit,
    LimitReached,
    Progress,
)
from data_access.spreadsheets.opened import Opened
from data_access.spreadsheets.reading import sorted_out
from data_access.spreadsheets.refusals import A_RETURN
from domain.drafts import Draft, Refusal

__all__ = ["JOBS", "Cancelled", "FailedApart", "Job", "Limit", "LimitReached", "read_apart", "run_apart"]

ROOT = Path(__file__).resolve().parents[2]
MEMORY_LIMIT = 500 * 1024 * 1024
"""The most memory that a child may ask for, in bytes."""
SECONDS_LIMIT = 10
"""The longest that a child may take, by the clock on the wall and of the processor's time."""
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from data_access.spreadsheets.child import main; main()"
)


@dataclass(frozen=True, slots=True)
class Job:
    """What a child can be told to do.

    Parameters
    ----------
    where : "module:function", looked up in the child only; the function takes the payload and a `Progress` and gives the answer.
    memory, seconds : its limits.
    file_size : the largest file it may write into its own folder, which is deleted after it; most jobs write none.
    at_once : so many children do it at the same time; the next one waits, so that many uploads cannot fill the machine.
    """

    where: str
    memory: int = MEMORY_LIMIT
    seconds: int = SECONDS_LIMIT
    file_size: int = 0
    at_once: int = 3


JOBS: dict[str, Job] = {
    "read": Job("data_access.spreadsheets.opening:open_file"),
    "mark": Job("data_access.spreadsheets.marking:mark_here", seconds=90, file_size=MEMORY_LIMIT, at_once=2),
}
"""Every job by its name. Its answer is made of plain values (texts, numbers, bytes, dates and what holds them) and
of `conversations.ADMITTED`."""

_COPY = "Copy the rows of the return, without pictures, formats and other sheets, into the template and upload that file."
TOO_MUCH = {
    Limit.TIME: Refusal(
        f"Reading the file takes longer than {SECONDS_LIMIT} seconds, so we stopped.",
        "A file of an ordinary size, with one record a row.",
        _COPY,
    ),
    Limit.MEMORY: Refusal(
        f"Reading the file takes more than {MEMORY_LIMIT // 1024 // 1024} MB of memory, so we stopped.",
        "A file of an ordinary size, with one record a row.",
        _COPY,
    ),
}
NOT_READ = Refusal(
    "The file holds something that we cannot read.",
    A_RETURN,
    _COPY,
)


def run_apart(
    job: str,
    payload: object,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    on_peak: Callable[[int], None] | None = None,
) -> object:
    """Do a job in a process of its own and give its answer.

    Parameters
    ----------
    job : a name in `JOBS`. payload : what its function takes; anything that can be pickled.
    progress : told what is being done. cancelled : asked twenty times a second whether to stop.
    on_peak : told the most memory that the child held, in bytes, where the machine says so.

    Raises
    ------
    Cancelled, LimitReached, FailedApart
        The child is gone, and with it everything that it wrote.
    """
    wanted = cancelled or (lambda: False)
    with _a_place(job, wanted), tempfile.TemporaryDirectory(prefix="apart-") as folder:
        process = _start(JOBS[job], folder)
        talk = Conversation(process, JOBS[job].seconds, progress or (lambda text: None), wanted)
        try:
            return talk.answer_to(pickle.dumps(payload, protocol=5))
        finally:
            _end(process)
            if on_peak and talk.peak:
                on_peak(talk.peak)


def read_apart(
    name: str,
    data: bytes,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    on_peak: Callable[[int], None] | None = None,
) -> Draft:
    """Read one file in a process of its own; as `read_return`, with a refusal also when a limit was reached.

    Parameters
    ----------
    name : as the person's computer called it. data : the bytes. progress, cancelled, on_peak : as of `run_apart`.

    Raises
    ------
    Cancelled
        When `cancelled` said so; nothing is left.
    """
    try:
        opened = run_apart("read", (name, data), progress, cancelled, on_peak=on_peak)
    except LimitReached as reached:
        return Draft(name, hashlib.sha256(data).hexdigest(), refusal=TOO_MUCH[reached.limit])
    except FailedApart:
        return Draft(name, hashlib.sha256(data).hexdigest(), refusal=NOT_READ)
    if not isinstance(opened, Opened):
        raise TypeError(f"The reading of a file gave a {type(opened).__name__}")
    return sorted_out(opened)


@cache
def _places_for(job: str) -> threading.BoundedSemaphore:
    """The places of one job: its own, so that nobody's file waits to be read because others' are marked."""
    return threading.BoundedSemaphore(JOBS[job].at_once)


@contextmanager
def _a_place(job: str, cancelled: Callable[[], bool]) -> Iterator[None]:
    places = _places_for(job)
    while not places.acquire(timeout=LOOK_SECONDS):
        if cancelled():
            raise Cancelled
    try:
        yield
    finally:
        places.release()


def _start(job: Job, folder: str) -> subprocess.Popen[bytes]:
    limits = (job.memory, job.seconds, job.file_size)
    return subprocess.Popen(  # noqa: S603 - our own interpreter, and nothing of the file among the arguments
        [sys.executable, "-I", "-B", "-c", _START, str(ROOT), job.where, *map(str, limits)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd=folder,
        env={"TMPDIR": folder, "LANG": "C.UTF-8"},
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started, and wait until it is gone."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()
    process.wait()

"""Doing what a stranger's file could make dangerous in a process of its own, with an end to its time and its memory.

A file is never opened in the process that serves the dashboard. The child is told what to do by the name of a job, gets what it
needs through a pipe and answers through another, so nothing of a file is written to disk, and it inherits neither the
environment nor a connection. `docs/decisions/0016-reading-apart.md` says why.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
import pickle
import selectors
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from data_access.spreadsheets.opened import Opened
from data_access.spreadsheets.reading import sorted_out
from data_access.spreadsheets.refusals import A_RETURN
from domain.drafts import Draft, Refusal

ROOT = Path(__file__).resolve().parents[2]
MEMORY_LIMIT = 500 * 1024 * 1024
"""The most memory that a child may ask for, in bytes."""
SECONDS_LIMIT = 10
"""The longest that a child may take, by the clock on the wall and of the processor's time."""
ANSWER_LIMIT = 300 * 1024 * 1024
"""The longest answer taken from a child, in bytes."""
AT_ONCE = 3
"""So many children run at the same time; the next one waits, so that many uploads cannot fill the machine."""

_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from data_access.spreadsheets.child import main; main()"
)
_HEAD = struct.Struct(">cI")
_LOOK_SECONDS = 0.05
_PLACES = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)

Progress = Callable[[str], None]
"""Told what is being done, in words for the person who waits."""


class Cancelled(Exception):
    """The person who waited no longer wants it; the child is gone and has left nothing."""


class Limit(StrEnum):
    """What a child ran out of."""

    TIME = "time"
    MEMORY = "memory"


class LimitReached(Exception):
    """The child was stopped; `limit` says at what."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(f"The work was stopped at its limit of {limit}")
        self.limit = limit


class FailedApart(Exception):
    """The work itself failed in the child: the file holds something that nobody foresaw."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a child can be told to do.

    Parameters
    ----------
    where : "module:function", looked up in the child only; the function takes the payload and a `Progress` and gives the answer.
    memory, seconds : its limits.
    file_size : the largest file it may write into its own folder, which is deleted after it; most jobs write none.
    """

    where: str
    memory: int = MEMORY_LIMIT
    seconds: int = SECONDS_LIMIT
    file_size: int = 0


JOBS: dict[str, Job] = {
    "read": Job("data_access.spreadsheets.opening:open_file"),
    "mark": Job("data_access.spreadsheets.marking:mark_here", file_size=MEMORY_LIMIT),
}
"""Every job by its name. An answer is made of plain values (texts, numbers, bytes, dates, lists, tuples, sets, dicts) and `ADMITTED`."""

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

ADMITTED = frozenset(
    {
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
        ("data_access.spreadsheets.opened", "Opened"),
        ("data_access.spreadsheets.opened", "Packed"),
        ("domain.drafts", "Draft"),
        ("domain.drafts", "SheetDraft"),
        ("domain.drafts", "Refusal"),
    }
)
"""The only classes that an answer may hold: what a child that was taken over sends back can call nothing else."""


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
    with _a_place(wanted), tempfile.TemporaryDirectory(prefix="apart-") as folder:
        process = _start(JOBS[job], folder)
        talk = _Talk(process, JOBS[job], progress or (lambda text: None), wanted)
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


@contextmanager
def _a_place(cancelled: Callable[[], bool]) -> Iterator[None]:
    while not _PLACES.acquire(timeout=_LOOK_SECONDS):
        if cancelled():
            raise Cancelled
    try:
        yield
    finally:
        _PLACES.release()


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


class _Talk:
    """One conversation with a child: all of the payload to it, its words on the way and its answer back."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        job: Job,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:
        self.process, self.job, self.progress, self.cancelled = process, job, progress, cancelled
        self.peak = 0
        self._read = bytearray()
        self._answer = bytearray()
        self._done = False

    def answer_to(self, payload: bytes) -> object:
        if not (self.process.stdin and self.process.stdout):
            raise ValueError("The child was started without its pipes")
        to_child, from_child = self.process.stdin.fileno(), self.process.stdout.fileno()
        left = memoryview(payload)
        ends = time.monotonic() + self.job.seconds
        os.set_blocking(to_child, False)
        with selectors.DefaultSelector() as ready:
            ready.register(from_child, selectors.EVENT_READ)
            ready.register(to_child, selectors.EVENT_WRITE)
            while True:
                if self.cancelled():
                    raise Cancelled
                if time.monotonic() > ends:
                    self._look_at_memory()
                    raise LimitReached(Limit.TIME)
                for key, _ in ready.select(_LOOK_SECONDS):
                    if key.fd == to_child:
                        left = left[_write(to_child, left) :]
                        if not left:
                            ready.unregister(to_child)
                            self.process.stdin.close()
                    elif not self._take(os.read(from_child, 1024 * 1024)):
                        return self._result()

    def _take(self, read: bytes) -> bool:
        """Take in what was read; nothing when the child has said its last."""
        self._read += read
        while len(self._read) >= _HEAD.size:
            kind, length = _HEAD.unpack_from(self._read)
            if len(self._read) < _HEAD.size + length:
                break
            content = bytes(self._read[_HEAD.size : _HEAD.size + length])
            del self._read[: _HEAD.size + length]
            self._hear(kind, content)
        return bool(read)

    def _hear(self, kind: bytes, content: bytes) -> None:
        match kind:
            case b"P":
                self.progress(content.decode())
            case b"A":
                self._answer += content
                if len(self._answer) > ANSWER_LIMIT:
                    raise LimitReached(Limit.MEMORY)
            case b"D":
                self._done, self.peak = True, int(content)
            case b"L":
                self.peak = int(content)
                raise LimitReached(Limit.MEMORY)
            case b"F":
                _log.warning("Work in a child process failed: %s", content.decode())
                raise FailedApart

    def _result(self) -> object:
        if self._done:
            return _Plain(io.BytesIO(self._answer)).load()
        code = self.process.wait()
        if code == -signal.SIGXCPU:
            raise LimitReached(Limit.TIME)
        # Memory that is refused ends a program written in Rust or C by a signal.
        if code < 0:
            raise LimitReached(Limit.MEMORY)
        _log.warning("Work in a child process ended with %s", code)
        raise FailedApart

    def _look_at_memory(self) -> None:
        with suppress(OSError, ValueError, IndexError):
            said = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
            self.peak = int(said.split("VmHWM:")[1].split()[0]) * 1024


def _write(to_child: int, left: memoryview) -> int:
    try:
        return os.write(to_child, left)
    except BlockingIOError:
        return 0
    except BrokenPipeError:  # it ended before it heard all; what it said last tells why
        return len(left)


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        if (module, name) not in ADMITTED:
            raise FailedApart(f"An answer from a child process holds a {module}.{name}")
        return super().find_class(module, name)  # type: ignore[no-any-return]

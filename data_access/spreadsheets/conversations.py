"""One conversation with a child process: what it is given, what it says on the way, its answer, and how it may end."""

from __future__ import annotations

import io
import logging
import os
import pickle
import selectors
import signal
import struct
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

ANSWER_LIMIT = 300 * 1024 * 1024
"""The longest answer taken from a child, in bytes."""
LOOK_SECONDS = 0.05
"""How often it is asked whether to stop."""

_HEAD = struct.Struct(">cI")
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


class Conversation:
    """One conversation with a child: all of the payload to it, its words on the way and its answer back."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        seconds: int,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:
        self.process, self.seconds, self.progress, self.cancelled = process, seconds, progress, cancelled
        self.peak = 0
        """The most memory that the child held, in bytes, as far as that is known."""
        self._read = bytearray()
        self._answer = bytearray()
        self._done = False

    def answer_to(self, payload: bytes) -> object:
        """Give the child what it needs and wait for what it makes of it; raises what `run_apart` says."""
        if not (self.process.stdin and self.process.stdout):
            raise ValueError("The child was started without its pipes")
        to_child, from_child = self.process.stdin.fileno(), self.process.stdout.fileno()
        left = memoryview(payload)
        ends = time.monotonic() + self.seconds
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
                for key, _ in ready.select(LOOK_SECONDS):
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

"""What runs in a child process: set the limits, do the one job, send its answer. Started by `apart` only.

It imports nothing of the dashboard but what its job needs, because everyone who uploads waits for its start.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import struct
import sys
import traceback
from importlib import import_module

_HEAD = struct.Struct(">cI")
_OUT = 1


def main() -> None:
    """Do the job named on the command line. The payload comes on standard input, the answer goes to standard output."""
    where, memory, seconds, file_size = sys.argv[2], *map(int, sys.argv[3:6])
    _set_limits(memory, seconds, file_size)
    channel = _Channel(os.dup(_OUT))
    os.dup2(
        os.open(os.devnull, os.O_WRONLY), _OUT
    )  # nothing that a library prints may be taken for an answer
    try:
        module, _, function = where.partition(":")
        payload = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        answer = getattr(import_module(module), function)(payload, channel.progress)
        del payload
        pickle.Pickler(channel, protocol=5).dump(answer)
        channel.send(b"D", str(_peak()).encode())
    except MemoryError:
        channel.send(b"L", str(_peak()).encode())
    except Exception as error:
        # Where it failed, and not with what: a message may quote the file.
        lines = "".join(traceback.format_tb(error.__traceback__, -3))
        channel.send(b"F", f"{type(error).__name__}\n{lines}".encode())


def _set_limits(memory: int, seconds: int, file_size: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.alarm(seconds + 5)  # should the dashboard itself be gone by then


def _peak() -> int:
    """The most memory held so far, in bytes; `getrusage` would count what the parent held when it started this."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0


class _Channel:
    """Writes messages: a letter, a length, and the content."""

    def __init__(self, to: int) -> None:
        self.to = to

    def send(self, kind: bytes, content: bytes | memoryview) -> None:
        os.write(self.to, _HEAD.pack(kind, len(content)))
        left = memoryview(content)
        while left:
            left = left[os.write(self.to, left) :]

    def write(self, part: bytes | memoryview) -> int:
        """Send a part of the answer, as pickle writes it."""
        for start in range(0, len(part), 1 << 24):
            self.send(b"A", part[start : start + (1 << 24)])
        return len(part)

    def progress(self, text: str) -> None:
        """Say what is being done."""
        self.send(b"P", text.encode())

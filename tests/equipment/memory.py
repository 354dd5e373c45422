"""A folder in memory for what the tests write: a database of a test waits for no disk, and nothing of it has to outlive the run."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 4 * 2**30
"""Bytes that must be free both there and in memory; a run writes far less."""
_PREFIX = "dashboard-tests-"


@contextmanager
def temporary_files_in_memory() -> Iterator[None]:
    """Have this process and those that it starts write their temporary files in memory, where there is plenty; else all stays as it is.

    What a person names (``TMPDIR``, ``--basetemp``) stays where they want it.
    """
    if os.environ.get("TMPDIR") or not _plenty():
        yield
        return
    _sweep()
    folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=MEMORY)
    os.chmod(folder, 0o711)  # PostgreSQL runs as another user, in a folder of its own in here
    before = tempfile.tempdir
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    try:
        yield
    finally:
        del os.environ["TMPDIR"]
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)


def _plenty() -> bool:
    if not os.access(MEMORY, os.W_OK):
        return False
    free = shutil.disk_usage(MEMORY).free
    told = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    return min(free, int(told["MemAvailable"].split()[0]) * 1024) >= ENOUGH


def _sweep() -> None:
    """Remove what runs have left that were killed: nobody else would before the computer starts anew."""
    for left in MEMORY.glob(f"{_PREFIX}*"):
        owner = left.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdecimal() and not Path("/proc", owner).exists():
            shutil.rmtree(left, ignore_errors=True)

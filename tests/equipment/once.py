"""What is made once for all processes of a test run: a lock, and the examples."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data_access.examples import build_examples
from data_access.sources import examples_store
from data_access.stores import open_store
from domain.tally import Source

_STARTED = time.time()


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder of this run; one for all its processes where there are several."""
    own = factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """Hold off the other processes of the run that ask for the same name."""
    with (folder / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def ready_examples(folder: Path) -> Path:
    """The examples that dashboards open, built by the first process that needs them where they are not there yet."""
    with alone(folder, "examples"):
        return Path(examples_store().url.removeprefix("sqlite:///"))


def fresh_examples(folder: Path) -> Path:
    """The examples as this program builds them, whatever an earlier run has left."""
    path = folder / "examples.db"
    opened = ready_examples(folder)
    with alone(folder, "fresh-examples"):
        if not path.exists():
            half = folder / "examples-half.db"
            if opened.stat().st_mtime >= _STARTED and not opened.with_name(f"{opened.name}-wal").exists():
                shutil.copy(opened, half)
            else:
                store = open_store(f"sqlite:///{half}", Source.EXAMPLES)
                build_examples(store)
                store.engine.dispose()
                # Closing the last connection writes everything into the one file that is copied.
                assert not half.with_name(f"{half.name}-wal").exists()
            half.rename(path)
    return path

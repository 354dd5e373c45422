"""Files that one session works on and nobody has saved: private, and gone with the session at the latest.

The file that is checked, kept so that it can be read again with another mapping, given back with its problems marked and, where the
council wants originals, saved as it came; and the databases of `data_access.sources` in which a file is looked at.
"""

from __future__ import annotations

import os
import stat
import tempfile
import time
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

_FOLDER = "dashboard-files-not-saved"
_KEPT_FOR = 24 * 3600
_COMES_BACK_WITHIN = 180


@dataclass(slots=True)
class _Watched:
    """What goes with its session: whose it is, when that session was last known to have a browser, how it is deleted."""

    session: str
    seen: float
    delete: Callable[[], object]


_watched: dict[str, _Watched] = {}


def private_folder() -> Path:
    """The folder of files that nobody has saved, which no other user of the machine can open.

    Raises
    ------
    PermissionError
        When somebody else can open the folder.
    """
    folder = Path(tempfile.gettempdir()) / f"{_FOLDER}-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077 or not stat.S_ISDIR(found.st_mode):
        raise PermissionError(
            f"{folder} can be opened by somebody else, so no file is put into it. Remove it."
        )
    return folder


def private_file(suffix: str, data: bytes = b"") -> Path:
    """Make a file in the private folder, readable by its owner alone; its name tells `sweep` which process made it."""
    handle, name = tempfile.mkstemp(prefix=f"{os.getpid()}-", suffix=suffix, dir=private_folder())
    with os.fdopen(handle, "wb") as out:
        out.write(data)
    return Path(name)


def watch(name: str, session: str, delete: Callable[[], object]) -> None:
    """Delete something once its session has ended. Nothing is watched without a session."""
    if session:
        _watched[name] = _Watched(session, time.monotonic(), delete)


def unwatch(name: str) -> None:
    """It is deleted already."""
    _watched.pop(name, None)


def close_ended(is_live: Callable[[str], bool]) -> int:
    """Delete what belongs to sessions that have ended, and give how much of it; called every minute.

    Parameters
    ----------
    is_live : whether a session has a browser. One that lost it is given a few minutes to come back, as after a reload.
    """
    now, closed = time.monotonic(), 0
    for name, one in list(_watched.items()):
        if is_live(one.session):
            one.seen = now
        elif now - one.seen > _COMES_BACK_WITHIN:
            unwatch(name)
            one.delete()
            closed += 1
    return closed


def sweep() -> int:
    """Delete what processes that have ended left behind, and anything older than a day; called when the dashboard starts."""
    swept = 0
    for path in private_folder().iterdir():
        owner = path.name.partition("-")[0]
        if not _runs(owner) or time.time() - path.stat().st_mtime > _KEPT_FOR:
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _runs(process: str) -> bool:
    return process.isdigit() and Path(f"/proc/{process}").exists()


class HeldFile:
    """What a person chose to upload: one workbook or several CSV files, in the private folder while it is worked on.

    It is deleted by `let_go`, when nothing holds it any more, and once its session has ended.

    Parameters
    ----------
    files : name, as the person's computer called it, and bytes.
    session : names the session that works on it; blank when there is none.
    """

    def __init__(self, files: Mapping[str, bytes], session: str = "") -> None:
        self.names = tuple(files)
        self.name = self.names[0] if len(files) == 1 else f"{len(files)} CSV files"
        self._paths = {name: private_file(".part", data) for name, data in files.items()}
        places = tuple(self._paths.values())
        self._key = str(places[0]) if places else ""
        self.let_go: Callable[[], object] = weakref.finalize(self, _delete, self._key, places)
        watch(self._key, session, partial(_delete, self._key, places))

    def read(self) -> dict[str, bytes]:
        """Name and bytes of each file.

        Raises
        ------
        FileNotFoundError
            When it was let go meanwhile.
        """
        return {name: path.read_bytes() for name, path in self._paths.items()}

    @property
    def there(self) -> bool:
        """Whether it can still be read."""
        return all(path.exists() for path in self._paths.values())


def _delete(key: str, places: tuple[Path, ...]) -> None:
    unwatch(key)
    for path in places:
        path.unlink(missing_ok=True)

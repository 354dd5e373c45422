"""What was worked out from a database and is kept until it is asked for again; the keys begin with the address of the database."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any, Generic, TypeVar

Found = TypeVar("Found")
Key = tuple[Any, ...]

_all: list[Memory[Any]] = []


class Memory(Generic[Found]):
    """So many answers by their key, whose first part is the address of a database; those not asked for longest go first.

    Parameters
    ----------
    most : how many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Key, Found] = OrderedDict()
        self._lock = Lock()
        _all.append(self)

    def get(self, key: Key) -> Found | None:
        """What is kept under a key, or None."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: Key, found: Found) -> None:
        """Keep it; the oldest go where there are too many."""
        with self._lock:
            self._held[key] = found
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def forget(self, url: str) -> None:
        """Drop what is kept of one database."""
        with self._lock:
            for key in [key for key in self._held if key[0] == url]:
                del self._held[key]


def forget(url: str) -> None:
    """Drop what is kept anywhere of a database that is about to be deleted."""
    for memory in _all:
        memory.forget(url)

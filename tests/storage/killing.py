"""Killing a process at a chosen moment of its saving transaction, as a power cut or an impatient operator would."""

from __future__ import annotations

import os
import select
import signal
import time
import traceback
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from sqlalchemy import event, text

from data_access.returns import save_return
from data_access.stores import Store, is_sqlite, open_store
from domain.access import COMMISSIONER
from domain.returns import Return
from domain.tally import Source

PATIENCE = 60.0  # seconds without a word from the child after which the test fails


class Word(StrEnum):
    """What the child says, each at its moment; one letter, so that a word is never torn."""

    BEGUN = "b"
    COMMITTING = "c"
    ACKNOWLEDGED = "a"
    FAILED = "f"


@dataclass(frozen=True, slots=True)
class Killed:
    """One child: when it said what, in seconds after its BEGIN, up to its death."""

    said: dict[Word, float]

    @property
    def acknowledged(self) -> bool:
        return Word.ACKNOWLEDGED in self.said

    @property
    def before_commit(self) -> bool:
        return Word.COMMITTING not in self.said


class Pace:
    """How long saves take here and now, in seconds from BEGIN, from those that came far enough to tell."""

    def __init__(self, url: str, news: list[Return]) -> None:
        """Save some returns in children that are let live until they have acknowledged."""
        self._commits: deque[float] = deque(maxlen=15)
        self._acknowledgements: deque[float] = deque(maxlen=15)
        for new in news:
            child = Child(url, new)
            child.wait_for(Word.ACKNOWLEDGED)
            self.learn(child.kill())

    def learn(self, life: Killed) -> None:
        if Word.COMMITTING in life.said:
            self._commits.append(life.said[Word.COMMITTING])
        if Word.ACKNOWLEDGED in life.said:
            self._acknowledgements.append(life.said[Word.ACKNOWLEDGED])

    @property
    def soonest_commit(self) -> float:
        return min(self._commits)

    @property
    def commit(self) -> float:
        return median(self._commits)

    @property
    def acknowledgement(self) -> float:
        return max(self.commit, median(self._acknowledgements))


class Child:
    """A fork of this process that saves one return and then waits for its end."""

    def __init__(self, url: str, new: Return) -> None:
        self._read, write = os.pipe()
        self.said: dict[Word, float] = {}
        self.pid = os.fork()
        if self.pid == 0:
            _save_and_wait(url, new, write)
        os.close(write)

    def hear(self, *, wait: float, words: int = len(Word)) -> None:
        """Take in what the child says for so many seconds, or until it has said so many words."""
        until = time.monotonic() + wait
        while words and select.select([self._read], [], [], max(0.0, until - time.monotonic()))[0]:
            letter = os.read(self._read, 1).decode()
            if not letter:  # it is dead
                return
            if letter == Word.FAILED:
                raise AssertionError(os.read(self._read, 100_000).decode())
            self.said[Word(letter)] = time.monotonic()
            words -= 1

    def wait_for(self, word: Word) -> None:
        while word not in self.said:
            heard = len(self.said)
            self.hear(wait=PATIENCE, words=1)
            assert len(self.said) > heard, f"the child has not said {word.name} for {PATIENCE:.0f} seconds"

    def kill(self) -> Killed:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.hear(wait=0)
        os.close(self._read)
        begun = self.said[Word.BEGUN]
        return Killed({word: at - begun for word, at in self.said.items()})


def _save_and_wait(url: str, new: Return, write: int) -> None:
    """The child's whole life. Everything was imported before the fork; its engine is its own."""
    try:
        store = open_store(url, Source.SHARED)
        # Registered after the store's own listener, so SQLite's BEGIN IMMEDIATE has been obeyed when this is said.
        event.listen(store.engine, "begin", lambda _: os.write(write, Word.BEGUN.encode()))
        event.listen(store.engine, "commit", lambda _: os.write(write, Word.COMMITTING.encode()))
        save_return(store, new, by=COMMISSIONER.signing("killed"))
        os.write(write, Word.ACKNOWLEDGED.encode())
    except BaseException:
        os.write(write, Word.FAILED.encode() + traceback.format_exc().encode())
    while True:
        signal.pause()


def kill_while_saving(url: str, new: Return, *, after: Word, delay: float) -> Killed:
    """Fork a child that saves the return, and kill it so many seconds after it said a word."""
    child = Child(url, new)
    child.wait_for(after)
    child.hear(wait=delay)
    return child.kill()


def wait_until_gone(store: Store) -> None:
    """Wait until PostgreSQL has noticed that the killed process is no more; SQLite has no server that could lag behind."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    until = time.monotonic() + PATIENCE
    while not is_sqlite(store):
        with store.engine.connect() as connection:
            if not connection.execute(others).scalar_one():
                return
        assert time.monotonic() < until, "the server still works for a process that was killed"
        time.sleep(0.002)

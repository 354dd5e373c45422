"""Work that takes longer than one run of a page: in a thread of its own, so that the page goes on and it can be cancelled.

Streamlit stops a run of the page as soon as somebody presses anything. A thread goes on, and ends when it is cancelled, or when the
session that holds its `Work` has ended.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

Outcome = TypeVar("Outcome")

AT_ONCE = 2
"""So many files are checked at the same moment; more would take the memory and the time of those who only look."""
_turns = threading.BoundedSemaphore(AT_ONCE)
_LOOKS_EVERY = 0.2


class Stopped(Exception):
    """It was cancelled, or its session has ended."""


class Steps:
    """What the work says of itself as it goes on, and whether it is still wanted."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._said: list[str] = []

    @property
    def said(self) -> tuple[str, ...]:
        """The steps so far, the last of them still under way; none while others have their turn."""
        return tuple(self._said)

    def say(self, step: str) -> None:
        """Begin a step.

        Raises
        ------
        Stopped
            When the work is not wanted any more.
        """
        self.go_on()
        self._said.append(step)

    def more(self, step: str) -> None:
        """Say the step under way in other words, as when it has come further."""
        self.go_on()
        self._said[-1:] = [step]

    def go_on(self) -> None:
        """Raise `Stopped` when the work is not wanted any more."""
        if self.stopped():
            raise Stopped

    def stop(self) -> None:
        """It is not wanted any more."""
        self._stop.set()

    def stopped(self) -> bool:
        """Whether it is not wanted any more."""
        return self._stop.is_set()


class Work(Generic[Outcome]):
    """Something done in a thread of its own, for the session that holds this.

    Parameters
    ----------
    do : the work; it says its steps, and gives its outcome. It must not hold this object.
    """

    def __init__(self, do: Callable[[Steps], Outcome]) -> None:
        self.steps = Steps()
        self._found: list[Outcome] = []
        self._failed: list[BaseException] = []
        self._over = threading.Event()
        # The thread holds the parts and not this, so that a session that ends takes this with it and so stops the thread.
        threading.Thread(
            target=_run, args=(do, self.steps, self._found, self._failed, self._over), daemon=True
        ).start()
        self.cancel: Callable[[], object] = weakref.finalize(self, self.steps.stop)

    def wait(self, seconds: float) -> bool:
        """Wait so long at most, and say whether it is over."""
        return self._over.wait(seconds)

    @property
    def outcome(self) -> Outcome | None:
        """What came of it; None while it goes on, and when it was cancelled. An error in it is raised here."""
        if self._failed:
            raise self._failed[0]
        return self._found[0] if self._found else None


def _run(
    do: Callable[[Steps], Outcome],
    steps: Steps,
    found: list[Outcome],
    failed: list[BaseException],
    over: threading.Event,
) -> None:
    try:
        while not _turns.acquire(timeout=_LOOKS_EVERY):
            steps.go_on()
        try:
            outcome = do(steps)
        finally:
            _turns.release()
        steps.go_on()
        found.append(outcome)
    except Stopped:
        pass
    except BaseException as error:
        failed.append(error)
    finally:
        over.set()

"""Figures as an audience may see them: the one place where a tally that was read is released for a screen, a file or a pack.

For the commissioning team that is all of it. For anybody else `data_access.deciding` says what is hidden, over every view at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection

from data_access.gate import Gate
from data_access.issued import issued_last
from data_access.memory import Memory
from data_access.questions import Question
from data_access.stores import Store, reading
from data_access.tallies import read_tallies
from domain.access import Audience, Viewer
from domain.columns_used import measure_columns
from domain.disclosure import Guard, Released, release
from domain.fields import CASE_FIELDS
from domain.footnotes import Footnote
from domain.tally import Tally

_memory: Memory[tuple[Tally, Guard]] = Memory(2_000)
"""What was found of each figure, by database, moment, viewer, audience, question and the last file issued."""
_PERSONAL = frozenset(field.key for field in CASE_FIELDS if field.characteristic)
Notes = Callable[[Question], Sequence[Footnote]]
_asked: ContextVar[list[Released] | None] = ContextVar("released_asked", default=None)


@contextmanager
def all_released() -> Iterator[list[Released]]:
    """Every figure that is read inside, so that nothing a file is made of can be left out of what was issued with it."""
    found: list[Released] = []
    token = _asked.set(found)
    try:
        yield found
    finally:
        _asked.reset(token)


def read_released(
    store: Store,
    questions: Sequence[Question],
    viewer: Viewer,
    audience: Audience,
    notes: Notes = lambda question: (),
) -> tuple[Released, ...]:
    """The answers to several questions from one moment, as an audience may see them.

    Parameters
    ----------
    notes : what was accepted in the returns that a question rests on.

    Raises
    ------
    OutOfReach, KeyError, ValueError
        As `read_tallies`.
    """
    found = _released(store, questions, viewer, audience, notes)
    asked = _asked.get()
    if asked is not None:
        asked.extend(found)
    return found


def _released(
    store: Store, questions: Sequence[Question], viewer: Viewer, audience: Audience, notes: Notes
) -> tuple[Released, ...]:
    tallies = read_tallies(store, questions, viewer)
    if not any(
        _gated(question, tally, viewer, audience) for question, tally in zip(questions, tallies, strict=True)
    ):
        return tuple(
            release(tally, audience, notes(question))
            for question, tally in zip(questions, tallies, strict=True)
        )
    with reading(store, viewer) as connection:
        return release_in(connection, store, questions, tallies, viewer, audience, notes)


def release_in(
    connection: Connection,
    store: Store,
    questions: Sequence[Question],
    tallies: Sequence[Tally],
    viewer: Viewer,
    audience: Audience,
    notes: Notes = lambda question: (),
) -> tuple[Released, ...]:
    """The same for tallies that were read already, inside a transaction that only reads."""
    found = []
    lasts: dict[str, int] = {}
    for question, tally in zip(questions, tallies, strict=True):
        if _gated(question, tally, viewer, audience):
            service = question.selection.service
            if service not in lasts:
                lasts[service] = issued_last(connection, audience, service)
            last = lasts[service]
            key = (store.url, tally.version, viewer.scope, audience, question, last)
            held = _memory.get(key)
            if held is None:
                held = Gate(connection, store, viewer, audience, question, tally).guarded()
                _memory.put(key, held)
            whole, guard = held
            found.append(release(whole, audience, notes(question), guard))
        else:
            found.append(release(tally, audience, notes(question)))
    return tuple(found)


def _gated(question: Question, tally: Tally, viewer: Viewer, audience: Audience) -> bool:
    """Whether small numbers are hidden: from others, and of personal characteristics from who may not see single cases either."""
    if audience.gated:
        return True
    chosen = question.selection
    named = (*tally.by, *chosen.wanted(), *measure_columns(tally.measure))
    return any(key in _PERSONAL for key in named) and not viewer.sees_cases(chosen.service, chosen.providers)

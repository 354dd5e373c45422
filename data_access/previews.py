"""What a return would change, asked before it is saved: the saving code runs, the questions are asked again, and all of it is undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data_access.questions import Moment, Question
from data_access.returns import Saved, previewed
from data_access.settings import settings_in
from data_access.stores import Store
from data_access.tallies import answer
from domain.access import Viewer
from domain.returns import Return
from domain.tally import Tally


@dataclass(frozen=True, slots=True)
class Preview:
    """The answers before and after, in the order of the questions, and the version a save must still find."""

    version: int
    before: tuple[Tally, ...]
    after: tuple[Tally, ...]


def preview_return(store: Store, new: Return, questions: Sequence[Question], viewer: Viewer) -> Preview:
    """What a checked return would change. The database stays as it was.

    Raises
    ------
    Refused
        When the return could not be saved either.
    """

    def ask(connection: Connection, version: int, _: Saved | None = None) -> tuple[Tally, ...]:
        moment = Moment(connection, store.source, version, settings_in(connection), viewer)
        return tuple(answer(moment, question) for question in questions)

    version, before, after = previewed(store, new, viewer, ask, ask)
    return Preview(version, before, after)

"""The rows that cubes are filled from: every measure by provider, area, answers and time, asked as any other tally."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from sqlalchemy import Connection

from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import tallies_in
from domain.access import Viewer
from domain.cubes import ALL_TIME, Counted
from domain.measures import about_posts, measure
from domain.selection import Selection
from domain.tally import TallyRow


class Stage(StrEnum):
    """How much of a measure is decided about: all cases, then what it is out of, then all of it."""

    CASES = "cases"
    BASE = "base"
    WHOLE = "whole"


Row = tuple[str, str, tuple[str, ...], str, TallyRow]
"""Provider, area, answers, time and the row of the tally."""


class Counter:
    """Reads the counts of one service at one moment, for whoever sees what.

    Parameters
    ----------
    without : the key of a provider that is left out, because it knows its own figures; blank for none.
    """

    def __init__(
        self, connection: Connection, store: Store, viewer: Viewer, service: str, without: str
    ) -> None:
        self._connection, self._store, self._viewer = connection, store, viewer
        self.service, self._without = service, without

    def rows(self, question: Question, dims: Sequence[str], time: str) -> list[Row]:
        """The rows of a measure by provider, area, answers and a grouping by time (blank for all time)."""
        declared = measure(question.measure, self.service)
        places = ("provider",) if about_posts(declared) else ("provider", "area")
        by = (*places, *dims, *([time] if time else []))
        asked = replace(question, by=by, selection=Selection(self.service))
        (tally,) = tallies_in(self._connection, self._store, [asked], self._viewer)
        order = [tally.by.index(key) for key in by]
        found = []
        for row in tally.rows:
            keys = [row.keys[at] for at in order]
            area = keys[1] if len(places) == 2 else ""
            codes = tuple(keys[len(places) : len(places) + len(dims)])
            when = f"{declared.month} {keys[-1]}" if time else ALL_TIME
            if (time and not keys[-1]) or keys[0] == self._without:
                continue
            found.append((keys[0], area, codes, when, row))
        return found


def counted(rows: Iterable[Row], part: str) -> list[Counted]:
    """One part of each row: 'met', 'base' or 'rest'."""

    def number(row: TallyRow) -> int:
        return {"met": row.met, "base": row.base, "rest": row.base - row.met}[part]

    return [Counted(p, a, c, t, number(row)) for p, a, c, t, row in rows]


def summed(rows: Iterable[Row]) -> list[Counted]:
    """The rows of all answers together."""
    return [Counted(p, a, (), t, row.met) for p, a, _, t, row in rows]

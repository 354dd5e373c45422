"""What is asked of the cases, and the one moment in which it is answered."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from data_access.coverage import Coverage, coverage_in
from domain.access import Viewer
from domain.dimensions import ALIASES
from domain.selection import Selection
from domain.settings import Settings
from domain.tally import Source


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a measure, grouped, for a selection; `at` a month for a stock; `as_of` an earlier moment.

    `adjusted_for` is the KPI whose agreed exceptions are left out of a share; blank for the raw figure.
    """

    measure: str
    by: tuple[str, ...] = ()
    selection: Selection = field(default_factory=lambda: Selection("mentoring"))
    at: int | None = None
    as_of: int | None = None
    adjusted_for: str = ""

    @property
    def groups(self) -> tuple[str, ...]:
        """The groupings by their own names."""
        return tuple(ALIASES.get(key, key) for key in self.by)


@dataclass(frozen=True, slots=True)
class Moment:
    """The snapshot that answers are read from."""

    connection: Connection
    source: Source
    version: int
    settings: Settings
    viewer: Viewer
    _covered: dict[tuple[object, ...], Coverage] = field(default_factory=dict, compare=False, repr=False)

    def coverage(self, question: Question) -> Coverage:
        """How far the returns behind a question reach."""
        chosen = question.selection
        key = chosen.service, chosen.providers, question.as_of
        if key not in self._covered:
            self._covered[key] = coverage_in(
                self.connection,
                self.viewer,
                self.settings,
                chosen.service,
                chosen.providers,
                as_of=question.as_of,
            )
        return self._covered[key]

"""What a meeting agrees: who does what by when, carried on from meeting to meeting until it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MOST_OF_A_TEXT = 300
MOST_OF_AN_OWNER = 80
"""So many letters, so that an action stands on a slide."""


class ActionStatus(StrEnum):
    """Where an action stands; its value is what is stored."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return {"open": "Not started", "in_progress": "In progress", "done": "Done", "dropped": "Dropped"}[
            self.value
        ]

    @property
    def closed(self) -> bool:
        """Whether it is carried on no more."""
        return self in (ActionStatus.DONE, ActionStatus.DROPPED)


@dataclass(frozen=True, slots=True)
class ActionNote:
    """What became of an action at one moment: its status since then, a new due date where it was moved, words, and in which meeting."""

    at: datetime
    who: str
    status: ActionStatus
    note: str = ""
    due: date | None = None
    meeting: int | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One action.

    Parameters
    ----------
    provider, area : of whom and where, by key; blank for all. audience : the key of who was in the room, and so may see it.
    kpi, kpi_period : the status it was born on, as 'SM2' and '2026-07..2026-09'; blank where on none.
    owner : a role, never a name. due : as it was agreed first. notes : the first first; the last one says how it stands.
    meeting : where it was agreed; None where in none.
    """

    service: str
    text: str
    owner: str
    due: date
    provider: str = ""
    area: str = ""
    audience: str = "us"
    kpi: str = ""
    kpi_period: str = ""
    meeting: int | None = None
    id: int = 0
    made_at: datetime | None = None
    made_by: str = ""
    notes: tuple[ActionNote, ...] = ()

    @property
    def status(self) -> ActionStatus:
        """As the last note left it."""
        return self.notes[-1].status if self.notes else ActionStatus.OPEN

    @property
    def due_now(self) -> date:
        """The due date, as it was moved last."""
        return next((note.due for note in reversed(self.notes) if note.due is not None), self.due)

    @property
    def closed_on(self) -> datetime | None:
        """When it was closed, None while it is carried on."""
        return self.notes[-1].at if self.notes and self.status.closed else None

    def overdue(self, today: date) -> bool:
        """Whether its due date has passed and it is not closed."""
        return not self.status.closed and self.due_now < today


@dataclass(frozen=True, slots=True)
class ShownAction:
    """An action as a meeting is shown it.

    Parameters
    ----------
    whose : the provider or area it is about, in words. kpi : the name of the KPI it came from, blank where from none.
    before, after : that KPI when it was agreed, and now, as '82% (41 of 50), amber'; blank where there is none, 'c' where hidden.
    """

    id: int
    text: str
    owner: str
    due: date
    status: ActionStatus
    overdue: bool
    whose: str = ""
    kpi: str = ""
    before: str = ""
    after: str = ""
    note: str = ""
    made_on: date | None = None

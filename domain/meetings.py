"""A provider meeting: what it is about, who is in the room, its agenda, what is said beside the figures; prepared, then frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.access import Audience
from domain.agenda import DEFAULT_AGENDA
from domain.pack import MeetingPack
from domain.periods import Period

MOST_OF_A_COMMENT = 500
"""So many letters: more would not stand beside a chart."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said beside one screen: a comment, and a quote with whose it is by role ('a parent'), which never names anybody.

    `agreed` says that whoever was quoted agreed that it may be used; without that no quote is kept.
    """

    comment: str = ""
    quote: str = ""
    quote_by: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What a meeting is about: a service, of one provider and area or all (blank), over some months, and who is in the room."""

    service: str
    period: Period
    audience: Audience = Audience.US
    provider: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as it is kept.

    Parameters
    ----------
    agenda : keys of the agenda items in their order (`domain.agenda`). remarks : by the key of their screen.
    frozen_at, frozen_by, version, pack : when and by whom it was frozen, the moment of its figures and all that was shown; None and blank
        while it is being prepared.
    withdrawn_at, withdrawn_by, withdrawn_why : of one that should not count; it stays in the record.
    """

    about: About
    agenda: tuple[str, ...] = DEFAULT_AGENDA
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    held_on: date | None = None
    id: int = 0
    made_at: datetime | None = None
    made_by: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""
    frozen_at: datetime | None = None
    frozen_by: str = ""
    version: int | None = None
    pack: MeetingPack | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_why: str = ""

    @property
    def frozen(self) -> bool:
        """Whether what was shown is kept and changes no more."""
        return self.frozen_at is not None

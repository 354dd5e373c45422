"""What is kept of who did what: the kinds of act, and one entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """One kind of thing that is kept in the audit."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    REFUSED = "refused"
    SAW_CASES = "saw cases"
    EXPORTED = "exported"
    UPLOADED = "uploaded"
    WITHDREW = "withdrew"
    CHANGED_TARGETS = "changed targets"
    CHANGED_ROLES = "changed roles"
    CHANGED_SETTINGS = "changed settings"
    CHANGED_EXCEPTIONS = "changed exceptions"
    CHANGED_MEETINGS = "changed meetings"
    CHANGED_SCENARIOS = "changed scenarios"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the audit.

    Parameters
    ----------
    person : who, as they signed in. subject : of what, as the key of a return, a page or a file's name. detail : anything more, in words;
        never a cell of a return. id : its number in the audit; a page of entries goes on before it.
    """

    at: datetime
    person: str
    act: Act
    service: str = ""
    provider: str = ""
    subject: str = ""
    detail: str = ""
    id: int = 0

"""The words for the record of who did what, and the table of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from components.versions import moment
from domain.audit import Act, Entry
from domain.formats import sentence_case
from domain.settings import Settings
from domain.settings_words import service_label
from domain.table import Table

DID: Final = {
    Act.SIGNED_IN: "Signed in",
    Act.SIGNED_OUT: "Signed out",
    Act.REFUSED: "Was refused",
    Act.SAW_CASES: "Saw single cases",
    Act.EXPORTED: "Downloaded a file",
    Act.UPLOADED: "Saved a return",
    Act.WITHDREW: "Withdrew a return",
    Act.CHANGED_TARGETS: "Changed targets",
    Act.CHANGED_ROLES: "Changed who may do what",
    Act.CHANGED_SETTINGS: "Changed the settings",
    Act.CHANGED_EXCEPTIONS: "Agreed or took back exceptions",
    Act.CHANGED_MEETINGS: "Changed a meeting or an action",
    Act.CHANGED_SCENARIOS: "Changed a procurement scenario",
}
"""What somebody did, in plain words, by the kind of act."""
NOBODY: Final = "Somebody who was not signed in"


def audit_table(entries: Sequence[Entry], settings: Settings) -> Table:
    """One row an entry, as they come: the newest first."""
    return Table(
        ("When", "Who", "What", "About"),
        tuple(
            (
                moment(one.at),
                one.person or NOBODY,
                DID[one.act],
                about_words(one, settings),
            )
            for one in entries
        ),
    )


def about_words(entry: Entry, settings: Settings) -> str:
    """What an act was about: which file, return, page or person, of which service and provider, and anything more."""
    whose = (
        service_label(entry.service) if entry.service else "",
        settings.provider_label(entry.provider) if entry.provider else "",
    )
    # Of a saved return it is the name of a file, and stays as it is.
    detail = entry.detail if entry.act is Act.UPLOADED else sentence_case(entry.detail)
    parts = (entry.subject, ", ".join(part for part in whose if part), detail)
    return ". ".join(part for part in parts if part)

"""Whether the file of a return may be kept as it was sent: only where nothing in it was left out, so that it holds what is known.

The bytes of a file hold more than what was read from it. One with a column that was dropped, a sheet or a row that was not read, or
anything that looked personal is never kept, whatever the setting.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from domain.checks.examined import Examined
from domain.settings import Settings

PERSONAL = "V30"
"""The check that drops and refuses what is personal; a file in which it found anything is not kept."""

_SEAL = object()


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of a file that may be kept. Only `original_of` makes one."""

    content: bytes
    digest: str
    seal: object

    def __post_init__(self) -> None:
        """Refuse bytes that nobody looked at."""
        if self.seal is not _SEAL:
            raise TypeError("files that may be kept are told by domain.originals.original_of, not built")


def may_keep_original(examined: Examined, settings: Settings) -> bool:
    """Whether the file of a checked return may be kept: the council keeps originals, and everything in the file was read."""
    return (
        settings.keep_originals
        and examined.accepted is not None
        and not examined.dropped_columns
        and not any(problem.check == PERSONAL for problem in examined.problems)
    )


def original_of(examined: Examined, settings: Settings, content: bytes) -> Original | None:
    """The file to be kept with its return; None where it may not be.

    Raises
    ------
    ValueError
        When the bytes are not those that were checked.
    """
    if not may_keep_original(examined, settings):
        return None
    digest = hashlib.sha256(content).hexdigest()
    if digest != examined.digest:
        raise ValueError("these are not the bytes that were checked")
    return Original(content, digest, _SEAL)

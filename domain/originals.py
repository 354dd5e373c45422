"""Whether the file of a return may be kept as it was sent: only where nothing in it was left out, so that it holds what is known.

The bytes of a file hold more than what was read from it. One with a column that was dropped, a sheet or a row that was not read, or
anything that looked personal is never kept, whatever the setting.
"""

from __future__ import annotations

from domain.checks.examined import Examined
from domain.settings import Settings

PERSONAL = "V30"
"""The check that drops and refuses what is personal; a file in which it found anything is not kept."""


def may_keep_original(examined: Examined, settings: Settings) -> bool:
    """Whether the file of a checked return may be kept: the council keeps originals, and everything in the file was read."""
    return (
        settings.keep_originals
        and examined.accepted is not None
        and examined.whole
        and not examined.dropped_columns
        and not any(problem.check == PERSONAL for problem in examined.problems)
    )

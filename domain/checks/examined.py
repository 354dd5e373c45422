"""The result of checking a return.

Every problem in order, and the return itself when nothing must be mended.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field

from domain.mapping import NO_MAPPING, Mapping
from domain.problem import Level, Problem
from domain.returns import Return


@dataclass(frozen=True, slots=True)
class Examined:
    """One file, read and checked.

    Parameters
    ----------
    digest : SHA-256 of the bytes that were read, in hexadecimal.
    problems : in the order of sheet, row and column.
    accepted : the return, ready to be saved; None while anything must be fixed.
    rows_read : how many records each sheet holds, by its name in a return.
    dropped_columns : headers of everything left out because it is not ours.
    not_run : titles of the rules that could not run. why_not : the reason of each, as a sentence, by that title.
    mapping : how the sender's sheets, columns and answers were understood.
    whole : whether everything in the file was read and is ours; only such a file may be kept as it was sent.
    """

    file_name: str
    digest: str
    problems: tuple[Problem, ...]
    accepted: Return | None
    rows_read: AnyMapping[str, int]
    dropped_columns: tuple[str, ...] = ()
    not_run: tuple[str, ...] = ()
    mapping: Mapping = NO_MAPPING
    why_not: AnyMapping[str, str] = field(default_factory=dict)
    whole: bool = False

    def _of(self, level: Level) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level is level)

    @property
    def must_fix(self) -> tuple[Problem, ...]:
        """What refuses the return."""
        return self._of(Level.MUST_FIX)

    @property
    def to_confirm(self) -> tuple[Problem, ...]:
        """What is asked once and accepted with a reason."""
        return self._of(Level.CONFIRM)

    @property
    def said(self) -> tuple[Problem, ...]:
        """What is only worth knowing."""
        return self._of(Level.SAID)

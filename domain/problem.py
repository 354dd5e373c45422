"""A problem found in a return, in words that tell a person where it is and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What a problem asks of the person who sent the return."""

    MUST_FIX = "must fix"
    CONFIRM = "confirm with a reason"
    SAID = "for your information"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, or worth saying, at one place of a file.

    Parameters
    ----------
    check : the id of the rule, such as 'V04'.
    sheet, row, column : where; `row` is the row number that Excel shows, `column` the header as written in the file. Blank or
        None when the problem concerns the whole sheet or file.
    found : what was read there; never the content of a cell that may hold personal data.
    wanted : what would be accepted.
    repair : what to do, as an instruction.
    lacks : what Settings lacks, which the screen may offer to add: ('provider', 'Northgate Mentors') and the like, the name as
        written in the file.
    rule : the name of the rule's function; a warning is asked and accepted once for each rule.
    rows : every row it stands at, by Excel row number, where it stands at several. index : of the column, from 0; None where there
        is none.
    fields : keys of the columns whose figures it touches; empty when it touches all or none in particular.
    title : what holds when the rule is kept, as a sentence.
    general : what was found without the values of the one row, for the same mistake in many rows; blank when `found` will do.
    header_row : where the headers stand, by Excel row number, for a problem of a whole column of the file.
    """

    check: str
    level: Level
    found: str
    wanted: str
    repair: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    lacks: tuple[tuple[str, str], ...] = ()
    rule: str = ""
    rows: tuple[int, ...] = ()
    index: int | None = None
    fields: tuple[str, ...] = ()
    title: str = ""
    general: str = ""
    header_row: int | None = None

    @property
    def where(self) -> str:
        """The place in words: "sheet 'Cases', row 14, 'Referral date'"; 'the file' when it is nowhere in particular."""
        parts = []
        if self.sheet:
            parts.append(f"sheet '{self.sheet}'")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"'{self.column}'")
        return ", ".join(parts) or "the file"

    @property
    def sentence(self) -> str:
        """Where, what was found, what is wanted and how to mend it, as one paragraph."""
        where = self.where[0].upper() + self.where[1:]
        return f"{where}: {self.found} {self.wanted} {self.repair}".strip()

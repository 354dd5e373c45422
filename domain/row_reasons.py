"""Why one row counted in a measure or did not: from what the database said of its formula, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.columns import column_label, in_words
from domain.condition_parts import Leaf, Part, leaves_of, parts_of, why
from domain.exceptions import Cause
from domain.kpi_cases import Counting, among_of, counts_what_went_wrong
from domain.measures import Measure, Share, Split


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as the database answered.

    Parameters
    ----------
    flags : whether it is among the rows asked about, in the base, met, missing and unsure. leaves : what each leaf said, by its id.
    values : the columns that were read with it. dated : whether it has the date that the measure goes by.
    excepted : whether an agreed exception that its contract counts takes it out of the adjusted figure.
    """

    flags: dict[str, bool]
    leaves: dict[int, bool | None]
    values: dict[str, Any]
    dated: bool
    excepted: bool


@dataclass(frozen=True, slots=True)
class Reasons:
    """The formula of a measure, taken apart."""

    counted: Measure
    among: Part | None
    base: Part | None
    met: Part | None

    @classmethod
    def of(cls, counted: Measure) -> Reasons:
        """Take a measure apart."""
        share = counted if isinstance(counted, Share) else None
        return cls(
            counted,
            parts_of(among_of(counted)),
            parts_of(share.base) if share else None,
            parts_of(share.met) if share else None,
        )

    @property
    def leaves(self) -> list[Leaf]:
        """Every comparison in it."""
        return leaves_of(self.among, self.base, self.met)

    def tell(self, row: Row, reason: str, cause: Cause | None) -> tuple[Counting, str]:
        """How a row counted, and why. `reason` and `cause` are those of an exception, where somebody said one."""
        if not row.dated:
            return Counting.NOT_COUNTED, f"{self._date_label} is blank, so it stands in no period"
        if not row.flags["base"]:
            return Counting.NOT_COUNTED, self._not_in_base(row)
        wrong = counts_what_went_wrong(self.counted)
        met = row.flags["met"]
        said = self._why(self.met, row) or self._answer(row)
        if met is not wrong or not isinstance(self.counted, Share):
            return (Counting.MET if met or wrong else Counting.MISSED), said
        if row.excepted:
            return Counting.EXCEPTED, f"{said}; {_agreed(reason, cause)}, {_TAKES_OUT}"
        if reason:
            return Counting.MISSED, f"{said}; {_agreed(reason, cause)}, {_STAYS}"
        return Counting.MISSED, said

    @property
    def _date_label(self) -> str:
        name = self.counted.when
        if self.counted.by_deadline:
            return "The day it was due"
        return f"'{column_label(name)}'"

    def _not_in_base(self, row: Row) -> str:
        if not row.flags["among"]:
            return (
                self._why(self.among, row)
                or f"it is not among {self.counted.unit} where {in_words(among_of(self.counted))}"
            )
        asks = getattr(self.counted, "asks", "") or (
            self.counted.field if isinstance(self.counted, Split) else ""
        )
        if row.flags["missing"]:
            return f"'{column_label(asks)}' is blank" if asks else "the length of time is not known"
        if row.flags["unsure"]:
            return f"nobody knows '{column_label(asks)}'"
        return self._why(self.base, row) or "its formula leaves it out"

    def _why(self, part: Part | None, row: Row) -> str:
        return why(part, row.leaves, row.values) if part is not None else ""

    def _answer(self, row: Row) -> str:
        """What is said of a row of a measure that is no share."""
        return self._why(self.among, row) or "every one counts"


_TAKES_OUT = "which takes it out of the adjusted figure"
_STAYS = "which does not take it out: its contract does not count the reason, or the exception had ended"


def _agreed(reason: str, cause: Cause | None) -> str:
    whose = f" (caused by: {cause.label.lower()})" if cause else ""
    return f"an exception is recorded: {reason or 'agreed'}{whose}"

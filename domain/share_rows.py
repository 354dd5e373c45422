"""Shares in rows, as they are drawn and said: X of Y each, its 95% limits, and which rest on too few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.figure import Figure, is_small
from domain.formats import counted, number, share_with_limits
from domain.statistics import Difference, newcombe_difference, wilson_interval

FEW = "*"
"""Stands in a chart beside a figure of few cases."""
FEW_NOTE = "* few cases: fewer than 5 cases count towards the share, or fewer than 5 do not."
LOW_BASE = 30
"""Under this many a share says little: an open mark and a word of caution."""
LEAST_BASE = 10
"""Under this many a share is not drawn; its numbers stand in the table."""
_NAMED_AT_MOST = 4
"""So many rows that are not drawn are named below the chart; the table has them all."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One row: its words and X of Y."""

    key: str
    label: str
    met: int
    base: int

    @property
    def limits(self) -> tuple[float, float]:
        """The 95% Wilson limits, 0 to 1."""
        return wilson_interval(self.met, self.base)

    @property
    def drawn(self) -> bool:
        """Whether there are enough for a mark."""
        return self.base >= LEAST_BASE

    @property
    def low_base(self) -> bool:
        """Whether the share must be read with caution."""
        return self.base < LOW_BASE

    @property
    def small(self) -> bool:
        """Whether 1 to 4 stand on either side."""
        return is_small(self.met, self.base)

    def against(self, other: ShareRow) -> Difference:
        """Give this share minus another, with its limits."""
        return newcombe_difference(self.met, self.base, other.met, other.base)


@dataclass(frozen=True, slots=True)
class Series:
    """Rows of one kind, such as of one year, and how they are called in the legend."""

    name: str
    rows: tuple[ShareRow, ...]


def row_of(figure: Figure, label: str = "") -> ShareRow:
    """The row of one figure."""
    return ShareRow(figure.keys[-1] if figure.keys else "", label or figure.label, figure.met, figure.base)


def drawn(rows: Sequence[ShareRow]) -> tuple[ShareRow, ...]:
    """The rows with enough for a mark."""
    return tuple(row for row in rows if row.drawn)


def low_base_notes(rows: Sequence[ShareRow], one: str, many: str = "") -> tuple[str, ...]:
    """What the marks of few answers mean, where they stand, and what is left out of the chart."""
    notes = []
    asked = [row for row in rows if row.base]
    if any(row.drawn and row.low_base for row in asked):
        notes.append(f"An open mark: fewer than {LOW_BASE} {many or one + 's'}, so read with caution.")
    if hidden := [row for row in asked if not row.drawn]:
        said = "; ".join(f"{row.label} ({counted(row.base, one, many)})" for row in hidden[:_NAMED_AT_MOST])
        if more := hidden[_NAMED_AT_MOST:]:
            said += f"; and {number(len(more))} more"
        notes.append(f"Not drawn, because there are fewer than {LEAST_BASE}, but in the table: {said}.")
    return tuple(notes)


def rows_in_words(rows: Sequence[ShareRow]) -> str:
    """The rows in one sentence, with their limits, for people who do not see them."""
    return "; ".join(f"{row.label} {share_with_limits(row.met, row.base)}" for row in drawn(rows))

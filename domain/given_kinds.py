"""Shares that no case says: they are given by an aggregate return (sheet Totals), and never counted from cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.measure_kinds import Share, Split


def no_case(c: Any) -> Any:
    """Holds for no case: every case has its reference."""
    return c.case_ref.is_(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenShare(Share):
    """A share given in totals only; `said` is its definition, `sent_by` the return that gives it."""

    met: Any = no_case
    base: Any = no_case
    said: str
    sent_by: str

    @property
    def in_totals_only(self) -> bool:
        """No case says it."""
        return True

    @property
    def definition(self) -> str:
        """The two halves, as declared."""
        return f"{self.said} Given by {self.sent_by}, never counted from cases."

    @property
    def dated_by(self) -> str:
        """Which date decides the period, in words."""
        return "in the period of the return"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSplit(Split):
    """Some answers of a field as shares of one base, given in totals only. `only` are those answers; others are in the base alone."""

    only: tuple[str, ...]
    said: str
    sent_by: str

    @property
    def in_totals_only(self) -> bool:
        """No case says it."""
        return True

    @property
    def exhaustive(self) -> bool:
        """Its answers are some of many."""
        return False

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that are given."""
        return self.only

    @property
    def definition(self) -> str:
        """The answers and their base, as declared."""
        return f"{self.said} Given by {self.sent_by}, never counted from cases."

    @property
    def dated_by(self) -> str:
        """Which date decides the period, in words."""
        return "in the period of the return"

"""A return as the dashboard keeps it: the rows of one provider, or the council's supplement, for one period, typed and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from domain.field_kinds import Sheet
from domain.periods import Period

Value: TypeAlias = "str | int | float | date | tuple[str, ...] | None"
"""What a checked cell holds: a text or code, a number, a day, several codes, or nothing."""

Record: TypeAlias = Mapping[str, Value]
"""One checked row: field key to value; a key that is absent or None was blank in the file."""

COUNCIL = "council"
"""Stands for the provider in the council's supplement; no provider may have this key."""


@dataclass(frozen=True, slots=True)
class Return:
    """One checked return, ready to be saved.

    Parameters
    ----------
    service, provider : keys; the provider is `COUNCIL` for the council's supplement. period : the whole months it covers.
    cases, activities, agreements, answers, complaints, staff, supplement, totals : one record a row.
    digest : SHA-256 of the bytes that were read, so that the same file twice is known.
    file_name : as the person's computer called it.
    nil : nothing to report for the period.
    surveys_sent : how many people were asked; None where the return does not say.
    """

    service: str
    provider: str
    period: Period
    cases: tuple[Record, ...]
    activities: tuple[Record, ...]
    digest: str
    file_name: str
    nil: bool = False
    agreements: tuple[Record, ...] = ()
    answers: tuple[Record, ...] = ()
    complaints: tuple[Record, ...] = ()
    staff: tuple[Record, ...] = ()
    supplement: tuple[Record, ...] = ()
    totals: tuple[Record, ...] = ()
    surveys_sent: int | None = None

    @property
    def key(self) -> str:
        """What the return is about, as the command line prints it, without its version."""
        return f"{self.service}:{self.provider}:{self.period.key}"

    @property
    def is_totals(self) -> bool:
        """Whether it holds counts of its provider in place of cases."""
        return bool(self.totals)

    def rows(self, sheet: Sheet) -> tuple[Record, ...]:
        """The rows of one sheet."""
        return {
            Sheet.CASES: self.cases,
            Sheet.ACTIVITIES: self.activities,
            Sheet.AGREEMENTS: self.agreements,
            Sheet.SATISFACTION: self.answers,
            Sheet.COMPLAINTS: self.complaints,
            Sheet.STAFF: self.staff,
            Sheet.SUPPLEMENT: self.supplement,
            Sheet.TOTALS: self.totals,
        }[sheet]

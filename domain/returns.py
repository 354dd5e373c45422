"""A return as the dashboard keeps it: one provider's cases and activities for one period, typed and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from domain.periods import Period

Value: TypeAlias = "str | int | date | tuple[str, ...] | None"
"""What a checked cell holds: a text or code, a whole number, a day, several codes, or nothing."""

Record: TypeAlias = Mapping[str, Value]
"""One checked row: field key to value; a key that is absent or None was blank in the file."""


@dataclass(frozen=True, slots=True)
class Return:
    """One checked return, ready to be saved.

    Parameters
    ----------
    service, provider : keys. period : the whole months it covers.
    cases, activities : one record a row.
    digest : SHA-256 of the bytes that were read, so that the same file twice is known.
    file_name : as the person's computer called it.
    nil : nothing to report for the period.
    """

    service: str
    provider: str
    period: Period
    cases: tuple[Record, ...]
    activities: tuple[Record, ...]
    digest: str
    file_name: str
    nil: bool = False

    @property
    def key(self) -> str:
        """What the return is about, as the command line prints it, without its version."""
        return f"{self.service}:{self.provider}:{self.period.key}"

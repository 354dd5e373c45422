"""One example case while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.returns import Value


@dataclass(slots=True)
class Case:
    """A household's case as it stands at the end of October 2018.

    Parameters
    ----------
    month : month of referral such as 201804, 0 for a case without a referral date.
    arrival : the day the household came to the service; its referral date, except where none was recorded.
    values : field key to code, day or number, as in ``domain.fields``; blank fields are left out.
    """

    month: int
    area: str
    status: str
    arrival: date = date.min
    values: dict[str, Value] = field(default_factory=dict)

    def day(self, key: str) -> date | None:
        """The day in a date field, or None."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def number(self, key: str) -> int | None:
        """The number in a whole-number field, or None."""
        value = self.values.get(key)
        return value if isinstance(value, int) else None

    @property
    def closed(self) -> bool:
        """Whether the case has a final outcome."""
        return self.status != "LIVE"

    @property
    def entered(self) -> date:
        """The day the case was first put on the provider's system."""
        found = self.day("entered_date")
        if found is None:
            raise ValueError("every example case has the day it was entered")
        return found


def fill(cases: list[Case], key: str, values: list[str]) -> None:
    """Give each case one value of a field, in order; cases beyond the last value stay blank."""
    for case, value in zip(cases, values, strict=False):
        case.values[key] = value

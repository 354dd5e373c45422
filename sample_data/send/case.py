"""One example referral while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.returns import Value


@dataclass(slots=True)
class Case:
    """A referral with everything that ever becomes known of it, also what happens after the last return.

    Parameters
    ----------
    referred : the day of referral. outcome : how it ends.
    values : field key to code, day or codes, of the sheet Cases; blank fields are left out.
    council : the same for the fields that only the council knows; ``council_day`` when it knows each of them.
    """

    referred: date
    outcome: str
    values: dict[str, Value] = field(default_factory=dict)
    council: dict[str, Value] = field(default_factory=dict)
    council_day: dict[str, date] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        """The case's reference."""
        return str(self.values["case_ref"])

    @property
    def entered(self) -> date:
        """The day the case was first put on the provider's system."""
        return self.known_day("entered_date")

    @property
    def held(self) -> bool:
        """Whether a meeting was held: mediation, or disagreement resolution."""
        return self.outcome in ("MED_HELD", "DR_HELD")

    @property
    def reasons(self) -> tuple[str, ...]:
        """What the family disagrees with."""
        found = self.values["reason"]
        return found if isinstance(found, tuple) else ()

    def day(self, key: str) -> date | None:
        """The day in a date field, or None."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def known_day(self, key: str) -> date:
        """The day in a date field that must be filled. Raises ValueError where it is not."""
        found = self.day(key)
        if found is None:
            raise ValueError(f"an example case has no {key}")
        return found

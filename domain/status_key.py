"""How one status of a KPI is named in an address, so that a link brings it back: `SM1b:norfolk-mdr::2025-01..2025-03`."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kpis import KpiStatus
from domain.periods import Period, month_end, month_start

_YEAR = 12


@dataclass(frozen=True, slots=True)
class StatusKey:
    """Which status is meant: a KPI, whose figure, the months counted, and the answer of a KPI that gives several figures.

    A status is judged over a month, a quarter, or twelve months that end with a month: twelve months are always the last.
    """

    kpi: str
    provider: str
    area: str
    period: Period
    category: str = ""

    @classmethod
    def of(cls, status: KpiStatus) -> StatusKey:
        """The name of a status that was read."""
        return cls(status.kpi.id, status.provider, status.area, status.period, status.category)

    @classmethod
    def parse(cls, text: str) -> StatusKey | None:
        """The name that an address gives; None where it names nothing.

        >>> StatusKey.parse("SM1b:norfolk-mdr::2025-01..2025-03").provider, StatusKey.parse("SM1b:norfolk-mdr")
        ('norfolk-mdr', None)
        """
        parts = text.split(":", 4)
        if len(parts) < 4:
            return None
        kpi, provider, area, months, *category = parts
        try:
            return cls(kpi, provider, area, Period.parse(months), category[0] if category else "")
        except ValueError:
            return None

    @property
    def text(self) -> str:
        """As it stands in an address."""
        category = f":{self.category}" if self.category else ""
        return f"{self.kpi}:{self.provider}:{self.area}:{self.period.key}{category}"

    @property
    def rolling(self) -> bool:
        """Whether twelve months are counted and their last one is judged."""
        return len(self.period.months) == _YEAR

    @property
    def judged(self) -> Period:
        """The period that is judged."""
        last = self.period.last_month
        return Period(month_start(last), month_end(last)) if self.rolling else self.period

    @property
    def by(self) -> tuple[str, ...]:
        """By what statuses must be read for this one to be among them."""
        return tuple(name for name, value in (("provider", self.provider), ("area", self.area)) if value)

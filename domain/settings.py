"""What a council sets without a programmer: its providers, areas, contracts and targets, each with its dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.periods import Period, PeriodKind, month_end, month_of, month_start, quarter_of
from domain.vocabulary import plain

UNKNOWN_AREA = "UNK"
"""The key of a case whose area is not known; it keeps a row of its own, so that tables add up."""
UNKNOWN_AREA_LABEL = "Unknown area"


@dataclass(frozen=True, slots=True)
class Provider:
    """An organisation that sends returns. `example` marks one invented for the examples."""

    key: str
    label: str
    example: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A district, ward or locality; `kind` is what it is called on screen, `key` an ONS code where there is one."""

    key: str
    label: str
    kind: str = "district"
    order: int = 0
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """What one provider is bought to do. `reporting` is how much time its returns cover, each from a date on."""

    key: str
    service: str
    provider: str
    start: date
    end: date | None = None
    reporting: tuple[tuple[date, PeriodKind], ...] = ()
    due_days: int = 20
    example: bool = False

    def reporting_at(self, day: date) -> PeriodKind:
        """How much time a return that starts on this day should cover; quarter when nothing was said."""
        kind = PeriodKind.QUARTER
        for since, value in sorted(self.reporting):
            if since <= day:
                kind = value
        return kind

    def expected_periods(self, until: date) -> tuple[Period, ...]:
        """The periods whose returns are wanted, from the contract's start to the last one that has ended by `until`."""
        found: list[Period] = []
        first = month_of(self.start)
        while True:
            day = month_start(first)
            kind = self.reporting_at(day)
            period = (
                Period(day, month_end(first))
                if kind is PeriodKind.MONTH
                else Period(day, quarter_of(first).end)
            )
            if period.end > until or (self.end is not None and period.start > self.end):
                return tuple(found)
            found.append(period)
            first = (
                month_of(period.next().start)
                if period.kind
                else month_of(date.fromordinal(period.end.toordinal() + 1))
            )


@dataclass(frozen=True, slots=True)
class Target:
    """What a KPI is judged against, from a date on.

    `provider` blank means the whole programme. `profile` spreads a volume target evenly over those dates. `example` marks a target
    that no source document gives; it says so wherever it shows.
    """

    kpi: str
    service: str
    operator: str
    value: Decimal
    tolerance: Decimal | None
    since: date
    until: date | None = None
    provider: str = ""
    profile: Period | None = None
    example: bool = False
    clause: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a council has set, as it stood at one moment."""

    council: str = ""
    providers: tuple[Provider, ...] = ()
    areas: tuple[Area, ...] = ()
    contracts: tuple[Contract, ...] = ()
    targets: tuple[Target, ...] = field(default=())

    def provider(self, key: str) -> Provider | None:
        """The provider with this key, or None."""
        return next((p for p in self.providers if p.key == key), None)

    def area(self, key: str) -> Area | None:
        """The area with this key; the unknown area for its key; None when there is no such area."""
        if key == UNKNOWN_AREA:
            return Area(
                UNKNOWN_AREA,
                UNKNOWN_AREA_LABEL,
                order=10_000,
                aliases=("Unknown", "Not known", "Unknown district"),
            )
        return next((a for a in self.areas if a.key == key), None)

    def provider_label(self, key: str) -> str:
        """What a person reads for a provider; its key when it is not known."""
        found = self.provider(key)
        return found.label if found else key

    def area_label(self, key: str) -> str:
        """What a person reads for an area; its key when it is not known."""
        found = self.area(key)
        return found.label if found else key

    def find_provider(self, text: str) -> str | None:
        """The key of the provider meant by a typed key or name, or None."""
        return next((p.key for p in self.providers if plain(text) in (plain(p.key), plain(p.label))), None)

    def find_area(self, text: str) -> str | None:
        """The key of the area meant by a typed code, name or other spelling, or None."""
        unknown = self.area(UNKNOWN_AREA)
        for area in (*self.areas, *([unknown] if unknown else [])):
            if plain(text) in {plain(spelling) for spelling in (area.key, area.label, *area.aliases)}:
                return area.key
        return None

    def contract(self, service: str, provider: str) -> Contract | None:
        """The contract of a provider for a service, the latest when there were several; None when there is none."""
        found = [c for c in self.contracts if c.service == service and c.provider == provider]
        return max(found, key=lambda c: c.start) if found else None

"""How far the returns reach: which periods are in, how late each provider's figures stand, and whose return is outstanding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from data_access.kept import KeptReturn, current, read_kept
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tables import cases, totals
from domain.access import Viewer
from domain.periods import Period, month_end, month_of, month_start, next_month, time_key
from domain.settings import Settings
from domain.tally import AsAt


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is in, for one service.

    `months` are those that each provider has reported, `contracts` the first and last month (None: no end) of each contract.
    """

    periods: tuple[Period, ...] = ()
    first_month: int | None = None
    last_month: int | None = None
    providers: tuple[str, ...] = ()
    outstanding: tuple[str, ...] = ()
    as_at: AsAt = field(default_factory=AsAt)
    months: tuple[tuple[str, frozenset[int]], ...] = ()
    contracts: tuple[tuple[str, int, int | None], ...] = ()
    totals: tuple[tuple[str, Period], ...] = ()
    """Provider and period of each current return that holds totals in place of cases."""
    posts: tuple[tuple[str, Period], ...] = ()
    """Provider and period of each current return that holds posts."""

    def has(self, provider: str, period: Period) -> bool:
        """Whether the current returns cover every month of the period under contract; of every provider when the key is blank.

        A provider without a contract in the period must have reported all of it to be said to be in; it is not waited for otherwise.
        """
        reported = dict(self.months)
        due = {key: self._due(key, period) for key in ([provider] if provider else self._concerned(period))}
        return bool(due) and all(
            (wanted or set(period.months)) <= reported.get(key, frozenset()) for key, wanted in due.items()
        )

    def ends(self) -> dict[str, date]:
        """The last day that each provider has reported."""
        return {provider: month_end(max(months)) for provider, months in self.months}

    def concerns(self, provider: str, period: Period) -> bool:
        """Whether a provider is under contract in the period, or has reported some of it."""
        reported = next((months for key, months in self.months if key == provider), frozenset())
        return bool(self._due(provider, period)) or bool(reported & set(period.months))

    def not_reported(self, period: Period, providers: Sequence[str] = ()) -> tuple[int, ...]:
        """Months of a period that are not in from every provider under contract, or from those named that it concerns."""
        whole = {month: Period(month_start(month), month_end(month)) for month in period.months}
        return tuple(
            month
            for month, each in whole.items()
            if not (
                all(self.has(p, each) or not self.concerns(p, each) for p in providers)
                if providers
                else self.has("", each)
            )
        )

    def _concerned(self, period: Period) -> tuple[str, ...]:
        known = dict.fromkeys([*(key for key, _, _ in self.contracts), *(key for key, _ in self.months)])
        return tuple(key for key in known if self.concerns(key, period))

    def _due(self, provider: str, period: Period) -> set[int]:
        running = [(first, last) for key, first, last in self.contracts if key == provider]
        months = period.months if running else ()
        return {
            month
            for first, last in running
            for month in months
            if first <= month and (last is None or month <= last)
        }


def not_whole(grouping: str, over: Period, missing: Iterable[int]) -> frozenset[str]:
    """Keys of the groups that are cut by the first or last month of a period, or that hold a month that is missing.

    A return may hold dates up to 31 days after its period: the months after the last one are never complete.
    """
    found = {*(next_month(over.last_month, ahead) for ahead in range(1, 13)), *missing}
    first = over.first_month
    if time_key(grouping, next_month(first, -1)) == time_key(grouping, first):
        found.add(first)
    return frozenset(time_key(grouping, month) for month in found)


def coverage_of(
    found: Sequence[KeptReturn], settings: Settings, service: str, providers: Sequence[str] = ()
) -> Coverage:
    """The coverage of a service, from the returns that a viewer may see; of some providers when named."""
    counted = [
        k
        for k in current(found)
        if k.service == service and not k.from_council and (not providers or k.provider in providers)
    ]
    if not counted:
        return Coverage()
    months: dict[str, set[int]] = {}
    for kept in counted:
        months.setdefault(kept.provider, set()).update(kept.period.months)
    ends = {
        provider: max(kept.period.end for kept in counted if kept.provider == provider) for provider in months
    }
    latest = max(ends.values())
    outstanding = []
    for contract in settings.contracts:
        if contract.service != service or (providers and contract.provider not in providers):
            continue
        for period in contract.expected_periods(latest):
            lacking = set(period.months) - months.get(contract.provider, set())
            if lacking:
                outstanding.append(f"{settings.provider_label(contract.provider)}: {period.label}")
    return Coverage(
        periods=tuple(sorted({kept.period for kept in counted})),
        first_month=min(min(found) for found in months.values()),
        last_month=max(max(found) for found in months.values()),
        providers=tuple(p.key for p in settings.providers if p.key in months),
        outstanding=tuple(outstanding),
        as_at=AsAt(min(ends.values()), latest, tuple(outstanding)),
        months=tuple((provider, frozenset(found)) for provider, found in months.items()),
        contracts=tuple(
            (c.provider, month_of(c.start), month_of(c.end) if c.end else None)
            for c in settings.contracts
            if c.service == service and (not providers or c.provider in providers)
        ),
        totals=tuple((kept.provider, kept.period) for kept in counted if kept.totals_n),
        posts=tuple((kept.provider, kept.period) for kept in counted if kept.staff_n),
    )


def coverage_in(
    connection: Connection,
    viewer: Viewer,
    settings: Settings,
    service: str,
    providers: Sequence[str] = (),
    as_of: int | None = None,
) -> Coverage:
    """The same, inside a transaction that is already open."""
    return coverage_of(
        read_kept(connection, viewer, service=service, as_of=as_of), settings, service, providers
    )


def read_coverage(store: Store, viewer: Viewer, *, service: str, as_of: int | None = None) -> Coverage:
    """How far the returns of a service reach, for what the viewer may see."""
    with reading(store, viewer) as connection:
        return coverage_in(connection, viewer, settings_in(connection, as_of=as_of), service, as_of=as_of)


def read_services(store: Store, viewer: Viewer) -> frozenset[str]:
    """The services with a case, or a figure in totals, that the viewer may see."""
    with reading(store, viewer) as connection:
        return frozenset(
            service
            for table in (cases, totals)
            for service in connection.execute(
                select(table.c.service).where(table.c.in_force).distinct()
            ).scalars()
        )

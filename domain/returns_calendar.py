"""Which returns are wanted by when, which of them came, and how late: the calendar of a service's returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from domain.periods import Period
from domain.returns import COUNCIL
from domain.settings import Contract, Settings

CLOCK: Final = ZoneInfo("Europe/London")
"""A return that is saved at half past midnight in July was received that day in England, whatever day it was in Greenwich."""


class Sent(StrEnum):
    """How a wanted return stands on a day."""

    IN_TIME = "in time"
    LATE = "late"
    RECEIVED = "received"
    """It is in; whether in time is not judged."""
    OUTSTANDING = "outstanding"
    DUE = "due"


class Version(Protocol):
    """One version of a return, as far as the calendar looks at it."""

    @property
    def id(self) -> str:
        """Service, provider, period and version, as one text."""

    @property
    def provider(self) -> str:
        """Key of the provider, or `COUNCIL`."""

    @property
    def service(self) -> str:
        """Key of the service."""

    @property
    def period(self) -> Period:
        """The months it covers."""

    @property
    def version(self) -> int:
        """1 for the first file of its period."""

    @property
    def state(self) -> str:
        """'current', 'replaced' or 'withdrawn'."""

    @property
    def accepted_at(self) -> datetime:
        """When it was saved."""

    @property
    def nil(self) -> bool:
        """Whether there was nothing to report."""


class Check(Protocol):
    """One check of a file for a provider and period."""

    @property
    def provider(self) -> str:
        """Key of the provider."""

    @property
    def period(self) -> Period:
        """The months that the file was for."""

    @property
    def at(self) -> datetime:
        """When it was checked."""

    @property
    def must_fix(self) -> int:
        """How many things had to be put right."""

    @property
    def to_confirm(self) -> int:
        """How many had to be confirmed."""


@dataclass(frozen=True, slots=True)
class Known:
    """What else the calendar knows.

    Parameters
    ----------
    entered : for each contract, by key, the day on which it was first entered in the settings.
    awaited : for each version, by id, how many of its warnings were accepted because the answer comes later.
    checks : the latest check of a file for each provider and period.
    dated : whether the days on which returns were saved are those on which they came; not so of the examples.
    """

    entered: Mapping[str, date] = field(default_factory=dict)
    awaited: Mapping[str, int] = field(default_factory=dict)
    checks: Sequence[Check] = ()
    dated: bool = True


NOTHING_ELSE: Final = Known()


@dataclass(frozen=True, slots=True)
class Place:
    """One return that is wanted, or that came unasked.

    Parameters
    ----------
    due : the last day in time; None where no contract wants it, and for the council's supplement.
    received_on : the day on which all its months were in, by versions that were not withdrawn: a correction makes no return late.
    version : the one that counts, or the last of several; None where none does. `other` says that it is of another period.
    judged : whether the return says something of the provider's punctuality. One that was due before the contract was entered
        could not be saved here in time.
    check : the latest check of a file since then that was not saved.
    """

    provider: str
    period: Period
    due: date | None
    sent: Sent
    received_on: date | None = None
    late_days: int = 0
    version: Version | None = None
    other: bool = False
    judged: bool = False
    awaited: int = 0
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The returns of one service, the latest period first and the providers in the order of the settings."""

    service: str
    places: tuple[Place, ...]
    dated: bool = True

    @property
    def own(self) -> tuple[Place, ...]:
        """The returns of providers; the council's supplement has no day by which it is due."""
        return tuple(p for p in self.places if p.provider != COUNCIL)

    def count(self, *kinds: Sent) -> int:
        """How many returns of providers stand so."""
        return sum(p.sent in kinds for p in self.own)

    def punctual(self, provider: str = "") -> tuple[int, int]:
        """How many returns came in time, of how many that were due and can be judged; of one provider when named."""
        seen = [
            p
            for p in self.own
            if p.judged and p.sent is not Sent.DUE and (not provider or p.provider == provider)
        ]
        return sum(p.sent is Sent.IN_TIME for p in seen), len(seen)


def wanted_returns(
    settings: Settings, service: str, until: date
) -> dict[tuple[str, Period], tuple[date, Contract]]:
    """The returns that contracts want of periods that have ended by a day: the last day in time of each, and its contract."""
    found: dict[tuple[str, Period], tuple[date, Contract]] = {}
    for contract in (c for c in settings.contracts if c.service == service):
        for period in contract.expected_periods(until):
            # Of several contracts, one after another, the later one says when a return is due.
            found[contract.provider, period] = (period.end + timedelta(days=contract.due_days), contract)
    return found


def returns_calendar(
    found: Iterable[Version],
    settings: Settings,
    service: str,
    until: date,
    today: date | None = None,
    known: Known = NOTHING_ELSE,
) -> Calendar:
    """How every return of a service stands.

    Parameters
    ----------
    found : every version, of whatever state.
    until : the day up to which returns are expected. today : the day that decides whether one is late; `until` if not given.
    """
    now = today or until
    here = [v for v in found if v.service == service]
    wanted = wanted_returns(settings, service, until)
    came = [(v.provider, v.period) for v in here if v.state == "current"]
    order = {p.key: place for place, p in enumerate(settings.providers)}
    keys = sorted(
        {*wanted, *came},
        key=lambda k: (k[1].end, k[1].start, -order.get(k[0], len(order))),
        reverse=True,
    )
    places = [
        _place(provider, period, here, wanted.get((provider, period)), now, known)
        for provider, period in keys
    ]
    return Calendar(service, tuple(places), known.dated)


def _place(
    provider: str,
    period: Period,
    here: Sequence[Version],
    wanted: tuple[date, Contract] | None,
    now: date,
    known: Known,
) -> Place:
    counted = [v for v in here if v.provider == provider and v.state != "withdrawn"]
    version = _holding(period, [v for v in counted if v.state == "current"])
    due = wanted[0] if wanted else None
    entered = known.entered.get(wanted[1].key) if wanted else None
    judged = known.dated and due is not None and (entered is None or due >= entered)
    check = _check(provider, period, version, known)
    if version is None:
        sent = Sent.OUTSTANDING if due is not None and due < now else Sent.DUE
        return Place(provider, period, due, sent, judged=judged, check=check)
    received = max(_month_came(month, counted) for month in period.months)
    late = max(0, (received - due).days) if due and judged else 0
    sent = Sent.RECEIVED if not judged else Sent.LATE if late else Sent.IN_TIME
    return Place(
        provider,
        period,
        due,
        sent,
        received if known.dated else None,
        late,
        version,
        version.period != period,
        judged,
        known.awaited.get(version.id, 0),
        check,
    )


def _holding(period: Period, current: Sequence[Version]) -> Version | None:
    """The version that counts for a period: its own, a longer one, or the last of several that hold all its months together."""
    inside = sorted((v for v in current if v.period.overlaps(period)), key=lambda v: v.period.end)
    held = {month for v in inside for month in v.period.months}
    own = next((v for v in inside if v.period == period), None)
    return own or (inside[-1] if held >= set(period.months) else None)


def _month_came(month: int, counted: Sequence[Version]) -> date:
    """The day on which the first version with a month was saved; later ones correct it."""
    return min(day_in_england(v.accepted_at) for v in counted if month in v.period.months)


def _check(provider: str, period: Period, version: Version | None, known: Known) -> Check | None:
    """The latest check of a file, unless a version was saved after it: that one shows what came of it."""
    found = next((c for c in known.checks if (c.provider, c.period) == (provider, period)), None)
    if found is None or (version is not None and version.accepted_at >= found.at):
        return None
    return found


def day_in_england(at: datetime) -> date:
    """The day that a moment falls on in England."""
    return at.astimezone(CLOCK).date()

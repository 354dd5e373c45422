"""The returns as a list of versions, and who has sent what as a grid of providers and periods."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from components.formats import counted, day, listed, number
from components.panel import Table
from domain.fields import COUNCIL_FIELDS
from domain.periods import Period, PeriodKind
from domain.returns import COUNCIL
from domain.settings import Contract, Settings

SUPPLEMENT_COLUMN: Final = "The council's supplement"
_CLOCK: Final = ZoneInfo("Europe/London")


class Version(Protocol):
    """One version of a return, as far as it is shown."""

    @property
    def id(self) -> str:
        """Service, provider, period and version, as one text."""

    @property
    def service(self) -> str:
        """Key of the service."""

    @property
    def provider(self) -> str:
        """Key of the provider."""

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
    def accepted_by(self) -> str:
        """Who saved it."""

    @property
    def cases_n(self) -> int:
        """Rows of cases."""

    @property
    def activities_n(self) -> int:
        """Rows of activities."""

    @property
    def agreements_n(self) -> int:
        """Rows of agreements."""

    @property
    def answers_n(self) -> int:
        """Answers to the survey."""

    @property
    def complaints_n(self) -> int:
        """Rows of complaints."""

    @property
    def staff_n(self) -> int:
        """Rows of posts."""

    @property
    def supplement_n(self) -> int:
        """Rows of the council's supplement."""

    @property
    def file_name(self) -> str:
        """As the sender's computer called it."""

    @property
    def reason(self) -> str:
        """Why its warnings were accepted."""

    @property
    def withdrawn_at(self) -> datetime | None:
        """When it was withdrawn."""

    @property
    def withdrawn_by(self) -> str:
        """Who withdrew it."""

    @property
    def withdrawn_why(self) -> str:
        """Why it was withdrawn."""


_HELD: Final = (
    ("cases_n", "case", "cases"),
    ("activities_n", "activity", "activities"),
    ("agreements_n", "agreement", "agreements"),
    ("answers_n", "answer", "answers"),
    ("complaints_n", "complaint", "complaints"),
    ("staff_n", "post", "posts"),
    ("supplement_n", "row of the council", "rows of the council"),
)
"""What each sheet of a version holds: attribute, and the words for one and for several rows."""


def held_words(version: Version) -> str:
    """How many rows of each sheet: '228 cases, 112 agreements and 10 posts'."""
    found = [
        counted(getattr(version, name), one, many) for name, one, many in _HELD if getattr(version, name)
    ]
    return listed(found, len(found)) or "nothing to report"


def sender_label(provider: str, settings: Settings) -> str:
    """Who sent a return: a provider by its name, or the council."""
    return (
        f"{settings.council or 'The council'} (supplement)"
        if provider == COUNCIL
        else settings.provider_label(provider)
    )


def period_label(period: Period, settings: Settings, service: str, provider: str) -> str:
    """The period of a return in words; one that goes on from the start of the contract year is 'to date'."""
    contract = settings.contract(service, provider, period.start)
    cumulative = contract is not None and contract.reporting_at(period.start) is PeriodKind.CUMULATIVE
    if not cumulative:
        return period.label
    one_year = period.start.year == period.end.year and period.first_month != period.last_month
    months = f"{period.start:%b}-{period.end:%b %Y}" if one_year else period.label
    return f"{months}, to date"


def versions_table(found: Sequence[Version], settings: Settings) -> Table:
    """Every version, the latest period first, with the rows of each sheet that any of them holds."""
    ordered = sorted(found, key=lambda v: (v.period.end, v.provider, v.version), reverse=True)
    return Table(
        ("Period", "Provider", "Version", "State", "Saved", "By", "Holds", "File", "Reason given"),
        tuple(
            (
                period_label(v.period, settings, v.service, v.provider),
                sender_label(v.provider, settings),
                v.version,
                state_words(v),
                moment(v.accepted_at),
                v.accepted_by,
                held_words(v),
                v.file_name,
                v.reason,
            )
            for v in ordered
        ),
    )


def state_words(version: Version) -> str:
    """The state of a version in words."""
    if version.state == "withdrawn":
        by = f" by {version.withdrawn_by}" if version.withdrawn_by else ""
        on = f" on {day(version.withdrawn_at.astimezone(_CLOCK))}" if version.withdrawn_at else ""
        return f"Withdrawn{on}{by}: {version.withdrawn_why}"
    return {"current": "Current", "replaced": "Replaced by a later return"}[version.state]


def moment(at: datetime) -> str:
    """A moment as a person reads it, by the clock in England: '3 Oct 2026, 14:05'."""
    here = at.astimezone(_CLOCK)
    return f"{day(here)}, {here:%H:%M}"


def version_label(version: Version, settings: Settings) -> str:
    """One version in words, for a picker."""
    period = period_label(version.period, settings, version.service, version.provider)
    return f"{sender_label(version.provider, settings)}, {period}, version {version.version}"


def received_table(
    found: Sequence[Version], settings: Settings, service: str, until: date, today: date | None = None
) -> Table:
    """Who has sent what: a row for each period, a column for each provider under contract, and one for the council's supplement.

    Parameters
    ----------
    until : the day up to which returns are expected. today : the day that decides whether one is late; `until` if not given.
    """
    now = today or until
    # One provider may have had several contracts, one after another.
    expected: dict[str, dict[Period, Contract]] = {}
    for contract in (c for c in settings.contracts if c.service == service):
        wanted = expected.setdefault(contract.provider, {})
        wanted.update(dict.fromkeys(contract.expected_periods(until), contract))
    here = [v for v in found if v.service == service]
    current = {(v.provider, v.period): v for v in here if v.state == "current"}
    providers = [
        p.key for p in settings.providers if p.key in expected or any(p.key == v.provider for v in here)
    ]
    periods = {period for each in expected.values() for period in each} | {period for _, period in current}

    def cell(provider: str, period: Period) -> str:
        version = current.get((provider, period))
        if version:
            return _received(version)
        if period not in expected.get(provider, ()):
            return ""
        if any(key == provider and other.covers(period) for key, other in current):
            return "✓ Received, in a longer return"
        due = period.end + timedelta(days=expected[provider][period].due_days)
        return f"○ Outstanding, was due {day(due)}" if due < now else f"◇ Due by {day(due)}"

    def name(period: Period) -> str:
        senders = [key for key in providers if period in expected.get(key, ()) or (key, period) in current]
        labels = {period_label(period, settings, service, key) for key in senders}
        return next(iter(sorted(labels, key=len, reverse=True)), period.label)

    def supplement(period: Period) -> list[str]:
        if not asked:
            return []
        version = current.get((COUNCIL, period))
        return ["\u2013 None" if version is None else _received(version)]

    # The supplement has no day by which it is due, so that none is ever outstanding.
    asked = any(service in field.services for field in COUNCIL_FIELDS)
    rows = sorted(periods, key=lambda period: (period.end, period.start), reverse=True)
    return Table(
        (
            "Period",
            *(settings.provider_label(key) for key in providers),
            *([SUPPLEMENT_COLUMN] if asked else []),
        ),
        tuple(
            (name(period), *(cell(key, period) for key in providers), *supplement(period)) for period in rows
        ),
    )


def _received(version: Version) -> str:
    return "✓ Received" + (f", version {version.version}" if version.version > 1 else "")


def returns_message(received: Table) -> str:
    """The title of the page: how many returns are in and how many are outstanding; the council's supplements apart."""
    own = len(received.headers) - (received.headers[-1] == SUPPLEMENT_COLUMN)
    cells = [str(cell) for row in received.rows for cell in row[1:own]]
    late = sum(cell.startswith("○") for cell in cells)
    came = counted(sum(cell.startswith("✓") for cell in cells), "return")
    said = f"{came} received, {number(late)} outstanding" if late else f"{came} received, none outstanding"
    extra = sum(str(cell).startswith("✓") for row in received.rows for cell in row[own:])
    return f"{said}; {counted(extra, 'supplement')} of the council" if extra else said

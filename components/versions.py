"""The returns as a list of versions, and the words for one of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from domain.formats import counted, day, listed
from domain.formats import moment as moment
from domain.periods import Period, PeriodKind
from domain.returns import COUNCIL
from domain.returns_calendar import CLOCK
from domain.settings import Settings
from domain.table import Table

SUPPLEMENT_COLUMN: Final = "The council's supplement"


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
    def totals_n(self) -> int:
        """Rows of totals, where no cases are shared."""

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
    ("totals_n", "row of totals", "rows of totals"),
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
        on = f" on {day(version.withdrawn_at.astimezone(CLOCK))}" if version.withdrawn_at else ""
        return f"Withdrawn{on}{by}: {version.withdrawn_why}"
    return {"current": "Current", "replaced": "Replaced by a later return"}[version.state]


def version_label(version: Version, settings: Settings) -> str:
    """One version in words, for a picker."""
    period = period_label(version.period, settings, version.service, version.provider)
    return f"{sender_label(version.provider, settings)}, {period}, version {version.version}"

"""What falls due soon: returns of providers, and the last days of cases, each with a reference and never with a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from domain.clocks import CLOCKS
from domain.columns import CHOSEN_DUE
from domain.measure_kinds import Table
from domain.periods import Period
from domain.returns_calendar import Calendar, Sent, wanted_returns
from domain.settings import Settings

SOON: Final = 14
"""So many days ahead are looked at; today is one of them."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing that is due on a day.

    Parameters
    ----------
    what : 'Return' or the deadline's own words. period : of a return. ref : the case reference; blank for a return.
    key : stable as long as it is the same deadline, even when its day moves.
    of_council : whether the council itself has to meet it, so that it stands in no provider's row.
    reported : the last day that the provider of the case has reported; what has happened since nobody knows here.
    """

    on: date
    service: str
    provider: str
    what: str
    key: str
    period: Period | None = None
    ref: str = ""
    of_council: bool = False
    reported: date | None = None

    def when(self, today: date) -> When:
        """How far away it is."""
        return when_due(self.on, today, self.reported)

    def days_left(self, today: date) -> int:
        """Days to its day: 0 on the last day in time, below that once it has passed."""
        return (self.on - today).days


@dataclass(frozen=True, slots=True)
class CaseDeadline:
    """A clock of a case, and what it needs to be still running.

    Parameters
    ----------
    clock : its due date is the column `due.<clock>`. label : what is due, in words.
    open : a condition on the columns of a case: the thing has not happened, and is still wanted.
    """

    clock: str
    label: str
    open: Callable[[Any], Any]


def _label(clock: str) -> str:
    return CLOCKS[CHOSEN_DUE.get(clock, (clock,))[0]].label


def _live(c: Any) -> Any:
    return c.ended == "N"


def _mediation(c: Any) -> Any:
    return c.service_type.is_(None) | (c.service_type != "DR")


def _certificate(c: Any) -> Any:
    return _mediation(c) & c.certificate_date.is_(None)


CASE_DEADLINES: Mapping[str, tuple[CaseDeadline, ...]] = MappingProxyType(
    {
        "send": (
            CaseDeadline(
                "mediation",
                "Mediation within 30 days",
                lambda c: (
                    _live(c) & _mediation(c) & c.meeting_date.is_(None) & c.mediation_started_date.is_(None)
                ),
            ),
            # A certificate stays due when the case has ended: the family needs it to appeal.
            CaseDeadline("certificate_after_mediation", _label("certificate_after_mediation"), _certificate),
            CaseDeadline(
                "certificate_without_mediation",
                _label("certificate_without_mediation"),
                lambda c: _certificate(c) & (c.reason.is_(None) | (c.reason != "SECI")),
            ),
            CaseDeadline("certificate_not_arranged", _label("certificate_not_arranged"), _certificate),
        ),
        "housing": (
            CaseDeadline(
                "initial_contact",
                _label("initial_contact"),
                lambda c: _live(c) & c.first_contact_date.is_(None),
            ),
            CaseDeadline(
                "initial_visit",
                _label("initial_visit"),
                lambda c: _live(c) & c.initial_visit_date.is_(None),
            ),
            CaseDeadline(
                "multi_agency",
                "Say whether other agencies are still needed, three months after the case was opened",
                lambda c: _live(c) & c.multi_agency_3m.is_(None),
            ),
        ),
    }
)
"""The deadlines of cases, by service. When a closed case may still be reopened is nobody's deadline, so that clock is not among them."""


@dataclass(frozen=True, slots=True)
class RowDeadline:
    """A deadline that is no clock of a case: its day is agreed, or is for the contract to say.

    Parameters
    ----------
    table : the rows that have it. kpi : the KPI that counts it.
    due : the column that holds its day; or, with `days`, the day from which so many are counted.
    days : the column that says how many days the contract gives; blank where `due` is the day itself.
    named : the coded column whose answer says more of what is due. own_ref : the column that tells rows of one case apart.
    open : as in `CaseDeadline`. of_council : as in `Deadline`.
    """

    key: str
    label: str
    table: Table
    kpi: str
    due: str
    open: Callable[[Any], Any]
    days: str = ""
    named: str = ""
    own_ref: str = ""
    of_council: bool = False


ROW_DEADLINES: Mapping[str, tuple[RowDeadline, ...]] = MappingProxyType(
    {
        "send": (
            RowDeadline(
                "agreed_action",
                "Agreed action of the council",
                Table.AGREEMENTS,
                "SM7",
                "due_action",
                lambda c: c.action_done.is_(None),
                named="action_type",
                own_ref="agreement_ref",
                of_council=True,
            ),
        ),
        "housing": (
            RowDeadline(
                "case_report",
                "Case report after closing",
                Table.CASES,
                "HM6",
                "outcome_date",
                lambda c: (c.ended == "Y") & c.case_report_date.is_(None),
                days="case_report_days_allowed",
            ),
        ),
    }
)
"""The deadlines beside the clocks, by service."""


def has_deadlines(service: str) -> bool:
    """Whether anything of a case of this service has a day by which it must be done."""
    return service in CASE_DEADLINES


class When(StrEnum):
    """How far away a deadline is."""

    PAST = "past"
    SINCE = "since"
    SOON = "soon"
    MONTH = "month"
    LATER = "later"

    @property
    def label(self) -> str:
        """What a person reads."""
        return {
            When.PAST: "Already past its day",
            When.SINCE: "Its day came after the last return",
            When.SOON: f"In the next {SOON} days",
            When.MONTH: f"In {SOON + 1} to {_MONTH} days",
            When.LATER: f"In more than {_MONTH} days",
        }[self]


_MONTH: Final = 30


def when_due(on: date, today: date, reported: date | None = None) -> When:
    """How far away a day is; today itself is still in time, unless the provider has reported today too.

    A day that came after the provider's last return is not held against anybody: it may have been met.

    >>> when_due(date(2026, 3, 1), date(2026, 3, 1)).label, when_due(date(2026, 3, 16), date(2026, 3, 1)).label
    ('In the next 14 days', 'In 15 to 30 days')
    >>> [when_due(date(2026, 2, day), date(2026, 3, 1), date(2026, 2, 15)).value for day in (15, 16)]
    ['past', 'since']
    """
    left = (on - today).days
    if left < 0 or (reported is not None and on <= reported):
        return When.PAST if reported is None or on <= reported else When.SINCE
    if left <= SOON:
        return When.SOON
    return When.MONTH if left <= _MONTH else When.LATER


AGES: Final = (14, 30, 60, 90)
"""The highest age in days of each band of open cases; older ones come last."""


def age_bands() -> tuple[str, ...]:
    """The bands of ages, in words, from the youngest."""
    edges = [0, *(edge + 1 for edge in AGES)]
    return (
        *(f"{first} to {last} days" for first, last in zip(edges, AGES, strict=False)),
        f"More than {AGES[-1]} days",
    )


def age_band(age: int) -> str:
    """The band that an age in days falls into.

    >>> age_band(14), age_band(15), age_band(91)
    ('0 to 14 days', '15 to 30 days', 'More than 90 days')
    """
    return age_bands()[sum(age > edge for edge in AGES)]


def returns_due(
    calendar: Calendar, settings: Settings, today: date, days: int = SOON
) -> tuple[Deadline, ...]:
    """The returns of a service that are due from today on and have not come, also of periods that end in these days."""
    service, last = calendar.service, today + timedelta(days=days)
    came = {(p.provider, p.period) for p in calendar.own if p.sent not in (Sent.OUTSTANDING, Sent.DUE)}
    found = [
        Deadline(due, service, provider, "Return", f"{service}:{provider}:{period.key}", period)
        for (provider, period), (due, _) in wanted_returns(settings, service, last).items()
        if today <= due <= last and (provider, period) not in came
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.provider, one.key)))


def returns_overdue(calendar: Calendar) -> tuple[Deadline, ...]:
    """The returns of a service that should have come by now; those due before their contract was entered here are left in peace."""
    return tuple(
        Deadline(
            p.due,
            calendar.service,
            p.provider,
            "Return",
            f"{calendar.service}:{p.provider}:{p.period.key}",
            p.period,
        )
        for p in reversed(calendar.own)
        if p.sent is Sent.OUTSTANDING and p.judged and p.due is not None
    )

"""What falls due soon: returns of providers, and the last days of cases, each with a reference and never with a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from domain.clocks import CLOCKS
from domain.columns import CHOSEN_DUE
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
    """

    on: date
    service: str
    provider: str
    what: str
    key: str
    period: Period | None = None
    ref: str = ""


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

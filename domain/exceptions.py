"""Agreed exceptions: why a case was late through nobody's neglect, who caused it, and what that changes.

An exception never moves a due date and never touches the raw figure. It takes its case out of the adjusted figure of one KPI, and only
where the contract counts its reason. What the provider caused is recorded and never taken out; what the council caused stays the
council's own breach.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.measures import Better, Share
from domain.vocabulary import Code, code_list


class Cause(StrEnum):
    """Who caused that a case was late."""

    PROVIDER = "provider"
    COUNCIL = "council"
    FAMILY = "family"
    SCHOOL = "school"
    HEALTH = "health"
    HOLIDAY = "holiday"

    @property
    def label(self) -> str:
        """What a person reads."""
        return _CAUSES[self]


_CAUSES = {
    Cause.PROVIDER: "The provider",
    Cause.COUNCIL: "The council",
    Cause.FAMILY: "The family or resident",
    Cause.SCHOOL: "The school",
    Cause.HEALTH: "Health (integrated care board)",
    Cause.HOLIDAY: "School holidays",
}

REASON_LISTS: Final[Mapping[str, str]] = MappingProxyType(
    {"send": "send_delay_exception", "housing": "housing_exception"}
)
"""The code list of the reasons, for each service that has exceptions."""

CAUSE_OF: Final[Mapping[str, Cause]] = MappingProxyType(
    {
        "LA_UNAVAIL": Cause.COUNCIL,
        "SCHOOL_UNAVAIL": Cause.SCHOOL,
        "SCHOOL_HOL": Cause.HOLIDAY,
        "FAMILY_REQ": Cause.FAMILY,
        "ICB_UNAVAIL": Cause.HEALTH,
        "PROVIDER_UNAVAIL": Cause.PROVIDER,
        "CONSENT_WITHDRAWN": Cause.FAMILY,
        "LATER_DATE": Cause.FAMILY,
        "OPENED_IN_ERROR": Cause.COUNCIL,
        "UNRELATED_DISPUTE": Cause.FAMILY,
        "COUNCIL_UNAVAIL": Cause.COUNCIL,
    }
)
"""Who caused it, where nobody says otherwise."""

KPIS_OF: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "CONSENT_WITHDRAWN": ("HM1", "HM2"),
        "LATER_DATE": ("HM2",),
        "OPENED_IN_ERROR": ("HM3",),
        "UNRELATED_DISPUTE": ("HM5",),
    }
)
"""The KPIs that a reason may be agreed for; a reason that is not here may be agreed for every KPI with a time limit and exceptions."""

DONE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "HM1": "first_contact_date",
        "HM2": "initial_visit_date",
        "SM1a": "meeting_date",
        "SM1b": "meeting_date",
    }
)
"""What each KPI with a time limit and exceptions waits for: an exception that has ended excuses only what was done by then."""

HAPPENED: Final[Mapping[str, str]] = MappingProxyType({"HM5": "reopened_date"})
"""What each KPI of which less is better counts: where it never happened there is nothing to excuse."""

OF_SUPPLEMENT: Final = ("SM1a", "SM1b")
"""The KPIs for which the council's supplement says a reason (`delay_exception`)."""


@dataclass(frozen=True, slots=True)
class AgreedException:
    """One exception, agreed for one case and one KPI.

    Parameters
    ----------
    reason : a code of the service's list. caused_by : who caused it.
    agreed_by : a job title, never a name. agreed_on : the day it was agreed.
    ends_on : the last day that it excuses; None where it has no end.
    """

    service: str
    provider: str
    case_ref: str
    kpi: str
    reason: str
    caused_by: Cause
    agreed_by: str
    agreed_on: date
    ends_on: date | None = None


def reasons_of(service: str) -> tuple[Code, ...]:
    """The reasons that may be agreed for cases of a service; none where it has no list."""
    return code_list(REASON_LISTS[service]).entries if service in REASON_LISTS else ()


def taken_out(reason: str, caused_by: Cause, counted: tuple[str, ...]) -> bool:
    """Whether an exception takes its case out of the adjusted figure, under a contract that counts some reasons."""
    return reason in counted and caused_by is not Cause.PROVIDER


def without_excepted(measure: Share, kpi: str) -> Share:
    """The same share without the cases that missed and for which an exception counts. A case that was in time stays, exception or not."""
    base, met = measure.base, measure.met
    if measure.better is Better.LOWER:
        # Here it is what is met that is to be excused.
        return replace(measure, base=lambda c: base(c) & (~met(c) | ~c.excepted(kpi)))
    return replace(measure, base=lambda c: base(c) & (met(c) | ~c.excepted(kpi)))


def past_cap(excepted: int, base: int, cap: Decimal) -> bool:
    """Whether so many of the cases due have an exception that the figures carry a warning.

    >>> past_cap(3, 10, Decimal("0.25")), past_cap(5, 20, Decimal("0.25"))
    (True, False)
    """
    return base > 0 and Decimal(excepted) > cap * base

"""Small settings, cases and returns for tests: whole and valid, and different only where a test says so."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count

from domain.periods import Period
from domain.returns import Record, Return, Value
from domain.settings import Area, Contract, Provider, Settings

SERVICE = "mentoring"
NORTH, SOUTH = "north", "south"
HILL, VALE, SHORE = "E1", "E2", "E3"
Q1, Q2, Q3 = "2018-04..2018-06", "2018-07..2018-09", "2018-10..2018-12"
_numbers = count(1)


def some_settings() -> Settings:
    """Two providers under contract from April 2018 and three areas; no targets."""
    start = date(2018, 4, 1)
    return Settings(
        council="Anywhere Council",
        providers=(Provider(NORTH, "North Mentors"), Provider(SOUTH, "South Mentors")),
        areas=(
            Area(HILL, "Hill", order=1),
            Area(VALE, "Vale", order=2, aliases=("The Vale",)),
            Area(SHORE, "Shore", order=3),
        ),
        contracts=tuple(
            Contract(key=f"{SERVICE}-{provider}", service=SERVICE, provider=provider, start=start)
            for provider in (NORTH, SOUTH)
        ),
    )


def a_case(
    case_ref: str | None = None,
    outcome: str | None = "PREVENTED",
    *,
    area: str = HILL,
    referred: date | None = date(2018, 4, 10),
    days: int = 40,
    **values: Value,
) -> Record:
    """One checked case. With outcome None or 'LIVE' it is open and has no closing date; any field may be given by its key."""
    assessed = referred + timedelta(days=2) if referred else None
    closed = assessed + timedelta(days=days) if assessed and outcome not in (None, "LIVE") else None
    record: dict[str, Value] = {
        "case_ref": case_ref or f"C{next(_numbers):05d}",
        "area": area,
        "referral_date": referred,
        "entered_date": referred,
        "referral_route": "LA",
        "risk_at_assessment": "D28",
        "assessment_date": assessed,
        "outcome": outcome,
        "outcome_date": closed,
        "vulnerabilities": ("MENTAL", "DEP_CHILD"),
    }
    return record | values


def an_activity(case: Record, activity_type: str = "INFO", **values: Value) -> Record:
    """One checked activity for a case."""
    record: dict[str, Value] = {
        "activity_ref": f"A{next(_numbers):05d}",
        "case_ref": case["case_ref"],
        "activity_date": case.get("referral_date"),
        "activity_type": activity_type,
        "minutes": 30,
    }
    return record | values


def a_return(
    provider: str = NORTH,
    period: str | Period = Q1,
    cases: Sequence[Record] = (),
    activities: Sequence[Record] = (),
    *,
    digest: str | None = None,
) -> Return:
    """A checked return. Returns with the same rows count as the same file, unless a digest is given."""
    whole = Period.parse(period) if isinstance(period, str) else period
    content = repr((provider, whole.key, tuple(cases), tuple(activities)))
    return Return(
        service=SERVICE,
        provider=provider,
        period=whole,
        cases=tuple(cases),
        activities=tuple(activities),
        digest=digest or hashlib.sha256(content.encode()).hexdigest(),
        file_name=f"{provider}_{whole.key}.xlsx",
        nil=not cases,
    )

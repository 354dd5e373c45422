"""Small settings, cases and returns for tests: whole and valid, and different only where a test says so."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from domain.access import Grant, Reach, Role, Viewer
from domain.periods import Period
from domain.returns import COUNCIL, Record, Return, Value
from domain.services import SERVICES
from domain.settings import COUNCIL_INFORMED, Area, Contract, Provider, Settings, SurveyQuestion

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


def settings_of_all() -> Settings:
    """The same council with both providers under contract for every service, and a survey of housing mediation.

    In SEND mediation the 30 days count from the family's request for one provider, and from the council being informed for the other.
    In housing mediation the contract of that other one gives ten days for the case report, and the first one's no time.
    """
    start = date(2018, 4, 1)
    contracts = tuple(
        Contract(key=f"{service.key}-{provider}", service=service.key, provider=provider, start=start)
        for service in SERVICES
        for provider in (NORTH, SOUTH)
    )
    return replace(
        some_settings(),
        contracts=tuple(
            replace(c, clock_start=COUNCIL_INFORMED)
            if (c.service, c.provider) == ("send", SOUTH)
            else replace(c, case_report_days=10)
            if (c.service, c.provider) == ("housing", SOUTH)
            else c
            for c in contracts
        ),
        questions=(
            SurveyQuestion("housing", "Q1", "Were you heard?", "agree", 1),
            SurveyQuestion("housing", "Q10", "How useful was it?", "useful", 2),
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


def a_send_case(
    case_ref: str | None = None,
    outcome: str | None = "MED_HELD",
    *,
    area: str = HILL,
    requested: date = date(2018, 4, 10),
    **values: Value,
) -> Record:
    """One checked request for SEND mediation. Held: on the 25th day, with the certificate a day later, well in time."""
    met = requested + timedelta(days=25) if outcome == "MED_HELD" else None
    record: dict[str, Value] = {
        "case_ref": case_ref or f"S{next(_numbers):05d}",
        "area": area,
        "service_type": "MED",
        "referral_date": requested,
        "entered_date": requested,
        "family_request_date": requested,
        "la_informed_date": requested + timedelta(days=3),
        "meeting_arranged_date": requested + timedelta(days=10) if met else None,
        "meeting_date": met,
        "mediation_end_date": met,
        "certificate_date": met + timedelta(days=1) if met else None,
        "certificate_type": "MEDIATED" if met else None,
        "reason": ("CON",),
        "sen_need": "ASD",
        "outcome": outcome,
        "outcome_date": None if outcome in (None, "OPEN") else met or requested + timedelta(days=40),
    }
    return record | values


def a_housing_case(
    case_ref: str | None = None,
    outcome: str | None = "GNA",
    *,
    area: str = HILL,
    referred: date = date(2018, 4, 10),
    days: int = 40,
    **values: Value,
) -> Record:
    """One checked case of housing mediation, contacted after 5 days and visited after 10."""
    record: dict[str, Value] = {
        "case_ref": case_ref or f"H{next(_numbers):05d}",
        "area": area,
        "service_type": "A",
        "referral_date": referred,
        "entered_date": referred,
        "case_opened_date": referred,
        "first_contact_date": referred + timedelta(days=5),
        "initial_visit_date": referred + timedelta(days=10),
        "outcome": outcome,
        "outcome_date": None if outcome in (None, "OPEN") else referred + timedelta(days=days),
        "good_neighbour_agreement": "Y" if outcome == "GNA" else None,
    }
    return record | values


def a_homelessness_case(
    case_ref: str | None = None,
    outcome: str | None = "RETURNED_HOME",
    *,
    area: str = HILL,
    referred: date = date(2018, 4, 10),
    **values: Value,
) -> Record:
    """One checked case of homelessness mediation, in which mediation started after a week."""
    ended = outcome not in (None, "OPEN")
    record: dict[str, Value] = {
        "case_ref": case_ref or f"X{next(_numbers):05d}",
        "area": area,
        "service_type": "FAMILY",
        "referral_date": referred,
        "entered_date": referred,
        "loss_reason": "A2_09",
        "mediation_started_date": referred + timedelta(days=7),
        "mediation_agreement": "Y" if ended else None,
        "outcome": outcome,
        "outcome_date": referred + timedelta(days=30) if ended else None,
    }
    return record | values


CASE_OF = {
    "mentoring": a_case,
    "send": a_send_case,
    "housing": a_housing_case,
    "homelessness": a_homelessness_case,
}
"""What makes a case of each service."""


def an_agreement(case: Record, **values: Value) -> Record:
    """One checked action that was agreed in a case of SEND mediation."""
    record: dict[str, Value] = {
        "agreement_ref": f"G{next(_numbers):05d}",
        "case_ref": case["case_ref"],
        "action_due": date(2018, 6, 1),
        "action_done": date(2018, 5, 30),
    }
    return record | values


def an_answer(case: Record | None = None, answer: str | None = "A4", **values: Value) -> Record:
    """One checked answer to a survey question, about a case where one is given."""
    record: dict[str, Value] = {
        "response_ref": f"R{next(_numbers):05d}",
        "case_ref": case["case_ref"] if case else None,
        "date_received": date(2018, 6, 1),
        "respondent_type": "OTHER",
        "question_code": "Q1",
        "answer_code": answer,
    }
    return record | values


def a_complaint(case: Record | None = None, **values: Value) -> Record:
    """One checked complaint, about a case where one is given."""
    record: dict[str, Value] = {
        "complaint_ref": f"K{next(_numbers):05d}",
        "case_ref": case["case_ref"] if case else None,
        "received_date": date(2018, 6, 2),
        "subject_code": "DELAY",
        "complaint_outcome": "NOT",
    }
    return record | values


def a_post(role_ref: str | None = None, **values: Value) -> Record:
    """One checked post of the staff."""
    record: dict[str, Value] = {
        "role_ref": role_ref or f"P{next(_numbers):05d}",
        "role": "MEDIATOR",
        "fte": 0.5,
        "in_post_from": date(2018, 4, 1),
    }
    return record | values


def a_supplement_row(case: Record | str, provider: str = NORTH, **values: Value) -> Record:
    """What the council says of one case: its decision-maker was there, unless a test says otherwise."""
    reference = case if isinstance(case, str) else case["case_ref"]
    record: dict[str, Value] = {"provider": provider, "case_ref": reference, "la_decision_maker": "Y"}
    return record | values


def a_return(
    provider: str = NORTH,
    period: str | Period = Q1,
    cases: Sequence[Record] = (),
    activities: Sequence[Record] = (),
    *,
    service: str = SERVICE,
    digest: str | None = None,
    surveys_sent: int | None = None,
    **sheets: Sequence[Record],
) -> Return:
    """A checked return; `sheets` are its agreements, answers, complaints and staff.

    Returns with the same rows count as the same file, unless a digest is given.
    """
    whole = Period.parse(period) if isinstance(period, str) else period
    rows = {"cases": tuple(cases), "activities": tuple(activities)}
    rows |= {name: tuple(records) for name, records in sheets.items()}
    content = repr((service, provider, whole.key, rows))
    return Return(
        service=service,
        provider=provider,
        period=whole,
        digest=digest or hashlib.sha256(content.encode()).hexdigest(),
        file_name=f"{provider}_{whole.key}.xlsx",
        nil=not any(rows.values()),
        surveys_sent=surveys_sent,
        **rows,
    )


def a_supplement(
    period: str | Period = Q1,
    rows: Sequence[Record] = (),
    *,
    service: str = "send",
    digest: str | None = None,
) -> Return:
    """The council's own return about the cases of all providers."""
    return a_return(COUNCIL, period, service=service, digest=digest, supplement=rows)


def of_provider(user: str, provider: str, service: str = "") -> Viewer:
    """Somebody of one provider."""
    return Viewer(user, (Grant(Role.PROVIDER, Reach(service, provider)),))


def of_area(user: str, area: str, service: str = "") -> Viewer:
    """Somebody who may see the figures of one area."""
    return Viewer(user, (Grant(Role.VIEWER, Reach(service, area=area)),))

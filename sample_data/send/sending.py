"""What the provider and the council send for which period, and what each knew by then."""

from __future__ import annotations

from datetime import date, timedelta

from domain.fields import Sheet
from domain.periods import Period
from domain.returns import Record
from sample_data.send.case import Case
from sample_data.send.cases import Examples, examples
from sample_data.send.conduct import POSTS, Complaint
from sample_data.send.knowledge import as_known, council_knows
from sample_data.send.meetings import Agreement
from sample_data.send.settings import (
    CONTRACTS,
    COUNCIL,
    LAST_DAY,
    PROVIDER,
    PROVIDER_LABEL,
    QUESTIONS,
    SERVICE,
)
from sample_data.send.surveys import Response
from sample_data.sending import Sending, all_sheets, cover_of, file_name_of

SUPPLEMENTS = 4
"""The council sends its own return for so many of the last quarters."""


def sendings() -> tuple[Sending, ...]:
    """Give the provider's 20 returns, each followed by the council's supplement where there is one."""
    found = examples()
    periods = CONTRACTS[0].expected_periods(LAST_DAY)
    sent: list[Sending] = []
    for period in periods:
        sent.append(_return(found, period))
        if period in periods[-SUPPLEMENTS:]:
            sent.append(_supplement(found, period, first=period == periods[-SUPPLEMENTS]))
    return tuple(sent)


def belongs(case: Case, period: Period) -> bool:
    """Whether a return holds the case: new, open at any time in its period, or changed since the last return."""
    if case.entered > period.end:
        return False
    before = period.start - timedelta(1)
    closed = case.known_day("outcome_date")
    return (
        case.entered >= period.start
        or closed >= period.start
        or as_known(case, before) != as_known(case, period.end)
    )


def _return(found: Examples, period: Period) -> Sending:
    ahead = period.end
    in_order = sorted((c for c in found.cases if belongs(c, period)), key=lambda case: case.ref)
    cases = tuple(as_known(case, ahead) for case in in_order)
    answers = tuple(
        row
        for number, response in enumerate(found.responses, start=1)
        if period.start <= response.received <= ahead
        for row in _answer_rows(f"MDR-R{number:04d}", response)
    )
    complaints = tuple(
        _complaint_row(f"MDR-C{number:02d}", complaint, ahead)
        for number, complaint in enumerate(found.complaints, start=1)
        if complaint.received <= ahead and complaint.closed >= period.start
    )
    agreements = tuple(
        _agreement_row(f"MDR-A{number:04d}", agreement, ahead)
        for number, agreement in enumerate(found.agreements, start=1)
        if _told(agreement.case, agreement.agreed) <= ahead
        and _told(agreement.case, agreement.done) >= period.start
    )
    posts = tuple(_post_row(post, ahead) for post in POSTS if _in_post(post, period))
    cover = cover_of(SERVICE, PROVIDER_LABEL, COUNCIL, period)
    cover |= {
        "cases_n": len(cases),
        "answers_n": len(answers),
        "complaints_n": len(complaints),
        "surveys_sent": _meetings_of(found, period),
    }
    rows = {
        Sheet.CASES: cases,
        Sheet.AGREEMENTS: agreements,
        Sheet.SATISFACTION: answers,
        Sheet.COMPLAINTS: complaints,
        Sheet.STAFF: posts,
    }
    return Sending(
        PROVIDER, SERVICE, period, file_name_of(PROVIDER, period), cover, all_sheets(SERVICE, rows)
    )


def _supplement(found: Examples, period: Period, *, first: bool) -> Sending:
    """The cases of which the council has heard something new; in its first return all that the provider's holds."""
    rows: list[Record] = []
    for case in sorted(found.cases, key=lambda case: case.ref):
        known = council_knows(case, period.end) if case.entered <= period.end else {}
        new = any(period.start <= _told(case, case.council_day[key]) for key in known)
        if known and (new or (first and belongs(case, period))):
            rows.append({"provider": PROVIDER, "case_ref": case.ref, **known})
    cover = cover_of(SERVICE, "council", COUNCIL, period)
    name = f"council_{file_name_of(SERVICE, period)}"
    return Sending("council", SERVICE, period, name, cover, {Sheet.SUPPLEMENT: tuple(rows)})


def _told(case: Case, day: date) -> date:
    """When a return can first speak of what happened to a case on a day: not before the case was entered."""
    return max(case.entered, day)


def _answer_rows(reference: str, response: Response) -> list[Record]:
    about: dict[str, str | date] = {
        "response_ref": reference,
        "date_received": response.received,
        "respondent_type": response.respondent,
    }
    if response.with_reference and response.case.entered <= response.received:
        about["case_ref"] = response.case.ref
    return [
        {**about, "question_code": question.code, "answer_code": answer}
        for question, answer in zip(QUESTIONS, response.answers, strict=True)
    ]


def _complaint_row(reference: str, complaint: Complaint, day: date) -> Record:
    row: dict[str, str | date] = {
        "complaint_ref": reference,
        "received_date": complaint.received,
        "subject_code": complaint.subject,
        "complaint_outcome": complaint.outcome if complaint.closed <= day else "OPEN",
    }
    if complaint.case is not None:
        row["case_ref"] = complaint.case.ref
    if complaint.closed <= day:
        row["closed_date"] = complaint.closed
    return row


def _agreement_row(reference: str, agreement: Agreement, day: date) -> Record:
    row: dict[str, str | date] = {
        "agreement_ref": reference,
        "case_ref": agreement.case.ref,
        "action_due": agreement.due,
        "timescale_agreed_in_writing": "Y" if agreement.in_writing else "N",
    }
    if agreement.done <= day:
        row["action_done"] = agreement.done
    return row


def _in_post(post: Record, period: Period) -> bool:
    since, until = post["in_post_from"], post.get("in_post_to")
    return (
        isinstance(since, date)
        and since <= period.end
        and (not isinstance(until, date) or until >= period.start)
    )


def _post_row(post: Record, day: date) -> Record:
    until = post.get("in_post_to")
    ahead = isinstance(until, date) and until > day
    return {key: value for key, value in post.items() if not (ahead and key == "in_post_to")}


def _meetings_of(found: Examples, period: Period) -> int:
    """How many families were asked: those whose mediation ended between a month before the period and its end."""
    first = period.start - timedelta(30)
    ended = (case.known_day("outcome_date") for case in found.cases if case.outcome == "MED_HELD")
    return sum(first <= day <= period.end for day in ended)

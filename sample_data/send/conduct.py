"""Complaints about the service and the posts that run it: all invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from domain.clocks import is_working_day
from domain.returns import Record
from sample_data.draw import Draw
from sample_data.send.case import Case
from sample_data.send.settings import SERVICE_START

_BY_YEAR = {2020: 1, 2021: 2, 2022: 3, 2023: 5, 2024: 4}
"""Complaints of each financial year, named by the year that it begins in."""
_SUBJECTS = ("DELAY", "DELAY", "CONDUCT", "QUALITY", "ACCESS", "OTHER")
_OUTCOMES = ("UPHELD", "PART", "NOT", "NOT", "NOT", "WITHDRAWN")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint, with how it ends."""

    case: Case | None
    received: date
    subject: str
    outcome: str
    closed: date


def all_complaints(cases: list[Case]) -> list[Complaint]:
    """Give a few complaints a year, most about a case that had been entered by then."""
    draw = Draw("send complaints")
    found: list[Complaint] = []
    for year, number in _BY_YEAR.items():
        for _ in range(number):
            received = date(year, 4, 1) + timedelta(draw.between(30, 360))
            while not is_working_day(received):
                received -= timedelta(1)
            known = [c for c in cases if received - timedelta(120) <= c.entered <= received]
            case = draw.pick(known) if draw.share() < 0.8 else None
            closed = received + timedelta(draw.between(10, 45))
            found.append(Complaint(case, received, draw.pick(_SUBJECTS), draw.pick(_OUTCOMES), closed))
    return sorted(found, key=lambda complaint: complaint.received)


def _post(
    number: int,
    role: str,
    fte: float,
    since: date = SERVICE_START,
    until: date | None = None,
    accredited: str = "",
) -> Record:
    post: dict[str, str | float | date] = {
        "role_ref": f"MDR-P{number:02d}",
        "role": role,
        "fte": fte,
        "in_post_from": since,
        "llw_relevant": "N",
    }
    if until:
        post["in_post_to"] = until
    if accredited:
        post["accredited"] = accredited
    return post


POSTS: tuple[Record, ...] = (
    _post(1, "MANAGER", 1.0),
    _post(2, "MEDIATOR", 0.6, accredited="Y"),
    _post(3, "MEDIATOR", 0.4, until=date(2022, 8, 31), accredited="Y"),
    _post(4, "ADVISER", 0.8),
    _post(5, "OTHER", 0.5, date(2021, 4, 1)),
    _post(6, "ADVISER", 0.6, date(2022, 5, 3)),
    _post(7, "MEDIATOR", 0.8, date(2022, 9, 1), accredited="Y"),
    _post(8, "MEDIATOR", 0.6, date(2023, 1, 9), accredited="Y"),
    _post(9, "MEDIATOR", 0.6, date(2023, 9, 1), accredited="Y"),
    _post(10, "ADVISER", 0.8, date(2023, 10, 2)),
    _post(11, "MEDIATOR", 0.4, date(2024, 6, 3), accredited="N"),
)
"""The posts, by reference; the mediators grow with the referrals."""

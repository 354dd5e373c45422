"""The rows beside the cases that every service's return has: survey answers, complaints and staff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.settings import general_question
from sample_data.story import Story


@dataclass(frozen=True, slots=True)
class Reply:
    """One person's answer to the general question. `case_ref` is blank where the answer does not say."""

    received: date
    respondent: str
    answer: str
    case_ref: str = ""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint from the day it came to the day it was decided."""

    received: date
    subject: str
    outcome: str
    closed: date
    case_ref: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One post. `wage_from` is the day from which it is paid the London Living Wage; None where that does not apply."""

    ref: str
    role: str
    fte: float
    since: date
    until: date | None = None
    wage_from: date | None = None
    accredited_from: date | None = None


def answer_stories(service: str, prefix: str, replies: Iterable[Reply]) -> list[Story]:
    """Number the answers in the order in which they came."""
    question = general_question(service).code
    found = []
    ordered = sorted(replies, key=lambda r: (r.received, r.case_ref, r.respondent, r.answer))
    for number, reply in enumerate(ordered, start=1):
        story = Story(reply.received, reply.received)
        told = {
            "response_ref": f"{prefix}-R{number:04d}",
            "case_ref": reply.case_ref or None,
            "date_received": reply.received,
            "respondent_type": reply.respondent,
            "question_code": question,
            "answer_code": reply.answer,
        }
        for key, value in told.items():
            story.tell(key, value)
        found.append(story)
    return found


def complaint_stories(prefix: str, complaints: Iterable[Complaint]) -> list[Story]:
    """Number the complaints in the order in which they came; each is open until it is decided."""
    found = []
    ordered = sorted(complaints, key=lambda c: (c.received, c.case_ref, c.subject))
    for number, complaint in enumerate(ordered, start=1):
        story = Story(complaint.received, complaint.closed)
        told = {
            "complaint_ref": f"{prefix}-C{number:03d}",
            "case_ref": complaint.case_ref or None,
            "received_date": complaint.received,
            "subject_code": complaint.subject,
            "complaint_outcome": "OPEN",
            "closed_date": complaint.closed,
        }
        for key, value in told.items():
            story.tell(key, value)
        story.tell("complaint_outcome", complaint.outcome, since=complaint.closed)
        found.append(story)
    return found


def post_stories(posts: Iterable[Post]) -> list[Story]:
    """Give the posts as they stood through time; a vacated one is sent a last time with its last day."""
    found = []
    for post in posts:
        story = Story(post.since, post.until)
        story.tell("role_ref", post.ref)
        story.tell("role", post.role)
        story.tell("fte", post.fte)
        story.tell("in_post_from", post.since)
        story.tell("in_post_to", post.until)
        story.tell("llw_relevant", "Y" if post.wage_from else "N")
        if post.wage_from:
            story.tell("hourly_rate_meets_llw", "N")
            story.tell("hourly_rate_meets_llw", "Y", since=post.wage_from)
        if post.role in ("MEDIATOR", "ADVISER"):
            story.tell("accredited", "N")
        if post.accredited_from:
            story.tell("accredited", "Y", since=post.accredited_from)
        found.append(story)
    return found

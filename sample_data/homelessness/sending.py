"""What the homelessness mediation provider sends: its cases, answers, complaints and posts of eight quarters."""

from __future__ import annotations

from datetime import date, timedelta

from domain.fields import Sheet
from domain.periods import Period
from sample_data.aside import Complaint, Post, Reply, answer_stories, complaint_stories, post_stories
from sample_data.draw import Draw, spread
from sample_data.homelessness.case import Case, story_of
from sample_data.homelessness.cases import PREFIX, example_cases
from sample_data.homelessness.settings import (
    CONTRACTS,
    COUNCIL,
    LAST_DAY,
    PROVIDER,
    PROVIDER_LABEL,
    SERVICE,
    SERVICE_START,
)
from sample_data.sending import Sending, all_sheets, cover_of, file_name_of
from sample_data.story import Story, rows_of

STAFF = (
    Post("GM-P1", "MANAGER", 0.5, SERVICE_START),
    Post("GM-P2", "MEDIATOR", 1.0, SERVICE_START, accredited_from=SERVICE_START),
    Post("GM-P3", "MEDIATOR", 0.6, date(2023, 9, 4), accredited_from=date(2024, 5, 1)),
)
ANSWERS = {"A5": 30, "A4": 36, "A3": 14, "A2": 11, "A1": 6, "NA": 3}
ANSWERING, COMPLAINING = 0.4, 0.025
SUBJECTS = {"DELAY": 40, "QUALITY": 25, "CONDUCT": 15, "ACCESS": 20}
DECISIONS = {"UPHELD": 25, "PART": 25, "NOT": 50}


def sendings() -> tuple[Sending, ...]:
    """Give the eight example returns, by period."""
    stories = _stories(list(example_cases()))
    return tuple(
        _sending(period, stories) for contract in CONTRACTS for period in contract.expected_periods(LAST_DAY)
    )


def _stories(cases: list[Case]) -> dict[Sheet, list[Story]]:
    return {
        Sheet.CASES: [story_of(case) for case in cases],
        Sheet.SATISFACTION: answer_stories(SERVICE, PREFIX, _replies(cases)),
        Sheet.COMPLAINTS: complaint_stories(PREFIX, _complaints(cases)),
        Sheet.STAFF: post_stories(STAFF),
    }


def _replies(cases: list[Case]) -> list[Reply]:
    draw = Draw("homelessness answers")
    return [
        Reply(
            case.closed + timedelta(draw.between(2, 24)),
            "CLIENT",
            draw.pick(spread(ANSWERS)),
            case.ref if draw.share() < 0.9 else "",
        )
        for case in cases
        if case.mediation and draw.share() < ANSWERING
    ]


def _complaints(cases: list[Case]) -> list[Complaint]:
    draw = Draw("homelessness complaints")
    found: list[Complaint] = []
    for case in cases:
        if not case.refused and draw.share() < COMPLAINING:
            received = case.entered + timedelta(draw.between(5, 50))
            decided = received + timedelta(draw.between(7, 35))
            subject, outcome = draw.pick(spread(SUBJECTS)), draw.pick(spread(DECISIONS))
            found.append(Complaint(received, subject, outcome, decided, case.ref))
    return found


def _sending(period: Period, stories: dict[Sheet, list[Story]]) -> Sending:
    rows = {sheet: rows_of(told, period) for sheet, told in stories.items()}
    cover = cover_of(SERVICE, PROVIDER_LABEL, COUNCIL, period)
    closed = sum(
        story.ended is not None and period.start <= story.ended <= period.end
        for story in stories[Sheet.CASES]
    )
    cover |= {
        "cases_n": len(rows[Sheet.CASES]),
        "answers_n": len(rows[Sheet.SATISFACTION]),
        "complaints_n": len(rows[Sheet.COMPLAINTS]),
        "surveys_sent": closed,
    }
    return Sending(
        PROVIDER, SERVICE, period, file_name_of(PROVIDER, period), cover, all_sheets(SERVICE, rows)
    )

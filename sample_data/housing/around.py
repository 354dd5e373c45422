"""Beside the housing cases: what residents answered and complained of, and the posts of both providers. All invented."""

from __future__ import annotations

from datetime import date, timedelta

from sample_data.aside import Complaint, Post, Reply
from sample_data.draw import Draw, spread
from sample_data.housing.case import Case
from sample_data.housing.settings import SERVICE_START

PARTIES = ("RESIDENT_A", "RESIDENT_B")
SATISFIED_ANSWERS = {"A5": 55, "A4": 45}
ANSWERS = {"A5": 17, "A4": 33, "A3": 18, "A2": 17, "A1": 11, "NA": 4}
ANSWERING = {
    "SATISFIED": 0.35,
    "GNA": 0.4,
    "NO_EVIDENCE": 0.25,
    "ENFORCE": 0.3,
    "OTHER": 0.15,
    "WITHDRAWN": 0.08,
}
"""The share of residents who answer after closing, by outcome; in a satisfied case, of the second party."""
COMPLAINING = {"housing-a": 0.035, "housing-b": 0.06}
SUBJECTS = {"DELAY": 42, "CONDUCT": 14, "QUALITY": 22, "ACCESS": 12, "OTHER": 10}
DECISIONS = {"UPHELD": 22, "PART": 20, "NOT": 48, "WITHDRAWN": 10}

STAFF = {
    "housing-a": (
        Post("HA-P1", "MANAGER", 1.0, SERVICE_START),
        Post("HA-P2", "MEDIATOR", 1.0, SERVICE_START, accredited_from=SERVICE_START),
        Post("HA-P3", "MEDIATOR", 1.0, SERVICE_START, wage_from=SERVICE_START, accredited_from=SERVICE_START),
        Post(
            "HA-P4",
            "MEDIATOR",
            0.6,
            date(2023, 6, 12),
            wage_from=date(2023, 6, 12),
            accredited_from=date(2024, 2, 1),
        ),
        Post("HA-P5", "OTHER", 0.8, SERVICE_START, wage_from=SERVICE_START),
        Post("HA-P6", "OTHER", 0.5, SERVICE_START, date(2024, 8, 30), wage_from=SERVICE_START),
        Post("HA-P7", "OTHER", 0.5, date(2024, 9, 16), wage_from=date(2024, 9, 16)),
    ),
    "housing-b": (
        Post("HB-P1", "MANAGER", 1.0, SERVICE_START),
        Post("HB-P2", "MEDIATOR", 1.0, SERVICE_START, wage_from=SERVICE_START, accredited_from=SERVICE_START),
        Post("HB-P3", "MEDIATOR", 0.8, SERVICE_START, wage_from=SERVICE_START),
        Post("HB-P4", "ADVISER", 1.0, SERVICE_START, wage_from=SERVICE_START),
        Post("HB-P5", "OTHER", 0.6, SERVICE_START, wage_from=date(2024, 4, 1)),
        Post("HB-P6", "OTHER", 0.5, date(2023, 10, 2), wage_from=date(2024, 4, 1)),
    ),
}
"""Professional witnesses are OTHER. Provider F pays two of them the London Living Wage from its second year on."""


def replies_of(provider: str, cases: list[Case]) -> list[Reply]:
    """Give the answers; a satisfied case rests on one from a satisfied party, given in the quarter of its closing."""
    draw = Draw(f"housing answers {provider}")
    found: list[Reply] = []
    for case in cases:
        parties = list(PARTIES)
        if case.outcome == "SATISFIED":
            party = draw.pick(("RESIDENT_A", "RESIDENT_A", "RESIDENT_B"))
            parties.remove(party)
            received = max(case.closed - timedelta(draw.between(0, 5)), case.closing_quarter.start)
            found.append(Reply(received, party, draw.pick(spread(SATISFIED_ANSWERS)), case.ref))
        for party in parties:
            if not case.refused and draw.share() < ANSWERING[case.outcome]:
                received = case.closed + timedelta(draw.between(3, 25))
                ref = case.ref if draw.share() < 0.85 else ""
                found.append(Reply(received, party, draw.pick(spread(ANSWERS)), ref))
    return found


def complaints_of(provider: str, cases: list[Case]) -> list[Complaint]:
    """Give the complaints, each about a case that had been taken on."""
    draw = Draw(f"housing complaints {provider}")
    found: list[Complaint] = []
    for case in cases:
        if case.opened and draw.share() < COMPLAINING[provider]:
            first = max(case.opened, case.entered)
            received = first + timedelta(draw.between(5, (case.closed - first).days + 21))
            decided = received + timedelta(draw.between(6, 45))
            ref = case.ref if draw.share() < 0.9 else ""
            subject, outcome = draw.pick(spread(SUBJECTS)), draw.pick(spread(DECISIONS))
            found.append(Complaint(received, subject, outcome, decided, ref))
    return found

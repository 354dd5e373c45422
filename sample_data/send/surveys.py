"""What the families answered: ten questions, in 2024 in exactly the published numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sample_data.draw import Draw
from sample_data.send import totals
from sample_data.send.case import Case
from sample_data.send.settings import QUESTIONS

_NOT_POSITIVE = (3, 3, 3, 3, 3, 2, 2, 2, 1, 1)
"""Grades of an answer that is not positive, as often as they come: 3 is the middle one."""


@dataclass(frozen=True, slots=True)
class Response:
    """One person's answers, in the order of the questions."""

    case: Case
    received: date
    respondent: str
    with_reference: bool
    answers: tuple[str, ...]


def all_responses(cases: list[Case]) -> list[Response]:
    """Give the 92 responses of 2024, whose counts are published, and the 40 of 2023, which are invented."""
    draw = Draw("send surveys")
    mediated = [case for case in cases if case.outcome == "MED_HELD"]
    received = {
        case.ref: case.known_day("outcome_date") + timedelta(draw.between(3, 30)) for case in mediated
    }
    found: list[Response] = []
    for year, number in totals.RESPONDENTS.items():
        answering = draw.some((c for c in mediated if received[c.ref].year == year), number)
        for case, answers in zip(answering, _answers(draw, number, totals.POSITIVE[year]), strict=True):
            young = case.values["applicant_type"] == "YOUNG_PERSON"
            found.append(
                Response(case, received[case.ref], "YP" if young else "PARENT", draw.share() < 0.85, answers)
            )
    return sorted(found, key=lambda response: (response.received, response.case.ref))


def _answers(draw: Draw, number: int, positive: tuple[int, ...]) -> list[tuple[str, ...]]:
    """Give so many people's answers; who is content with one thing mostly is with the others."""
    content = [draw.share() for _ in range(number)]
    columns: list[list[str]] = []
    for question, wanted in zip(QUESTIONS, positive, strict=True):
        order = sorted(range(number), key=lambda at: -(content[at] + 0.6 * draw.share()))
        letter = "U" if question.scale == "useful" else "A"
        column = [""] * number
        for place, at in enumerate(order):
            good = 5 if draw.share() < 0.3 + 0.6 * content[at] else 4
            column[at] = f"{letter}{good if place < wanted else draw.pick(_NOT_POSITIVE)}"
        columns.append(column)
    return list(zip(*columns, strict=True))

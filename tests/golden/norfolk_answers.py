"""The SEND example returns counted in plain Python: no database, no measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from domain.fields import Sheet, case_field
from domain.periods import month_of
from domain.published import PublishedCheck
from domain.verification import Answer, AnswerRow
from domain.vocabulary import rolled_up
from tests.golden.sent_returns import Row, SentReturn, latest

SPLITS = {
    "outcomes": "outcome",
    "needs": "sen_need",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "meeting_mode": "meeting_mode",
}
WHEN = {"meeting_mode": "outcome_date", "satisfaction_positive": "date_received"}
HELD = ("MED_HELD", "DR_HELD")
POSITIVE = ("A5", "A4", "U5", "U4")


def answering(returns: Iterable[SentReturn]) -> Callable[[PublishedCheck], Answer]:
    """A function that answers checks from the rows."""
    sent = list(returns)
    cases = latest(sent, Sheet.CASES, "case_ref")
    answers = latest(sent, Sheet.SATISFACTION, "response_ref", "question_code")

    def answer(check: PublishedCheck) -> Answer:
        rows = answers if check.measure == "satisfaction_positive" else cases
        over = sum(row.met for row in _split(cases, check.over)) if check.over else None
        return Answer(tuple(_rows(check, [row for row in rows if _wanted(row, check)])), over)

    return answer


def _wanted(row: Row, check: PublishedCheck) -> bool:
    for field in {field for field, _ in check.where}:
        code = row.get(field, "")
        group = rolled_up(case_field(field).code_list_for("send"), code)
        if not {code, group} & {value for key, value in check.where if key == field}:
            return False
    if check.first_month is None and check.last_month is None:
        return True
    day = row.get(WHEN.get(check.measure, "referral_date"))
    return day is not None and (check.first_month or 0) <= month_of(day) <= (check.last_month or 999999)


def _rows(check: PublishedCheck, rows: list[Row]) -> list[AnswerRow]:
    match check.measure:
        case "referrals":
            return [AnswerRow("", len(rows), len(rows))]
        case "reasons":
            found = Counter(code for row in rows for code in row["reason"])
            return [AnswerRow(code, n, len(rows)) for code, n in found.items()]
        case "satisfaction_positive":
            asked = Counter(row["question_code"] for row in rows)
            good = Counter(row["question_code"] for row in rows if row["answer_code"] in POSITIVE)
            return [AnswerRow(question, good[question], base) for question, base in asked.items()]
        case "meeting_mode":
            return _split([row for row in rows if row["outcome"] in HELD], check.measure)
    return _split(rows, check.measure)


def _split(rows: list[Row], measure: str) -> list[AnswerRow]:
    values: list[Any] = [row[SPLITS[measure]] for row in rows if row.get(SPLITS[measure], "OPEN") != "OPEN"]
    found = Counter(values)
    return [AnswerRow(code, n, found.total()) for code, n in found.items()]

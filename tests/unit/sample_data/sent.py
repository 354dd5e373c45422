"""The rows of example returns read in plain loops, for both services whose cases are told as stories."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from domain.fields import Sheet, fields_of
from domain.periods import Period, month_of, quarter_of
from domain.vocabulary import absent_codes
from sample_data.sending import Sending

Row = dict[str, Any]


def rows(sending: Sending, sheet: Sheet = Sheet.CASES) -> list[Row]:
    return [dict(row) for row in sending.sheets[sheet]]


def latest(sendings: Iterable[Sending], sheet: Sheet = Sheet.CASES, key: str = "case_ref") -> dict[str, Row]:
    """The last row sent of each reference, over the returns given; references tell the providers apart."""
    found: dict[str, Row] = {}
    for sending in sorted(sendings, key=lambda s: s.period):
        found |= {row[key]: row for row in rows(sending, sheet)}
    return found


def quarter(day: date) -> str:
    return quarter_of(month_of(day)).key


def colour(met: int, base: int, operator: str, target: str, edge: str) -> str:
    """The status of a share, from the two numbers of the contract and nothing else."""
    if base == 0:
        return "not due"
    share, wanted, amber = Fraction(met, base), Fraction(target), Fraction(edge)
    if {">=": share >= wanted, "<": share < wanted, "<=": share <= wanted}[operator]:
        return "green"
    return "amber" if (share >= amber if operator == ">=" else share <= amber) else "red"


def late_days(sending: Sending) -> list[tuple[str, Row]]:
    """Days that had not come when the period ended; a planned hearing may lie ahead."""
    return [
        (key, row)
        for sheet in sending.sheets
        for row in rows(sending, sheet)
        for key, value in row.items()
        if isinstance(value, date) and value > sending.period.end and key != "hearing_date"
    ]


def wrong_answers(sending: Sending) -> list[tuple[str, str, Any]]:
    """Keys that are no column of the service, and answers that their list does not know."""
    found: list[tuple[str, str, Any]] = []
    for sheet in sending.sheets:
        fields = {field.key: field for field in fields_of(sheet, sending.service)}
        for row in rows(sending, sheet):
            for key, value in row.items():
                field = fields.get(key)
                if field is None:
                    found.append((sheet.value, key, "no such column"))
                elif field.coded:
                    answers = field.code_list_for(sending.service)
                    found += [
                        (sheet.value, key, code)
                        for code in (value if isinstance(value, tuple) else (value,))
                        if answers.find(code) != code and code not in absent_codes()
                    ]
    return found


def sent_without_reason(sendings: Iterable[Sending]) -> list[tuple[str, str]]:
    """Cases that a return holds although they ended before its period and say nothing new."""
    before: dict[str, Row] = {}
    found: list[tuple[str, str]] = []
    for sending in sorted(sendings, key=lambda s: s.period):
        for row in rows(sending):
            ended = row.get("outcome_date")
            if ended and ended < sending.period.start and before.get(row["case_ref"]) == row:
                found.append((sending.file_name, row["case_ref"]))
            before[row["case_ref"]] = row
    return found


def vanished(sendings: Iterable[Sending]) -> list[str]:
    """Open cases that the provider's next return does not hold."""
    still_open: dict[str, set[str]] = {}
    found: list[str] = []
    for sending in sorted(sendings, key=lambda s: s.period):
        here = rows(sending)
        found += still_open.get(sending.provider, set()) - {row["case_ref"] for row in here}
        still_open[sending.provider] = {row["case_ref"] for row in here if row["outcome"] == "OPEN"}
    return found


def in_period(day: date | None, period: Period) -> bool:
    return day is not None and period.start <= day <= period.end


def in_order(row: Row, *keys: str) -> bool:
    days = [row[key] for key in keys if key in row]
    return days == sorted(days)


def two_weeks(row: Row) -> date:
    day: date = row["referral_date"]
    return day + timedelta(14)

"""Columns computed when a row is written: months and lengths, so that the database only compares and counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain import services
from domain.action_periods import action_due
from domain.clocks import CLOCKS
from domain.field_kinds import Sheet
from domain.periods import month_of
from domain.returns import Record, Value
from domain.vocabulary import DONT_KNOW, absent_codes

NO_KIND = "NONE"
"""Asked, and there are none: a known answer of nought."""


def _month(record: Record, field: str) -> int | None:
    day = record.get(field)
    return month_of(day) if isinstance(day, date) else None


def _days(record: Record, start: str, end: str) -> int | None:
    first, last = record.get(start), record.get(end)
    return (last - first).days if isinstance(first, date) and isinstance(last, date) else None


def kinds_known(codes: Value) -> int | None:
    """How many kinds a field with several answers names: 0 for 'none', None when blank or not known."""
    if not isinstance(codes, tuple) or not codes or DONT_KNOW in codes:
        return None
    kinds = [code for code in codes if code not in absent_codes()]
    if not kinds:
        return None
    return 0 if kinds == [NO_KIND] else len([code for code in kinds if code != NO_KIND])


CLOCKS_OF: Mapping[str, tuple[str, ...]] = {
    "housing": ("initial_contact", "initial_visit", "multi_agency", "reopening"),
    "send": (
        "mediation_from_request",
        "mediation_from_council_informed",
        "certificate_after_mediation",
        "certificate_without_mediation",
        "certificate_not_arranged",
        "appeal_after_mediation",
    ),
}
"""The clocks whose due dates are kept with each case, by service. Both starts of the 30 days are kept: the contract chooses when read."""
OF_AGE = frozenset({"reopening", "appeal_after_mediation"})
"""The clocks that only say when a case is old enough to be counted: nobody has to do anything by their day."""
CASE_CLOCKS: tuple[str, ...] = tuple(key for keys in CLOCKS_OF.values() for key in keys)


def due_date(record: Record, clock: str) -> date | None:
    """The last day in time by a clock; None without the day it starts from."""
    start = record.get(CLOCKS[clock].start)
    if not isinstance(start, date):
        return None
    try:
        return CLOCKS[clock].due(start)
    except ValueError:
        return None  # a year whose bank holidays nobody has announced yet has no due date yet either


def _dues(service: str, record: Record) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for clock in CASE_CLOCKS:
        due = due_date(record, clock) if clock in CLOCKS_OF.get(service, ()) else None
        found |= {f"due_{clock}": due, f"due_{clock}_month": month_of(due) if due else None}
    return found


def has_ended(service: str, outcome: Value) -> str:
    """'Y' when an outcome ends a case of the service, else 'N'; a blank outcome ends nothing."""
    return "Y" if outcome in services.service(service).final else "N"


def derive_case(service: str, record: Record) -> dict[str, Value]:
    """The computed columns of one case. `vanished_on` is set later, when the next return has come."""
    return {
        "referral_month": _month(record, "referral_date"),
        "outcome_month": _month(record, "outcome_date"),
        "ended": has_ended(service, record.get("outcome")),
        "days_of_support": _days(record, "assessment_date", "outcome_date"),
        "days_to_outcome": _days(record, "referral_date", "outcome_date"),
        "days_to_meeting": _days(record, "referral_date", "meeting_date"),
        "days_to_case_report": _days(record, "outcome_date", "case_report_date"),
        "entry_delay_days": _days(record, "referral_date", "entered_date"),
        "entered_month": _month(record, "entered_date"),
        "escalated_month": _month(record, "escalated_on"),
        "vulnerabilities_n": kinds_known(record.get("vulnerabilities")),
        **_dues(service, record),
    }


MONTHS_OF: Mapping[Sheet, tuple[str, str]] = {
    Sheet.ACTIVITIES: ("activity_date", "activity_month"),
    Sheet.AGREEMENTS: ("action_due", "action_due_month"),
    Sheet.SATISFACTION: ("date_received", "received_month"),
    Sheet.COMPLAINTS: ("received_date", "received_month"),
}
"""The date that a row of a sheet goes by, and the column that keeps its month."""


def derive_row(sheet: Sheet, record: Record) -> dict[str, Value]:
    """The computed columns of one row of a sheet beside Cases."""
    if sheet is Sheet.TOTALS:
        blank = {key: record.get(key) or "" for key in ("breakdown", "category", "area")}
        return {
            **blank,
            "first_month": _month(record, "period_start"),
            "last_month": _month(record, "period_end"),
        }
    if sheet not in MONTHS_OF:
        return {}
    day, column = MONTHS_OF[sheet]
    found: dict[str, Value] = {column: _month(record, day)}
    if sheet is Sheet.AGREEMENTS:
        due = action_due(record)
        found |= {"due_action": due, "due_action_month": month_of(due) if due else None}
    return found

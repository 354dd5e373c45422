"""Columns computed when a row is written: months and lengths, so that the database only compares and counts."""

from __future__ import annotations

from datetime import date

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


def derive_case(record: Record) -> dict[str, Value]:
    """The computed columns of one case. `vanished_on` is set later, when the next return has come."""
    return {
        "referral_month": _month(record, "referral_date"),
        "outcome_month": _month(record, "outcome_date"),
        "days_of_support": _days(record, "assessment_date", "outcome_date"),
        "entry_delay_days": _days(record, "referral_date", "entered_date"),
        "vulnerabilities_n": kinds_known(record.get("vulnerabilities")),
    }


def derive_activity(record: Record) -> dict[str, Value]:
    """The computed columns of one activity."""
    return {"activity_month": _month(record, "activity_date")}

"""What was known of a case on a day: nothing that had not happened yet, but meetings that were already planned."""

from __future__ import annotations

from datetime import date, timedelta

from domain.returns import Value
from sample_data.send.case import Case

_PLANNED_DAYS = 31
"""A planned meeting is told when it lies at most so many days ahead."""
_WITH = {
    "meeting_mode": "meeting_date",
    "certificate_type": "certificate_date",
    "meeting_result": "outcome_date",
    "agreement_due": "outcome_date",
    "cyp_views": "outcome_date",
    "cyp_views_reason": "outcome_date",
    "met_mediator_before": "outcome_date",
    "met_mediator_reason": "outcome_date",
    "school_involved": "outcome_date",
    "school_involved_reason": "outcome_date",
}
"""Fields that become known with a date."""
_MAY_LIE_AHEAD = frozenset({"agreement_due"})


def as_known(case: Case, day: date) -> dict[str, Value]:
    """Give the case's fields of the sheet Cases as its provider knew them on a day."""
    happened = {key for key, value in case.values.items() if isinstance(value, date) and value <= day}
    arranged = "meeting_arranged_date" in happened
    meeting = case.day("meeting_date")
    if arranged and meeting is not None and meeting <= day + timedelta(_PLANNED_DAYS):
        happened.add("meeting_date")
    known = {
        key: value
        for key, value in case.values.items()
        if (key in happened or not isinstance(value, date) or key in _MAY_LIE_AHEAD)
        and (key not in _WITH or _WITH[key] in happened)
    }
    known["outcome"] = case.outcome if "outcome_date" in happened else "OPEN"
    return known


def council_knows(case: Case, day: date) -> dict[str, Value]:
    """Give the fields that only the council knows, as it knew them on a day."""
    return {key: value for key, value in case.council.items() if case.council_day[key] <= day}

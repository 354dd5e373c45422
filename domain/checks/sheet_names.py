"""The sheets of a return by the names they go by, and those that a return must have."""

from __future__ import annotations

from domain.fields import Sheet
from domain.vocabulary import plain

SHEET_SPELLINGS = {
    Sheet.COVER: ("Cover", "Cover sheet", "Front sheet"),
    Sheet.CASES: ("Cases", "Case"),
    Sheet.ACTIVITIES: ("Activities", "Activity"),
    Sheet.AGREEMENTS: ("Agreements", "Agreement", "Agreed actions"),
    Sheet.SATISFACTION: (
        "Satisfaction",
        "Survey",
        "Surveys",
        "Survey answers",
        "Survey responses",
        "Satisfaction survey",
    ),
    Sheet.COMPLAINTS: ("Complaints", "Complaint", "Complaint log", "Complaints log"),
    Sheet.STAFF: ("Staff", "Staffing", "Staff list", "Posts"),
    Sheet.SUPPLEMENT: ("Supplement", "Council supplement", "Council's supplement"),
    Sheet.TOTALS: ("Totals", "Aggregates", "Aggregate return"),
}
NEEDED = frozenset({Sheet.COVER, Sheet.CASES, Sheet.ACTIVITIES, Sheet.SUPPLEMENT, Sheet.TOTALS})
"""Sheets that a return of its kind must have; without another one, what it would say is missing, not nought."""


def sheet_of(name: str) -> Sheet | None:
    """Which sheet of a return a name means; None when it means none.

    >>> sheet_of(" cases ")
    <Sheet.CASES: 'Cases'>
    """
    return _SHEETS.get(plain(name))


_SHEETS = {plain(spelling): sheet for sheet, names in SHEET_SPELLINGS.items() for spelling in names}

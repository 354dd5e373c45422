"""The columns of a return, declared once: the template, the checks, the database table and the dictionary all loop over them."""

from __future__ import annotations

from domain.case_fields import CASES
from domain.field_kinds import Field, Kind, Owner, Sheet

__all__ = [
    "ACTIVITIES",
    "CASES",
    "COVER",
    "FIELDS",
    "Field",
    "Kind",
    "Owner",
    "Sheet",
    "case_field",
    "fields_of",
]


def _cover(key: str, label: str, kind: Kind, help: str, *, required: bool = False, **more: object) -> Field:
    return Field(key, label, Sheet.COVER, kind, help, required=required, **more)  # type: ignore[arg-type]


def _activity(key: str, label: str, kind: Kind, help: str, **more: object) -> Field:
    return Field(key, label, Sheet.ACTIVITIES, kind, help, **more)  # type: ignore[arg-type]


COVER: tuple[Field, ...] = (
    _cover("service", "Service", Kind.SERVICE, "The service this return is about.", required=True),
    _cover("provider", "Provider", Kind.PROVIDER, "The organisation that sends this return.", required=True),
    _cover("area_authority", "Commissioning council", Kind.TEXT, "The council that buys the service."),
    _cover("period_start", "Period start", Kind.DATE, "First day of the month or quarter.", required=True),
    _cover("period_end", "Period end", Kind.DATE, "Last day of the month or quarter.", required=True),
    _cover("submitted_by_role", "Submitted by (role)", Kind.TEXT, "A job title, not a name."),
    _cover("submitted_on", "Submitted on", Kind.DATE, "The day the return was sent."),
    _cover(
        "nil_return",
        "Nil return",
        Kind.YES_NO,
        "Y when there is nothing to report for the period.",
        codes="yes_no",
    ),
    _cover(
        "cases_n",
        "Number of cases",
        Kind.WHOLE,
        "How many rows the sheet Cases holds, to check nothing was lost.",
        minimum=0,
    ),
    _cover(
        "activities_n",
        "Number of activities",
        Kind.WHOLE,
        "How many rows the sheet Activities holds.",
        minimum=0,
    ),
)

ACTIVITIES: tuple[Field, ...] = (
    _activity(
        "activity_ref",
        "Activity reference",
        Kind.TEXT,
        "Your own reference for the activity.",
        required=True,
        maximum=30,
    ),
    _activity(
        "case_ref",
        "Case reference",
        Kind.TEXT,
        "The case it was for.",
        required=True,
        maximum=30,
        aliases=("Case ref",),
    ),
    _activity("activity_date", "Activity date", Kind.DATE, "The day it happened."),
    _activity(
        "activity_type",
        "Activity type",
        Kind.CODE,
        "What was done.",
        codes="trailblazer_activity",
        required=True,
        aliases=("Activity",),
    ),
    _activity(
        "is_admin",
        "Administrative only",
        Kind.YES_NO,
        "Y for a text, a missed call or paperwork: not counted as help.",
        codes="yes_no",
        aliases=("Is admin",),
    ),
    _activity("minutes", "Minutes", Kind.WHOLE, "How long it took.", minimum=0, maximum=1440),
)

FIELDS: tuple[Field, ...] = COVER + CASES + ACTIVITIES


def fields_of(sheet: Sheet, service: str | None = None) -> tuple[Field, ...]:
    """The columns of a sheet, in the order of the template; of one service when named."""
    return tuple(f for f in FIELDS if f.sheet is sheet and (service is None or service in f.services))


def case_field(key: str) -> Field:
    """The column of the sheet Cases with this key; `district` is accepted for `area`.

    Raises
    ------
    KeyError
        When there is no such column.
    """
    wanted = "area" if key == "district" else key
    for field in CASES:
        if field.key == wanted:
            return field
    raise KeyError(key)

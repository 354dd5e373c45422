"""The columns of a return, declared once: the template, the checks, the database table and the dictionary all loop over them."""

from __future__ import annotations

from dataclasses import replace

from domain.case_fields import CASE_FIELDS, CASES, COUNCIL_FIELDS
from domain.field_kinds import MENTORING, Field, Kind, Owner, Sheet
from domain.other_sheets import ACTIVITIES, AGREEMENTS, COMPLAINTS, SATISFACTION, STAFF
from domain.totals_fields import TOTALS

__all__ = [
    "ACTIVITIES",
    "AGREEMENTS",
    "CASES",
    "CASE_FIELDS",
    "COMPLAINTS",
    "COUNCIL_FIELDS",
    "COVER",
    "FIELDS",
    "KEY_OF",
    "SATISFACTION",
    "STAFF",
    "SUPPLEMENT",
    "TOTALS",
    "Field",
    "Kind",
    "Owner",
    "Sheet",
    "case_field",
    "fields_of",
]


def case_field_of(key: str) -> Field:
    """The column of a case with exactly this key. Raises KeyError when there is none."""
    for field in CASE_FIELDS:
        if field.key == key:
            return field
    raise KeyError(key)


def _cover(key: str, label: str, kind: Kind, help: str, *, required: bool = False, **more: object) -> Field:
    return Field(key, label, Sheet.COVER, kind, help, required=required, **more)  # type: ignore[arg-type]


COVER: tuple[Field, ...] = (
    _cover("service", "Service", Kind.SERVICE, "The service this return is about.", required=True),
    _cover("provider", "Provider", Kind.PROVIDER, "The organisation that sends this return.", required=True),
    _cover("area_authority", "Commissioning council", Kind.TEXT, "The council that buys the service."),
    _cover("period_start", "Period start", Kind.DATE, "First day of the period.", required=True),
    _cover("period_end", "Period end", Kind.DATE, "Last day of the period.", required=True),
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
        services=MENTORING,
        minimum=0,
    ),
    _cover(
        "answers_n",
        "Number of answers",
        Kind.WHOLE,
        "How many rows the sheet Satisfaction holds.",
        minimum=0,
    ),
    _cover(
        "complaints_n",
        "Number of complaints",
        Kind.WHOLE,
        "How many rows the sheet Complaints holds.",
        minimum=0,
    ),
    _cover(
        "surveys_sent",
        "Surveys sent",
        Kind.WHOLE,
        "How many people were asked for their answers in the period.",
        minimum=0,
    ),
)

_SUPPLEMENTED = frozenset().union(*(f.services for f in COUNCIL_FIELDS))

SUPPLEMENT: tuple[Field, ...] = (
    Field(
        "provider",
        "Provider",
        Sheet.SUPPLEMENT,
        Kind.PROVIDER,
        "The organisation whose case it is.",
        services=_SUPPLEMENTED,
        required=True,
    ),
    replace(
        case_field_of("case_ref"),
        sheet=Sheet.SUPPLEMENT,
        services=_SUPPLEMENTED,
        help="The provider's reference for the case.",
    ),
    *COUNCIL_FIELDS,
)
"""The council's own return: one row a case, keyed by provider and reference, with the council's columns only."""

FIELDS: tuple[Field, ...] = (
    COVER + CASES + ACTIVITIES + AGREEMENTS + SATISFACTION + COMPLAINTS + STAFF + SUPPLEMENT + TOTALS
)

KEY_OF: dict[Sheet, tuple[str, ...]] = {
    Sheet.CASES: ("case_ref",),
    Sheet.ACTIVITIES: ("activity_ref",),
    Sheet.AGREEMENTS: ("agreement_ref",),
    Sheet.SATISFACTION: ("response_ref", "question_code"),
    Sheet.COMPLAINTS: ("complaint_ref",),
    Sheet.STAFF: ("role_ref",),
    Sheet.SUPPLEMENT: ("provider", "case_ref"),
    Sheet.TOTALS: ("measure", "breakdown", "category", "area", "period_start", "period_end"),
}
"""What makes a row of a sheet one row: no two rows of a return have the same, and a later return replaces by it."""


def fields_of(sheet: Sheet, service: str | None = None) -> tuple[Field, ...]:
    """The columns of a sheet, in the order of the template; of one service when named."""
    return tuple(f for f in FIELDS if f.sheet is sheet and (service is None or service in f.services))


def case_field(key: str) -> Field:
    """The column of a case with this key, the council's among them; `district` is accepted for `area`.

    Raises
    ------
    KeyError
        When there is no such column.
    """
    wanted = "area" if key == "district" else key
    return case_field_of(wanted)

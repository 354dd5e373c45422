"""The columns of a return, declared once: the template, the checks, the database table and the dictionary all loop over them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.vocabulary import CodeList, code_list


class Sheet(StrEnum):
    """A sheet of a return, by its name in the workbook."""

    COVER = "Cover"
    CASES = "Cases"
    ACTIVITIES = "Activities"


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    DATE = "date"
    WHOLE = "whole number"
    YES_NO = "yes or no"
    CODE = "one answer from a list"
    CODES = "one or more answers from a list"
    PROVIDER = "provider"
    AREA = "area"
    SERVICE = "service"


class Owner(StrEnum):
    """Whose field it is: who may say what stands in it."""

    PROVIDER = "provider"
    COUNCIL = "council"


MENTORING = frozenset({"mentoring"})


@dataclass(frozen=True, slots=True)
class Field:
    """One column of one sheet.

    Parameters
    ----------
    key : the name in code, address, table and command line.
    label : the header in the template and on every screen.
    required : a blank cell is refused. `wanted` : a blank cell is asked about once, then accepted with a reason.
    codes : the key of the code list of a coded field.
    characteristic : a personal characteristic, so breakdowns by it keep the small-number rules.
    aliases : other headers under which the column is recognised.
    """

    key: str
    label: str
    sheet: Sheet
    kind: Kind
    help: str
    services: frozenset[str] = MENTORING
    codes: str = ""
    required: bool = False
    wanted: bool = False
    owner: Owner = Owner.PROVIDER
    characteristic: bool = False
    aliases: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    @property
    def code_list(self) -> CodeList:
        """The answers the field accepts. Raises ValueError for a field that is not coded."""
        if not self.codes:
            raise ValueError(f"{self.key} holds {self.kind}, not an answer from a list")
        return code_list(self.codes)

    @property
    def coded(self) -> bool:
        """Whether the cell holds answers from a code list."""
        return bool(self.codes)


def _cover(key: str, label: str, kind: Kind, help: str, *, required: bool = False, **more: object) -> Field:
    return Field(key, label, Sheet.COVER, kind, help, required=required, **more)  # type: ignore[arg-type]


def _case(key: str, label: str, kind: Kind, help: str, **more: object) -> Field:
    return Field(key, label, Sheet.CASES, kind, help, **more)  # type: ignore[arg-type]


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

CASES: tuple[Field, ...] = (
    _case(
        "case_ref",
        "Case reference",
        Kind.TEXT,
        "Your own reference for the case: no initials, no date of birth.",
        required=True,
        maximum=30,
        aliases=("Case ref", "Reference", "Case ID", "Case number"),
    ),
    _case(
        "area",
        "Area",
        Kind.AREA,
        "The district the household lives in; UNK when it is not known.",
        required=True,
        aliases=("District", "Council area"),
    ),
    _case(
        "referral_date",
        "Referral date",
        Kind.DATE,
        "The day the household was referred.",
        wanted=True,
        aliases=("Date of referral", "Date referred", "Referred on"),
    ),
    _case(
        "entered_date",
        "Date entered on system",
        Kind.DATE,
        "The day the case was first put on your system.",
        aliases=("Entered date", "Date entered"),
    ),
    _case(
        "referral_route",
        "Referral route",
        Kind.CODE,
        "How the household came to the service.",
        codes="trailblazer_route",
        aliases=("Route",),
    ),
    _case("accepted", "Accepted", Kind.YES_NO, "Whether the service took the case on.", codes="yes_no"),
    _case(
        "not_accepted_reason",
        "Reason not accepted",
        Kind.CODE,
        "Only when the case was not taken on.",
        codes="not_accepted_reason",
    ),
    _case(
        "first_contact_date",
        "First contact date",
        Kind.DATE,
        "The day the service first spoke with the household.",
    ),
    _case("initial_visit_date", "Initial visit date", Kind.DATE, "The day of the first visit."),
    _case(
        "repeat_case",
        "Repeat case",
        Kind.YES_NO,
        "Whether the household was helped by the service before.",
        codes="yes_no",
        aliases=("Previously supported",),
    ),
    _case(
        "previous_case_ref",
        "Previous case reference",
        Kind.TEXT,
        "The reference of the earlier case of a repeat.",
        maximum=30,
    ),
    _case(
        "sex",
        "Sex",
        Kind.CODE,
        "Sex of the main applicant.",
        codes="sex",
        characteristic=True,
        aliases=("Gender",),
    ),
    _case(
        "age_band",
        "Age band",
        Kind.CODE,
        "Age of the main applicant, as a band.",
        codes="age_band_homelessness",
        characteristic=True,
        aliases=("Age group",),
    ),
    _case(
        "ethnicity",
        "Ethnicity",
        Kind.CODE,
        "Ethnic group of the main applicant.",
        codes="ethnicity",
        characteristic=True,
        aliases=("Ethnic group",),
    ),
    _case(
        "parties_n",
        "Number of parties",
        Kind.WHOLE,
        "How many households or landlords take part.",
        minimum=0,
        maximum=20,
    ),
    _case(
        "adults_n",
        "Number of adults",
        Kind.WHOLE,
        "Adults in the household.",
        minimum=0,
        maximum=20,
        aliases=("Adults",),
    ),
    _case(
        "dependent_children_n",
        "Number of dependent children",
        Kind.WHOLE,
        "Dependent children in the household.",
        minimum=0,
        maximum=20,
        aliases=("Dependent children", "Children"),
    ),
    _case(
        "risk_at_assessment",
        "Risk at assessment",
        Kind.CODE,
        "How near the household was to losing its home.",
        codes="trailblazer_risk",
        aliases=("Risk", "Initial assessment of risk"),
    ),
    _case(
        "assessment_date",
        "Assessment date",
        Kind.DATE,
        "The day the household's needs were assessed; support counts from here.",
    ),
    _case(
        "housing_status",
        "Housing status at referral",
        Kind.CODE,
        "Where the household lived when referred.",
        codes="trailblazer_housing_status",
        aliases=("Housing status", "Accommodation"),
    ),
    _case(
        "vulnerabilities",
        "Vulnerabilities",
        Kind.CODES,
        "All that apply, separated by ; or NONE when asked and there are none.",
        codes="trailblazer_vulnerability",
        characteristic=True,
    ),
    _case(
        "primary_vulnerability",
        "Primary vulnerability",
        Kind.CODE,
        "The one recorded as the main one.",
        codes="trailblazer_vulnerability",
        characteristic=True,
    ),
    _case(
        "mentor_ref",
        "Mentor reference",
        Kind.TEXT,
        "Your own code for the post: no name and no initials.",
        maximum=30,
    ),
    _case("hearing_date", "Court hearing date", Kind.DATE, "The day of a possession hearing, when known."),
    _case(
        "outcome",
        "Outcome",
        Kind.CODE,
        "How the case ended; Live while it is open.",
        codes="trailblazer_outcome",
        aliases=("Prevention outcome", "Case outcome"),
    ),
    _case(
        "outcome_date",
        "Outcome date",
        Kind.DATE,
        "The day the case ended.",
        aliases=("Case end", "Date closed", "Case end date"),
    ),
    _case(
        "tenancy_outcome",
        "Where the household lived afterwards",
        Kind.CODE,
        "For a case that ended well.",
        codes="trailblazer_tenancy",
        aliases=("Tenancy outcome",),
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

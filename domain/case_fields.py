"""The columns of the sheet Cases: one row a case. Those of one service alone stand in a file of its own."""

from __future__ import annotations

from domain.field_kinds import HOMELESSNESS, HOUSING, MENTORING, SEND, Field, Kind, Owner, case_column
from domain.homelessness_fields import HOMELESSNESS_CASES
from domain.housing_fields import HOUSING_CASES
from domain.mentoring_fields import MENTORING_AFTERWARDS, MENTORING_CASES
from domain.send_fields import SEND_CASES

_REFERRAL: tuple[Field, ...] = (
    case_column(
        "case_ref",
        "Case reference",
        Kind.TEXT,
        "Your own reference for the case: no initials, no date of birth.",
        required=True,
        maximum=30,
        aliases=("Case ref", "Reference", "Case ID", "Case number"),
    ),
    case_column(
        "service_type",
        "Type of service",
        Kind.CODE,
        "Which kind of help the case is about.",
        services=SEND | HOUSING | HOMELESSNESS,
        codes_by=(
            ("send", "send_service_type"),
            ("housing", "housing_service"),
            ("homelessness", "homelessness_service_type"),
        ),
        aliases=("Service type", "Type of case", "Service A or B"),
    ),
    case_column(
        "area",
        "Area",
        Kind.AREA,
        "The district, ward or locality the household lives in; UNK when it is not known.",
        required=True,
        aliases=("District", "Council area", "Ward", "Locality"),
    ),
    case_column(
        "referral_date",
        "Referral date",
        Kind.DATE,
        "The day the case was referred.",
        wanted=True,
        aliases=("Date of referral", "Date referred", "Referred on"),
    ),
    case_column(
        "entered_date",
        "Date entered on system",
        Kind.DATE,
        "The day the case was first put on your system.",
        aliases=("Entered date", "Date entered"),
    ),
    case_column(
        "referral_route",
        "Referral route",
        Kind.CODE,
        "How the household came to the service.",
        services=MENTORING | HOMELESSNESS,
        codes_by=(("mentoring", "trailblazer_route"), ("homelessness", "hclic_referral")),
        aliases=("Route",),
    ),
    case_column("accepted", "Accepted", Kind.YES_NO, "Whether the service took the case on.", codes="yes_no"),
    case_column(
        "not_accepted_reason",
        "Reason not accepted",
        Kind.CODE,
        "Only when the case was not taken on.",
        codes="not_accepted_reason",
    ),
    case_column(
        "first_contact_date",
        "First contact date",
        Kind.DATE,
        "The day the service first spoke with the household.",
        services=MENTORING | HOUSING,
        aliases=("Initial contact date", "Date of first contact"),
    ),
    case_column(
        "initial_visit_date",
        "Initial visit date",
        Kind.DATE,
        "The day of the first visit.",
        services=MENTORING | HOUSING,
        aliases=("First visit date", "Date of first visit"),
    ),
    case_column(
        "repeat_case",
        "Repeat case",
        Kind.YES_NO,
        "Whether the household was helped by the service before.",
        codes="yes_no",
        aliases=("Previously supported",),
    ),
    case_column(
        "previous_case_ref",
        "Previous case reference",
        Kind.TEXT,
        "The reference of the earlier case of a repeat.",
        maximum=30,
    ),
)

_PEOPLE: tuple[Field, ...] = (
    case_column(
        "sex",
        "Sex",
        Kind.CODE,
        "Sex of the main applicant; in SEND, of the child or young person.",
        codes="sex",
        characteristic=True,
        aliases=("Gender",),
    ),
    case_column(
        "age_band",
        "Age band",
        Kind.CODE,
        "Age as a band: of the main applicant; in SEND, of the child or young person.",
        codes_by=(
            ("mentoring", "age_band_homelessness"),
            ("send", "age_band_send"),
            ("housing", "age_band_homelessness"),
            ("homelessness", "age_band_homelessness"),
        ),
        characteristic=True,
        aliases=("Age group",),
    ),
    case_column(
        "ethnicity",
        "Ethnicity",
        Kind.CODE,
        "Ethnic group of the main applicant; in SEND, of the child or young person.",
        codes="ethnicity",
        characteristic=True,
        aliases=("Ethnic group",),
    ),
    case_column(
        "parties_n",
        "Number of parties",
        Kind.WHOLE,
        "How many households or landlords take part.",
        services=HOUSING | MENTORING | HOMELESSNESS,
        minimum=0,
        maximum=20,
    ),
    case_column(
        "adults_n",
        "Number of adults",
        Kind.WHOLE,
        "Adults in the household.",
        services=MENTORING | HOMELESSNESS,
        minimum=0,
        maximum=20,
        aliases=("Adults",),
    ),
    case_column(
        "dependent_children_n",
        "Number of dependent children",
        Kind.WHOLE,
        "Dependent children in the household.",
        services=MENTORING | HOMELESSNESS,
        minimum=0,
        maximum=20,
        aliases=("Dependent children", "Children"),
    ),
)

_SEVERAL_SERVICES: tuple[Field, ...] = (
    case_column(
        "hearing_date",
        "Court hearing date",
        Kind.DATE,
        "The day of a possession hearing, when known.",
        services=MENTORING | HOMELESSNESS,
    ),
    case_column(
        "mediation_started_date",
        "Mediation started",
        Kind.DATE,
        "The day the mediation itself began.",
        services=SEND | HOUSING | HOMELESSNESS,
        aliases=("Mediation start date", "Session date"),
    ),
    case_column(
        "mediation_end_date",
        "Mediation ended",
        Kind.DATE,
        "The day the mediation was concluded.",
        services=SEND | HOUSING | HOMELESSNESS,
        aliases=("Mediation end date", "Mediation concluded"),
    ),
)

_ENDING: tuple[Field, ...] = (
    case_column(
        "outcome",
        "Outcome",
        Kind.CODE,
        "How the case ended; Live or Open while it is open.",
        codes_by=(
            ("mentoring", "trailblazer_outcome"),
            ("send", "send_referral_outcome"),
            ("housing", "housing_outcome"),
            ("homelessness", "homelessness_outcome"),
        ),
        aliases=("Prevention outcome", "Case outcome", "Outcome of referral"),
    ),
    case_column(
        "outcome_date",
        "Outcome date",
        Kind.DATE,
        "The day the case ended.",
        aliases=("Case end", "Date closed", "Case end date"),
    ),
)

CASE_FIELDS: tuple[Field, ...] = (
    *_REFERRAL,
    *_PEOPLE,
    *MENTORING_CASES,
    *SEND_CASES,
    *HOUSING_CASES,
    *HOMELESSNESS_CASES,
    *_SEVERAL_SERVICES,
    *_ENDING,
    *MENTORING_AFTERWARDS,
)
"""All that a case has: the provider's columns and the council's."""

CASES: tuple[Field, ...] = tuple(f for f in CASE_FIELDS if f.owner is Owner.PROVIDER)
"""The sheet Cases: what the provider says."""

COUNCIL_FIELDS: tuple[Field, ...] = tuple(f for f in CASE_FIELDS if f.owner is Owner.COUNCIL)
"""What only the council knows of a case, and sends in a supplement of its own."""

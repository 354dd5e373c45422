"""The columns that homelessness-prevention mentoring alone has."""

from __future__ import annotations

from functools import partial

from domain.field_kinds import MENTORING, Field, Kind, case_column

_column = partial(case_column, services=MENTORING)

MENTORING_CASES: tuple[Field, ...] = (
    _column(
        "risk_at_assessment",
        "Risk at assessment",
        Kind.CODE,
        "How near the household was to losing its home.",
        codes="trailblazer_risk",
        aliases=("Risk", "Initial assessment of risk"),
    ),
    _column(
        "assessment_date",
        "Assessment date",
        Kind.DATE,
        "The day the household's needs were assessed; support counts from here.",
    ),
    _column(
        "housing_status",
        "Housing status at referral",
        Kind.CODE,
        "Where the household lived when referred.",
        codes="trailblazer_housing_status",
        aliases=("Housing status", "Accommodation"),
    ),
    _column(
        "vulnerabilities",
        "Vulnerabilities",
        Kind.CODES,
        "All that apply, separated by ; or NONE when asked and there are none.",
        codes="trailblazer_vulnerability",
        characteristic=True,
    ),
    _column(
        "primary_vulnerability",
        "Primary vulnerability",
        Kind.CODE,
        "The one recorded as the main one.",
        codes="trailblazer_vulnerability",
        characteristic=True,
    ),
    _column(
        "mentor_ref",
        "Mentor reference",
        Kind.TEXT,
        "Your own code for the post: no name and no initials.",
        maximum=30,
    ),
)

MENTORING_AFTERWARDS: tuple[Field, ...] = (
    _column(
        "tenancy_outcome",
        "Where the household lived afterwards",
        Kind.CODE,
        "For a case that ended well.",
        codes="trailblazer_tenancy",
        aliases=("Tenancy outcome",),
    ),
)

"""The columns that housing mediation alone has."""

from __future__ import annotations

from functools import partial

from domain.field_kinds import HOUSING, Field, Kind, case_column

_column = partial(case_column, services=HOUSING)
_yes_no = partial(_column, kind=Kind.YES_NO, codes="yes_no")

HOUSING_CASES: tuple[Field, ...] = (
    _yes_no("noise_related", "Noise related", help="Whether the dispute is about noise."),
    _yes_no("witness_used", "Professional witness used", help="Whether a professional witness was used."),
    _column("consent_date", "Consent date", Kind.DATE, "The day the resident agreed to the referral."),
    _column(
        "acknowledged_date",
        "Referral acknowledged",
        Kind.DATE,
        "The day the referral was acknowledged to the officer.",
    ),
    _column("case_opened_date", "Case opened", Kind.DATE, "The day the case was opened."),
    _yes_no(
        "multi_agency_3m",
        "Other agencies needed after three months",
        help="Whether the case still needs other agencies three months after it was opened.",
        aliases=("Multi-agency at 3 months",),
    ),
    _yes_no(
        "good_neighbour_agreement",
        "Good neighbour agreement signed",
        help="Whether the parties signed a good neighbour agreement.",
        aliases=("Good neighbour agreement", "GNA signed"),
    ),
    _column(
        "case_report_date",
        "Case report sent",
        Kind.DATE,
        "The day the full case report went to the officer.",
    ),
    _column("reopened_date", "Reopened", Kind.DATE, "The day a closed case was opened again."),
    _column("escalated_on", "Escalated on", Kind.DATE, "The day the case was escalated to the council."),
    _column(
        "escalation_reason",
        "Reason for escalation",
        Kind.CODE,
        "Why the case was escalated.",
        codes="escalation_reason",
    ),
)

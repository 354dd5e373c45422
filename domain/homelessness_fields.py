"""The columns that homelessness mediation alone has; the lists are those of the national homelessness return (H-CLIC)."""

from __future__ import annotations

from functools import partial

from domain.field_kinds import HOMELESSNESS, Field, Kind, case_column

_column = partial(case_column, services=HOMELESSNESS)
_yes_no = partial(_column, kind=Kind.YES_NO, codes="yes_no")

HOMELESSNESS_CASES: tuple[Field, ...] = (
    _column(
        "loss_reason",
        "Reason for loss of home",
        Kind.CODE,
        "Why the household is losing, or has lost, its last settled home.",
        codes="hclic_reason_loss",
        aliases=("Reason for loss", "Loss reason"),
    ),
    _column(
        "accommodation_at_application",
        "Accommodation at application",
        Kind.CODE,
        "Where the household lived when it asked for help.",
        codes="hclic_accommodation_at_application",
    ),
    _column(
        "prevention_activity",
        "Prevention activity",
        Kind.CODE,
        "The main activity that prevented homelessness.",
        codes="hclic_prevention_activity",
    ),
    _column(
        "prevention_end_reason",
        "Reason the prevention duty ended",
        Kind.CODE,
        "How the council's prevention duty ended.",
        codes="hclic_prevention_end_reason",
    ),
    _yes_no("mediation_agreement", "Agreement reached", help="Whether the mediation ended in an agreement."),
    _yes_no("managed_move", "Managed move", help="Whether the agreement was a planned move to another home."),
    _column(
        "mediation_offer_date",
        "Mediation offered",
        Kind.DATE,
        "The day mediation was offered to the household.",
    ),
    _column(
        "homelessness_assessment_date",
        "Homelessness assessment",
        Kind.DATE,
        "The day of the council's homelessness assessment.",
    ),
    _column("duty_owed_date", "Duty owed from", Kind.DATE, "The day the prevention duty began."),
    _column("duty_end_date", "Duty ended", Kind.DATE, "The day the prevention duty ended."),
)

"""The measures of homelessness mediation. Success is an agreement, of which going back home is only one kind."""

from __future__ import annotations

from functools import partial

from domain import measure_kinds as kinds
from domain.given_kinds import GivenShare, GivenSplit
from domain.measure_kinds import Better, Measure
from domain.services import HOMELESSNESS

EXCHANGE = "Homelessness mediation exchange note"
H_CLIC = "an H-CLIC aggregate return (sheet Totals)"
"""The council's own statutory figures; the cases of a mediation service are only some of its prevention duties."""
_CONCLUDED = (*HOMELESSNESS.good, "NO_AGREEMENT")

Count = partial(kinds.Count, services=("homelessness",), source=EXCHANGE)
Share = partial(kinds.Share, services=("homelessness",), source=EXCHANGE)
Split = partial(kinds.Split, services=("homelessness",), source="H-CLIC lists, MHCLG")
Spread = partial(
    kinds.Spread, services=("homelessness",), unit="households", source="Quarterly return, sheet Cases"
)

HOMELESSNESS_MEASURES: tuple[Measure, ...] = (
    Split(key="reasons", label="Reason for loss of home", field="loss_reason"),
    Split(key="routes", label="How households came to the service", field="referral_route"),
    Split(
        key="accommodation",
        label="Where households lived when they asked for help",
        field="accommodation_at_application",
    ),
    Spread(key="adults", label="Number of adults", value="adults_n"),
    Spread(key="dependent_children", label="Number of dependent children", value="dependent_children_n"),
    Count(
        key="mediation_started",
        label="Referred cases in which mediation started",
        among=lambda c: c.mediation_started_date.is_not(None),
    ),
    Count(
        key="mediation_concluded",
        label="Referred cases in which mediation was concluded",
        among=lambda c: c.outcome.in_(_CONCLUDED),
    ),
    Count(
        key="agreement_of_referred",
        label="Referred cases that ended in an agreement",
        among=lambda c: c.outcome.in_(HOMELESSNESS.good),
    ),
    Share(
        key="mediation_effective",
        label="Mediations that ended in an agreement",
        met=lambda c: c.mediation_agreement == "Y",
        base=lambda c: c.mediation_started_date.is_not(None),
        among=lambda c: c.mediation_started_date.is_not(None) & (c.ended == "Y"),
        asks="mediation_agreement",
        unit="mediations",
        when="outcome_date",
        better=Better.HIGHER,
        note="Out of the mediations that were started and have ended.",
    ),
    Split(
        key="mediation_outcomes",
        label="How concluded mediations ended",
        field="outcome",
        among=lambda c: c.outcome.in_(_CONCLUDED),
        leave_out=tuple(code for code in (*HOMELESSNESS.final, *HOMELESSNESS.open) if code not in _CONCLUDED),
        unit="mediations",
        when="outcome_date",
        source=EXCHANGE,
        note="A planned move is as good an ending as going back home: read the outcomes together.",
    ),
    Share(
        key="early_mediation",
        label="Mediation offered before the homelessness assessment",
        met=lambda c: c.mediation_offer_date < c.homelessness_assessment_date,
        base=lambda c: c.mediation_offer_date.is_not(None) & c.homelessness_assessment_date.is_not(None),
        better=Better.HIGHER,
        note="Out of the cases of which both days are known. An offer on the day of the assessment is not before it.",
    ),
    Count(
        key="early_mediation_not_known",
        label="Cases without the day of the offer or of the assessment",
        among=lambda c: c.mediation_offer_date.is_(None) | c.homelessness_assessment_date.is_(None),
        note="Of these nobody can say whether mediation was offered before the assessment.",
    ),
    GivenSplit(
        key="prevention_by_mediation",
        label="Preventions by mediation or negotiation",
        field="prevention_activity",
        only=("P3_05", "P3_06"),
        unit="prevention duties",
        services=("homelessness",),
        source="Homelessness mediation exchange note; H-CLIC table P3, MHCLG",
        said="Prevention duties that ended with accommodation secured by mediation or negotiation, to return to family or friends "
        "and to prevent an eviction, each out of all prevention duties that ended with accommodation secured.",
        sent_by=H_CLIC,
    ),
    GivenShare(
        key="secured_six_months",
        label="Prevention duties ended with a home for six months or more",
        unit="prevention duties",
        better=Better.HIGHER,
        services=("homelessness",),
        source="Housing Act 1996, section 195; Homelessness Code of Guidance, chapters 12 and 14",
        said="Prevention duties that ended with accommodation secured for six months or more, out of all prevention duties that ended.",
        sent_by=H_CLIC,
    ),
)

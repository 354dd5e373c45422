"""The measures of homelessness mediation. Success is an agreement, of which going back home is only one kind."""

from __future__ import annotations

from functools import partial

from domain import measure_kinds as kinds
from domain.measure_kinds import Better, Measure
from domain.services import HOMELESSNESS

EXCHANGE = "Homelessness mediation exchange note"
_CONCLUDED = (*HOMELESSNESS.good, "NO_AGREEMENT")

Count = partial(kinds.Count, services=("homelessness",), source=EXCHANGE)
Share = partial(kinds.Share, services=("homelessness",), source=EXCHANGE)
Split = partial(kinds.Split, services=("homelessness",), source="H-CLIC lists, MHCLG")

HOMELESSNESS_MEASURES: tuple[Measure, ...] = (
    Split(key="reasons", label="Reason for loss of home", field="loss_reason"),
    Split(key="routes", label="How households came to the service", field="referral_route"),
    Split(
        key="accommodation",
        label="Where households lived when they asked for help",
        field="accommodation_at_application",
    ),
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
)

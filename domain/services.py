"""The services that councils buy: what one case is, how it moves through its stages, and how it may end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Ending(StrEnum):
    """What leaving the outcome funnel at a stage means."""

    LEFT = "left"
    OPEN = "still open"
    OTHERWISE = "ended another way"
    WELL = "ended well"


@dataclass(frozen=True, slots=True)
class Exit:
    """A way of leaving the outcome funnel between two stages: the answers that mean it, and what kind of ending it is.

    Not every exit is a drop-out: a family whose case is resolved before the meeting has left the funnel because it ended well.
    """

    key: str
    label: str
    outcomes: tuple[str, ...]
    ending: Ending = Ending.LEFT

    @property
    def still_open(self) -> bool:
        """Whether the case has not ended at all."""
        return self.ending is Ending.OPEN


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the outcome funnel: the measure that counts who reached it, and who left before the next."""

    key: str
    label: str
    measure: str
    exits: tuple[Exit, ...] = ()


@dataclass(frozen=True, slots=True)
class Length:
    """How long something took: the spread and its bands, the median, and the mean where one is counted."""

    spread: str
    bands: str
    median: str
    mean: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A service, declared once.

    `final` are the outcomes that end a case; a case with any other outcome, or none, is open. `good` are those it is bought for.
    `one_case` says what is counted, `one` and `many` are its noun, `reason_field` why it came.

    The rest are keys of measures that pages loop over: `headline` is the share that says how it goes and `beside` the shares that
    it must not stand without; `arrivals` how cases came, `profile` who they are and how they live, `steps` what happens on the way,
    `afterwards` how meetings were held and what became of them later, `lengths` how long it took.
    """

    key: str
    label: str
    one_case: str
    reason_field: str
    final: tuple[str, ...]
    good: tuple[str, ...]
    open: tuple[str, ...]
    stages: tuple[Stage, ...]
    headline: str
    profile: tuple[str, ...]
    one: str
    many: str
    beside: tuple[str, ...] = ()
    arrivals: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    afterwards: tuple[str, ...] = ()
    lengths: tuple[Length, ...] = ()

    @property
    def success(self) -> Stage:
        """The stage that counts every case with a good ending: the one that some leave because they ended well, else the last."""
        well = (stage for stage in self.stages if any(way.ending is Ending.WELL for way in stage.exits))
        return next(well, self.stages[-1])


_TO_OUTCOME = Length("days_to_outcome", "days_to_outcome_band", "median_days_to_outcome")


MENTORING = Service(
    key="mentoring",
    label="Homelessness-prevention mentoring",
    one_case="a household at risk of losing its home",
    reason_field="risk_at_assessment",
    final=("PREVENTED", "UNSUCCESSFUL", "WITHDRAWN"),
    good=("PREVENTED",),
    open=("LIVE",),
    stages=(
        Stage("referred", "Referred", "referrals", (Exit("live", "Still open", ("LIVE",), Ending.OPEN),)),
        Stage(
            "completed",
            "Case completed",
            "completed_cases",
            (
                Exit("withdrawn", "Withdrew", ("WITHDRAWN",)),
                Exit("unsuccessful", "Unsuccessful", ("UNSUCCESSFUL",)),
            ),
        ),
        Stage("prevented", "Homelessness prevented", "prevented_of_referred"),
    ),
    headline="prevention_rate",
    profile=(
        "vulnerabilities",
        "primary_vulnerability",
        "reasons",
        "housing_status",
        "adults",
        "dependent_children",
        "age_band",
        "sex",
        "ethnicity",
    ),
    one="household",
    many="households",
    beside=("prevention_rate_excluding_withdrawn",),
    arrivals=("routes",),
    afterwards=("tenancy_outcomes",),
    lengths=(
        Length("days_of_support", "days_of_support_band", "median_days_of_support", "mean_days_of_support"),
    ),
)

SEND = Service(
    key="send",
    label="SEND mediation",
    one_case="a referral about a decision on a child's education, health and care plan",
    reason_field="reason",
    final=(
        "CHANGED_CERT",
        "CHANGED",
        "LA_DECLINED",
        "RESOLVED_PRE",
        "SUPPORT_ONLY",
        "DR_HELD",
        "MED_HELD",
    ),
    good=("RESOLVED_PRE", "DR_HELD", "MED_HELD"),
    open=("OPEN",),
    stages=(
        Stage("referred", "Referred", "referrals", (Exit("open", "Still open", ("OPEN",), Ending.OPEN),)),
        Stage(
            "closed",
            "Referral ended",
            "closed_cases",
            (
                Exit("changed_cert", "Changed their mind, with a certificate", ("CHANGED_CERT",)),
                Exit("changed", "Changed their mind", ("CHANGED",)),
                Exit("declined", "Council declined mediation", ("LA_DECLINED",)),
                Exit("advice", "Support and guidance only", ("SUPPORT_ONLY",), Ending.OTHERWISE),
            ),
        ),
        Stage(
            "resolved_or_held",
            "Resolved or held",
            "resolved_or_held",
            (Exit("resolved", "Resolved before mediation", ("RESOLVED_PRE",), Ending.WELL),),
        ),
        Stage("held", "Meeting held", "held"),
    ),
    headline="resolved_or_held_rate",
    profile=("needs", "age_band", "sex", "ethnicity"),
    one="referral",
    many="referrals",
    beside=("resolved_before_mediation", "change_of_mind", "la_declined"),
    arrivals=("applicant_type",),
    afterwards=("meeting_mode",),
    lengths=(_TO_OUTCOME,),
)

HOUSING = Service(
    key="housing",
    label="Housing mediation",
    one_case="a dispute between neighbours that an officer referred with consent",
    reason_field="service_type",
    final=("SATISFIED", "GNA", "NO_EVIDENCE", "ENFORCE", "OTHER", "WITHDRAWN"),
    good=("SATISFIED", "GNA", "NO_EVIDENCE", "ENFORCE"),
    open=("OPEN",),
    stages=(
        Stage("referred", "Referred", "referrals", (Exit("open", "Still open", ("OPEN",), Ending.OPEN),)),
        Stage(
            "closed",
            "Case closed",
            "closed_cases",
            (
                Exit("withdrawn", "Consent withdrawn or no longer taking part", ("WITHDRAWN",)),
                Exit("other", "Closed with no expected outcome", ("OTHER",)),
            ),
        ),
        Stage("expected", "Closed with an expected outcome", "expected_of_referred"),
    ),
    headline="expected_outcome",
    profile=("age_band", "sex", "ethnicity"),
    one="case",
    many="cases",
    steps=("contact_made", "visit_made", "session_held"),
    lengths=(_TO_OUTCOME,),
)

HOMELESSNESS = Service(
    key="homelessness",
    label="Homelessness mediation",
    one_case="a dispute with family, friends or a landlord that may cost a household its home",
    reason_field="loss_reason",
    final=("RETURNED_HOME", "PLANNED_MOVE", "OTHER_AGREEMENT", "NO_AGREEMENT", "NOT_STARTED", "WITHDRAWN"),
    good=("RETURNED_HOME", "PLANNED_MOVE", "OTHER_AGREEMENT"),
    open=("OPEN",),
    stages=(
        Stage("referred", "Referred", "referrals", (Exit("open", "Still open", ("OPEN",), Ending.OPEN),)),
        Stage(
            "closed",
            "Case closed",
            "closed_cases",
            (
                Exit("not_started", "Mediation not started", ("NOT_STARTED",)),
                Exit("withdrawn", "Withdrew", ("WITHDRAWN",)),
            ),
        ),
        Stage(
            "concluded",
            "Mediation concluded",
            "mediation_concluded",
            (Exit("no_agreement", "No agreement", ("NO_AGREEMENT",)),),
        ),
        Stage("agreement", "Agreement: return, planned move or other", "agreement_of_referred"),
    ),
    headline="mediation_effective",
    profile=("accommodation", "adults", "dependent_children", "age_band", "sex", "ethnicity"),
    one="household",
    many="households",
    arrivals=("routes",),
    lengths=(_TO_OUTCOME,),
)

SERVICES: tuple[Service, ...] = (SEND, HOUSING, MENTORING, HOMELESSNESS)


def service(key: str) -> Service:
    """The service with this key.

    Raises
    ------
    KeyError
        When there is none; the message names those there are.
    """
    for declared in SERVICES:
        if declared.key == key:
            return declared
    raise KeyError(f"'{key}' is not a service; there is {', '.join(s.key for s in SERVICES)}")

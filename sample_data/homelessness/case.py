"""One homelessness mediation case while it is being put together, and the story that its provider tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.periods import Period, month_of, quarter_of
from domain.returns import Value
from sample_data.story import Story

AGREEMENTS = ("RETURNED_HOME", "PLANNED_MOVE", "OTHER_AGREEMENT")


@dataclass(slots=True, eq=False)
class Case:
    """A case from its referral to its end, however late that is; returns hold what had happened by their last day.

    Parameters
    ----------
    kind : 'FAMILY', 'EVICTION' or 'NEIGHBOUR'. refused : why it was not accepted; blank when it was.
    mediation : first and last day of the mediation; None where it never started.
    duty : first and last day of the council's prevention duty; None where none was owed.
    described : what was known from the first day on, by field key.
    """

    area: str
    kind: str
    referral: date
    entered: date
    closed: date
    offered: date | None = None
    assessed: date | None = None
    mediation: tuple[date, date] | None = None
    duty: tuple[date, date] | None = None
    hearing: date | None = None
    ref: str = ""
    refused: str = ""
    outcome: str = ""
    activity: str = ""
    end_reason: str = ""
    described: dict[str, Value] = field(default_factory=dict)

    @property
    def closing_quarter(self) -> Period:
        """The quarter in which it ends."""
        return quarter_of(month_of(self.closed))

    @property
    def agreed(self) -> bool:
        """Whether it ends in an agreement."""
        return self.outcome in AGREEMENTS


def story_of(case: Case) -> Story:
    """Give the case as its provider comes to know it."""
    story = Story(case.entered, case.closed)
    told: dict[str, Value] = {
        "case_ref": case.ref,
        "area": case.area,
        "service_type": case.kind,
        "outcome": "OPEN",
        **case.described,
    }
    for key, value in told.items():
        story.tell(key, value)
    days = {
        "referral_date": case.referral,
        "entered_date": case.entered,
        "mediation_offer_date": case.offered,
        "homelessness_assessment_date": case.assessed,
        "mediation_started_date": case.mediation[0] if case.mediation else None,
        "mediation_end_date": case.mediation[1] if case.mediation else None,
        "duty_owed_date": case.duty[0] if case.duty else None,
        "duty_end_date": case.duty[1] if case.duty else None,
        "outcome_date": case.closed,
    }
    for key, day in days.items():
        story.tell(key, day)
    story.tell("hearing_date", case.hearing, since=case.entered)  # known before it is held
    _tell_what_follows(story, case)
    return story


def _tell_what_follows(story: Story, case: Case) -> None:
    story.tell("accepted", "N" if case.refused else "Y", since=case.closed if case.refused else case.entered)
    if case.refused:
        story.tell("not_accepted_reason", case.refused, since=case.closed)
    story.tell("outcome", case.outcome, since=case.closed)
    if case.mediation:
        story.tell("mediation_agreement", "Y" if case.agreed else "N", since=case.mediation[1])
    if case.agreed:
        story.tell("managed_move", "Y" if case.outcome == "PLANNED_MOVE" else "N", since=case.closed)
    if case.duty:
        story.tell("prevention_activity", case.activity, since=case.duty[1])
        story.tell("prevention_end_reason", case.end_reason, since=case.duty[1])
